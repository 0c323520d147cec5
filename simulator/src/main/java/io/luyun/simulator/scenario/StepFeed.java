package io.luyun.simulator.scenario;

import io.luyun.proto.v1.Alert;
import io.luyun.simulator.script.Script;
import io.luyun.simulator.script.StepFrames;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Writes the script's steps on a thread of its own, one ahead of the schedule, into a ring of a few: so the loops only
 * send. A loop that asks for a step that is not there yet is told so and asks again; that shows as lag.
 */
final class StepFeed implements AutoCloseable {
    private static final int AHEAD = 4;
    private static final long PAUSE_NS = 1_000_000;
    private static final int WARNINGS = 8_192;
    private static final double NS = 1e9;
    private static final long NS_PER_MS = 1_000_000;

    private final Script script;
    private final NanoClock clock;
    private final LongUnaryOperator stepNs;
    private final AtomicLongArray doneByLoop;
    private final StepFrames[] ring = new StepFrames[AHEAD];
    private final Queue<Warned> warnings = new ManyToOneConcurrentArrayQueue<>(WARNINGS);
    private final Thread thread;
    private long startNs;
    private long startUtcMs;
    private volatile long written = -1;
    private volatile boolean running = true;
    private volatile @Nullable Throwable failure;

    private record Warned(int device, Alert alert) {}

    StepFeed(final Script script, final NanoClock clock, final LongUnaryOperator stepNs, final int loops) {
        this.script = script;
        this.clock = clock;
        this.stepNs = stepNs;
        doneByLoop = new AtomicLongArray(loops);
        for (int i = 0; i < loops; i++) {
            doneByLoop.set(i, -1);
        }
        for (int i = 0; i < AHEAD; i++) {
            ring[i] = new StepFrames();
        }
        thread = Thread.ofPlatform().name("traffic").daemon().unstarted(this::run);
    }

    /** A device was warned; its driver hears of it with the next step. Any thread. */
    void warned(final int device, final Alert alert) {
        // who is warned too often to be listened to misses some
        warnings.offer(new Warned(device, alert));
    }

    void start(final long atNs, final long utcMs) {
        startNs = atNs;
        startUtcMs = utcMs;
        thread.start();
    }

    /** Time a step stands for, milliseconds since 1970. */
    long utcMs(final long step) {
        return startUtcMs + stepNs.applyAsLong(step) / NS_PER_MS;
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
                warn();
                final long atNs = stepNs.applyAsLong(step);
                script.write(step, atNs / NS, utcMs(step), frames);
                written = step;
            }
        } catch (final RuntimeException | java.lang.Error e) {
            failure = e;
        }
    }

    /** Tells the script of those who have been warned. */
    private void warn() {
        for (Warned warned = warnings.poll(); warned != null; warned = warnings.poll()) {
            script.onAlert(warned.device, warned.alert);
        }
    }

    private boolean tooEarly(final long step) {
        if (step == 0) {
            return false;
        }
        final long beforeNs = stepNs.applyAsLong(step - 1);
        return beforeNs == Long.MAX_VALUE || clock.nanoTime() < startNs + beforeNs;
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
