package io.luyun.server;

import static io.luyun.server.Messages.bsm;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.SlowPolicy;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.Topic;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operations page asks, of a whole server with devices on it. */
final class OpsApiTest {
    private static final int STEP_MILLIS = 100;

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @AfterEach
    void close() {
        client.shutdownNow();
    }

    /** Every route stands in the description, and everything described is there. */
    @Test
    void theDescriptionIsTheServer() throws Exception {
        try (TestServer server = new TestServer(directory, "shared", clock, "")) {
            final JsonNode paths = json(get(server, "/api/v1/openapi.json")).path("paths");
            final List<String> described = new ArrayList<>();
            paths.properties()
                    .forEach(path -> path.getValue()
                            .fieldNames()
                            .forEachRemaining(
                                    method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
            assertThat(described).containsExactlyInAnyOrderElementsOf(server.httpRoutes());
            for (final String route : described) {
                final String[] parts = route.split(" ", -1);
                final HttpResponse<String> answer = ask(server, parts[0], parts[1].replaceAll("\\{[^}]*}", "7"), "{}");
                final JsonNode documented = paths.path(parts[1])
                        .path(parts[0].toLowerCase(Locale.ROOT))
                        .path("responses");
                assertThat(documented.has(Integer.toString(answer.statusCode())))
                        .as("%s answered %s: %s", route, answer.statusCode(), answer.body())
                        .isTrue();
                if (answer.statusCode() == 404) {
                    assertThat(json(answer).at("/error/field").asText())
                            .as(route)
                            .isEqualTo("id");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void anAlertIsFoundExplainedAndAcknowledged(final String mode) throws Exception {
        try (TestServer server = new TestServer(directory, mode, clock, "");
                TestDevice unit = server.open("rsu-1", Role.ROLE_RSU, 1);
                TestDevice car = server.open("car-1", Role.ROLE_OBU, 1);
                TestDevice desk = server.open("desk-1", Role.ROLE_OPERATOR, 1)) {
            final Alert alert = speed(unit, car, desk);
            final String id = Long.toUnsignedString(alert.getAlertId());

            final JsonNode found = json(get(
                            server,
                            "/api/v1/alerts?kind=SLW&device=car-1&severity="
                                    + alert.getSeverity().name().substring("SEVERITY_".length())))
                    .path("alerts");
            assertThat(found).hasSize(1);
            assertThat(found.at("/0/id").asText()).isEqualTo(id);
            assertThat(found.at("/0/subject/device").asText()).isEqualTo("car-1");
            assertThat(found.at("/0/acknowledgements")).isEmpty();
            assertThat(json(get(server, "/api/v1/alerts?kind=FCW")).path("alerts"))
                    .isEmpty();
            assertThat(json(get(server, "/api/v1/alerts?kind=SLW&before=" + id)).path("alerts"))
                    .isEmpty();

            final JsonNode one = json(get(server, "/api/v1/alerts/" + id));
            assertThat(one.at("/steps/0/state").asText()).isEqualTo("RAISED");
            assertThat(one.at("/causingMessages/0/kind").asText()).isEqualTo("BSM");
            assertThat(one.at("/causingMessages/0/device").asText()).isEqualTo("car-1");
            assertThat(one.at("/causingMessages/0/fields/speed/value").asDouble())
                    .isEqualTo(15.0);
            assertThat(one.at("/causingMessages/0/fields/speed/unit").asText()).isEqualTo("m/s");

            final HttpResponse<String> seen =
                    ask(server, "POST", "/api/v1/alerts/" + id + "/acknowledgement", "{\"note\":\"patrol sent\"}");
            assertThat(seen.statusCode()).as(seen.body()).isEqualTo(202);
            assertThat(json(seen).path("by").asText()).isEqualTo("ops:local");
            assertThat(server.journaled(RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED))
                    .hasSize(1);
            final var told =
                    desk.await(frame -> frame.hasAlertAcknowledgement()).getAlertAcknowledgement();
            assertThat(told.getDeviceId()).isEqualTo("ops:local");
            assertThat(told.getAcknowledgement().getNote()).isEqualTo("patrol sent");
            Awaitility.await().atMost(5, TimeUnit.SECONDS).untilAsserted(() -> {
                final JsonNode by = json(get(server, "/api/v1/alerts/" + id)).at("/acknowledgements/0");
                assertThat(by.path("by").asText()).isEqualTo("ops:local");
                assertThat(by.path("note").asText()).isEqualTo("patrol sent");
            });
            assertThat(Files.readString(directory.resolve("data/audit/audit.ndjson")))
                    .contains("\"event\":\"alert-acknowledgement\"", "patrol sent", "\"status\":202");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void devicesAndRoadUsersAreTold(final String mode) throws Exception {
        try (TestServer server = new TestServer(directory, mode, clock, "");
                TestDevice unit = server.open("rsu-1", Role.ROLE_RSU, 1);
                TestDevice car = server.open("car-1", Role.ROLE_OBU, 1);
                TestDevice desk = server.open("desk-1", Role.ROLE_OPERATOR, 1)) {
            final Alert alert = speed(unit, car, desk);
            car.send(9, bsm(1, clock.secMark(), 70, 15));
            car.awaitAck(9);

            final JsonNode devices = json(get(server, "/api/v1/devices")).path("devices");
            assertThat(devices).hasSize(3);
            assertThat(devices.at("/0/id").asText()).isEqualTo("car-1");
            assertThat(devices.at("/0/online").asBoolean()).isTrue();
            assertThat(devices.at("/0/protocol").asText()).isEqualTo("luyun");
            assertThat(devices.at("/0/remote").asText()).startsWith("127.0.0.1:");
            assertThat(devices.at("/0/messages/BSM").asInt()).isEqualTo(5);
            assertThat(devices.at("/0/gaps").asInt()).isEqualTo(4);
            assertThat(devices.at("/0/clockOffsetMs").isNumber()).isTrue();
            assertThat(devices.at("/0/certificateDaysLeft").isNull()).isTrue();
            assertThat(devices.at("/2/messages/RSI").asInt()).isEqualTo(1);
            assertThat(get(server, "/api/v1/devices/nobody").statusCode()).isEqualTo(404);

            final JsonNode user = json(get(
                    server,
                    "/api/v1/participants/"
                            + Long.toUnsignedString(alert.getSubject().getParticipantId())));
            assertThat(user.path("device").asText()).isEqualTo("car-1");
            assertThat(user.path("speedMps").asDouble()).isEqualTo(15.0);
            assertThat(user.at("/message/kind").asText()).isEqualTo("BSM");
            assertThat(user.at("/message/fields/pos/lat/unit").asText()).isEqualTo("deg");
            assertThat(user.at("/alerts/0/kind").asText()).isEqualTo("SLW");
            assertThat(get(server, "/api/v1/participants/1234567").statusCode()).isEqualTo(404);

            final String then = "/api/v1/participants/"
                    + Long.toUnsignedString(alert.getSubject().getParticipantId()) + "?at=";
            final JsonNode last = json(get(server, then + user.path("lastAt").asText()));
            assertThat(last.at("/message/sequence")).isEqualTo(user.at("/message/sequence"));
            assertThat(last.at("/message/fields")).isEqualTo(user.at("/message/fields"));
            assertThat(last.at("/alerts/0/kind").asText()).isEqualTo("SLW");
            final JsonNode first = json(get(server, then + user.path("firstAt").asText()));
            assertThat(first.at("/message/fields/pos")).isNotEqualTo(user.at("/message/fields/pos"));
            assertThat(first.at("/message/fields/speed/value").asDouble()).isEqualTo(15.0);
            assertThat(first.path("alerts")).isEmpty();
            assertThat(get(server, then + at(alert.getRaisedAtNs() - 60_000_000_000L))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(get(server, "/api/v1/participants/1234567?at=" + at(alert.getRaisedAtNs()))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(get(server, then + "noon").body()).contains("must be a time such as");
        }
    }

    @Test
    void timeIsTold() throws Exception {
        try (TestServer server = new TestServer(directory, "shared", clock, "");
                TestDevice unit = server.open("rsu-1", Role.ROLE_RSU, 1);
                TestDevice car = server.open("car-1", Role.ROLE_OBU, 1);
                TestDevice desk = server.open("desk-1", Role.ROLE_OPERATOR, 1)) {
            final Alert alert = speed(unit, car, desk);
            final long raised = server.alerts().stream()
                    .filter(step -> step.getState() == AlertState.ALERT_STATE_RAISED)
                    .count();
            final String span = "/api/v1/timeline?buckets=2&from=" + at(alert.getRaisedAtNs() - 100_000_000_000L)
                    + "&to=" + at(alert.getRaisedAtNs() + 100_000_000_000L);
            Awaitility.await().atMost(5, TimeUnit.SECONDS).untilAsserted(() -> {
                final JsonNode timeline = json(get(server, span));
                assertThat(timeline.path("messages").get(0).asInt()
                                + timeline.path("messages").get(1).asInt())
                        .isEqualTo(5);
                assertThat(timeline.path("alerts").get(0).asInt()
                                + timeline.path("alerts").get(1).asInt())
                        .isEqualTo(raised);
                assertThat(timeline.path("complete").asBoolean()).isTrue();
            });
            Awaitility.await().atMost(5, TimeUnit.SECONDS).untilAsserted(() -> {
                final JsonNode samples = json(get(server, "/api/v1/figures")).path("samples");
                assertThat(samples).isNotEmpty();
                assertThat(samples.at("/0/latencyMicros").has("append_sync")).isTrue();
                assertThat(samples.at("/0/diskFreeBytes").asLong()).isPositive();
            });
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/alerts?limit=0            | limit    | must be a whole number from 1 to 1000
            /api/v1/alerts?limit=many         | limit    | must be a whole number from 1 to 1000
            /api/v1/alerts?limit=1&limit=2    | limit    | must be given once
            /api/v1/alerts?from=yesterday     | from     | must be a time such as 2026-11-30T08:00:00Z
            /api/v1/alerts?before=-1          | before   | must be a number from 0 to 18446744073709551615
            /api/v1/alerts/first              | id       | must be a number from 0 to 18446744073709551615
            /api/v1/timeline                  | from     | must be given, at least a second before to
            /api/v1/timeline?buckets=2001     | buckets  | must be a whole number from 1 to 2000
            """)
    void badQuestionsAreToldWhatIsWrong(final String path, final String field, final String rule) throws Exception {
        try (TestServer server = new TestServer(directory, "shared", clock, "")) {
            final HttpResponse<String> answer = get(server, path);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer).at("/error/field").asText()).isEqualTo(field);
            assertThat(json(answer).at("/error/rule").asText()).isEqualTo(rule);
        }
    }

    /** A car drives faster than a unit's limit says; the alert. */
    private Alert speed(final TestDevice unit, final TestDevice car, final TestDevice desk) throws Exception {
        desk.subscribe(Subscribe.newBuilder()
                .setSubscriptionId(3)
                .addTopics(Topic.TOPIC_ALERTS)
                .setSlowPolicy(SlowPolicy.SLOW_POLICY_DROP_OLDEST));
        clock.passMillis(STEP_MILLIS);
        unit.send(1, Messages.limit(40, 0, 500));
        unit.awaitAck(1);
        for (int number = 1; number <= 4; number++) {
            car.send(number, bsm(1, clock.secMark(), 60 + number * 1.5, 15));
            car.awaitAck(number);
            clock.passMillis(STEP_MILLIS);
        }
        return desk.awaitAlert(AlertKind.ALERT_KIND_SLW, AlertState.ALERT_STATE_RAISED)
                .getAlert();
    }

    private static String at(final long ns) {
        return Instant.ofEpochSecond(ns / 1_000_000_000L, ns % 1_000_000_000L).toString();
    }

    private HttpResponse<String> get(final TestServer server, final String path) throws Exception {
        return ask(server, "GET", path, "");
    }

    private HttpResponse<String> ask(final TestServer server, final String method, final String path, final String body)
            throws Exception {
        final String origin = "http://localhost:" + server.httpPort();
        return client.send(
                HttpRequest.newBuilder(URI.create(origin + path))
                        .timeout(Duration.ofSeconds(10))
                        .header("origin", origin)
                        .method(method, method.equals("POST") ? BodyPublishers.ofString(body) : BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(final HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }
}
