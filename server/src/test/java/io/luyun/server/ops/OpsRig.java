package io.luyun.server.ops;

import io.luyun.server.audit.AuditLog;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.ErrorLog;
import io.luyun.server.monitor.Latencies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** A face on a free port, its clock in the test's hand, with or without tokens. */
final class OpsRig implements AutoCloseable {
    static final String READER = "reader-token";
    static final String OPERATOR = "operator-token";
    static final String ADMIN = "admin-token";

    volatile Instant now = Instant.parse("2026-11-30T08:00:00Z");
    final Counters counters = new Counters();
    final ErrorLog errors = new ErrorLog(counters);
    final Path audit;
    final Path tokens;
    final OpsServer server;
    final HttpClient client;
    private final String scheme;

    OpsRig(final Path directory, final boolean login, final List<Route> routes, final LiveSockets sockets)
            throws IOException {
        this(directory, login, routes, sockets, null);
    }

    /** One that encrypts with {@code server.pem} and {@code server.key} of the directory, for clients of this context. */
    OpsRig(
            final Path directory,
            final boolean login,
            final List<Route> routes,
            final LiveSockets sockets,
            final SSLContext clients)
            throws IOException {
        final HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
        scheme = clients == null ? "http" : "https";
        client = clients == null ? builder.build() : builder.sslContext(clients).build();
        final OpsConfig.Tls tls = clients == null
                ? OpsConfig.Tls.off()
                : new OpsConfig.Tls(
                        true,
                        directory.resolve("server.pem").toString(),
                        directory.resolve("server.key").toString());
        audit = directory.resolve("audit.ndjson");
        tokens = directory.resolve("tokens");
        Files.writeString(
                tokens,
                "# who may log in\n\nreader:read:" + Logins.sha256(READER) + "\noperator:read,operate:"
                        + Logins.sha256(OPERATOR) + "\nadmin:admin:" + Logins.sha256(ADMIN) + "\n");
        final InstantSource clock = () -> now;
        server = new OpsServer(
                new OpsConfig("127.0.0.1", 0, login ? tokens.toString() : "", 60, 20, 64, 5_000, 5_000, List.of(), tls),
                new Source(),
                new OpsEnvironment(counters, new Latencies(), errors, new AuditLog(audit, clock), clock, directory),
                routes,
                sockets);
        server.start();
    }

    String origin() {
        return scheme + "://localhost:" + server.port();
    }

    /** Sends a request with these headers, name and value in turn; a body makes it a POST. */
    HttpResponse<String> send(final String path, final String body, final String... headers) throws Exception {
        final HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin() + path)).timeout(Duration.ofSeconds(5));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (body != null) {
            request.POST(BodyPublishers.ofString(body));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> delete(final String path, final String... headers) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(origin() + path))
                        .timeout(Duration.ofSeconds(5))
                        .headers(headers)
                        .DELETE()
                        .build(),
                BodyHandlers.ofString());
    }

    /** Sends these bytes and returns all that comes back. */
    String raw(final String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Logs in; the cookie. */
    String login(final String token) throws Exception {
        final HttpResponse<String> answer =
                send("/api/v1/session", "{\"token\":\"" + token + "\"}", "origin", origin());
        final String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    List<String> auditLines() throws IOException {
        return Files.exists(audit) ? Files.readAllLines(audit) : List.of();
    }

    @Override
    public void close() {
        server.close();
        client.shutdownNow();
    }

    private static final class Source implements OpsSource {
        @Override
        public NotReady notReady() {
            return null;
        }

        @Override
        public OpsStatus status() {
            return new OpsStatus("1", 1, "shared", "test", 0, 0, 0, Map.of(), OpsTraffic.NONE, Map.of());
        }

        @Override
        public byte[] crossings() {
            return "{}".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] arrivals() {
            return crossings();
        }

        @Override
        public byte[] traffic() {
            return crossings();
        }
    }
}
