package io.luyun.server.ops;

import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the server is: health, metrics, state, and the description of it all. Owned by the face's thread. Metrics and status come into
 * being with the first request for them: their libraries take longer to load than the rest of the server.
 */
final class StateRoutes implements AutoCloseable {
    private static final String DESCRIPTION = "openapi.json";

    private final OpsSource source;
    private final Counters counters;
    private final Latencies latencies;
    private final boolean loopback;
    private final byte[] description = description();
    private @Nullable Counter cause;
    private @Nullable Metrics metrics;
    private @Nullable StatusPage status;

    StateRoutes(final OpsSource source, final Counters counters, final Latencies latencies, final boolean loopback) {
        this.source = source;
        this.counters = counters;
        this.latencies = latencies;
        this.loopback = loopback;
    }

    List<Route> routes() {
        return List.of(
                Route.quick("/livez", null, _ -> Answer.text(200, "live")),
                Route.quick("/readyz", null, _ -> readiness()),
                Route.quick("/metrics", loopback ? null : Scope.READ, _ -> scrape()),
                Route.quick("/api/v1/status", Scope.READ, _ -> Answer.of(200, Answer.JSON, status().json())),
                Route.quick("/api/v1/crossings", Scope.READ, _ -> Answer.of(200, Answer.JSON, source.crossings())),
                Route.quick("/api/v1/arrivals", Scope.READ, _ -> Answer.of(200, Answer.JSON, source.arrivals())),
                Route.quick("/api/v1/traffic", Scope.READ, _ -> Answer.of(200, Answer.JSON, source.traffic())),
                Route.quick("/api/v1/openapi.json", null, _ -> Answer.of(200, Answer.JSON, description)));
    }

    /** Counts when the server has become not ready, or is so for another cause; null when it is ready. */
    @Nullable
    NotReady look() {
        final NotReady now = source.notReady();
        final Counter before = cause;
        cause = now == null ? null : now.cause();
        if (cause != null && cause != before) {
            counters.increment(cause);
        }
        return now;
    }

    @Override
    public void close() {
        if (metrics != null) {
            metrics.close();
            metrics = null;
        }
    }

    private Answer readiness() {
        final NotReady now = look();
        return now == null ? Answer.text(200, "ready") : Answer.text(503, "not ready: " + now.reason());
    }

    private Answer scrape() {
        Metrics current = metrics;
        if (current == null) {
            current = new Metrics(source, counters, latencies);
            metrics = current;
        }
        return Answer.of(200, Metrics.CONTENT_TYPE, current.scrape().getBytes(StandardCharsets.UTF_8));
    }

    private StatusPage status() {
        StatusPage current = status;
        if (current == null) {
            current = new StatusPage(source, counters, latencies);
            status = current;
        }
        return current;
    }

    /** It is asked for by everybody and does not change: read once. */
    private static byte[] description() {
        try (InputStream in = StateRoutes.class.getResourceAsStream(DESCRIPTION)) {
            if (in == null) {
                throw new IllegalStateException(DESCRIPTION + " is missing in the jar");
            }
            return in.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
