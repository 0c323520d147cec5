package io.luyun.server.datagram;

import java.util.concurrent.TimeUnit;

/** Tells when it is time to say in the log what happens again and again. One thread. */
final class RareLog {
    private static final long PAUSE_NS = TimeUnit.SECONDS.toNanos(60);

    private long saidNs = Long.MIN_VALUE;
    private long count;

    /** It happened once more; true when it is to be said, with {@link #count}. */
    boolean on(final long nowNs) {
        count++;
        return saidNs == Long.MIN_VALUE || nowNs - saidNs >= PAUSE_NS;
    }

    /** How often since it was said last; it is being said now. */
    long count(final long nowNs) {
        final long said = count;
        saidNs = nowNs;
        count = 0;
        return said;
    }
}
