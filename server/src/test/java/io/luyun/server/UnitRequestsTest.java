package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configuration and query of roadside units from the HTTP face to the unit and back, the unit being the Mosquitto clients. */
final class UnitRequestsTest {
    private static final String ASKED = "{\"content\":{\"hbRate\":60,\"seqNum\":-1,\"ack\":false}}";
    private static final Pattern NUMBER = Pattern.compile("\"seqNum\":(\\d+)");

    @TempDir
    private Path directory;

    @BeforeAll
    static void mosquitto() {
        Mosquitto.require();
    }

    @ParameterizedTest
    @CsvSource({
        "configuration, rsu/rsu-1/config/down, false, 0, ok",
        "configuration, rscu/rsu-1/om-config/down, true, 0, done",
        "query, rscu/rsu-1/query/down, false, 0, ok",
        "configuration, rsu/rsu-1/config/down, false, 3, hbRate is beyond what this unit can do"
    })
    void whatTheUnitAcknowledgesIsTheAnswer(
            final String what, final String topic, final boolean management, final int code, final String words)
            throws Exception {
        try (MqttServer server = MqttServer.insecure(directory)) {
            final CompletableFuture<HttpResponse<String>> answer;
            final String seen;
            // leaves when it has been sent something, so that the same unit can come again and answer
            try (Mosquitto unit = Mosquitto.sub(server.port(), credentials("-q", "1", "-t", topic, "-C", "1"))) {
                final String body = management ? ASKED.replace("}}", "},\"management\":true}") : ASKED;
                answer = server.post("/api/v1/devices/rsu-1/" + what, body);
                unit.awaitLine("hbRate");
                seen = unit.text();
            }
            final Matcher number = NUMBER.matcher(seen);
            assertThat(number.find()).as(seen).isTrue();
            assertThat(seen).contains("\"hbRate\":60").contains("\"ack\":true");
            assertThat(answer).as("nothing has been acknowledged").isNotDone();

            final String ack = "{\"seqNum\":%s,\"errorCode\":%d,\"errorDesc\":\"%s\"}";
            acknowledge(server, "rsu-2", topic.replace("rsu-1", "rsu-2"), ack.formatted(number.group(1), 9, "not me"));
            acknowledge(server, "rsu-1", topic, ack.formatted("999", 9, "not asked"));
            assertThat(answer).as("nothing of this unit and number").isNotDone();
            acknowledge(server, "rsu-1", topic, ack.formatted(number.group(1), code, words));

            final HttpResponse<String> said = answer.get(10, TimeUnit.SECONDS);
            assertThat(said.statusCode()).as(said.body()).isEqualTo(200);
            assertThat(said.body()).isEqualTo("{\"errorCode\":" + code + ",\"description\":\"" + words + "\"}");
            assertThat(Files.readString(directory.resolve("data/audit/audit.ndjson")))
                    .contains("device-" + what)
                    .contains("hbRate");
        }
    }

    @Test
    void aUnitThatStaysSilentIsToldAndAskedNoMore() throws Exception {
        try (MqttServer server = new MqttServer(directory, "insecure: true", 300);
                Mosquitto unit = Mosquitto.sub(server.port(), credentials("-q", "1", "-t", "rsu/rsu-1/config/down"))) {
            final HttpResponse<String> said =
                    server.post("/api/v1/devices/rsu-1/configuration", ASKED).get(10, TimeUnit.SECONDS);
            assertThat(said.statusCode()).as(said.body()).isEqualTo(504);
            assertThat(said.body()).contains("within 300 ms");
            unit.awaitLine("hbRate");

            server.clock.passMillis(10_000);
            final var next =
                    server.mqtt().request("rsu-1", "CONFIG", number -> "{\"seqNum\":" + number + ",\"next\":1}");
            // sent by the sweep that would have repeated the other one before it
            unit.awaitLine("\"next\":1");
            server.clock.passMillis(10_000);
            Awaitility.await()
                    .atMost(5, TimeUnit.SECONDS)
                    .until(() -> unit.text().split("\"next\"", -1).length - 1 >= 2);
            assertThat(next).isNotDone();
            assertThat(unit.text().split("hbRate", -1)).as(unit.text()).hasSize(2);
        }
    }

    @Test
    void aUnitThatIsNotThereIsNotAsked() throws Exception {
        try (MqttServer server = MqttServer.insecure(directory)) {
            final HttpResponse<String> said =
                    server.post("/api/v1/devices/rsu-1/query", ASKED).get(10, TimeUnit.SECONDS);
            assertThat(said.statusCode()).as(said.body()).isEqualTo(404);
            try (TestDevice other = TestDevice.open(server.devicePort(), "rsu-9", Role.ROLE_RSU, 1)) {
                other.send(1, Messages.event(300));
                other.awaitAck(1);
                final HttpResponse<String> deaf =
                        server.post("/api/v1/devices/rsu-9/query", ASKED).get(10, TimeUnit.SECONDS);
                assertThat(deaf.statusCode()).as(deaf.body()).isEqualTo(409);
            }
        }
    }

    private static void acknowledge(final MqttServer server, final String id, final String topic, final String ack)
            throws Exception {
        final byte[] payload = ack.getBytes(StandardCharsets.UTF_8);
        final Mosquitto pub =
                Mosquitto.pub(server.port(), as(id, "-q", "1", "-t", topic + "/ack", "-f", server.file(payload)));
        assertThat(pub.exitCode()).as(pub.text()).isZero();
    }

    private static String[] credentials(final String... more) {
        return as("rsu-1", more);
    }

    private static String[] as(final String id, final String... more) {
        final String[] all =
                Arrays.copyOf(new String[] {"-V", "5", "-i", id, "-u", "unit", "-P", "secret"}, 8 + more.length);
        System.arraycopy(more, 0, all, 8, more.length);
        return all;
    }
}
