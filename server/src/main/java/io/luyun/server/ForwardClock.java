package io.luyun.server;

import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The server's clock: nanoseconds since 1970 UTC that never go back, whatever happens to the machine's clock. When that is
 * set back, or the journal ends in the future, this clock goes on at half speed until it has been caught up. Any thread.
 */
public final class ForwardClock implements EpochNanoClock {
    /** Where half speed began. */
    private record Anchor(long timeNs, long ticksNs) {}

    private final EpochNanoClock wall;
    private final NanoClock ticks;
    private final AtomicLong last = new AtomicLong();
    private volatile @Nullable Anchor anchor;

    /**
     * Clock over two others.
     *
     * @param wall time of day; may jump
     * @param ticks passing of time; does not jump
     */
    public ForwardClock(final EpochNanoClock wall, final NanoClock ticks) {
        this.wall = wall;
        this.ticks = ticks;
    }

    /** No time before this one will be told. */
    public void notBefore(final long timeNs) {
        last.accumulateAndGet(timeNs, Math::max);
    }

    @Override
    public long nanoTime() {
        final long now = wall.nanoTime();
        final long before = last.get();
        if (now >= before) {
            if (anchor != null) {
                anchor = null;
            }
            return advanceTo(now);
        }
        return advanceTo(slowTime(before));
    }

    private long slowTime(final long before) {
        final long ticksNow = ticks.nanoTime();
        Anchor start = anchor;
        if (start == null) {
            start = new Anchor(before, ticksNow);
            anchor = start;
        }
        return start.timeNs + (ticksNow - start.ticksNs) / 2;
    }

    private long advanceTo(final long timeNs) {
        long before = last.get();
        while (timeNs > before) {
            if (last.compareAndSet(before, timeNs)) {
                return timeNs;
            }
            before = last.get();
        }
        return before;
    }
}
