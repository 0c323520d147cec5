package io.luyun.server.ops;

import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;

import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What stands at each path. Owned by the face's thread. Metrics and status come into being with the first request for
 * them: their libraries take longer to load than the rest of the server.
 */
final class Pages implements AutoCloseable {
    private final OpsSource source;
    private final Counters counters;
    private final Latencies latencies;
    private @Nullable Metrics metrics;
    private @Nullable StatusPage status;

    Pages(final OpsSource source, final Counters counters, final Latencies latencies) {
        this.source = source;
        this.counters = counters;
        this.latencies = latencies;
    }

    /** The answer to a GET of this path. */
    Answer get(final String path) throws IOException {
        return switch (path) {
            case "/livez" -> Answer.text(OK, "live");
            case "/readyz" -> readiness();
            case "/metrics" ->
                new Answer(OK, Metrics.CONTENT_TYPE, metrics().scrape().getBytes(StandardCharsets.UTF_8));
            case "/api/v1/status" -> new Answer(OK, Answer.JSON, status().json());
            case "/api/v1/crossings" -> new Answer(OK, Answer.JSON, source.crossings());
            case "/api/v1/arrivals" -> new Answer(OK, Answer.JSON, source.arrivals());
            case "/api/v1/traffic" -> new Answer(OK, Answer.JSON, source.traffic());
            default ->
                Answer.text(
                        NOT_FOUND,
                        "there is /livez, /readyz, /metrics, /api/v1/status, /api/v1/crossings, "
                                + "/api/v1/arrivals and /api/v1/traffic");
        };
    }

    @Override
    public void close() {
        if (metrics != null) {
            metrics.close();
            metrics = null;
        }
    }

    private Answer readiness() {
        final String reason = source.notReadyReason();
        return reason == null ? Answer.text(OK, "ready") : Answer.text(SERVICE_UNAVAILABLE, "not ready: " + reason);
    }

    private Metrics metrics() {
        Metrics current = metrics;
        if (current == null) {
            current = new Metrics(source, counters, latencies);
            metrics = current;
        }
        return current;
    }

    private StatusPage status() {
        StatusPage current = status;
        if (current == null) {
            current = new StatusPage(source, counters, latencies);
            status = current;
        }
        return current;
    }
}
