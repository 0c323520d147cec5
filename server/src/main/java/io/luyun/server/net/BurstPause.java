package io.luyun.server.net;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets the frames of a busy event loop come in bursts: while so many come that several arrive within the pause, the loop
 * asks the kernel for them once a pause instead of once a frame. What each burst costs (two calls of the kernel, a run of
 * the line, cold caches) is then shared by all its frames. A loop that has little to do, and one that is busy for longer
 * than the pause anyway, does not wait. Owned by the loop's thread.
 */
final class BurstPause implements SelectStrategy {
    private static final int FRAMES_WORTH_IT = 2;
    private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(4);

    private final long pauseNs;
    private long frames;
    private long windowBeganNs;
    private long lookedNs;
    private boolean pausing;

    BurstPause(final int pauseMicros) {
        this.pauseNs = TimeUnit.MICROSECONDS.toNanos(pauseMicros);
    }

    void onFrames(final int count) {
        frames += count;
    }

    @Override
    public int calculateStrategy(final IntSupplier selectNow, final boolean hasTasks) throws Exception {
        if (hasTasks) {
            return selectNow.get();
        }
        if (pauseNs > 0) {
            final long pause = pauseNs(System.nanoTime());
            if (pause > 0) {
                LockSupport.parkNanos(this, pause);
            }
        }
        return SelectStrategy.SELECT;
    }

    /** How long to wait before the next look at the sockets, which then follows; 0 when it is not worth it. */
    long pauseNs(final long nowNs) {
        final long windowNs = nowNs - windowBeganNs;
        if (windowNs >= WINDOW_NS) {
            pausing = frames * pauseNs >= FRAMES_WORTH_IT * windowNs;
            frames = 0;
            windowBeganNs = nowNs;
        }
        final long pause = pausing ? Math.max(0, lookedNs + pauseNs - nowNs) : 0;
        lookedNs = nowNs + pause;
        return pause;
    }
}
