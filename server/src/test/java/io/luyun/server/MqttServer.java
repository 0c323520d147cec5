package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.monitor.Counter;
import io.luyun.server.net.MqttEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A whole server with an MQTT port and a registry: rsu-1, rsu-2 and rsu-3 (password "secret"), rsu-9 and cars (without); rsu-4, rsu-5 and car-4 (without) pay. */
final class MqttServer implements AutoCloseable {
    /** SHA-256 of "secret". */
    private static final String SECRET = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    final TestClock clock = new TestClock();

    private final Path directory;
    private final LuyunServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    MqttServer(final Path directory, final String net) throws IOException {
        this(directory, net, "");
    }

    /** The same where a unit may take so long to answer what it is asked over HTTP. */
    MqttServer(final Path directory, final String net, final int unitAnswerMillis) throws IOException {
        this(directory, net, ", unitAnswerMillis: " + unitAnswerMillis, "");
    }

    /** The same with further sections of the configuration. */
    MqttServer(final Path directory, final String net, final String further) throws IOException {
        this(directory, net, "", further);
    }

    private MqttServer(final Path directory, final String net, final String ops, final String further)
            throws IOException {
        this.directory = directory;
        Files.writeString(directory.resolve("registry.yaml"), """
                devices:
                  - {id: rsu-1, role: RSU, tokenSha256: %1$s, certificate: "*", dialect: 2019, subscribe: true,
                     kinds: [BSM, RSM, RSI, SPAT, MAP]}
                  - {id: rsu-2, role: RSU, tokenSha256: %1$s, kinds: [BSM, RSM, RSI, SPAT, MAP]}
                  - {id: rsu-3, role: RSU, tokenSha256: %1$s, certificate: "*", dialect: phase2, subscribe: true}
                  - {id: rsu-9, role: RSU}
                  - {id: car-*, role: OBU}
                  - {id: rsu-4, role: RSU, kinds: [RSM, VPM]}
                  - {id: rsu-5, role: RSU, kinds: [RSM, VPM]}
                  - {id: car-4, role: OBU, kinds: [BSM, VPM], ids: ["%2$s", "%3$s"]}
                """.formatted(
                        SECRET, PaymentFrames.hex(PaymentFrames.CAR), PaymentFrames.BSM_ID));
        server = LuyunServer.launch(ServerConfig.parse("test", """
                        data: data
                        net: {port: 0, registry: registry.yaml, %s}
                        mqtt: {enabled: true, port: 0}
                        session: {ackIntervalMicros: 0}
                        ops: {port: 0%s}
                        %s
                        """.formatted(net, ops, further), directory), clock);
    }

    static MqttServer insecure(final Path directory) throws IOException {
        return new MqttServer(directory, "insecure: true");
    }

    /** A file with these bytes. */
    String file(final byte[] bytes) throws IOException {
        final Path file = Files.createTempFile(directory, "payload", "");
        Files.write(file, bytes);
        return file.toString();
    }

    int port() {
        return server.mqttPort();
    }

    /** The section mqtt of the status. */
    JsonNode status() throws IOException, InterruptedException {
        return page("/api/v1/status").path("mqtt");
    }

    /** What the HTTP face says. */
    JsonNode page(final String path) throws IOException, InterruptedException {
        final URI uri = URI.create("http://127.0.0.1:" + server.httpPort() + path);
        final String body = http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return new ObjectMapper().readTree(body);
    }

    /** Has a page of this server send something. */
    CompletableFuture<HttpResponse<String>> post(final String path, final String body) {
        final String origin = "http://127.0.0.1:" + server.httpPort();
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create(origin + path))
                        .header("Origin", origin)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    int devicePort() {
        return server.devicePort();
    }

    MqttEndpoint mqtt() {
        return Objects.requireNonNull(server.mqtt());
    }

    long count(final Counter counter) {
        return server.monitors().counters().get(counter);
    }

    void awaitCount(final Counter counter, final long value) {
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .untilAsserted(() -> assertThat(count(counter)).isEqualTo(value));
    }

    /** Payloads of the records of a kind in the journal, in hexadecimal, in order. */
    List<String> journaled(final RecordKind kind) {
        final List<String> payloads = new ArrayList<>();
        try (JournalReader reader =
                Journal.openReadOnly(directory.resolve("data/journal")).reader(1)) {
            while (reader.next()) {
                if (reader.kind() == kind.getNumber()) {
                    final byte[] bytes = new byte[reader.payloadLength()];
                    reader.buffer().getBytes(reader.payloadOffset(), bytes);
                    payloads.add(HexFormat.of().formatHex(bytes));
                }
            }
        }
        return payloads;
    }

    List<RawMessage> raw(final RecordKind kind) throws InvalidProtocolBufferException {
        final List<RawMessage> messages = new ArrayList<>();
        for (final String hex : journaled(kind)) {
            messages.add(RawMessage.parseFrom(HexFormat.of().parseHex(hex)));
        }
        return messages;
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
        assertThat(server.monitors().errors().distinct())
                .as("errors of the server itself")
                .isZero();
    }
}
