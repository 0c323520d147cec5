package io.luyun.benchmarks.torture.disk;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a server tells of itself over HTTP. */
final class Face implements AutoCloseable {
    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String base;

    /** The face of this port of loopback. */
    Face(final int port) {
        base = "http://127.0.0.1:" + port;
    }

    boolean ready() throws IOException, InterruptedException {
        return get("/readyz").statusCode() == OK;
    }

    /** What it says of being ready or not. */
    String readiness() throws IOException, InterruptedException {
        return get("/readyz").body().strip();
    }

    /** Whether a line of the metrics is this one. */
    boolean tells(final String metric) throws IOException, InterruptedException {
        return get("/metrics").body().lines().anyMatch(metric::equals);
    }

    /** Waits until it is ready or is not; false when it takes longer. */
    boolean await(final boolean ready, final long atMostNanos) throws IOException, InterruptedException {
        final long deadlineNs = System.nanoTime() + atMostNanos;
        while (ready() != ready) {
            if (System.nanoTime() > deadlineNs) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    private HttpResponse<String> get(final String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(PATIENCE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
