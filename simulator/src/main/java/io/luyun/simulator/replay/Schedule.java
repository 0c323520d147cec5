package io.luyun.simulator.replay;

/**
 * When a record is due: from a point at which a time of the journal and one of the clock belong together, at a rate. Pure arithmetic;
 * one thread.
 */
final class Schedule {
    /** As fast as the target takes it. */
    static final double MAX_RATE = Double.POSITIVE_INFINITY;

    /** Slowest rate, and fastest but for {@link #MAX_RATE}. */
    static final double LEAST_RATE = 0.01;

    static final double GREATEST_RATE = 1_000;

    private static final double[] STEPS = {
        LEAST_RATE, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, GREATEST_RATE
    };

    private final long maxGapNs;
    private double rate;
    private long anchorNs;
    private long anchorTimeNs;
    private long lastTimeNs;

    /**
     * A schedule.
     *
     * @param rate seconds of the journal in a second
     * @param maxGapNs longest time of the journal without a record that is waited for; longer ones count as this
     */
    Schedule(final double rate, final long maxGapNs) {
        this.rate = rate;
        this.maxGapNs = maxGapNs;
    }

    double rate() {
        return rate;
    }

    boolean paced() {
        return rate < MAX_RATE;
    }

    /** Another rate from now on. */
    void rate(final double other, final long nowNs, final long positionNs) {
        rate = other;
        anchor(nowNs, positionNs);
    }

    /** This time of the journal is now. */
    void anchor(final long nowNs, final long timeNs) {
        anchorNs = nowNs;
        anchorTimeNs = timeNs;
        lastTimeNs = timeNs;
    }

    /** When the next record is due, by the clock; asked again before it is sent, it says the same. */
    long due(final long timeNs) {
        final long gapNs = timeNs - lastTimeNs;
        if (gapNs > maxGapNs) {
            anchorTimeNs += gapNs - maxGapNs;
            lastTimeNs = timeNs - maxGapNs;
        }
        return paced() ? anchorNs + (long) ((timeNs - anchorTimeNs) / rate) : anchorNs;
    }

    /** A record of this time has been sent. */
    void sent(final long timeNs) {
        lastTimeNs = timeNs;
    }

    /** Where in the journal the playing is. */
    long positionNs(final long nowNs) {
        return paced() ? anchorTimeNs + (long) ((nowNs - anchorNs) * rate) : lastTimeNs;
    }

    /** The next faster rate of those a key steps through; the fastest is followed by none. */
    static double faster(final double rate) {
        for (final double step : STEPS) {
            if (step > rate) {
                return step;
            }
        }
        return rate;
    }

    /** The next slower one. */
    static double slower(final double rate) {
        for (int i = STEPS.length - 1; i >= 0; i--) {
            if (STEPS[i] < rate) {
                return STEPS[i];
            }
        }
        return rate;
    }
}
