package io.luyun.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Role;
import io.luyun.server.session.DeviceView;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeviceRoutesTest {
    private static final long SINCE_NS = 1_796_025_600_000_000_000L;
    private static final String CONFIGURATION = "/api/v1/devices/rsu-1/configuration";

    private @TempDir Path directory;
    private OpsRig rig;
    private final Units units = new Units();

    @BeforeEach
    void start() throws Exception {
        rig = new OpsRig(
                directory, false, new DeviceRoutes(units, () -> rig.now, Duration.ofMillis(200)).routes(), null);
    }

    @AfterEach
    void closeAndExpectNoErrors() {
        rig.close();
        assertThat(rig.errors.distinct()).isZero();
    }

    @Test
    void ratesAreThoseSinceTheLastLook() throws Exception {
        units.spats = 100;
        rig.now = rig.now.plusSeconds(10);
        assertThat(device().at("/messagesPerSecond/SPAT").asDouble()).isEqualTo(10.0);
        units.spats = 150;
        rig.now = rig.now.plusSeconds(2);
        assertThat(device().at("/messagesPerSecond/SPAT").asDouble()).isEqualTo(25.0);
        rig.now = rig.now.plusMillis(500);
        units.spats = 1_000;
        assertThat(device().at("/messagesPerSecond/SPAT").asDouble()).isEqualTo(25.0);
        assertThat(device().at("/messages/SPAT").asInt()).isEqualTo(1_000);
    }

    @Test
    void tellsWhatIsKnownOfADevice() throws Exception {
        final JsonNode one = device();
        assertThat(one.path("role").asText()).isEqualTo("RSU");
        assertThat(one.path("refused").toString()).isEqualTo("{\"CLOCK\":2}");
        assertThat(one.path("clockOffsetMs").asInt()).isEqualTo(-30);
        assertThat(one.path("certificateDaysLeft").asInt()).isEqualTo(9);
        final JsonNode away = json(rig.send("/api/v1/devices/rsu-2", null)).at("/sessions/0");
        assertThat(away.path("online").asBoolean()).isFalse();
        assertThat(away.has("messages")).isFalse();
        assertThat(away.path("clockOffsetMs").isNull()).isTrue();
    }

    @Test
    void aUnitsAcknowledgementIsTheAnswer() throws Exception {
        units.reply.complete(new DeviceSource.Reply(1, "no such parameter"));
        final HttpResponse<String> answer = post(CONFIGURATION, "{\"content\":{\"hbRate\":60}}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"errorCode\":1,\"description\":\"no such parameter\"}");
        post(CONFIGURATION, "{\"content\":{},\"management\":true}");
        post("/api/v1/devices/rsu-1/query", "{\"content\":{}}");
        assertThat(units.asked).containsExactly("rsu-1 CONFIG {\"hbRate\":60}", "rsu-1 OM_CONFIG {}", "rsu-1 QUERY {}");
        assertThat(rig.auditLines()).hasSize(6).anyMatch(line -> line.contains("hbRate"));
    }

    @Test
    void aUnitThatSaysNothingIsAskedNoMore() throws Exception {
        assertThat(post(CONFIGURATION, "{\"content\":{}}").statusCode()).isEqualTo(504);
        assertThat(units.reply.isCancelled()).isTrue();
    }

    @Test
    void whatIsSentIsAnObject() throws Exception {
        assertThat(post(CONFIGURATION, "{}").statusCode()).isEqualTo(400);
        assertThat(post(CONFIGURATION, "{\"content\":7}").statusCode()).isEqualTo(400);
        final HttpResponse<String> doubtful = post(CONFIGURATION, "{\"content\":{},\"management\":\"yes\"}");
        assertThat(doubtful.statusCode()).isEqualTo(400);
        assertThat(doubtful.body()).contains("must be true or false");
        assertThat(post("/api/v1/devices/rsu-1/query", "{\"content\":{},\"management\":true}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(units.asked).isEmpty();
    }

    @Test
    void silentUnitsDoNotTakeTheThreadsOfEverybodyElse() throws Exception {
        rig.close();
        rig = new OpsRig(
                directory, false, new DeviceRoutes(units, () -> rig.now, Duration.ofSeconds(20)).routes(), null);
        final List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            waiting.add(rig.client.sendAsync(
                    HttpRequest.newBuilder(URI.create(rig.origin() + CONFIGURATION))
                            .header("origin", rig.origin())
                            .POST(HttpRequest.BodyPublishers.ofString("{\"content\":{}}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }
        await().untilAsserted(() -> assertThat(units.asked).hasSize(16));
        assertThat(post(CONFIGURATION, "{\"content\":{}}").statusCode()).isEqualTo(503);
        units.reply.complete(new DeviceSource.Reply(0, "ok"));
        for (final CompletableFuture<HttpResponse<String>> one : waiting) {
            assertThat(one.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        assertThat(post(CONFIGURATION, "{\"content\":{}}").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> post(final String path, final String body) throws Exception {
        return rig.send(path, body, "origin", rig.origin());
    }

    private JsonNode device() throws Exception {
        return json(rig.send("/api/v1/devices/rsu-1", null)).at("/sessions/0");
    }

    private static JsonNode json(final HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }

    private static final class Units implements DeviceSource {
        private final CompletableFuture<Reply> reply = new CompletableFuture<>();
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private volatile long spats;

        @Override
        public List<DeviceView> devices() {
            final long[] messages = new long[64];
            messages[MessageKind.MESSAGE_KIND_SPAT_VALUE] = spats;
            return List.of(
                    new DeviceView(
                            "rsu-1",
                            Role.ROLE_RSU,
                            true,
                            SINCE_NS,
                            "10.0.0.1:4711",
                            "mqtt",
                            messages,
                            0,
                            Map.of("CLOCK", 2L),
                            -30,
                            SINCE_NS,
                            SINCE_NS / 1_000_000 + 10 * 86_400_000L - 1),
                    new DeviceView("rsu-2", Role.ROLE_RSU, false, 0, "", "", new long[0], 0, Map.of(), 0, 0, 0));
        }

        @Override
        public CompletableFuture<Reply> request(final String device, final String what, final ObjectNode content) {
            asked.add(device + " " + what + " " + content);
            return reply;
        }
    }
}
