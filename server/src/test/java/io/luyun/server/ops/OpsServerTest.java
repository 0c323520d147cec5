package io.luyun.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.server.audit.AuditLog;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.ErrorLog;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.monitor.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpsServerTest {
    private final Counters counters = new Counters();
    private final Latencies latencies = new Latencies();
    private final ErrorLog errors = new ErrorLog(new Counters());
    private final FakeSource source = new FakeSource();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private @TempDir Path directory;
    private OpsServer server;

    @BeforeEach
    void start() throws IOException {
        server = server(8, 5_000);
        server.start();
    }

    @AfterEach
    void closeAndExpectNoErrors() {
        server.close();
        server.close();
        client.close();
        assertThat(errors.distinct()).isZero();
    }

    @Test
    void tellsThatItLives() throws Exception {
        final HttpResponse<String> response = get("/livez");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("live\n");
        assertThat(response.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
        assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(response.headers().firstValue("connection")).hasValue("keep-alive");
        assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("referrer-policy")).hasValue("no-referrer");
        assertThat(response.headers().firstValue("content-security-policy"))
                .hasValue("default-src 'none'; frame-ancestors 'none'");
    }

    @Test
    void tellsWhetherItIsReadyAndWhyNot() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        source.reason = "disk low: 10 MiB free";
        final HttpResponse<String> response = get("/readyz");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("not ready: disk low: 10 MiB free\n");
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        source.reason = null;
        assertThat(get("/readyz").body()).isEqualTo("ready\n");
    }

    @Test
    void publishesEveryCounterWithItsHelp() throws Exception {
        counters.add(Counter.FRAMES_RECEIVED, 12);
        final String page = get("/metrics").body();
        for (final Counter counter : Counter.values()) {
            assertThat(page).contains("# HELP luyun_" + counter.label() + "_total " + counter.doc() + "\n");
            assertThat(page).contains("# TYPE luyun_" + counter.label() + "_total counter\n");
        }
        assertThat(page).contains("\nluyun_frames_received_total 12.0\n");
        counters.add(Counter.FRAMES_RECEIVED, 3);
        assertThat(get("/metrics").body()).contains("\nluyun_frames_received_total 15.0\n");
    }

    @Test
    void publishesTablesStateAndTheJvm() throws Exception {
        counters.message(1, 1);
        counters.message(1, 1);
        counters.message(2, 4);
        counters.alert(2);
        final HttpResponse<String> response = get("/metrics");
        assertThat(response.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body())
                .contains("luyun_messages_total{kind=\"BSM\",role=\"OBU\"} 2.0\n")
                .contains("luyun_messages_total{kind=\"SPAT\",role=\"RSU\"} 1.0\n")
                .contains("luyun_messages_total{kind=\"MAP\",role=\"RSU\"} 0.0\n")
                .contains("luyun_alerts_total{kind=\"EBW\"} 1.0\n")
                .contains("\nluyun_ready 1.0\n")
                .contains("\nluyun_sessions 7.0\n")
                .contains("\nluyun_uptime_seconds 61.0\n")
                .contains("\nluyun_journal_appended_sequence 100.0\n")
                .contains("\nluyun_journal_synced_sequence 90.0\n")
                .contains("\njvm_memory_used_bytes{")
                .contains("\nprocess_cpu_usage ");
        source.reason = "scanning";
        assertThat(get("/metrics").body()).contains("\nluyun_ready 0.0\n");
    }

    @Test
    void publishesLatenciesAsSummaries() throws Exception {
        for (int i = 1; i <= 1_000; i++) {
            latencies.record(Stage.RECEIVE_APPEND, TimeUnit.MICROSECONDS.toNanos(100));
        }
        latencies.record(Stage.RECEIVE_APPEND, TimeUnit.MICROSECONDS.toNanos(120));
        final String page = get("/metrics").body();
        assertThat(page)
                .contains("# TYPE luyun_latency_seconds summary\n")
                .contains("luyun_latency_seconds_count{stage=\"receive_append\"} 1001\n")
                .contains("luyun_latency_seconds_count{stage=\"alert_socket\"} 0\n")
                .contains("luyun_latency_seconds{stage=\"receive_append\",quantile=\"0.99\"} 1.0E-4\n")
                .contains("luyun_latency_max_seconds{stage=\"receive_append\"} 1.2");
        for (final Stage stage : Stage.values()) {
            assertThat(page).contains(stage.doc());
        }
    }

    @Test
    void tellsTheStatusAsJson() throws Exception {
        counters.message(1, 1);
        counters.alert(1);
        counters.increment(Counter.REFUSED_CLOCK);
        latencies.record(Stage.APPEND_SYNC, TimeUnit.MICROSECONDS.toNanos(50));
        final HttpResponse<String> response = get("/api/v1/status?pretty");
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        final JsonNode status = new ObjectMapper().readTree(response.body());
        assertThat(status.at("/version").asText()).isEqualTo("1.2.3");
        assertThat(status.at("/uptimeSeconds").asLong()).isEqualTo(61);
        assertThat(status.at("/ready").asBoolean()).isTrue();
        assertThat(status.has("reason")).isFalse();
        assertThat(status.at("/mode").asText()).isEqualTo("shared");
        assertThat(status.at("/zone").asText()).isEqualTo("test");
        assertThat(status.at("/sessions").asInt()).isEqualTo(7);
        assertThat(status.at("/journal/appended").asLong()).isEqualTo(100);
        assertThat(status.at("/journal/synced").asLong()).isEqualTo(90);
        assertThat(status.at("/journal/scan/records").asLong()).isEqualTo(99);
        assertThat(status.at("/mqtt/clients").asInt()).isEqualTo(3);
        assertThat(status.at("/messages/OBU/BSM").asLong()).isEqualTo(1);
        assertThat(status.at("/messages/RSU/RSM").asLong()).isZero();
        assertThat(status.at("/counters/refused_clock").asLong()).isEqualTo(1);
        assertThat(status.at("/refused/clock").asLong()).isEqualTo(1);
        assertThat(status.at("/alerts/FCW").asLong()).isEqualTo(1);
        assertThat(status.at("/latencyMicros/append_sync/p99").asLong()).isEqualTo(50);
        assertThat(status.at("/latencyMicros/append_sync/count").asLong()).isEqualTo(1);

        source.reason = "scanning";
        final JsonNode scanning =
                new ObjectMapper().readTree(get("/api/v1/status").body());
        assertThat(scanning.at("/ready").asBoolean()).isFalse();
        assertThat(scanning.at("/reason").asText()).isEqualTo("scanning");
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        final HttpResponse<String> response =
                client.send(request("/livez").HEAD().build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("content-length")).hasValue("5");
        assertThat(exchange("HEAD /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("\r\n\r\n");
    }

    @Test
    void knowsNoOtherPathsAndMethods() throws Exception {
        for (final String path :
                List.of("/nothing", "/livez/", "/LIVEZ", "/metrics/../livez", "/%6civez", "/api/v1/status/x")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
        final HttpResponse<String> response =
                client.send(request("/livez").DELETE().build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).hasValue("GET, HEAD");
        final HttpRequest post = request("/livez")
                .POST(HttpRequest.BodyPublishers.ofString("x".repeat(100_000)))
                .build();
        assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
        assertThat(counters.get(Counter.HTTP_REFUSED)).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({
        "400, 'nonsense\r\n\r\n'",
        "400, '\u0016\u0003\u0001\u0002\r\n\r\n'",
        "400, 'GET /livez HTTP/1.1\r\n\r\n'",
        "400, 'GET /livez HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n'",
        "400, 'GET http://localhost/livez HTTP/1.1\r\nHost: localhost\r\n\r\n'",
        "400, 'GET /livez HTTP/1.1\r\nHost: localhost\r\nBad Name: x\r\n\r\n'",
        "400, 'GET /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n'",
        "400, 'GET /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'",
        "400, 'POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n 0\r\n\r\n'",
        "400, 'GET /livez HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n'",
        "400, 'GET /livez HTTP/1.1\r\nHost: localhost\r\nSpaced : a\r\n\r\n'",
        "400, 'GET /livez HTTP/1.1\nHost: localhost\n\n'",
        "400, '\u0000GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n'",
        "400, 'GET /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'",
        "413, 'GET /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello'",
        "413, 'GET /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999999999\r\n\r\nhello'",
        "421, 'GET /livez HTTP/1.1\r\nHost: rebound.example:80\r\n\r\n'",
        "421, 'GET /livez HTTP/1.1\r\nHost: 127.0.0.1.example\r\n\r\n'",
        "505, 'GET /livez HTTP/2.0\r\nHost: localhost\r\n\r\n'",
    })
    void refusesBadRequests(final int status, final String request) throws Exception {
        assertThat(exchange(request)).startsWith("HTTP/1.1 " + status + " ");
        assertThat(counters.get(Counter.HTTP_REFUSED)).isEqualTo(1);
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsTheCrossingsAsJson() throws Exception {
        final HttpResponse<String> response = get("/api/v1/crossings");
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        final JsonNode page = new ObjectMapper().readTree(response.body());
        assertThat(page.at("/crossings/0/name").asText()).isEqualTo("west");
        assertThat(page.at("/crossings/0/waiting").asInt()).isEqualTo(2);
    }

    @Test
    void tellsTheTrafficAsJsonAndOfTheZoneInFigures() throws Exception {
        final JsonNode page = new ObjectMapper().readTree(get("/api/v1/traffic").body());
        assertThat(page.at("/links/0/link").asText()).isEqualTo("7");
        assertThat(page.at("/links/0/flowPerHour").asInt()).isEqualTo(900);
        final JsonNode traffic =
                new ObjectMapper().readTree(get("/api/v1/status").body()).at("/traffic");
        assertThat(traffic.at("/links").asInt()).isEqualTo(12);
        assertThat(traffic.at("/speedMps").asDouble()).isEqualTo(8.5);
        assertThat(get("/metrics").body())
                .contains("luyun_traffic_vehicles 34", "luyun_traffic_speed 8.5", "luyun_traffic_jams 2")
                .contains("luyun_traffic_queue 61.5");
    }

    @Test
    void refusesChunkedBodies() throws Exception {
        final String answer = exchange(
                "GET /livez HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1\\.1 4(00|13) .*");
    }

    @Test
    void refusesWhatIsTooLong() throws Exception {
        assertThat(exchange("GET /" + "x".repeat(3_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
        assertThat(exchange("GET /livez HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(9_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    /** Each request waits for the answer to the one before, and the last one says that it is the last. */
    @Test
    void answersRequestAfterRequestOfAConnection() throws Exception {
        final String live = "GET /livez HTTP/1.1\r\nHost: [::1]:80\r\n\r\n";
        final String unknown = "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n";
        final String last = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        final String answer = exchange(live.repeat(50) + unknown + last + live);
        final String[] answers = answer.split("HTTP/1.1 ", -1);
        assertThat(answers).hasSize(53);
        for (int i = 1; i <= 50; i++) {
            assertThat(answers[i]).startsWith("200 ").endsWith("live\n");
        }
        assertThat(answers[51]).startsWith("404 ");
        assertThat(answers[52]).startsWith("200 ").endsWith("ready\n");
        assertThat(counters.get(Counter.HTTP_REQUESTS)).isEqualTo(52);
    }

    @Test
    void takesNothingBehindARequestItRefuses() throws Exception {
        final String refused = "POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n";
        final String smuggled = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n";
        final String answer = exchange((refused + smuggled).repeat(20));
        assertThat(answer).startsWith("HTTP/1.1 405 ");
        assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
    }

    @Test
    void endsAConnectionOnWhichNothingMoreComes() throws Exception {
        restart(8, 200);
        assertThat(exchange("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")).endsWith("live\n");
        assertThat(counters.get(Counter.HTTP_REFUSED)).isZero();
    }

    @Test
    void answersOldClients() throws Exception {
        assertThat(exchange("GET /livez HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void givesUpOnSlowClients() throws Exception {
        restart(8, 50);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write("GET /livez HT".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(counters.get(Counter.HTTP_REFUSED)).isEqualTo(1);
    }

    @Test
    void closesConnectionsBeyondTheLimit() throws Exception {
        restart(2, 5_000);
        final List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                sockets.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            try (Socket third = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                third.setSoTimeout(5_000);
                assertThat(third.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(counters.get(Counter.HTTP_REFUSED)).isEqualTo(1);
        } finally {
            for (final Socket socket : sockets) {
                socket.close();
            }
        }
        await().untilAsserted(() -> assertThat(
                        exchange("GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 "));
    }

    @Test
    void aFailingSourceIsAnAnswerAndAnError() throws Exception {
        final ErrorLog seen = new ErrorLog(counters);
        server.close();
        server = new OpsServer(config(0, 8, 5_000), new FailingSource(), environment(seen), List.of(), null);
        server.start();
        assertThat(get("/api/v1/status").statusCode()).isEqualTo(500);
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(seen.distinct()).isEqualTo(1);
    }

    @Test
    void anAddressInUseIsOneClearLine() {
        try (OpsServer second =
                new OpsServer(config(server.port(), 8, 5_000), source, environment(errors), List.of(), null)) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot listen for HTTP on 127.0.0.1:" + server.port());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1, 1, 10, ops.host = \"\": must be an address or a host name",
        "h, -1, 1, 10, ops.port = -1: must be 0 to 65535",
        "h, 65536, 1, 10, ops.port = 65536: must be 0 to 65535",
        "h, 0, 0, 10, ops.maxConnections = 0: must be 1 to 10000",
        "h, 0, 1, 9, ops.requestTimeoutMillis = 9: must be 10 to 60000",
        "0.0.0.0, 0, 1, 10, ops.host = 0.0.0.0: must be a loopback address unless ops.tokens names who may log in",
    })
    void checksItsSettings(
            final String host, final int port, final int connections, final int timeout, final String message) {
        assertThatThrownBy(() -> new OpsConfig(
                        host, port, "", 720, 100, connections, timeout, 5_000, List.of(), OpsConfig.Tls.off()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private OpsServer server(final int maxConnections, final int timeoutMillis) {
        return new OpsServer(config(0, maxConnections, timeoutMillis), source, environment(errors), List.of(), null);
    }

    private static OpsConfig config(final int port, final int maxConnections, final int timeoutMillis) {
        return new OpsConfig(
                "127.0.0.1", port, "", 720, 100, maxConnections, timeoutMillis, 5_000, List.of(), OpsConfig.Tls.off());
    }

    private OpsEnvironment environment(final ErrorLog log) {
        final AuditLog audit = new AuditLog(directory.resolve("audit.ndjson"), InstantSource.system());
        return new OpsEnvironment(counters, latencies, log, audit, InstantSource.system(), directory);
    }

    private void restart(final int maxConnections, final int timeoutMillis) throws IOException {
        server.close();
        server = server(maxConnections, timeoutMillis);
        server.start();
    }

    private HttpRequest.Builder request(final String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .timeout(Duration.ofSeconds(5));
    }

    private HttpResponse<String> get(final String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    /** Sends the bytes and returns all that comes back until the server ends the connection. */
    private String exchange(final String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5_000);
            final OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            final InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static final class FakeSource implements OpsSource {
        private volatile String reason;

        @Override
        public NotReady notReady() {
            return reason == null ? null : new NotReady(Counter.NOT_READY_DISK_LOW, reason);
        }

        @Override
        public OpsStatus status() {
            return new OpsStatus(
                    "1.2.3",
                    61,
                    "shared",
                    "test",
                    7,
                    100,
                    90,
                    Map.of("clients", 3),
                    new OpsTraffic(12, 34, 8.5, 2, 61.5),
                    Map.of("records", 99L));
        }

        @Override
        public byte[] crossings() {
            return "{\"crossings\":[{\"name\":\"west\",\"waiting\":2}]}".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] arrivals() {
            return "{}".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] traffic() {
            return "{\"links\":[{\"link\":\"7\",\"flowPerHour\":900}]}".getBytes(StandardCharsets.UTF_8);
        }
    }

    private static final class FailingSource implements OpsSource {
        @Override
        public NotReady notReady() {
            return null;
        }

        @Override
        public OpsStatus status() {
            throw new IllegalStateException("on purpose");
        }

        @Override
        public byte[] crossings() {
            throw new IllegalStateException("on purpose");
        }

        @Override
        public byte[] arrivals() {
            return "{}".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] traffic() {
            throw new IllegalStateException("on purpose");
        }
    }
}
