package io.luyun.benchmarks.torture.crowd;

/** How often something has happened, and the longest time it has not. Owned by one event loop. */
final class Pulse {
    private static final double NANOS = 1e9;

    private long lastNs;
    private long longestNs;
    private long beats;

    /** What was before counts no more, from now on. */
    void begin(final long nowNs) {
        lastNs = nowNs;
        longestNs = 0;
        beats = 0;
    }

    void beat(final long nowNs) {
        longestNs = Math.max(longestNs, nowNs - lastNs);
        lastNs = nowNs;
        beats++;
    }

    long beats() {
        return beats;
    }

    /** The longest time between two of them, the time since the last one among it; s. */
    double longestSeconds(final long nowNs) {
        return Math.max(longestNs, nowNs - lastNs) / NANOS;
    }
}
