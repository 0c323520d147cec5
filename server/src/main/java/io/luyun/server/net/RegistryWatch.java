package io.luyun.server.net;

import io.luyun.server.session.DeviceRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the registry file from time to time, on a thread of its own, and tells when another one holds. */
final class RegistryWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryWatch.class);

    private final DeviceRegistry registry;
    private final Runnable onChanged;
    private final ErrorHandler errors;
    private final ScheduledExecutorService thread;

    RegistryWatch(final DeviceRegistry registry, final Runnable onChanged, final ErrorHandler errors) {
        this.registry = registry;
        this.onChanged = onChanged;
        this.errors = errors;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                task -> Thread.ofPlatform().daemon().name("luyun-registry").unstarted(task));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look() lets nothing through
    void start(final int pollMillis) {
        thread.scheduleWithFixedDelay(this::look, pollMillis, pollMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            if (registry.reload()) {
                LOG.info("registry reloaded: {} entries", registry.size());
                onChanged.run();
            }
        } catch (final IllegalArgumentException e) {
            LOG.warn("{}; the registry stays as it was", e.getMessage());
        } catch (final RuntimeException e) {
            errors.onError(e);
        }
    }
}
