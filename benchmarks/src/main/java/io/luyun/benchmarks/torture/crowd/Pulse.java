package io.luyun.benchmarks.torture.crowd;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How often something has happened, and the longest time it has not. Owned by one event loop. */
final class Pulse {
    private static final double NANOS = 1e9;

    private final @Nullable Histogram waits;
    private long lastNs;
    private long longestNs;
    private long beats;

    Pulse() {
        this(null);
    }

    /**
     * One that also keeps how long was waited for it.
     *
     * @param waits takes ns
     */
    Pulse(final @Nullable Histogram waits) {
        this.waits = waits;
    }

    /** What was before counts no more, from now on. */
    void begin(final long nowNs) {
        lastNs = nowNs;
        longestNs = 0;
        beats = 0;
        if (waits != null) {
            waits.reset();
        }
    }

    /** It was waited so long for a beat. */
    void waited(final long ns) {
        if (waits != null) {
            waits.recordValue(Math.clamp(ns, 0, waits.getHighestTrackableValue()));
        }
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
