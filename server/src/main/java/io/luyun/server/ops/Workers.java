package io.luyun.server.ops;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for answers that wait for files or devices; so many at once and no more. Any thread. */
final class Workers implements AutoCloseable {
    private static final int MOST = 64;
    private static final long CLOSE_SECONDS = 2;

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("luyun-ops-", 0).factory());
    private final AtomicInteger busy = new AtomicInteger();

    /** Runs it soon; false when too much runs already. */
    boolean run(final Runnable task) {
        if (busy.incrementAndGet() > MOST) {
            busy.decrementAndGet();
            return false;
        }
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    busy.decrementAndGet();
                }
            });
            return true;
        } catch (final RejectedExecutionException e) {
            busy.decrementAndGet();
            return false;
        }
    }

    /** Lets what runs come to its end, but not for long. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (final InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
