package io.luyun.benchmarks.torture.crowd;

import io.luyun.benchmarks.torture.Outcome;

/**
 * How many connections were borne.
 *
 * @param open at the end
 * @param wanted as many should be
 * @param heapEach bytes alive for each, beside those of a server without any
 * @param missed connections whose signs of life were not answered for too long
 * @param silentSeconds the longest time between two answers to signs of life
 * @param gapSeconds the longest time without any acknowledgement
 * @param breaks connections that have broken
 */
record ManyAccount(
        int open, int wanted, long heapEach, long missed, double silentSeconds, double gapSeconds, long breaks) {
    private static final long MOST_EACH = 6 << 10;
    private static final double MOST_GAP_SECONDS = 2;

    void tell(final Outcome.Notes notes) {
        notes.figure("connections", open)
                .figure("heap bytes each", heapEach)
                .figure("between signs of life at most s", "%.1f".formatted(silentSeconds))
                .figure("between acknowledgements at most s", "%.2f".formatted(gapSeconds))
                .expect(open == wanted, "%d of %d connections".formatted(open, wanted))
                .expect(heapEach <= MOST_EACH, heapEach + " bytes of heap each")
                .expect(missed == 0, "signs of life not answered in time: " + missed)
                .inTime(gapSeconds <= MOST_GAP_SECONDS, "nothing was acknowledged for %.2f s".formatted(gapSeconds))
                .expect(breaks == 0, "connections that have broken: " + breaks);
    }
}
