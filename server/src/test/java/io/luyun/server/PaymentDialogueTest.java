package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.monitor.Counter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A toll gate and a car pay through the server, which keeps that they did and nothing of what they said. */
final class PaymentDialogueTest {
    private static final String UNIT = PaymentFrames.UNIT;
    private static final String CAR = PaymentFrames.CAR;

    @TempDir
    private Path directory;

    /** A device that listens for payments; without proof. */
    private static final class Payer implements AutoCloseable {
        private final String device;
        private final Mqtt5BlockingClient client;
        private final Mqtt5BlockingClient.Mqtt5Publishes received;

        Payer(final MqttServer server, final String device) {
            this.device = device;
            client = MqttClient.builder()
                    .useMqttVersion5()
                    .identifier(device)
                    .serverHost("127.0.0.1")
                    .serverPort(server.port())
                    .buildBlocking();
            client.connect();
            received = client.publishes(MqttGlobalPublishFilter.ALL);
            client.subscribeWith()
                    .topicFilter("luyun/v1/" + device + "/payment/down")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send();
        }

        /** Sends a step; the server's reason where it refuses it. */
        @Nullable
        String pay(final byte[] frame) {
            return publish("payment/up", frame);
        }

        void drive(final MqttServer server, final double metresNorth) {
            final Message bsm = Message.newBuilder()
                    .setBsm(Messages.bsm(1, server.clock.secMark(), metresNorth, 10))
                    .build();
            assertThat(publish("up", bsm.toByteArray())).isNull();
        }

        private @Nullable String publish(final String topic, final byte[] payload) {
            try {
                client.publishWith()
                        .topic("luyun/v1/" + device + "/" + topic)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(payload)
                        .send();
                return null;
            } catch (final Mqtt5PubAckException e) {
                return e.getMqttMessage().getReasonString().orElseThrow().toString();
            }
        }

        byte[] next() throws InterruptedException {
            return received.receive(10, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes();
        }

        @Override
        public void close() {
            received.close();
            client.disconnect();
        }
    }

    @Test
    void fourStepsGoToTheOtherSideAsTheyCame() throws Exception {
        final byte[] offer = offer(0);
        final byte[] answer = PaymentFrames.answer(CAR, UNIT);
        final byte[] request = PaymentFrames.request(UNIT, CAR);
        final byte[] response = PaymentFrames.response(CAR, UNIT);
        try (MqttServer server = MqttServer.insecure(directory)) {
            try (Payer gate = new Payer(server, "rsu-4");
                    Payer car = new Payer(server, "car-4")) {
                car.drive(server, 100);
                assertThat(gate.pay(offer)).isNull();
                assertThat(car.next()).isEqualTo(offer);
                assertThat(car.pay(answer)).isNull();
                assertThat(gate.next()).isEqualTo(answer);
                assertThat(gate.pay(request)).isNull();
                assertThat(car.next()).isEqualTo(request);
                assertThat(car.pay(response)).isNull();
                assertThat(gate.next()).isEqualTo(response);
            }
            server.awaitCount(Counter.PAYMENTS_HANDED_ON, 4);
            assertThat(server.count(Counter.PAYMENTS_NOT_HANDED_ON)).isZero();
            assertThat(server.journaled(RecordKind.RECORD_KIND_VPM)).hasSize(4);
            assertThat(server.raw(RecordKind.RECORD_KIND_RAW)).isEmpty();
        }
        assertThat(kept(CAR)).isFalse();
        for (final String secret : List.of(PaymentFrames.RANDOM, PaymentFrames.CREDENTIALS, PaymentFrames.SERVICE)) {
            assertThat(kept(secret)).as(secret).isFalse();
        }
        assertThat(kept(UNIT)).as("what may be kept is found").isTrue();
    }

    @Test
    void anOfferGoesToThoseWhoAreNear() throws Exception {
        try (MqttServer server = MqttServer.insecure(directory);
                Payer gate = new Payer(server, "rsu-4");
                Payer car = new Payer(server, "car-4")) {
            car.drive(server, 400);
            gate.pay(offer(0));
            server.awaitCount(Counter.PAYMENTS_NOT_HANDED_ON, 1);

            gate.pay(offer(150));
            assertThat(car.next()).isEqualTo(offer(150));

            server.clock.passMillis(10_001);
            gate.pay(offer(150));
            server.awaitCount(Counter.PAYMENTS_NOT_HANDED_ON, 2);
            assertThat(server.count(Counter.PAYMENTS_HANDED_ON)).isOne();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    record Refused(String device, byte[] frame, String rule) {
        @Override
        public String toString() {
            return device + ": " + rule;
        }
    }

    static Stream<Refused> refused() {
        return Stream.of(
                new Refused("car-4", PaymentFrames.answer(CAR, UNIT), "targetId = 544f4c4c47415445"),
                new Refused("rsu-4", PaymentFrames.request(UNIT, CAR), "targetId = 50415945522d3031"),
                new Refused("rsu-4", PaymentFrames.answer(CAR, UNIT), "only a vehicle may send this step"),
                new Refused("car-4", offer(CAR, 0), "only a roadside unit may send this step"),
                new Refused("car-4", PaymentFrames.answer("SOMEBODY", UNIT), "one of the ids the registry gives"),
                new Refused("car-5", PaymentFrames.answer(CAR, UNIT), "among the kinds the registry lists"),
                new Refused("rsu-9", offer(0), "among the kinds the registry lists"),
                new Refused("car-4", new byte[] {1, 2, 3}, "bsmFrame"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatGoesNowhereIsRefusedWithItsRule(final Refused refused) throws Exception {
        try (MqttServer server = MqttServer.insecure(directory);
                Payer payer = new Payer(server, refused.device())) {
            assertThat(payer.pay(refused.frame())).contains(refused.rule());
            assertThat(server.journaled(RecordKind.RECORD_KIND_VPM)).isEmpty();
            assertThat(server.raw(RecordKind.RECORD_KIND_RAW)).isEmpty();
        }
    }

    /** Whoever has begun to speak under an id keeps it until a minute of silence has passed. */
    @Test
    void anIdInUseIsNobodyElses() throws Exception {
        try (MqttServer server = MqttServer.insecure(directory);
                Payer gate = new Payer(server, "rsu-4");
                Payer other = new Payer(server, "rsu-5")) {
            assertThat(gate.pay(offer(0))).isNull();
            assertThat(other.pay(offer(0))).contains("must not be in use by another device");

            server.clock.passMillis(60_001);
            assertThat(other.pay(offer(0))).isNull();
        }
    }

    private static byte[] offer(final double metresNorth) {
        return offer(UNIT, metresNorth);
    }

    private static byte[] offer(final String unit, final double metresNorth) {
        return PaymentFrames.offer(
                unit,
                Messages.position(metresNorth).getLat(),
                Messages.position(metresNorth).getLon());
    }

    /** Whether it is in any file of the server, as octets or as digits. */
    private boolean kept(final String text) throws IOException {
        boolean kept = false;
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                kept |= content.contains(text) || content.contains(PaymentFrames.hex(text));
            }
        }
        return kept;
    }
}
