package io.luyun.server.net;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.ErrorHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at files from time to time, on a thread of its own, and tells when they have been read anew. */
final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final List<Watched> watched;
    private final ErrorHandler errors;
    private final ScheduledExecutorService thread;

    /**
     * What is read from files.
     *
     * @param name for the log
     * @param reload reads it again when a file has changed; true when something else holds now. Fails with one line, once for
     *     each change, and what was read before goes on to hold
     * @param onChanged told after that
     */
    record Watched(String name, BooleanSupplier reload, Runnable onChanged) {}

    FileWatch(final List<Watched> watched, final ErrorHandler errors) {
        this.watched = List.copyOf(watched);
        this.errors = errors;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                task -> Thread.ofPlatform().daemon().name("luyun-files").unstarted(task));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look() lets nothing through
    void start(final int pollMillis) {
        thread.scheduleWithFixedDelay(() -> watched.forEach(this::look), pollMillis, pollMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look(final Watched one) {
        try {
            if (one.reload().getAsBoolean()) {
                LOG.info("{} read anew", one.name());
                one.onChanged().run();
            }
        } catch (final IllegalArgumentException e) {
            LOG.warn("{}; {} stays as it was", e.getMessage(), one.name());
        } catch (final RuntimeException e) {
            errors.onError(e);
        }
    }
}
