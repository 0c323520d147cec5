package io.luyun.server.tools;

import io.luyun.server.LuyunServer;
import io.luyun.server.ServiceConfig;
import io.luyun.server.net.ServiceManager;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a server's process after its start: tells the service manager how it is, ends it in order when it is told to or
 * when a journal has failed, and at once when it is told twice or the orderly end takes too long. Whatever is not acknowledged
 * then, its senders send again. {@link #listen} before the start, {@link #launched} after it, {@link #untilEnd} once.
 */
final class Serving {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private static final int RESOURCE = 3;
    /** What a JVM ends with that a SIGTERM ends. */
    private static final int TERMINATED = 128 + 15;

    private static final long BEAT_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int BEATS_PER_WATCHDOG = 3;

    private final ServiceManager manager;
    private final CountDownLatch told = new CountDownLatch(1);
    private final AtomicInteger times = new AtomicInteger();
    private volatile boolean launched;

    Serving(final ServiceManager manager) {
        this.manager = manager;
    }

    /** Listens to SIGTERM, SIGINT and SIGHUP from now on. */
    void listen() {
        for (final String signal : new String[] {"TERM", "INT", "HUP"}) {
            Signals.on(signal, this::tellToEnd);
        }
    }

    /** It is to end. Any thread. */
    void tellToEnd() {
        if (!launched) {
            // nothing has been taken yet, and a journal that is being scanned can be left at any time
            Runtime.getRuntime().halt(0);
        }
        if (times.incrementAndGet() > 1) {
            LOG.warn("told to end again: ends at once; what is not acknowledged will be sent again");
            Runtime.getRuntime().halt(TERMINATED);
        }
        told.countDown();
    }

    /** The server runs: from now on it is ended in order. */
    void launched() {
        launched = true;
    }

    /** Waits until it is to end, and ends the server; the exit code. */
    int untilEnd(final LuyunServer server, final ServiceConfig config) throws InterruptedException {
        manager.tell("READY=1\nSTATUS=takes messages");
        final long beatNs =
                manager.watchdogNs() == 0 ? BEAT_NS : Math.min(BEAT_NS, manager.watchdogNs() / BEATS_PER_WATCHDOG);
        final long failedNs = TimeUnit.MILLISECONDS.toNanos(config.failedMillis());
        long failedAtNs = 0;
        String status = null;
        while (!told.await(beatNs, TimeUnit.NANOSECONDS)) {
            status = beat(server, status);
            if (server.failed() && failedNs > 0) {
                final long nowNs = System.nanoTime();
                failedAtNs = failedAtNs == 0 ? nowNs : failedAtNs;
                if (nowNs - failedAtNs >= failedNs) {
                    LOG.error("ends, because {}", server.notReady());
                    break;
                }
            }
        }
        final boolean failed = server.failed();
        end(server, config.stopMillis());
        return failed ? RESOURCE : 0;
    }

    private @Nullable String beat(final LuyunServer server, final @Nullable String before) {
        final String reason = server.notReady();
        if (manager.watchdogNs() > 0 && server.turns()) {
            manager.tell("WATCHDOG=1");
        }
        // the time in it makes each reason another one
        if ((reason == null) != (before == null)) {
            manager.tell("STATUS=" + (reason == null ? "takes messages" : "not ready: " + reason));
        }
        return reason;
    }

    private void end(final LuyunServer server, final int stopMillis) throws InterruptedException {
        manager.tell("STOPPING=1\nSTATUS=acknowledges what has been taken");
        final CountDownLatch ended = new CountDownLatch(1);
        final Thread limit = Thread.ofPlatform()
                .daemon()
                .name("luyun-stop-limit")
                .start(() -> {
                    try {
                        if (!ended.await(stopMillis, TimeUnit.MILLISECONDS)) {
                            LOG.error(
                                    "service.stopMillis = {}: has not ended in order by then and ends as it is; what is not"
                                            + " acknowledged will be sent again",
                                    stopMillis);
                            Runtime.getRuntime().halt(RESOURCE);
                        }
                    } catch (final InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        server.close();
        ended.countDown();
        limit.join();
        manager.close();
    }
}
