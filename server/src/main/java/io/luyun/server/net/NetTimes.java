package io.luyun.server.net;

import java.util.concurrent.TimeUnit;

/** The time-outs in nanoseconds. */
record NetTimes(long helloNs, long frameNs, long idleNs, long writeStallNs) {
    private static final long SWEEP_MIN_MILLIS = 10;
    private static final long SWEEP_MAX_MILLIS = 250;

    static NetTimes of(final NetConfig config, final int idleTimeoutMillis) {
        return new NetTimes(
                TimeUnit.MILLISECONDS.toNanos(config.helloTimeoutMillis()),
                TimeUnit.MILLISECONDS.toNanos(config.frameTimeoutMillis()),
                TimeUnit.MILLISECONDS.toNanos(idleTimeoutMillis),
                TimeUnit.MILLISECONDS.toNanos(config.writeStallMillis()));
    }

    /** How often to look whether one has passed. */
    long sweepMillis() {
        final long shortest = Math.min(Math.min(helloNs, frameNs), Math.min(idleNs, writeStallNs));
        return Math.clamp(TimeUnit.NANOSECONDS.toMillis(shortest) / 4, SWEEP_MIN_MILLIS, SWEEP_MAX_MILLIS);
    }
}
