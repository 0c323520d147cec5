package io.luyun.benchmarks.browsers;

import io.luyun.benchmarks.peers.TurnResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One turn: what became of the load, and what the browsers saw of it.
 *
 * @param browsers how many watched
 * @param cores of the machine
 */
public record WatchTurn(int browsers, int cores, TurnResult load, Sight sight) {
    private static final double PERCENT = 100;
    private static final double MICROS_PER_MILLI = 1e3;

    /** Beyond this part of all cores who has to run waits for who runs, and all figures are those of the wait. */
    private static final double FULL = 0.95;

    /** A browser that gets less than this part of the frames it asked for is spared what it should cost. */
    private static final double FEW = 0.8;

    /** CPU time of the server, of a core. */
    double serverPercent() {
        return load.serverCores() * PERCENT;
    }

    /** From when a report should have been sent to when the vehicle had its alert. */
    double alertP50Millis() {
        return load.alert().p50Micros() / MICROS_PER_MILLI;
    }

    /** The same, which one in a hundred exceeds. */
    double alertP99Millis() {
        return load.alert().p99Micros() / MICROS_PER_MILLI;
    }

    /** Whether something that was sent was not answered, or an alert did not come. */
    boolean lossy() {
        return !load.counts().settled()
                || load.counts().lost() > 0
                || load.counts().refused() > 0;
    }

    /** Why its figures may not be used; empty when they may. */
    List<String> flaws(final WatchPlan plan) {
        final List<String> flaws = new ArrayList<>();
        if (load.quietSeconds() == 0) {
            flaws.add(String.format(
                    Locale.ROOT, "others used up to %.0f %% of a core in every second", load.foreignPercent()));
        } else if (load.alert().count() == 0) {
            flaws.add("no alert in a second that counts");
        }
        if (load.lag().p99Micros() > plan.goals().lagMillis() * MICROS_PER_MILLI) {
            flaws.add(String.format(
                    Locale.ROOT,
                    "the generator was late, p99 %.1f ms",
                    load.lag().p99Micros() / MICROS_PER_MILLI));
        }
        if (load.busyCores() > FULL * cores) {
            flaws.add(
                    String.format(Locale.ROOT, "the machine was full, %.2f of %d cores busy", load.busyCores(), cores));
        }
        if (lossy()) {
            flaws.add(load.counts().lost() + " alerts lost, " + load.counts().refused() + " messages refused"
                    + (load.counts().settled() ? "" : ", not all answered"));
        }
        if (sight.closed() > 0) {
            flaws.add(sight.closed() + " browsers were closed");
        }
        if (browsers > 0 && sight.framesPerSecond() < FEW * plan.hz()) {
            flaws.add(String.format(
                    Locale.ROOT, "a browser got %.1f of %d frames a second", sight.framesPerSecond(), plan.hz()));
        }
        return flaws;
    }
}
