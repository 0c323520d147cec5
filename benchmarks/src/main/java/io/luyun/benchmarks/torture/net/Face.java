package io.luyun.benchmarks.torture.net;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The HTTP face of a server under test. */
public final class Face implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String base;

    public Face(final int port) {
        base = "http://127.0.0.1:" + port;
    }

    /** Whether it says that it takes messages; false, too, when it says nothing. */
    public boolean ready() throws InterruptedException {
        try {
            return get("/readyz").statusCode() == OK;
        } catch (final IOException e) {
            return false;
        }
    }

    /** Its counters by their names in the code, without prefix and suffix. */
    public Map<String, Long> counters() throws IOException, InterruptedException {
        final Map<String, Long> counters = new HashMap<>();
        for (final String line : get("/metrics").body().split("\n")) {
            if (line.startsWith("luyun_") && line.contains("_total ")) {
                final String[] words = line.split(" ");
                counters.put(words[0].substring("luyun_".length(), words[0].length() - "_total".length()), (long)
                        Double.parseDouble(words[1]));
            }
        }
        return counters;
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
        client.close();
    }
}
