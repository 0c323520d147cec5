package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.luyun.proto.v1.Area;
import io.luyun.proto.v1.Circle;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.SubscriptionChanged;
import io.luyun.proto.v1.Topic;
import io.luyun.server.mqtt.MqttConfig;
import io.luyun.server.session.DeviceRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which alerts of its surroundings a unit asks the core for. */
final class MqttAlertWatchTest {
    private static final Position PLACE =
            Position.newBuilder().setLat(296_000_000).setLon(1_063_000_000).build();

    @TempDir
    private Path directory;

    @Test
    void theAreaOfTheRegistryComesFirst() throws Exception {
        try (Rig rig = rig()) {
            final Mqtt5BlockingClient unit = connect(rig, "rsu-1", true);
            subscribe(unit, "V2X.RSU.RSI.rsu-1.DOWN");
            final Area area = watched(rig, 1).getFirst().getArea();
            assertThat(area.getPolygon().getCornersList())
                    .extracting(Position::getLat)
                    .containsExactly(295_000_000, 295_000_000, 297_000_000, 297_000_000);
            assertThat(area.getPolygon().getCornersList())
                    .extracting(Position::getLon)
                    .containsExactly(1_062_000_000, 1_064_000_000, 1_064_000_000, 1_062_000_000);
            tellPlace(rig, unit, "rsu-1");
            assertThat(watched(rig, 1)).hasSize(1);
            unit.disconnect();
        }
    }

    @Test
    void aUnitWithoutOneIsToldWhatIsAroundItOnceItHasSaidWhereItIs() throws Exception {
        try (Rig rig = rig()) {
            final Mqtt5BlockingClient unit = connect(rig, "rsu-2", true);
            subscribe(unit, "V2X.RSU.RSI.rsu-2.DOWN");
            assertThat(watched(rig, 1).getFirst().hasArea()).isFalse();
            tellPlace(rig, unit, "rsu-2");
            final Area around = Area.newBuilder()
                    .setCircle(Circle.newBuilder().setCenter(PLACE).setRadiusCm(50_000))
                    .build();
            final Subscribe again = watched(rig, 2).getLast();
            assertThat(again.getArea()).isEqualTo(around);
            assertThat(again.getTopicsList()).containsExactly(Topic.TOPIC_ALERTS);
            unit.disconnect();

            // the session goes on, and with it what was subscribed to
            final Mqtt5BlockingClient back = connect(rig, "rsu-2", false);
            assertThat(watched(rig, 3).getLast().getArea()).isEqualTo(around);
            back.disconnect();
        }
    }

    @Test
    void whoMayNotWatchAsksForNothing() throws Exception {
        try (Rig rig = rig()) {
            final Mqtt5BlockingClient unit = connect(rig, "rsu-3", true);
            subscribe(unit, "V2X.RSU.RSI.rsu-3.DOWN");
            tellPlace(rig, unit, "rsu-3");
            assertThat(watched(rig, 0)).isEmpty();
            unit.disconnect();
        }
    }

    private Rig rig() throws IOException {
        final Path registry = Files.writeString(directory.resolve("registry.yaml"), """
                devices:
                  - {id: rsu-1, role: RSU, subscribe: true,
                     area: {south: 29.5, west: 106.2, north: 29.7, east: 106.4}}
                  - {id: rsu-2, role: RSU, subscribe: true}
                  - {id: rsu-3, role: RSU}
                """);
        return new Rig(
                Rig.Configs.net(draft -> draft),
                Rig.Configs.session(),
                DeviceRegistry.load(registry),
                new MqttConfig(true, 0, "", 4_096, 600, 60, 8, 4, 16, 500, 300));
    }

    private static Mqtt5BlockingClient connect(final Rig rig, final String id, final boolean clean) {
        final Mqtt5BlockingClient client = MqttClient.builder()
                .useMqttVersion5()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(rig.mqtt.port())
                .buildBlocking();
        assertThat(client.connectWith()
                        .cleanStart(clean)
                        .sessionExpiryInterval(60)
                        .send()
                        .isSessionPresent())
                .isEqualTo(!clean);
        return client;
    }

    private static void subscribe(final Mqtt5BlockingClient client, final String topic) {
        client.subscribeWith().topicFilter(topic).qos(MqttQos.AT_LEAST_ONCE).send();
    }

    private static void tellPlace(final Rig rig, final Mqtt5BlockingClient client, final String id) {
        final Rsm rsm = Rsm.newBuilder()
                .setMsgCnt(0)
                .setId(ByteString.copyFrom(new byte[8]))
                .setRefPos(PLACE)
                .addParticipants(RsmParticipant.newBuilder()
                        .setPtcType(ParticipantType.PARTICIPANT_MOTOR)
                        .setPtcId(1)
                        .setSecMark(rig.secMark())
                        .setPos(PLACE))
                .build();
        assertThat(client.publishWith()
                        .topic("luyun/v1/" + id + "/up")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(Message.newBuilder().setRsm(rsm).build().toByteArray())
                        .send()
                        .getError())
                .isEmpty();
    }

    private static List<Subscribe> watched(final Rig rig, final int count) throws InvalidProtocolBufferException {
        Awaitility.await().until(() -> records(rig).size() >= count);
        final List<Subscribe> wishes = new ArrayList<>();
        for (final MemoryLine.Taken record : records(rig)) {
            wishes.add(SubscriptionChanged.parseFrom(record.payload()).getSubscribe());
        }
        return wishes;
    }

    private static List<MemoryLine.Taken> records(final Rig rig) {
        return rig.line.journal(RecordKind.RECORD_KIND_SUBSCRIPTION_CHANGED);
    }
}
