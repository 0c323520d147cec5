package io.luyun.server.exchange.table;

/** When the newest records of a journal came in, by their sequences. One thread. */
final class ReceiveTimes {
    /** No longer known, or never. */
    static final long UNKNOWN = Long.MIN_VALUE;

    /** Half a minute at 8,000 records a second. */
    private static final int KEPT = 1 << 18;

    private final long[] sequences = new long[KEPT];
    private final long[] times = new long[KEPT];

    void put(final long sequence, final long receivedAtNs) {
        final int at = (int) sequence & (KEPT - 1);
        sequences[at] = sequence;
        times[at] = receivedAtNs;
    }

    /** When it came in, ns since 1970. */
    long of(final long sequence) {
        final int at = (int) sequence & (KEPT - 1);
        return sequences[at] == sequence && sequence != 0 ? times[at] : UNKNOWN;
    }
}
