package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bus of a line drives; the display of its stop is told when it comes, and so is whoever asks over HTTP. */
final class ArrivalDownlinkTest {
    private static final String ZONE = """
            {"type": "FeatureCollection",
             "luyun": {"format": 1, "name": "test", "region": 1, "ref": [106.3, 29.6]},
             "features": [
               {"type": "Feature", "properties": {"kind": "link", "linkId": 1, "upstream": 1, "downstream": 2,
                "speedLimitKmh": 40},
                "geometry": {"type": "LineString", "coordinates": [[106.3, 29.599], [106.3, 29.61]]}},
               {"type": "Feature", "properties": {"kind": "busStop", "name": "gate", "link": 1, "alongM": 600},
                "geometry": {"type": "Point", "coordinates": [106.3, 29.6044]}},
               {"type": "Feature", "properties": {"kind": "busStop", "name": "end", "link": 1, "alongM": 1000},
                "geometry": {"type": "Point", "coordinates": [106.3, 29.608]}},
               {"type": "Feature", "geometry": null, "properties": {"kind": "busLine", "name": "shuttle",
                "stops": ["gate", "end"], "devices": ["car-7"]}}]}
            """;

    @TempDir
    private Path directory;

    @BeforeAll
    static void mosquitto() {
        Mosquitto.require();
    }

    @Test
    void theStopIsToldWhenTheBusComes() throws Exception {
        Files.writeString(directory.resolve("zone.geojson"), ZONE);
        try (MqttServer server = new MqttServer(directory, "insecure: true", "zone: {file: zone.geojson}");
                Mosquitto stop = Mosquitto.sub(
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
                        "luyun/v1/rsu-1/arrival");
                TestDevice bus = TestDevice.open(server.devicePort(), "car-7", Role.ROLE_OBU, 1)) {
            server.clock.passMillis(1_000);
            for (int number = 1; number <= 12; number++) {
                bus.send(DeviceFrame.newBuilder()
                        .setMessage(Message.newBuilder()
                                .setNumber(number)
                                .setBsm(Messages.bsm(7, server.clock.secMark(), 1.35 * number, 9))));
                bus.awaitAck(number);
                server.clock.passMillis(150);
            }
            stop.awaitLine("\"name\":\"gate\"");
            stop.awaitLine("\"line\":\"shuttle\",\"device\":\"car-7\",\"arrivalMs\":");

            await().untilAsserted(() -> {
                server.clock.passMillis(100);
                final JsonNode stops = server.page("/api/v1/arrivals").path("stops");
                assertThat(stops).hasSize(2);
                assertThat(stops.path(0).path("name").asText()).isEqualTo("gate");
                assertThat(stops.path(1)
                                .path("arrivals")
                                .path(0)
                                .path("stopsBefore")
                                .asInt(-1))
                        .isEqualTo(1);
            });
        }
    }
}
