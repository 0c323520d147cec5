package io.luyun.simulator.plan;

/** Where a search for the most stands: grows, then halves. One thread. */
public final class SearchPath {
    private final Search search;
    private double held;
    private double failed = Double.POSITIVE_INFINITY;
    private double rate;
    private int halvings;
    private boolean over;

    /** At its first stage. */
    public SearchPath(final Search search) {
        this.search = search;
        rate = search.from();
    }

    /** Steps a second of the stage at hand. */
    public double rate() {
        return rate;
    }

    /** Whether there is no other stage. */
    public boolean over() {
        return over;
    }

    /** Steps a second of the best stage that has held; 0 when none has. */
    public double best() {
        return held;
    }

    /** What is looked for lies beyond what can be offered: no other stage. */
    public void end() {
        over = true;
    }

    /** The stage at hand has ended. */
    public void judged(final boolean stageHeld) {
        if (stageHeld) {
            held = Math.max(held, rate);
        } else {
            failed = Math.min(failed, rate);
        }
        if (failed == Double.POSITIVE_INFINITY) {
            over = rate >= search.most();
            rate = Math.min(search.most(), rate * search.growth());
        } else {
            over = held == 0 || halvings == search.halvings();
            halvings++;
            rate = (held + failed) / 2;
        }
    }
}
