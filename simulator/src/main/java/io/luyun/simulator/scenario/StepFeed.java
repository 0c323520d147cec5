package io.luyun.simulator.scenario;

import io.luyun.simulator.script.Script;
import io.luyun.simulator.script.StepFrames;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Writes the script's steps on a thread of its own, one ahead of the schedule, into a ring of a few: so the loops only
 * send. A loop that asks for a step that is not there yet is told so and asks again; that shows as lag.
 */
final class StepFeed implements AutoCloseable {
    private static final int AHEAD = 4;
    private static final long PAUSE_NS = 1_000_000;

    private final Script script;
    private final NanoClock clock;
    private final double periodNs;
    private final AtomicLongArray doneByLoop;
    private final StepFrames[] ring = new StepFrames[AHEAD];
    private final Thread thread;
    private long startNs;
    private long startUtcMs;
    private volatile long written = -1;
    private volatile boolean running = true;
    private volatile @Nullable Throwable failure;

    StepFeed(final Script script, final NanoClock clock, final double periodNs, final int loops) {
        this.script = script;
        this.clock = clock;
        this.periodNs = periodNs;
        doneByLoop = new AtomicLongArray(loops);
        for (int i = 0; i < loops; i++) {
            doneByLoop.set(i, -1);
        }
        for (int i = 0; i < AHEAD; i++) {
            ring[i] = new StepFrames();
        }
        thread = Thread.ofPlatform().name("traffic").daemon().unstarted(this::run);
    }

    void start(final long atNs, final long utcMs) {
        startNs = atNs;
        startUtcMs = utcMs;
        thread.start();
    }

    /** The step, or null when it is not written yet. */
    @Nullable
    StepFrames frames(final long step) {
        return step > written ? null : ring[(int) step & (AHEAD - 1)];
    }

    /** The loop needs the step no more. */
    void done(final int loop, final long step) {
        doneByLoop.setRelease(loop, step);
    }

    /** What stopped the script, or null. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
    }

    private void run() {
        try {
            for (long step = 0; running; step++) {
                while (running && (tooEarly(step) || tooFull(step))) {
                    LockSupport.parkNanos(this, PAUSE_NS);
                }
                final StepFrames frames = ring[(int) step & (AHEAD - 1)];
                frames.clear();
                script.write(step, step * periodNs / 1e9, startUtcMs + (long) (step * periodNs / 1e6), frames);
                written = step;
            }
        } catch (final RuntimeException | java.lang.Error e) {
            failure = e;
        }
    }

    private boolean tooEarly(final long step) {
        return clock.nanoTime() < startNs + (long) ((step - 1) * periodNs);
    }

    private boolean tooFull(final long step) {
        for (int loop = 0; loop < doneByLoop.length(); loop++) {
            if (doneByLoop.getAcquire(loop) < step - AHEAD) {
                return true;
            }
        }
        return false;
    }
}
