package io.luyun.benchmarks.torture.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the buffers Netty finds lost. Has to come before Netty's first buffer in a process; whether it did is found out by
 * losing one on purpose.
 */
final class Leaks {
    private static final int ROUNDS = 5;

    private final AtomicInteger found = new AtomicInteger();
    private final boolean works;

    Leaks() {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Factory(found));
        watch(true);
        lose();
        works = count() > 0;
        watch(false);
    }

    /** Whether every buffer is watched from here on, or none; watching is slow and takes memory. */
    @SuppressWarnings("MethodMayBeStatic") // only somebody who counts may switch it
    void watch(final boolean on) {
        ResourceLeakDetector.setLevel(on ? ResourceLeakDetector.Level.PARANOID : ResourceLeakDetector.Level.DISABLED);
    }

    /** Buffers lost since the last call; below 0 when they cannot be counted. */
    int takeCount() {
        return works ? count() : -1;
    }

    private int count() {
        for (int i = 0; i < ROUNDS; i++) {
            System.gc();
            // what was lost is found when the next buffer is made
            ByteBufAllocator.DEFAULT.directBuffer().release();
        }
        return found.getAndSet(0);
    }

    private static void lose() {
        final ByteBuf lost = ByteBufAllocator.DEFAULT.directBuffer(16);
        lost.writeByte(1);
    }

    private static final class Factory extends ResourceLeakDetectorFactory {
        private final AtomicInteger found;

        Factory(final AtomicInteger found) {
            this.found = found;
        }

        @Override
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                final Class<T> resource, final int samplingInterval, final long maxActive) {
            return newResourceLeakDetector(resource, samplingInterval);
        }

        @Override
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                final Class<T> resource, final int samplingInterval) {
            return new Counting<>(resource, samplingInterval, found);
        }
    }

    private static final class Counting<T> extends ResourceLeakDetector<T> {
        private final AtomicInteger found;

        @SuppressWarnings("deprecation") // for factories it is not
        Counting(final Class<?> resource, final int samplingInterval, final AtomicInteger found) {
            super(resource, samplingInterval);
            this.found = found;
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(final String type, final String records) {
            found.incrementAndGet();
        }

        @Override
        protected void reportUntracedLeak(final String type) {
            found.incrementAndGet();
        }
    }
}
