package io.luyun.benchmarks.torture.load;

import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.crowd.Sides;
import java.util.List;

/**
 * What a soak has shown.
 *
 * @param capacity messages acknowledged a second at most, at the start
 * @param pace messages a second that were sent
 * @param lives of the servers, in order
 * @param p99Millis of acknowledgements in the calm of each cycle, in order
 */
record SoakAccount(double capacity, double pace, List<Life> lives, List<Double> p99Millis) {
    private static final double SLOPE = 1;
    private static final double LONG_ENOUGH_HOURS = 0.5;
    private static final double SIGMAS = 2;
    private static final double DRIFT = 0.05;
    private static final int THIRDS = 3;
    private static final int FEWEST_CYCLES = 6;
    private static final long DESCRIPTORS = 32;
    private static final long THREADS = 12;
    private static final double MEBIBYTES = 64;
    private static final double KIB_A_MEBIBYTE = 1 << 10;
    private static final double MEBIBYTE = 1 << 20;

    SoakAccount {
        lives = List.copyOf(lives);
        p99Millis = List.copyOf(p99Millis);
    }

    void tell(final Outcome.Notes notes) {
        notes.figure("capacity a second", "%.0f".formatted(capacity))
                .figure("sent a second", "%.0f".formatted(pace))
                .figure("lives", lives.size());
        tellLeaks(notes);
        tellSlope(notes);
        tellDrift(notes);
    }

    private void tellLeaks(final Outcome.Notes notes) {
        final Life.Growth most =
                lives.stream().map(Life::growth).reduce(Life.Growth::most).orElseThrow();
        final double own = most.ownKib() / KIB_A_MEBIBYTE;
        final double heap = most.heapBytes() / MEBIBYTE;
        notes.figure("in one life grow memory MiB", "%.1f".formatted(own))
                .figure("heap MiB", "%.1f".formatted(heap))
                .figure("descriptors", most.descriptors())
                .figure("threads", most.threads())
                .expect(own <= MEBIBYTES, "memory grew by %.0f MiB in one life".formatted(own))
                .expect(heap <= MEBIBYTES, "the heap grew by %.0f MiB in one life".formatted(heap))
                .expect(
                        most.descriptors() <= DESCRIPTORS,
                        "%d descriptors more than at the same load before".formatted(most.descriptors()))
                .expect(
                        most.threads() <= THREADS,
                        "%d threads more than at the same load before".formatted(most.threads()));
    }

    private void tellSlope(final Outcome.Notes notes) {
        final Trend trend = Trend.of(lives);
        if (trend.longestHours() < LONG_ENOUGH_HOURS) {
            notes.figure("memory MB an hour", "not told: no life of 30 min");
            return;
        }
        notes.figure("memory MB an hour", "%.2f ± %.2f".formatted(trend.megabytesAnHour(), SIGMAS * trend.error()))
                .expect(
                        trend.megabytesAnHour() - SIGMAS * trend.error() < SLOPE,
                        "memory grows by %.2f MB an hour, less than %.0f is promised"
                                .formatted(trend.megabytesAnHour(), SLOPE));
    }

    private void tellDrift(final Outcome.Notes notes) {
        if (p99Millis.size() < FEWEST_CYCLES) {
            notes.figure(
                    "p99 ms",
                    String.join(" ", p99Millis.stream().map("%.1f"::formatted).toList()) + " (too few for a drift)");
            return;
        }
        final int third = p99Millis.size() / THIRDS;
        final Sides sides =
                new Sides(p99Millis.subList(0, third), p99Millis.subList(p99Millis.size() - third, p99Millis.size()));
        final Sides.Finding drift = sides.risesAtMost(DRIFT, Double.MAX_VALUE);
        final double first = Sides.median(sides.without());
        final double last = Sides.median(sides.with());
        notes.figure(
                        "p99 ms",
                        "%.1f in the first third, %.1f in the last%s"
                                .formatted(first, last, drift == Sides.Finding.UNDECIDED ? " (no verdict: noise)" : ""))
                .inTime(
                        drift != Sides.Finding.PASSED,
                        "p99 drifts from %.1f to %.1f ms, 5 %% are promised".formatted(first, last));
    }
}
