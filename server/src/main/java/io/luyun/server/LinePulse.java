package io.luyun.server;

import io.luyun.server.monitor.Counter;
import io.luyun.server.ops.NotReady;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Whether the line turns, and whether the core keeps up with the journal. The line's thread tells after each turn; any
 * thread asks. A core that reads on is as far behind as the time it needed to come to what was last appended before.
 */
final class LinePulse {
    private final NanoClock clock;
    private final long slowNs;
    private volatile long turnedNs;
    private volatile long caughtUpNs;
    private long mark;

    /** @param slowMillis longest time for a turn, and for the core to come to what has been appended */
    LinePulse(final NanoClock clock, final int slowMillis) {
        this.clock = clock;
        this.slowNs = TimeUnit.MILLISECONDS.toNanos(slowMillis);
        start();
    }

    /** The line is about to turn for the first time. */
    void start() {
        turnedNs = clock.nanoTime();
        caughtUpNs = turnedNs;
    }

    /**
     * The line's thread: a turn is over.
     *
     * @param appended last sequence of the journal
     * @param taken last sequence the core has taken
     */
    void turned(final long appended, final long taken) {
        final long nowNs = clock.nanoTime();
        turnedNs = nowNs;
        if (taken >= mark) {
            mark = appended;
            caughtUpNs = nowNs;
        }
    }

    /** Whether the line's thread does its work. */
    boolean turns() {
        return clock.nanoTime() - turnedNs <= slowNs;
    }

    /** What is wrong; null when nothing is. */
    @Nullable
    NotReady complaint() {
        final long nowNs = clock.nanoTime();
        if (nowNs - turnedNs > slowNs) {
            return new NotReady(
                    Counter.NOT_READY_LINE_STILL, "the line has stood still for " + millis(nowNs - turnedNs) + " ms");
        }
        if (nowNs - caughtUpNs > slowNs) {
            return new NotReady(
                    Counter.NOT_READY_CORE_BEHIND,
                    "the core is " + millis(nowNs - caughtUpNs) + " ms behind the journal: alerts are late");
        }
        return null;
    }

    private static long millis(final long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
