package io.luyun.server.journal;

import org.agrona.concurrent.EpochNanoClock;

/**
 * Time that never goes back, over a clock that may: it follows the clock forwards; when the clock jumps back it goes on
 * by what passes on the clock, from where it was, until the clock has caught up. Line thread.
 */
final class ForwardTime {
    private final EpochNanoClock clock;
    private long lastClockNs;
    private long timeNs;

    ForwardTime(final EpochNanoClock clock, final long startNs) {
        this.clock = clock;
        this.lastClockNs = clock.nanoTime();
        this.timeNs = Math.max(startNs, lastClockNs);
    }

    /** Reads the clock. */
    long nowNs() {
        final long clockNs = clock.nanoTime();
        timeNs = Math.max(clockNs, timeNs + Math.max(0, clockNs - lastClockNs));
        lastClockNs = clockNs;
        return timeNs;
    }
}
