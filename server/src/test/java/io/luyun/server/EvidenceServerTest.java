package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.VehicleSafetyExtension;
import io.luyun.server.evidence.EvidenceFace;
import io.luyun.server.evidence.PackageCheck;
import io.luyun.server.evidence.PackageStore;
import io.luyun.server.evidence.RefusedRequestException;
import java.io.IOException;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server freezes what happens to its test vehicles, and what somebody asks for. */
final class EvidenceServerTest {
    private static final String SETTINGS = """
            supervise: {file: vehicles.yaml}
            evidence:
              extent: {beforeSeconds: 2, afterSeconds: 2, maxWindowSeconds: 10}
              limits: {settleSeconds: 0}
            """;
    private static final int DISABLED = 1 << 11;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock();

    private TestServer server() throws IOException {
        Files.writeString(directory.resolve("vehicles.yaml"), "vehicles: [{device: veh-1, plate: P, operator: Li}]");
        return new TestServer(directory, "shared", clock, SETTINGS);
    }

    private PackageStore store() {
        return new PackageStore(directory.resolve("data/evidence"), InstantSource.system());
    }

    private static JsonNode json(final byte[] bytes) throws IOException {
        return new ObjectMapper().readTree(bytes);
    }

    @Test
    void aVehicleThatFailsIsFrozenAndWhoLooksIsWrittenDown() throws IOException {
        try (TestServer server = server();
                TestDevice vehicle = server.open("veh-1", Role.ROLE_OBU, 1)) {
            vehicle.send(1, Messages.bsm(1, clock.secMark(), 60, 15));
            vehicle.send(
                    2,
                    Messages.bsm(1, clock.secMark(), 61, 15).toBuilder()
                            .setSafetyExt(VehicleSafetyExtension.newBuilder().setEvents(DISABLED))
                            .build());
            vehicle.awaitAck(2);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> Files.isDirectory(directory.resolve("data/evidence/pending")));
            clock.passMillis(5_000);
            Awaitility.await().atMost(PATIENCE).until(() -> store().ids().size() == 1);
            final String id = store().ids().getFirst();
            assertThat(id).contains("-failure-");
            assertThat(new PackageCheck(store(), directory.resolve("data")).all())
                    .isEmpty();
            final EvidenceFace face = Objects.requireNonNull(server.running().evidence());
            assertThat(json(face.list()).path("packages")).hasSize(1);
            final byte[] manifest = Objects.requireNonNull(face.get(id, "a person"));
            assertThat(json(manifest).path("devices").toString()).contains("veh-1");
            assertThat(face.file(id, "summary.txt", "a person")).isNotNull();
            assertThat(json(Objects.requireNonNull(face.verify(id, "a person")))
                            .path("holds")
                            .asBoolean())
                    .isTrue();
            assertThat(face.get("none", "a person")).isNull();
            assertThat(Files.readAllLines(directory.resolve("data/audit/audit.ndjson")))
                    .hasSize(3)
                    .allMatch(line -> line.contains("a person") && line.contains(id));
            final JsonNode table = json(Objects.requireNonNull(server.running().testVehicles()));
            assertThat(table.path("vehicles")
                            .get(0)
                            .path("today")
                            .path("failures")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void overHttpItIsFrozenListedReadAndVerified() throws Exception {
        try (TestServer server = server();
                HttpClient client = HttpClient.newHttpClient();
                TestDevice vehicle = server.open("veh-1", Role.ROLE_OBU, 1)) {
            vehicle.send(1, Messages.bsm(1, clock.secMark(), 60, 15));
            vehicle.awaitAck(1);
            final HttpResponse<String> begun = ask(
                    client, server, "POST", "evidence", "{\"reason\": \"looks odd\", \"lat\": 29.6, \"lon\": 106.3}");
            assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
            final String id = json(begun).path("id").asText();
            assertThat(json(ask(client, server, "GET", "evidence", ""))
                            .at("/pending/0/id")
                            .asText())
                    .isEqualTo(id);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(metrics(client, server))
                            .contains("luyun_evidence_begun_total 1.0\n")
                            .contains("luyun_evidence_sealed_total 0.0\n")
                            .contains("luyun_evidence_pending 1.0\n"));
            clock.passMillis(5_000);
            Awaitility.await().atMost(PATIENCE).until(() -> store().ids().contains(id));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(metrics(client, server))
                            .contains("luyun_evidence_sealed_total 1.0\n")
                            .contains("luyun_evidence_failed_total 0.0\n")
                            .contains("luyun_evidence_suppressed_total 0.0\n")
                            .contains("luyun_evidence_pending 0.0\n"));

            final JsonNode one =
                    json(ask(client, server, "GET", "evidence", "")).at("/packages/0");
            assertThat(one.path("id").asText()).isEqualTo(id);
            assertThat(one.at("/triggers/0/by").asText()).isEqualTo("local");
            assertThat(json(ask(client, server, "GET", "evidence/" + id, ""))
                            .at("/incident/id")
                            .asText())
                    .isEqualTo(id);
            final HttpResponse<String> file = ask(client, server, "GET", "evidence/" + id + "/file/summary.txt", "");
            assertThat(file.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
            assertThat(file.headers().firstValue("content-disposition"))
                    .hasValue("attachment; filename=\"summary.txt\"");
            assertThat(file.body()).contains("looks odd");
            assertThat(json(ask(client, server, "POST", "evidence/" + id + "/verification", ""))
                            .path("holds")
                            .asBoolean())
                    .isTrue();
            assertThat(Files.readString(directory.resolve("data/audit/audit.ndjson")))
                    .contains("evidence-request", "evidence-freeze", "evidence-read", "evidence-verify");

            for (final String nowhere : List.of(
                    "evidence/none", "evidence/" + id + "/file/none", "evidence/" + id + "/file/..%2Fchain.ndjson")) {
                final HttpResponse<String> answer = ask(client, server, "GET", nowhere, "");
                assertThat(answer.statusCode()).as(nowhere).isEqualTo(404);
                assertThat(json(answer).at("/error/field").asText()).isEqualTo("id");
            }
            final HttpResponse<String> refused =
                    ask(client, server, "POST", "evidence", "{\"reason\": \"x\", \"lat\": 91, \"lon\": 1}");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(json(refused).at("/error/field").asText()).isEqualTo("lat");
            assertThat(json(refused).at("/error/value").asText()).isEqualTo("91");
        }
    }

    @Test
    void testVehiclesAreToldOverHttp() throws Exception {
        try (TestServer server = server();
                HttpClient client = HttpClient.newHttpClient();
                TestDevice vehicle = server.open("veh-1", Role.ROLE_OBU, 1)) {
            vehicle.send(1, Messages.bsm(1, clock.secMark(), 60, 15));
            vehicle.awaitAck(1);
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                final JsonNode one =
                        json(ask(client, server, "GET", "supervision", "")).at("/vehicles/0");
                assertThat(one.path("device").asText()).isEqualTo("veh-1");
                assertThat(one.path("operator").asText()).isEqualTo("Li");
                assertThat(one.at("/today/messages").asInt()).isEqualTo(1);
            });
        }
    }

    @Test
    void whereItIsNotEnabledThatIsSaid() throws Exception {
        try (TestServer server = new TestServer(directory, "shared", clock, "evidence: {enabled: false}");
                HttpClient client = HttpClient.newHttpClient()) {
            final HttpResponse<String> answer = ask(client, server, "GET", "evidence", "");
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(json(answer).at("/error/code").asText()).isEqualTo("not-enabled");
            assertThat(json(ask(client, server, "GET", "supervision", "")).path("vehicles"))
                    .isEmpty();
        }
    }

    private static String metrics(final HttpClient client, final TestServer server)
            throws IOException, InterruptedException {
        return ask(client, server, "GET", "../../metrics", "").body();
    }

    private static HttpResponse<String> ask(
            final HttpClient client, final TestServer server, final String method, final String path, final String body)
            throws IOException, InterruptedException {
        final String origin = "http://localhost:" + server.httpPort();
        return client.send(
                HttpRequest.newBuilder(URI.create(origin + "/api/v1/" + path).normalize())
                        .timeout(PATIENCE)
                        .header("origin", origin)
                        .method(method, method.equals("POST") ? BodyPublishers.ofString(body) : BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(final HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void whatIsAskedForBeforeAStopIsMadeAfterTheNextStart() throws IOException {
        final String id;
        try (TestServer server = server();
                TestDevice vehicle = server.open("veh-1", Role.ROLE_OBU, 1)) {
            vehicle.send(1, Messages.bsm(1, clock.secMark(), 60, 15));
            vehicle.awaitAck(1);
            id = json(freeze(server, "{\"reason\": \"looks odd\", \"lat\": 29.6, \"lon\": 106.3}"))
                    .path("id")
                    .asText();
            assertThat(json(Objects.requireNonNull(server.running().evidence()).list())
                            .path("pending"))
                    .hasSize(1);
        }
        assertThat(store().ids()).isEmpty();
        clock.passMillis(5_000);
        try (TestServer again = server()) {
            Awaitility.await().atMost(PATIENCE).until(() -> store().ids().size() == 1);
            assertThat(again.httpPort()).isPositive();
        }
        assertThat(store().ids()).containsExactly(id);
        assertThat(new PackageCheck(store(), directory.resolve("data")).all()).isEmpty();
    }

    private static byte[] freeze(final TestServer server, final String request) {
        return Objects.requireNonNull(server.running().evidence())
                .freeze(request.getBytes(StandardCharsets.UTF_8), "desk");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{; body: must be JSON",
                "[]; body: must be a JSON object",
                "{}; reason = nothing: must say why",
                "{\"reason\":\"x\",\"lat\":91,\"lon\":1}; lat = 91: must be degrees",
                "{\"reason\":\"x\",\"lat\":9}; lon = nothing: must be degrees",
                "{\"reason\":\"x\",\"at\":\"noon\"}; at = noon: must be RFC 3339",
                "{\"reason\":\"x\",\"at\":\"2999-01-01T00:00:00Z\"}; at = \"2999-01-01T00:00:00Z\": must not be in the future",
                "{\"reason\":\"x\",\"alertId\":\"y\"}; alertId = y: must be the id",
                "{\"reason\":\"x\",\"colour\":1}; colour = 1: is no field",
            })
    void aRequestThatCannotBeUsedIsNamedInOneLine(final String request, final String line) throws IOException {
        try (TestServer server = server()) {
            assertThatThrownBy(() -> freeze(server, request))
                    .isInstanceOf(RefusedRequestException.class)
                    .hasMessageStartingWith(line);
        }
    }

    @Test
    void aVehiclesFileThatCannotBeUsedStopsTheStart() {
        assertThatThrownBy(() -> new TestServer(directory, "shared", clock, "supervise: {file: none.yaml}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("supervise.file = ");
        assertThatThrownBy(() -> new TestServer(directory, "shared", clock, "evidence: {keep: {days: 30}}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("evidence.keep.days = 30: must be 0 (without end) or at least 365");
    }
}
