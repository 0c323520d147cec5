package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.luyun.proto.v1.DetectedObstacle;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.DriveRequest;
import io.luyun.proto.v1.IntentionAndRequest;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.ObjectSize;
import io.luyun.proto.v1.ObstacleType;
import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.RequestStatus;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.SensorSharingRequest;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.Vir;
import io.luyun.server.monitor.Counter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SDS: who asks is sent what others see, over the device port and over MQTT. */
final class SensorSharingTest {
    private static final int REQUEST = 3;
    private static final int STEPS = 8;
    private static final int SECONDS_30 = 3_000;

    @TempDir
    private Path directory;

    private int number;

    /** A car and cargo are seen 50 and 80 m north; a second passes. */
    private void seen(final TestDevice unit, final TestClock clock) {
        for (int step = 0; step < STEPS; step++) {
            unit.send(DeviceFrame.newBuilder()
                    .setMessage(Message.newBuilder()
                            .setNumber(++number)
                            .setSsm(Phase2Messages.ssm(clock.secMark())
                                    .addObstacles(DetectedObstacle.newBuilder()
                                            .setObsType(ObstacleType.OBSTACLE_GOODS_SCATTERED)
                                            .setObsId(9)
                                            .setPos(Messages.position(80))
                                            .setSize(ObjectSize.newBuilder()
                                                    .setWidth(10)
                                                    .setLength(12))))));
            unit.awaitAck(number);
            clock.passMillis(125);
        }
    }

    private static Message.Builder asks(
            final int secMark, final RequestStatus status, final double from, final double to) {
        return Message.newBuilder()
                .setVir(Vir.newBuilder()
                        .setMsgCnt(0)
                        .setId(Phase2Messages.ID)
                        .setSecMark(secMark)
                        .setRefPos(Messages.position(0))
                        .setIntAndReq(IntentionAndRequest.newBuilder()
                                .addReqs(DriveRequest.newBuilder()
                                        .setReqId(REQUEST)
                                        .setStatus(status)
                                        .setLifeTime(SECONDS_30)
                                        .setSensorSharing(SensorSharingRequest.newBuilder()
                                                .addDetectArea(ReferencePath.newBuilder()
                                                        .setPathRadius(80)
                                                        .addActivePath(Messages.position(from))
                                                        .addActivePath(Messages.position(to)))))));
    }

    private static List<Ssm> shared(final TestDevice device) {
        return device.frames().stream()
                .filter(ServerFrame::hasMessage)
                .map(frame -> frame.getMessage().getSsm())
                .toList();
    }

    @Test
    void whoAsksIsToldWhatOthersSeeOnTheStretch() throws Exception {
        final TestClock clock = new TestClock();
        try (TestServer server = new TestServer(directory, "shared", clock, "");
                TestDevice unit = server.open("rsu-1", Role.ROLE_RSU, 1);
                TestDevice asker = server.open("car-1", Role.ROLE_OBU, 1);
                TestDevice elsewhere = server.open("car-2", Role.ROLE_OBU, 1);
                TestDevice silent = server.open("car-3", Role.ROLE_OBU, 1)) {
            silent.send(1, Messages.bsm(3, clock.secMark(), 20, 0));
            silent.awaitAck(1);
            seen(unit, clock);
            asker.send(DeviceFrame.newBuilder()
                    .setMessage(asks(clock.secMark(), RequestStatus.REQUEST_STATUS_REQUEST, 0, 200)
                            .setNumber(1)));
            elsewhere.send(DeviceFrame.newBuilder()
                    .setMessage(asks(clock.secMark(), RequestStatus.REQUEST_STATUS_REQUEST, 100, 300)
                            .setNumber(1)));
            asker.awaitAck(1);
            elsewhere.awaitAck(1);
            silent.send(2, Messages.bsm(3, clock.secMark(), 20, 0));
            seen(unit, clock);

            asker.await(frame -> frame.getMessage().getSsm().getObstaclesCount() > 0);
            final Ssm told = shared(asker).getLast();
            assertThat(told.getParticipantsList()).hasSize(1);
            assertThat(told.getParticipants(0).getPtc().getPos().getLat())
                    .isCloseTo(Messages.position(50).getLat(), within(20));
            assertThat(told.getObstacles(0).getObsType()).isEqualTo(ObstacleType.OBSTACLE_GOODS_SCATTERED);
            assertThat(told.getObstacles(0).getSize().getLength()).isEqualTo(12);
            // five times a second, of the second that has passed
            assertThat(shared(asker)).hasSizeBetween(4, 7);
            assertThat(shared(elsewhere)).isNotEmpty().allMatch(ssm -> ssm.getParticipantsCount() == 0);
            assertThat(shared(silent)).isEmpty();

            asker.send(DeviceFrame.newBuilder()
                    .setMessage(asks(clock.secMark(), RequestStatus.REQUEST_STATUS_CANCEL, 0, 200)
                            .setNumber(2)));
            asker.awaitAck(2);
            final int before = shared(asker).size();
            seen(unit, clock);
            assertThat(shared(elsewhere)).hasSizeGreaterThan(before);
            assertThat(shared(asker)).hasSize(before);
            assertThat(server.count(Counter.SHARES_SENT)).isPositive();
        }
    }

    @Test
    void nobodyIsToldWhereThatIsSwitchedOff() throws Exception {
        final TestClock clock = new TestClock();
        try (TestServer server = new TestServer(directory, "shared", clock, "fanout: {sharing: {enabled: false}}");
                TestDevice unit = server.open("rsu-1", Role.ROLE_RSU, 1);
                TestDevice asker = server.open("car-1", Role.ROLE_OBU, 1)) {
            asker.send(DeviceFrame.newBuilder()
                    .setMessage(asks(clock.secMark(), RequestStatus.REQUEST_STATUS_REQUEST, 0, 200)
                            .setNumber(1)));
            asker.awaitAck(1);
            seen(unit, clock);
            assertThat(shared(asker)).isEmpty();
        }
    }

    @Test
    void aCarOverMqttIsToldOnItsTopic() throws Exception {
        try (MqttServer server = MqttServer.insecure(directory);
                TestDevice unit = TestDevice.open(server.devicePort(), "rsu-9", Role.ROLE_RSU, 1)) {
            final Mqtt5BlockingClient car = MqttClient.builder()
                    .useMqttVersion5()
                    .identifier("car-7")
                    .serverHost("127.0.0.1")
                    .serverPort(server.port())
                    .buildBlocking();
            car.connect();
            try (Mqtt5BlockingClient.Mqtt5Publishes received = car.publishes(MqttGlobalPublishFilter.ALL)) {
                car.subscribeWith()
                        .topicFilter("luyun/v1/car-7/down")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .send();
                seen(unit, server.clock);
                car.publishWith()
                        .topic("luyun/v1/car-7/up")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(asks(server.clock.secMark(), RequestStatus.REQUEST_STATUS_REQUEST, 0, 200)
                                .build()
                                .toByteArray())
                        .send();
                seen(unit, server.clock);
                final Message down = Message.parseFrom(
                        received.receive(10, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes());
                assertThat(down.getSsm().getParticipantsCount()).isOne();
                assertThat(down.getSsm().getObstaclesCount()).isOne();
            } finally {
                car.disconnect();
            }
        }
    }
}
