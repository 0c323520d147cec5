package io.luyun.server.exchange.mcap;

/**
 * Which sequences records have got that had others before: by runs of records that moved by the same. Remembers the last runs alone; what
 * alerts rest on is not long ago. One thread.
 */
final class Renumbering {
    private static final int RUNS = 1 << 16;
    static final long UNKNOWN = 0;

    private final long[] oldFirst = new long[RUNS];
    private final long[] oldLast = new long[RUNS];
    private final long[] moved = new long[RUNS];
    private long used;
    private boolean changed;

    /** A record with a greater sequence than all before it. */
    void add(final long oldSequence, final long newSequence) {
        final long by = newSequence - oldSequence;
        changed |= by != 0;
        final int last = slot(used - 1);
        if (used > 0 && moved[last] == by && oldLast[last] == oldSequence - 1) {
            oldLast[last] = oldSequence;
            return;
        }
        final int next = slot(used++);
        oldFirst[next] = oldSequence;
        oldLast[next] = oldSequence;
        moved[next] = by;
    }

    /** Whether any has got another sequence. */
    boolean changed() {
        return changed;
    }

    /** The sequence that one has now; UNKNOWN when it is not there, or long ago. */
    long of(final long oldSequence) {
        long low = Math.max(0, used - RUNS);
        long high = used - 1;
        while (low <= high) {
            final long middle = (low + high) >>> 1;
            final int run = slot(middle);
            if (oldSequence < oldFirst[run]) {
                high = middle - 1;
            } else if (oldSequence > oldLast[run]) {
                low = middle + 1;
            } else {
                return oldSequence + moved[run];
            }
        }
        return UNKNOWN;
    }

    private static int slot(final long run) {
        return (int) (run & (RUNS - 1));
    }
}
