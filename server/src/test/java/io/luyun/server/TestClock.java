package io.luyun.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.EpochNanoClock;

/** A time of day that starts where it is told to, and of which more can be made to pass at once. Any thread. */
final class TestClock implements EpochNanoClock {
    private final AtomicLong offsetNs = new AtomicLong(1_790_000_000_000_000_000L - System.nanoTime());

    @Override
    public long nanoTime() {
        return offsetNs.get() + System.nanoTime();
    }

    void passMillis(final long millis) {
        offsetNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Millisecond within the UTC minute, as devices send it. */
    int secMark() {
        return (int) (TimeUnit.NANOSECONDS.toMillis(nanoTime()) % 60_000);
    }
}
