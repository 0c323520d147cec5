package io.luyun.benchmarks.torture.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;

/** Everything the HTTP face can be asked, by everybody, and from a page that is not its own. */
final class HttpCells {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 429);
    private static final String LOGIN = "/api/v1/session";
    private static final String LIVE = "/api/v1/live";

    private final ServerUnderTest under;
    private final Cells cells;
    private final HttpClient client = HttpClient.newHttpClient();
    /** Whoever shows a wrong token too often is shut out by address: that must not be the address of the others. */
    private final HttpClient stranger;

    HttpCells(final ServerUnderTest under, final Cells cells) throws IOException {
        this.under = under;
        this.cells = cells;
        stranger = HttpClient.newBuilder()
                .localAddress(InetAddress.ofLiteral("127.0.0.9"))
                .build();
    }

    void ask() throws IOException, InterruptedException {
        try {
            for (final String[] route : routes()) {
                for (final String scope : List.of("nobody", "read", "operate", "admin")) {
                    ask(client, route[0], route[1], scope, ServerUnderTest.personToken(scope));
                }
                ask(stranger, route[0], route[1], "nobody", "guess");
                ask(stranger, route[0], route[1], "nobody", Entry.tokenOf("centre"));
                fromElsewhere(route[0], route[1]);
            }
            sockets();
            audited();
        } finally {
            // close() would wait for the sockets, which nobody ends
            client.shutdownNow();
            stranger.shutdownNow();
        }
    }

    private List<String[]> routes() throws IOException, InterruptedException {
        final JsonNode paths = JSON.readTree(client.send(
                                HttpRequest.newBuilder(URI.create(under.http() + "/api/v1/openapi.json"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .path("paths");
        final List<String[]> routes = new ArrayList<>();
        paths.properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> routes.add(new String[] {method.toUpperCase(Locale.ROOT), path.getKey()})));
        cells.check("http", routes.size() > 20, "tells " + routes.size() + " routes only");
        return routes;
    }

    private void ask(
            final HttpClient who, final String method, final String pattern, final String scope, final String token)
            throws IOException, InterruptedException {
        final HttpRequest.Builder request = request(method, pattern, "{}");
        if (method.equals("POST") && pattern.equals(LOGIN)) {
            logIn(who, scope, token);
            return;
        }
        if (!token.equals(ServerUnderTest.personToken("nobody"))) {
            request.header("authorization", "Bearer " + token);
        } else if (!method.equals("GET")) {
            request.header("origin", under.http());
        }
        final int status = who.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        cells.add(
                "http " + method + " " + pattern + " by " + scope + (who.equals(stranger) ? " with a wrong token" : ""),
                Oracle.asks(scope, Oracle.scopeOf(method, pattern)),
                new Answer(!REFUSALS.contains(status), Integer.toString(status)));
    }

    private void logIn(final HttpClient who, final String scope, final String token)
            throws IOException, InterruptedException {
        final HttpRequest request = request("POST", LOGIN, JSON.writeValueAsString(Map.of("token", token)))
                .header("origin", under.http())
                .build();
        final int status =
                who.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        cells.add(
                "http login by " + scope,
                !scope.equals("nobody"),
                new Answer(!REFUSALS.contains(status), Integer.toString(status)));
    }

    /** A page from elsewhere that has the browser of somebody send this. */
    private void fromElsewhere(final String method, final String pattern) throws IOException, InterruptedException {
        if (!method.equals("GET")) {
            final HttpRequest request = request(method, pattern, "{}")
                    .header("authorization", "Bearer " + ServerUnderTest.personToken("admin"))
                    .header("origin", "http://elsewhere.example")
                    .build();
            final int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            cells.add(
                    "http " + method + " " + pattern + " by admin from a page elsewhere",
                    false,
                    new Answer(!REFUSALS.contains(status), Integer.toString(status)));
        }
    }

    private HttpRequest.Builder request(final String method, final String pattern, final String json) {
        final HttpRequest.BodyPublisher body =
                method.equals("POST") ? HttpRequest.BodyPublishers.ofString(json) : HttpRequest.BodyPublishers.noBody();
        return HttpRequest.newBuilder(URI.create(under.http() + pattern.replaceAll("\\{[^}]*}", "7")))
                .method(method, body);
    }

    private void sockets() {
        for (final String scope : List.of("nobody", "read", "operate", "admin")) {
            final boolean opened =
                    open(scope.equals("nobody") ? stranger : client, under, scope, new WebSocket.Listener() {}) != null;
            cells.add(
                    "http websocket by " + scope,
                    Oracle.asks(scope, "read"),
                    opened ? Answer.good() : Answer.refused("no handshake"));
        }
    }

    /** A WebSocket of somebody with this scope; null when there is none to be had. */
    static @org.jspecify.annotations.Nullable WebSocket open(
            final HttpClient client,
            final ServerUnderTest under,
            final String scope,
            final WebSocket.Listener listener) {
        try {
            return client.newWebSocketBuilder()
                    .header("authorization", "Bearer " + ServerUnderTest.personToken(scope))
                    .buildAsync(URI.create(under.http().replace("http", "ws") + LIVE), listener)
                    .join();
        } catch (final CompletionException e) {
            return null;
        }
    }

    /** Who was refused a change is in the audit log by name, and no token is. */
    private void audited() throws IOException {
        final Path log = under.data().resolve("audit/audit.ndjson");
        final String text = Files.exists(log) ? Files.readString(log) : "";
        final Set<String> refused = new TreeSet<>();
        for (final String line : text.lines().toList()) {
            final JsonNode event = JSON.readTree(line);
            if (event.path("event").asText().endsWith("-refused")) {
                refused.add(event.path("actor").asText());
            }
        }
        cells.check("audit", refused.contains("read"), "has no refused change of read: " + refused);
        cells.check("audit", refused.contains("unknown"), "has no wrong token: " + refused);
        cells.check(
                "audit",
                !text.contains("person who may") && !text.contains("guess") && !text.contains("token of"),
                "has a token in it");
    }
}
