package io.luyun.server.live;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * Leads a road of the past on as fast as its browser wishes, on a thread of its own that gives way to the others: it works for some
 * milliseconds and then rests as long, since priorities of threads mean nothing to the system. What it is told to do comes through a queue; where it stands any thread may ask.
 */
final class Replay implements Runnable, AutoCloseable {
    private static final int RECORDS_A_SLICE = 256;
    private static final long WORK_NS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long TURN_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Who falls behind by more goes on from there: speeds the machine does not reach are not caught up with. */
    private static final long BEHIND_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long JOIN_MILLIS = 5_000;

    private final LiveRoads roads;
    private final long warmUpNs;
    private final ErrorHandler errors;
    private final Queue<Runnable> wishes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger seeks = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean failed;
    private @Nullable PastRoad road;
    private double speed;
    private boolean paused;
    /** Where it has to be: at this time of the journal at that time of the machine. */
    private long fromNs;

    private long fromMachineNs;
    /** Records before this are led through without a rest, be it a warm-up or a step. */
    private long aheadToNs;

    /** How far it has come. */
    private long standsNs;

    private boolean toTell;
    private long nextTurnNs;

    Replay(
            final LiveRoads roads,
            final long warmUpNs,
            final double speed,
            final String name,
            final ErrorHandler errors) {
        this.roads = roads;
        this.warmUpNs = warmUpNs;
        this.speed = speed;
        this.errors = errors;
        thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether it has ended by itself, its journal not being readable any more. */
    boolean failed() {
        return failed;
    }

    /** Another time; what is handed over from there on goes into another pipe. */
    void seek(final long toNs, final LivePipe pipe) {
        final int number = seeks.incrementAndGet();
        wish(() -> {
            if (number != seeks.get()) {
                return; // another one follows
            }
            final PastRoad before = road;
            road = null;
            CloseHelper.close(before);
            road = PastRoad.open(roads, toNs, warmUpNs, pipe, errors);
            goOnFrom(toNs);
            aheadToNs = toNs;
            standsNs = toNs;
            toTell = true;
        });
    }

    void speed(final double wished) {
        wish(() -> {
            goOnFrom(standsNs);
            speed = wished;
        });
    }

    void pause() {
        wish(() -> {
            goOnFrom(standsNs);
            paused = true;
        });
    }

    void play() {
        wish(() -> {
            goOnFrom(standsNs);
            paused = false;
        });
    }

    /** Goes on by this and stands there. */
    void step(final long byNs) {
        wish(() -> {
            goOnFrom(standsNs + byNs);
            paused = true;
            aheadToNs = fromNs;
            standsNs = fromNs;
            toTell = true;
        });
    }

    private void wish(final Runnable wish) {
        wishes.add(wish);
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                final Runnable wish = wishes.poll();
                if (wish != null) {
                    wish.run();
                } else {
                    rest(work());
                }
            }
        } catch (final RuntimeException e) {
            failed = true;
            errors.onError(new IllegalStateException("a replay has ended", e));
        } finally {
            CloseHelper.close(errors, road);
        }
    }

    /** Works for some time; returns how long. */
    private long work() {
        final PastRoad led = road;
        if (led == null) {
            return 0;
        }
        final long startNs = System.nanoTime();
        final long untilNs = targetNs();
        int taken;
        do {
            taken = led.lead(RECORDS_A_SLICE, untilNs);
        } while (taken == RECORDS_A_SLICE && System.nanoTime() - startNs < WORK_NS);
        final boolean there = taken < RECORDS_A_SLICE;
        if (there && !led.reached()) {
            // the end of what is written by now: time waits for it
            goOnFrom(Math.clamp(led.nowNs(), Math.min(fromNs, untilNs), untilNs));
        } else if (!there && led.nowNs() >= aheadToNs && !paused) {
            fallBack(led.nowNs());
        }
        final long atNs = there ? Math.min(untilNs, Math.max(led.nowNs(), fromNs)) : led.nowNs();
        standsNs = Math.max(atNs, aheadToNs);
        tell(led, atNs, there);
        return System.nanoTime() - startNs;
    }

    private void fallBack(final long nowNs) {
        if ((targetNs() - nowNs) / speed > BEHIND_NS) {
            goOnFrom(nowNs);
        }
    }

    private void tell(final PastRoad led, final long atNs, final boolean there) {
        final long machineNs = System.nanoTime();
        final boolean warm = there || led.nowNs() >= aheadToNs;
        if (warm && (toTell || (!paused && machineNs - nextTurnNs >= 0))) {
            nextTurnNs = machineNs + TURN_NS;
            toTell = false;
            led.tell(atNs);
        }
    }

    private void rest(final long workedNs) {
        LockSupport.parkNanos(this, Math.max(IDLE_NS, workedNs));
    }

    private long targetNs() {
        return paused ? fromNs : fromNs + (long) ((System.nanoTime() - fromMachineNs) * speed);
    }

    private void goOnFrom(final long timeNs) {
        fromNs = timeNs;
        fromMachineNs = System.nanoTime();
    }

    /** Ends it; waits until it has let go of the journal. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(JOIN_MILLIS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it without waiting. */
    void stop() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
