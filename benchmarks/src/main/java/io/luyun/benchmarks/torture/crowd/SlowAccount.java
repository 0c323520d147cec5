package io.luyun.benchmarks.torture.crowd;

import io.luyun.benchmarks.torture.Outcome;

/**
 * What slow subscribers have done to the others.
 *
 * @param subscribers in all
 * @param p99Millis of the others' alerts
 * @param ingest acknowledgements a second
 * @param heapGrowth bytes alive after a time with them, less those before
 * @param offenders what became of them
 * @param others what became of who reads
 * @param breaks connections of vehicles that have broken
 */
record SlowAccount(
        int subscribers,
        Sides p99Millis,
        Sides ingest,
        long heapGrowth,
        Offenders offenders,
        Audience.Account others,
        long breaks) {
    private static final double RISE = 0.10;
    private static final double RISE_MILLIS = 5;
    private static final double FALL = 0.02;
    private static final long MEBIBYTE = 1 << 20;
    private static final long MOST_HEAP = 64 * MEBIBYTE;
    private static final double BORNE_SECONDS = 10;

    /**
     * Who does not read.
     *
     * @param shownOut how often one was shown out
     * @param timesNobody times with them in which none was
     * @param longestSeconds how long one was borne at most
     * @param unjust how often one was shown out while it did read
     */
    record Offenders(long shownOut, long timesNobody, double longestSeconds, long unjust) {}

    void tell(final Outcome.Notes notes) {
        final Sides.Finding slower = p99Millis.risesAtMost(RISE, RISE_MILLIS);
        final Sides.Finding less = ingest.fallsAtMost(FALL);
        notes.figure("subscribers", subscribers)
                .figure("alerts p99 ms", p99Millis.text("%.1f", slower))
                .figure("messages a second", ingest.text("%.0f", less))
                .figure("heap grows MiB", "%.1f".formatted((double) heapGrowth / MEBIBYTE))
                .figure("shown out", offenders.shownOut())
                .figure("borne at most s", "%.1f".formatted(offenders.longestSeconds()))
                .expect(slower != Sides.Finding.PASSED, "alerts of who reads come later than is promised")
                .expect(less != Sides.Finding.PASSED, "vehicles bring less than is promised")
                .expect(heapGrowth <= MOST_HEAP, "the heap grows by %d MiB".formatted(heapGrowth / MEBIBYTE))
                .expect(
                        offenders.shownOut() > 0 && offenders.timesNobody() == 0,
                        "nobody was shown out who does not read")
                .expect(
                        offenders.longestSeconds() <= BORNE_SECONDS,
                        "borne for %.1f s who does not read".formatted(offenders.longestSeconds()))
                .expect(offenders.unjust() == 0, "shown out while reading: " + offenders.unjust())
                .expect(others.missed() == 0, "alerts not told, or twice: " + others.missed())
                .expect(others.strange() == 0, "alerts of nothing: " + others.strange())
                .expect(others.closed() == 0, "connections of who reads that have broken: " + others.closed())
                .expect(others.slowNotices() == 0, "told to read too slowly, who does not: " + others.slowNotices())
                .expect(breaks == 0, "connections of vehicles that have broken: " + breaks);
    }
}
