package io.luyun.benchmarks.torture.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the buffers Netty finds lost. Netty asks once a process who is to be told, when it makes its first buffer: whoever comes
 * later counts nothing, and says so. While this is open, buffers are watched only when it says so.
 */
final class Leaks implements AutoCloseable {
    /** Netty keeps it for the life of the process. */
    private static final Factory FACTORY = new Factory();

    private static final int ROUNDS = 5;

    static {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(FACTORY);
    }

    private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();

    Leaks() {
        watch(true);
        count();
        watch(false);
    }

    /** Whether every buffer is watched from here on, or none; watching is slow and takes memory. */
    @SuppressWarnings("MethodMayBeStatic") // only somebody who counts may switch it
    void watch(final boolean on) {
        ResourceLeakDetector.setLevel(on ? ResourceLeakDetector.Level.PARANOID : ResourceLeakDetector.Level.DISABLED);
    }

    /** Buffers lost since the last call; below 0 when they cannot be counted. */
    @SuppressWarnings("MethodMayBeStatic") // only somebody who counts may ask
    int takeCount() {
        final int found = count();
        return FACTORY.buffers ? found : -1;
    }

    /** As it was before. */
    @Override
    public void close() {
        ResourceLeakDetector.setLevel(before);
    }

    private static int count() {
        for (int i = 0; i < ROUNDS; i++) {
            System.gc();
            // what was lost is found when the next buffer is made
            ByteBufAllocator.DEFAULT.directBuffer().release();
        }
        return FACTORY.found.getAndSet(0);
    }

    @SuppressWarnings("deprecation") // of the two ways to be asked Netty still uses both
    private static final class Factory extends ResourceLeakDetectorFactory {
        private final AtomicInteger found = new AtomicInteger();
        private volatile boolean buffers;

        @Override
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                final Class<T> resource, final int samplingInterval, final long maxActive) {
            return newResourceLeakDetector(resource, samplingInterval);
        }

        @Override
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                final Class<T> resource, final int samplingInterval) {
            buffers |= resource.equals(ByteBuf.class);
            return new Counting<>(resource, samplingInterval, found);
        }
    }

    private static final class Counting<T> extends ResourceLeakDetector<T> {
        private final AtomicInteger found;

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
