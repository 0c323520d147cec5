package io.luyun.benchmarks.torture.rights;

import io.luyun.server.LuyunServer;
import io.luyun.server.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A whole server with a registry, tokens and certificates, which can all be changed while it runs. */
final class ServerUnderTest implements AutoCloseable {
    static final List<String> SCOPES = List.of("read", "operate", "admin");

    private static final Pattern COUNTER =
            Pattern.compile("^luyun_(\\w+)_total(?:\\{[^}]*})? (\\S+)$", Pattern.MULTILINE);
    private static final String CONFIG = """
            data: data
            net: {port: 0, registry: registry.yaml,
              tls: {enabled: true, certificate: server.pem, key: server.key, clientCa: rights-ca.pem, crl: rights-ca.crl, clientAuth: want}}
            mqtt: {enabled: true, port: 0}
            udp: {enabled: true, port: 0}
            session: {maxRefusals: 1000000, ackIntervalMicros: 0}
            journal: {tickMillis: 0, blockMiB: 1, diskLowMiB: 1, diskHighMiB: 2, touchAheadMiB: 0}
            ops: {port: 0, tokens: tokens, requestsPerSecond: 100000}
            """;

    private final Path directory;
    private final Keyring keyring;
    private final LuyunServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    /** Starts one in an empty directory. */
    ServerUnderTest(final Path directory, final List<Entry> entries) throws IOException, GeneralSecurityException {
        this.directory = directory;
        final Authority authority = new Authority("rights-ca", directory);
        authority.server();
        keyring = new Keyring(authority, new Authority("other-ca", directory), entries);
        register(entries);
        admit(SCOPES);
        server = LuyunServer.launch(ServerConfig.parse("rights", CONFIG, directory));
    }

    /** Writes the registry anew. */
    void register(final List<Entry> entries) throws IOException {
        replace(
                "registry.yaml",
                "devices:\n" + entries.stream().map(Entry::yaml).collect(Collectors.joining()));
    }

    /** Writes the tokens of people anew: one for each of these scopes. */
    void admit(final List<String> now) throws IOException {
        replace(
                "tokens",
                now.stream()
                        .map(scope -> scope + ":" + scope + ":" + Authority.sha256(personToken(scope)) + "\n")
                        .collect(Collectors.joining()));
    }

    static String personToken(final String scope) {
        return "person who may " + scope;
    }

    Keyring keyring() {
        return keyring;
    }

    LuyunServer server() {
        return server;
    }

    /** The journal and all else the server writes. */
    Path data() {
        return directory.resolve("data");
    }

    String http() {
        return "http://localhost:" + server.httpPort();
    }

    /** The counters of the server by their labels; the sum where one is told by several. */
    Map<String, Long> counts() throws IOException, InterruptedException {
        final String metrics = client.send(
                        HttpRequest.newBuilder(URI.create(http() + "/metrics")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        final Map<String, Long> counts = new HashMap<>();
        final Matcher counter = COUNTER.matcher(metrics);
        while (counter.find()) {
            counts.merge(counter.group(1), (long) Double.parseDouble(counter.group(2)), Long::sum);
        }
        return counts;
    }

    /** One of them. */
    long count(final String label) throws IOException, InterruptedException {
        return counts().getOrDefault(label, 0L);
    }

    private void replace(final String name, final String text) throws IOException {
        final Path fresh = Files.writeString(directory.resolve(name + ".new"), text);
        Files.move(fresh, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
    }
}
