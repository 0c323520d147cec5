package io.luyun.benchmarks.torture.simulation;

import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Time as the simulation has it pass, and a time of day that may be set. A trap springs at one of the next looks of the server at
 * the time of day: so it dies in the middle of what it does.
 */
final class SimulatedTime {
    /** 2026-06-01T00:00:00Z. */
    private static final long EPOCH_NS = 1_780_272_000_000_000_000L;

    private long ticksNs;
    private long offNs;
    private int looksLeft;
    private @Nullable Runnable trap;

    /** Nanoseconds since the beginning. */
    long ticksNs() {
        return ticksNs;
    }

    /** The time of day, for devices, whose clocks do not follow that of the server. */
    long trueNs() {
        return EPOCH_NS + ticksNs;
    }

    void pass(final long nanos) {
        ticksNs += nanos;
    }

    /** Sets the server's clock so far off the true time. */
    void off(final long nanos) {
        offNs = nanos;
    }

    /** What is to be done at the look with this number from now on, from 1. */
    void trap(final int looks, final Runnable task) {
        looksLeft = looks;
        trap = task;
    }

    void disarm() {
        trap = null;
    }

    EpochNanoClock wall() {
        return this::look;
    }

    NanoClock ticks() {
        return () -> ticksNs;
    }

    Ticker ticker() {
        return new Ticker() {
            @Override
            public long initialNanoTime() {
                return 0;
            }

            @Override
            public long nanoTime() {
                return ticksNs;
            }

            @Override
            public void sleep(final long delay, final TimeUnit unit) {
                throw new UnsupportedOperationException("nothing sleeps in a simulation");
            }
        };
    }

    private long look() {
        final Runnable springs = trap;
        if (springs != null && --looksLeft <= 0) {
            trap = null;
            springs.run();
        }
        return EPOCH_NS + ticksNs + offNs;
    }
}
