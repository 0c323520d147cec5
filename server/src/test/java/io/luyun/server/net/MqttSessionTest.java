package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Rsi;
import io.luyun.server.monitor.Counter;
import io.luyun.server.mqtt.MqttConfig;
import io.luyun.server.session.DeviceRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions over MQTT with the HiveMQ client: acknowledgement, expiry, take-over, aliases, limits. */
@ExtendWith(LeakGuard.class)
final class MqttSessionTest {
    private static final String UP = "luyun/v1/rsu-1/up";
    private static final String DOWN = "luyun/v1/rsu-1/down";

    @Test
    void anAcknowledgementWaitsForTheDisk() throws Exception {
        try (Rig rig = rig()) {
            final Mqtt5AsyncClient client = connect(rig, "rsu-1");
            rig.line.syncing(false);
            final List<CompletableFuture<Mqtt5PublishResult>> results = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                results.add(publish(client, i % 2 == 0 ? MqttQos.AT_LEAST_ONCE : MqttQos.EXACTLY_ONCE));
            }
            Awaitility.await()
                    .until(() -> rig.line.journal(RecordKind.RECORD_KIND_RSI).size() == 8);
            assertThat(results).noneMatch(CompletableFuture::isDone);
            assertThat(rig.line.journal(RecordKind.RECORD_KIND_RSI))
                    .extracting(MemoryLine.Taken::number)
                    .isSorted()
                    .doesNotHaveDuplicates();

            rig.line.syncing(true);
            rig.line.sync();
            for (final CompletableFuture<Mqtt5PublishResult> result : results) {
                assertThat(result.get(5, TimeUnit.SECONDS).getError()).isEmpty();
            }
            leave(client);
        }
    }

    @Test
    void aFullIntakeDelaysAndLosesNothing() throws Exception {
        try (Rig rig = rig()) {
            final Mqtt5AsyncClient client = connect(rig, "rsu-1");
            rig.line.capacity(3);
            final List<CompletableFuture<Mqtt5PublishResult>> results = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                results.add(publish(client, MqttQos.AT_LEAST_ONCE));
            }
            for (final CompletableFuture<Mqtt5PublishResult> result : results) {
                assertThat(result.get(10, TimeUnit.SECONDS).getError()).isEmpty();
            }
            assertThat(rig.line.journal(RecordKind.RECORD_KIND_RSI)).hasSize(300);
            leave(client);
        }
    }

    @Test
    void aNewConnectionTakesOverAndTheOldOneIsToldSo() throws Exception {
        try (Rig rig = rig()) {
            final CompletableFuture<String> told = new CompletableFuture<>();
            final Mqtt5AsyncClient first = client(rig, "rsu-1", told);
            connect(first, 60);
            final Mqtt5AsyncClient second = connect(rig, "rsu-1");

            assertThat(told.get(5, TimeUnit.SECONDS)).isEqualTo(Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER.name());
            assertThat(rig.counters.get(Counter.SESSIONS_TAKEN_OVER)).isOne();
            assertThat(publish(second, MqttQos.EXACTLY_ONCE)
                            .get(5, TimeUnit.SECONDS)
                            .getError())
                    .isEmpty();
            leave(second);
        }
    }

    @Test
    void aSessionOutlivesItsConnectionUntilItExpires() throws Exception {
        try (Rig rig = rig()) {
            final Mqtt5AsyncClient client = client(rig, "rsu-1", new CompletableFuture<>());
            assertThat(connect(client, 1).isSessionPresent()).isFalse();
            final List<String> got = new CopyOnWriteArrayList<>();
            subscribe(client, DOWN, got);
            client.disconnect().get(5, TimeUnit.SECONDS);

            final Mqtt5AsyncClient again = client(rig, "rsu-1", new CompletableFuture<>());
            again.publishes(MqttGlobalPublishFilter.ALL, message -> got.add("again"));
            assertThat(again.connectWith()
                            .cleanStart(false)
                            .sessionExpiryInterval(0)
                            .send()
                            .get(5, TimeUnit.SECONDS)
                            .isSessionPresent())
                    .isTrue();
            assertThat(rig.mqtt
                            .send("rsu-1", "RSI", MessageKind.MESSAGE_KIND_RSI_VALUE, rsi().toByteArray())
                            .get(5, TimeUnit.SECONDS))
                    .isOne();
            Awaitility.await().until(() -> got.contains("again"));
            again.disconnect().get(5, TimeUnit.SECONDS);

            Awaitility.await().until(() -> rig.mqtt.sessions() == 0);
            final Mqtt5AsyncClient late = client(rig, "rsu-1", new CompletableFuture<>());
            assertThat(late.connectWith()
                            .cleanStart(false)
                            .send()
                            .get(5, TimeUnit.SECONDS)
                            .isSessionPresent())
                    .isFalse();
            leave(late);
        }
    }

    @Test
    void aTopicAliasStandsForItsTopic() throws Exception {
        try (Rig rig = rig()) {
            final Mqtt5AsyncClient client = client(rig, "rsu-1", new CompletableFuture<>());
            client.connectWith()
                    .restrictions()
                    .sendTopicAliasMaximum(16)
                    .applyRestrictions()
                    .send()
                    .get(5, TimeUnit.SECONDS);
            for (int i = 0; i < 5; i++) {
                assertThat(publish(client, MqttQos.AT_LEAST_ONCE)
                                .get(5, TimeUnit.SECONDS)
                                .getError())
                        .isEmpty();
            }
            assertThat(rig.line.journal(RecordKind.RECORD_KIND_RSI)).hasSize(5);
            // the later ones are shorter by the topic
            assertThat(rig.counters.get(Counter.BYTES_RECEIVED))
                    .isLessThan(6L * (UP.length() + rsi().getSerializedSize()) + 100);
            leave(client);
        }
    }

    /** One beyond the maximum, one that stands for nothing yet, and the one that must not be. */
    @ParameterizedTest
    @ValueSource(strings = {"05", "02", "00"})
    void anAliasThatMeansNothingEndsTheConnection(final String alias) throws Exception {
        try (Rig rig = rig();
                Socket socket = raw(rig)) {
            readPacket(socket);
            final String topic = alias.equals("02") ? "0000" : "00117273752f7273752d312f696e666f2f7570";
            final String rest = topic + "0001" + "03" + "2300" + alias + "7b7d";
            socket.getOutputStream().write(HexFormat.of().parseHex("32%02x".formatted(rest.length() / 2) + rest));
            final byte[] said = readPacket(socket);
            assertThat(said[0] & 0xF0).as(HexFormat.of().formatHex(said)).isEqualTo(0xE0);
            assertThat(said[1] & 0xFF).isEqualTo(0x94);
            assertThat(rig.line.journal(RecordKind.RECORD_KIND_RAW)).isEmpty();
        }
    }

    @Test
    void noMoreIsSentThanTheDeviceTakesAtOnceAndNothingIsLost() throws Exception {
        try (Rig rig = rig();
                Socket socket = raw(rig, "21" + "0001")) {
            assertThat(readPacket(socket)[0] & 0xF0).isEqualTo(0x20);
            final String topic = HexFormat.of().formatHex(DOWN.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream()
                    .write(HexFormat.of()
                            .parseHex("82%02x".formatted(6 + DOWN.length()) + "0001" + "00"
                                    + "%04x".formatted(DOWN.length()) + topic + "01"));
            assertThat(readPacket(socket)[0] & 0xF0).isEqualTo(0x90);
            for (int i = 0; i < 3; i++) {
                assertThat(rig.mqtt
                                .send(
                                        "rsu-1",
                                        "RSI",
                                        MessageKind.MESSAGE_KIND_RSI_VALUE,
                                        rsi().toBuilder().setMsgCnt(i).build().toByteArray())
                                .get(5, TimeUnit.SECONDS))
                        .isOne();
            }
            for (int i = 0; i < 3; i++) {
                final byte[] publish = readPacket(socket);
                assertThat(publish[0] & 0xF6).isEqualTo(0x32);
                final int at = 3 + DOWN.length();
                final Message message = Message.parseFrom(ByteBuffer.wrap(publish, at + 3, publish.length - at - 3));
                assertThat(message.getRsi().getMsgCnt()).isEqualTo(i);
                // a ping is answered in order: what follows the message is the answer, not the next message
                socket.getOutputStream().write(new byte[] {(byte) 0xC0, 0});
                assertThat(readPacket(socket)[0] & 0xF0).isEqualTo(0xD0);
                socket.getOutputStream().write(new byte[] {0x40, 2, publish[at], publish[at + 1]});
            }
        }
    }

    @Test
    void theServerTellsItsLimits() throws Exception {
        try (Rig rig = rig()) {
            final Mqtt5AsyncClient client = client(rig, "rsu-1", new CompletableFuture<>());
            final Mqtt5ConnAck answer = connect(client, 100_000);
            assertThat(answer.getRestrictions().getReceiveMaximum()).isEqualTo(8);
            assertThat(answer.getRestrictions().getTopicAliasMaximum()).isEqualTo(4);
            assertThat(answer.getRestrictions().getMaximumPacketSize()).isEqualTo(4_096);
            assertThat(answer.getRestrictions().isWildcardSubscriptionAvailable())
                    .isFalse();
            assertThat(answer.getSessionExpiryInterval()).hasValue(60);
            leave(client);
        }
    }

    @Test
    void moreInFlightThanTheReceiveMaximumEndsTheConnection() throws Exception {
        try (Rig rig = rig();
                Socket socket = raw(rig)) {
            rig.line.syncing(true);
            readPacket(socket);
            rig.line.syncing(false);
            for (int id = 1; id <= 9; id++) {
                socket.getOutputStream().write(rawPublish(id));
            }
            final byte[] said = readPacket(socket);
            assertThat(said[0] & 0xF0).as(HexFormat.of().formatHex(said)).isEqualTo(0xE0);
            assertThat(said[1] & 0xFF).isEqualTo(0x93);
            assertThat(rig.counters.get(Counter.REFUSED_LIMIT)).isOne();
            rig.line.syncing(true);
        }
    }

    @Test
    void aMessageOfQualityTwoIsTakenOnceHoweverOftenItComes() throws Exception {
        try (Rig rig = rig();
                Socket socket = raw(rig)) {
            readPacket(socket);
            final byte[] publish = rawPublish(5);
            publish[0] = 0x34;
            socket.getOutputStream().write(publish);
            assertThat(readPacket(socket)[0] & 0xF0).isEqualTo(0x50);
            publish[0] = 0x3C;
            socket.getOutputStream().write(publish);
            assertThat(readPacket(socket)[0] & 0xF0).isEqualTo(0x50);
            socket.getOutputStream().write(new byte[] {0x62, 2, 0, 5});
            assertThat(readPacket(socket)[0] & 0xF0).isEqualTo(0x70);
            assertThat(rig.line.journal(RecordKind.RECORD_KIND_RAW)).hasSize(1);
            publish[0] = 0x34;
            socket.getOutputStream().write(publish);
            assertThat(readPacket(socket)[0] & 0xF0).isEqualTo(0x50);
            assertThat(rig.line.journal(RecordKind.RECORD_KIND_RAW)).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsu/rsu-2/rsi/down",
                "rsu/rsu-1/#",
                "$share/g/rsu/rsu-1/rsi/down",
                "rsu/rsu-1/info/up",
                "nonsense"
            })
    void aForeignTopicIsNotGranted(final String filter) throws Exception {
        try (Rig rig = rig()) {
            final Mqtt5AsyncClient client = client(rig, "rsu-1", new CompletableFuture<>());
            connect(client, 0);
            assertThatThrownBy(() ->
                            client.subscribeWith().topicFilter(filter).send().get(5, TimeUnit.SECONDS))
                    .cause()
                    .satisfiesAnyOf(
                            e -> assertThat(((Mqtt5SubAckException) e)
                                            .getMqttMessage()
                                            .getReasonCodes()
                                            .getFirst())
                                    .isIn(
                                            Mqtt5SubAckReasonCode.NOT_AUTHORIZED,
                                            Mqtt5SubAckReasonCode.WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED,
                                            Mqtt5SubAckReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED),
                            e -> assertThat(e).isNotInstanceOf(Mqtt5SubAckException.class));
            leave(client);
        }
    }

    @Test
    void aConnectIsRefusedWithItsReason() throws Exception {
        try (Rig rig = rig()) {
            rig.line.refuse("the disk is low");
            final Mqtt5AsyncClient client = client(rig, "rsu-1", new CompletableFuture<>());
            assertThatThrownBy(() -> connect(client, 0)).cause().satisfies(e -> {
                final Mqtt5ConnAck answer = ((Mqtt5ConnAckException) e).getMqttMessage();
                assertThat(answer.getReasonCode()).isEqualTo(Mqtt5ConnAckReasonCode.SERVER_UNAVAILABLE);
                assertThat(answer.getReasonString().orElseThrow().toString()).isEqualTo("the disk is low");
            });
            assertThat(rig.counters.get(Counter.REFUSED_UNAVAILABLE)).isOne();
        }
    }

    @Test
    void theWillIsKeptWhenTheConnectionBreaksAndNotWhenTheDeviceLeaves() throws Exception {
        try (Rig rig = rig()) {
            final Mqtt5AsyncClient polite = client(rig, "rsu-1", new CompletableFuture<>());
            polite.connectWith()
                    .willPublish()
                    .topic("rsu/rsu-1/info/up")
                    .payload(new byte[] {1})
                    .applyWillPublish()
                    .send()
                    .get(5, TimeUnit.SECONDS);
            polite.disconnect().get(5, TimeUnit.SECONDS);
            rig.awaitCounter(Counter.SESSIONS_CLOSED, 1);
            assertThat(rig.line.journal(RecordKind.RECORD_KIND_DEVICE_WILL)).isEmpty();

            final Mqtt5AsyncClient rude = client(rig, "rsu-1", new CompletableFuture<>());
            rude.connectWith()
                    .willPublish()
                    .topic("rsu/rsu-1/info/up")
                    .payload(new byte[] {2})
                    .applyWillPublish()
                    .send()
                    .get(5, TimeUnit.SECONDS);
            rude.disconnectWith()
                    .reasonCode(Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE)
                    .send()
                    .get(5, TimeUnit.SECONDS);
            rig.awaitCounter(Counter.MQTT_WILLS, 1);
            Awaitility.await()
                    .until(() ->
                            rig.line.journal(RecordKind.RECORD_KIND_DEVICE_WILL).size() == 1);
        }
    }

    @Test
    void anOldClientIsAnsweredInItsVersion() throws Exception {
        try (Rig rig = rig()) {
            final Mqtt3BlockingClient client = MqttClient.builder()
                    .useMqttVersion3()
                    .identifier("rsu-1")
                    .serverHost("127.0.0.1")
                    .serverPort(rig.mqtt.port())
                    .buildBlocking();
            client.connectWith().keepAlive(5).send();
            client.publishWith()
                    .topic(UP)
                    .qos(MqttQos.EXACTLY_ONCE)
                    .payload(payload())
                    .send();
            // refused and acknowledged all the same: the version has no other word but the end
            client.publishWith()
                    .topic("rsu/rsu-2/info/up")
                    .qos(MqttQos.EXACTLY_ONCE)
                    .payload(payload())
                    .send();
            client.disconnect();
            assertThat(rig.line.journal(RecordKind.RECORD_KIND_RSI)).hasSize(1);
            assertThat(rig.counters.get(Counter.REFUSED_NOT_ALLOWED)).isOne();
        }
    }

    @Test
    void anAcknowledgementOfTheFamilyFollowsWhenAskedFor() throws Exception {
        try (Rig rig = rig()) {
            final Mqtt5AsyncClient client = connect(rig, "rsu-1");
            final List<String> got = new CopyOnWriteArrayList<>();
            subscribe(client, "rscu/rsu-1/event/up/ack", got);
            for (final String priority : new String[] {"4", "9"}) {
                final String json = "{\"ack\":true,\"seqNum\":" + priority
                        + ",\"events\":[{\"eventId\":3,\"eventType\":401,\"latitude\":29.6,\"longitude\":106.3,\"priority\":"
                        + priority + "}]}";
                client.publishWith()
                        .topic("rscu/rsu-1/event/up")
                        .qos(MqttQos.AT_MOST_ONCE)
                        .payload(json.getBytes(StandardCharsets.UTF_8))
                        .send();
            }
            Awaitility.await().until(() -> got.size() == 2);
            assertThat(got.get(0)).isEqualTo("{\"seqNum\":4,\"errorCode\":0,\"errorDesc\":\"ok\"}");
            assertThat(got.get(1))
                    .startsWith("{\"seqNum\":9,\"errorCode\":1,\"errorDesc\":\"message.rsi.events[0].priority = 9");
            leave(client);
        }
    }

    @Test
    void partsThatAreRefusedDoNotEndTheConnectionOfWhoPassesThemOn() throws Exception {
        try (Rig rig = rig()) {
            final CompletableFuture<String> told = new CompletableFuture<>();
            final Mqtt5AsyncClient client = client(rig, "rsu-1", told);
            connect(client, 0);
            final String good = "{\"eventId\":3,\"eventType\":401,\"latitude\":29.6,\"longitude\":106.3}";
            final String bad = "{\"eventId\":3,\"latitude\":29.6,\"longitude\":106.3}";
            final int more = Rig.Configs.session().maxRefusals() + 1;
            for (int i = 0; i < more; i++) {
                assertThat(event(client, "[" + bad + "," + good + "]"))
                        .isEqualTo("1 refused, the rest taken; events[0].eventType: must be given");
            }
            assertThat(rig.line.journal(RecordKind.RECORD_KIND_RSI)).hasSize(more);
            for (int i = 0; i < more - 1; i++) {
                assertThat(event(client, "[" + bad + "," + bad + "]"))
                        .isEqualTo("2 refused; events[0].eventType: must be given");
            }
            client.publishWith()
                    .topic("rscu/rsu-1/event/up")
                    .payload(("[" + bad + "]").getBytes(StandardCharsets.UTF_8))
                    .send();
            assertThat(told.get(5, TimeUnit.SECONDS)).isEqualTo(Mqtt5DisconnectReasonCode.ADMINISTRATIVE_ACTION.name());
        }
    }

    /** The reason string of the answer. */
    private static String event(final Mqtt5AsyncClient client, final String json) throws Exception {
        final Throwable refusal = client.publishWith()
                .topic("rscu/rsu-1/event/up")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(json.getBytes(StandardCharsets.UTF_8))
                .send()
                .handle((_, error) -> error)
                .get(5, TimeUnit.SECONDS);
        return ((Mqtt5PubAckException) refusal)
                .getMqttMessage()
                .getReasonString()
                .orElseThrow()
                .toString();
    }

    @Test
    void silenceBeyondTheKeepAliveEndsTheConnection() throws Exception {
        try (Rig rig = rig();
                Socket socket = raw(rig)) {
            readPacket(socket);
            final byte[] said = readPacket(socket);
            assertThat(said[0] & 0xF0).isEqualTo(0xE0);
            assertThat(said[1] & 0xFF).isEqualTo(0x8D);
            assertThat(rig.counters.get(Counter.SESSIONS_IDLE)).isOne();
        }
    }

    private static Rig rig() throws IOException {
        return new Rig(
                Rig.Configs.net(draft -> draft),
                Rig.Configs.session(),
                DeviceRegistry.everyone(),
                new MqttConfig(true, 0, "", 4_096, 600, 60, 8, 4, 16, 1_000, 300));
    }

    /** Version 5, keep-alive of one second, clean. */
    private static Socket raw(final Rig rig) throws IOException {
        return raw(rig, "");
    }

    /** The same with properties of the connect. */
    private static Socket raw(final Rig rig, final String properties) throws IOException {
        final Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.mqtt.port());
        socket.setSoTimeout(10_000);
        final int length = properties.length() / 2;
        socket.getOutputStream()
                .write(HexFormat.of()
                        .parseHex("10%02x".formatted(18 + length) + "00044d515454" + "05" + "02" + "0001"
                                + "%02x".formatted(length) + properties + "0005" + "7273752d31"));
        return socket;
    }

    private static byte[] rawPublish(final int id) {
        final byte[] topic = "rsu/rsu-1/info/up".getBytes(StandardCharsets.UTF_8);
        final byte[] packet = new byte[2 + 2 + topic.length + 2 + 1 + 2];
        packet[0] = 0x32;
        packet[1] = (byte) (packet.length - 2);
        packet[3] = (byte) topic.length;
        System.arraycopy(topic, 0, packet, 4, topic.length);
        packet[5 + topic.length] = (byte) id;
        packet[packet.length - 2] = '{';
        packet[packet.length - 1] = '}';
        return packet;
    }

    /** Fixed header and what follows the length. */
    private static byte[] readPacket(final Socket socket) throws IOException {
        final int head = socket.getInputStream().read();
        final int length = socket.getInputStream().read();
        final byte[] rest = socket.getInputStream().readNBytes(Math.max(0, length));
        final byte[] packet = new byte[rest.length + 1];
        packet[0] = (byte) head;
        System.arraycopy(rest, 0, packet, 1, rest.length);
        return packet;
    }

    private static Mqtt5AsyncClient client(final Rig rig, final String id, final CompletableFuture<String> told) {
        return MqttClient.builder()
                .useMqttVersion5()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(rig.mqtt.port())
                .addDisconnectedListener(context -> {
                    if (context.getCause() instanceof final Mqtt5DisconnectException e) {
                        told.complete(e.getMqttMessage().getReasonCode().name());
                    }
                })
                .buildAsync();
    }

    private static Mqtt5AsyncClient connect(final Rig rig, final String id) throws Exception {
        final Mqtt5AsyncClient client = client(rig, id, new CompletableFuture<>());
        connect(client, 0);
        return client;
    }

    private static Mqtt5ConnAck connect(final Mqtt5AsyncClient client, final long expirySeconds) throws Exception {
        return client.connectWith()
                .cleanStart(true)
                .sessionExpiryInterval(expirySeconds)
                .send()
                .get(5, TimeUnit.SECONDS);
    }

    private static void subscribe(final Mqtt5AsyncClient client, final String topic, final List<String> got)
            throws Exception {
        client.subscribeWith()
                .topicFilter(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(message -> got.add(new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8)))
                .send()
                .get(5, TimeUnit.SECONDS);
    }

    private static void leave(final Mqtt5AsyncClient client) throws Exception {
        client.disconnect().get(5, TimeUnit.SECONDS);
    }

    private static CompletableFuture<Mqtt5PublishResult> publish(final Mqtt5AsyncClient client, final MqttQos qos) {
        return client.publishWith().topic(UP).qos(qos).payload(payload()).send();
    }

    private static byte[] payload() {
        return Message.newBuilder().setRsi(rsi()).build().toByteArray();
    }

    private static Rsi rsi() {
        return Rsi.newBuilder()
                .setMsgCnt(0)
                .setId(ByteString.copyFrom(new byte[8]))
                .setRefPos(Position.newBuilder().setLat(296_000_000).setLon(1_063_000_000))
                .build();
    }
}
