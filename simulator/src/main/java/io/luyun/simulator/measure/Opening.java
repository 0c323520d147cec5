package io.luyun.simulator.measure;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Waits until all clients of a run have their session, or tells why not. Thread safe. */
public final class Opening {
    private final CountDownLatch missing;
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();

    public Opening(final int clients) {
        missing = new CountDownLatch(clients);
    }

    /**
     * Waits.
     *
     * @return null when all are open, otherwise what is in the way
     */
    public @Nullable String await(final long timeoutMillis) throws InterruptedException {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (!missing.await(20, TimeUnit.MILLISECONDS)) {
            if (failure.get() != null) {
                return failure.get();
            }
            if (System.nanoTime() - endNs > 0) {
                final String reason = trouble.get();
                return missing.getCount() + " sessions are not open after " + timeoutMillis + " ms"
                        + (reason == null ? "" : ": " + reason);
            }
        }
        return null;
    }

    void opened() {
        missing.countDown();
    }

    void failed(final String why) {
        failure.compareAndSet(null, why);
    }

    void troubled(final String why) {
        trouble.set(why);
    }
}
