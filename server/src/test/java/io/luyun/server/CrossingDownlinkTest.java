package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.NonMotorData;
import io.luyun.proto.v1.PersonalDeviceUserType;
import io.luyun.proto.v1.PersonalRequest;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person asks to cross; the unit that switches the lights is told, and so is whoever asks over HTTP. */
final class CrossingDownlinkTest {
    private static final String ZONE = """
            {"type": "FeatureCollection",
             "luyun": {"format": 1, "name": "test", "region": 1, "ref": [106.3, 29.6]},
             "features": [
               {"type": "Feature", "properties": {"kind": "crossing", "name": "gate", "smart": true},
                "geometry": {"type": "LineString", "coordinates": [[106.3, 29.6], [106.3001, 29.6]]}},
               {"type": "Feature", "properties": {"kind": "crossing", "name": "dumb"},
                "geometry": {"type": "LineString", "coordinates": [[106.31, 29.6], [106.3101, 29.6]]}}]}
            """;

    @TempDir
    private Path directory;

    @BeforeAll
    static void mosquitto() {
        Mosquitto.require();
    }

    @Test
    void theUnitAtASmartCrossingIsToldWhoAsks() throws Exception {
        Files.writeString(directory.resolve("zone.geojson"), ZONE);
        try (MqttServer server = new MqttServer(directory, "insecure: true", "zone: {file: zone.geojson}");
                Mosquitto unit = Mosquitto.sub(
                        server.port(),
                        "-V",
                        "5",
                        "-q",
                        "1",
                        "-i",
                        "rsu-1",
                        "-u",
                        "unit",
                        "-P",
                        "secret",
                        "-t",
                        "luyun/v1/rsu-1/crossing");
                TestDevice walker = TestDevice.open(server.devicePort(), "car-7", Role.ROLE_OBU, 1)) {
            server.clock.passMillis(1_000);
            unit.awaitLine("\"name\":\"gate\"");
            for (int number = 1; number <= 12; number++) {
                walker.send(DeviceFrame.newBuilder()
                        .setMessage(Message.newBuilder().setNumber(number).setPsm(asks(server.clock.secMark()))));
                walker.awaitAck(number);
                server.clock.passMillis(150);
            }
            unit.awaitLine("\"waiting\":1,\"requests\":1,\"crossing\":0");
            assertThat(unit.text()).doesNotContain("dumb");

            await().untilAsserted(() -> {
                server.clock.passMillis(100);
                final JsonNode crossings = server.page("/api/v1/crossings").path("crossings");
                assertThat(crossings).hasSize(2);
                assertThat(crossings.path(0).path("name").asText()).isEqualTo("gate");
            });
        }
    }

    private static Psm.Builder asks(final int secMark) {
        return Psm.newBuilder()
                .setMsgCnt(1)
                .setId(Phase2Messages.ID)
                .setSecMark(secMark)
                .setPos(Messages.position(-6))
                .setSpeed(0)
                .setHeading(0)
                .setOverallRadius(4)
                .setNonMotor(NonMotorData.newBuilder()
                        .setBasicType(PersonalDeviceUserType.PERSONAL_DEVICE_USER_PEDESTRIAN)
                        .setPersonalReq(PersonalRequest.newBuilder().setCrossing(1)));
    }
}
