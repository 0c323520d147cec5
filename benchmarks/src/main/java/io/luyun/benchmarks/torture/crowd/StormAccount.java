package io.luyun.benchmarks.torture.crowd;

import io.luyun.benchmarks.torture.Outcome;

/**
 * What a storm of connections has done.
 *
 * @param count who went
 * @param back who came back
 * @param seconds until the last of them was welcome
 * @param gapBeforeSeconds the longest time without an acknowledgement of who stayed, before the storm
 * @param gapSeconds the same in the storm
 * @param breaks connections of who stayed that have broken
 * @param again connections that have broken once more after their welcome
 */
record StormAccount(
        int count, int back, double seconds, double gapBeforeSeconds, double gapSeconds, long breaks, long again) {
    private static final double MOST_SECONDS = 60;
    private static final double MOST_GAP_SECONDS = 2;

    static StormAccount none(final int count) {
        return new StormAccount(count, count, 0, 0, 0, 0, 0);
    }

    /** The worst of two storms in each respect. */
    StormAccount worse(final StormAccount other) {
        return new StormAccount(
                count,
                Math.min(back, other.back),
                Math.max(seconds, other.seconds),
                Math.max(gapBeforeSeconds, other.gapBeforeSeconds),
                Math.max(gapSeconds, other.gapSeconds),
                Math.max(breaks, other.breaks),
                Math.max(again, other.again));
    }

    void tell(final Outcome.Notes notes) {
        notes.figure("connections", count)
                .figure("all back after s", "%.1f".formatted(seconds))
                .figure(
                        "survivors' longest time between acknowledgements s",
                        "%.2f in the storm, %.2f before".formatted(gapSeconds, gapBeforeSeconds))
                .figure("broken once more", again)
                .expect(back == count, "%d of %d came back".formatted(back, count))
                .inTime(seconds <= MOST_SECONDS, "all were back only after %.1f s".formatted(seconds))
                .inTime(
                        gapSeconds <= MOST_GAP_SECONDS,
                        "nothing of who stayed was acknowledged for %.2f s".formatted(gapSeconds))
                .expect(breaks == 0, "connections of who stayed that have broken: " + breaks);
    }
}
