package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Heartbeat;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.Subscribe;
import io.luyun.server.monitor.Counter;
import io.luyun.server.session.SessionConfig;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input is answered with its reason and counted; a good device beside it notices nothing. */
@ExtendWith(LeakGuard.class)
final class BadInputTest {
    private Rig rig;
    private TestDevice bystander;
    private long bystanderNumber;

    @BeforeEach
    void open() throws IOException {
        open(Rig.Configs.net(), Rig.Configs.session());
    }

    @AfterEach
    void close() throws IOException {
        bystander.close();
        rig.close();
    }

    @Test
    void aFrameTooLongCloses() throws IOException {
        try (TestDevice device = rig.obu("obu-1")) {
            // 65,537 as a varint; nothing of the frame itself is needed to refuse it
            device.send(new byte[] {(byte) 0x81, (byte) 0x80, 0x04});
            final Error error = device.expectError(ErrorCode.ERROR_CODE_FRAME_TOO_LONG);
            assertThat(error.getField()).isEqualTo("frame");
            assertThat(error.getValue()).isEqualTo("65537");
            assertThat(error.getRule()).isEqualTo("at most 65536 bytes");
            assertThat(error.getCloses()).isTrue();
            device.expectClosed();
        }
        counted(Counter.REFUSED_FRAME_TOO_LONG);
    }

    @Test
    void aLengthThatIsNoneCloses() throws IOException {
        try (TestDevice device = rig.obu("obu-1")) {
            final byte[] ones = new byte[20];
            Arrays.fill(ones, (byte) 0xFF);
            device.send(ones);
            assertThat(device.expectError(ErrorCode.ERROR_CODE_FRAME_TOO_LONG).getCloses())
                    .isTrue();
            device.expectClosed();
        }
        counted(Counter.REFUSED_FRAME_TOO_LONG);
    }

    @Test
    void theLongestFrameIsTaken() throws IOException {
        reopen(
                Rig.Configs.net(draft -> {
                    draft.maxFrameBytes = 256;
                    return draft;
                }),
                Rig.Configs.session());
        try (TestDevice device = rig.obu("obu-1")) {
            final int rest = 256 - TestDevice.frame(1, padded(0)).getSerializedSize();
            DeviceFrame frame = TestDevice.frame(1, padded(rest));
            frame = TestDevice.frame(1, padded(rest - (frame.getSerializedSize() - 256)));
            assertThat(frame.getSerializedSize()).isEqualTo(256);
            device.send(frame);
            device.expectAck(1);
        }
    }

    @Test
    void aFrameCutShortByTheEndOfTheConnectionIsNothing() throws IOException {
        try (TestDevice device = rig.obu("obu-1")) {
            final byte[] frame = TestDevice.bytes(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
            device.send(Arrays.copyOf(frame, frame.length - 3));
        }
        rig.awaitCounter(Counter.CONNECTIONS_CLOSED, 1);
        assertThat(rig.line.journal().stream().filter(taken -> taken.kind() == 1 && taken.device() != 0))
                .isEmpty();
        bystanderIsWell();
    }

    @Test
    void bytesThatAreNotProtobufAreRefusedAndSkipped() throws IOException {
        try (TestDevice device = rig.obu("obu-1")) {
            device.send(new byte[] {5, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF});
            final Error error = device.expectError(ErrorCode.ERROR_CODE_MALFORMED);
            assertThat(error.getField()).isEqualTo("frame");
            assertThat(error.getCloses()).isFalse();
            stillGood(device, 1);
        }
        counted(Counter.REFUSED_MALFORMED);
    }

    @Test
    void aMessageThatIsNotProtobufInsideIsRefused() throws IOException {
        try (TestDevice device = rig.obu("obu-1")) {
            final byte[] frame = TestDevice.bytes(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
            // the length of the BSM's id, 8, becomes one that leads beyond its end
            for (int i = 0; i < frame.length - 1; i++) {
                if (frame[i] == 0x12 && frame[i + 1] == 8) {
                    frame[i + 1] = 100;
                }
            }
            device.send(frame);
            final Error error = device.expectError(ErrorCode.ERROR_CODE_MALFORMED);
            assertThat(error.getField()).startsWith("message.bsm");
            assertThat(error.getNumber()).isEqualTo(1);
            stillGood(device, 2);
        }
        counted(Counter.REFUSED_MALFORMED);
    }

    @Test
    void unknownKindsAreRefused() throws IOException {
        final UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(
                        99,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("new"))
                                .build())
                .build();
        try (TestDevice device = rig.obu("obu-1")) {
            device.send(DeviceFrame.newBuilder().setUnknownFields(unknown).build());
            Error error = device.expectError(ErrorCode.ERROR_CODE_UNKNOWN_KIND);
            assertThat(error.getField()).isEqualTo("frame");
            assertThat(error.getValue()).isEqualTo("field 99");
            device.send(new byte[] {0});
            assertThat(device.expectError(ErrorCode.ERROR_CODE_UNKNOWN_KIND).getField())
                    .isEqualTo("frame");
            device.send(DeviceFrame.newBuilder()
                    .setMessage(Message.newBuilder().setNumber(1).setUnknownFields(unknown))
                    .build());
            error = device.expectError(ErrorCode.ERROR_CODE_UNKNOWN_KIND);
            assertThat(error.getField()).isEqualTo("message");
            assertThat(error.getNumber()).isEqualTo(1);
            stillGood(device, 2);
        }
        rig.awaitCounter(Counter.REFUSED_UNKNOWN_KIND, 3);
        bystanderIsWell();
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() throws IOException {
        try (TestDevice device = rig.obu("obu-1")) {
            device.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark()).setSpeed(8_191)));
            final Error error = device.expectError(ErrorCode.ERROR_CODE_OUT_OF_RANGE);
            assertThat(error.getNumber()).isEqualTo(1);
            assertThat(error.getField()).isEqualTo("message.bsm.speed");
            assertThat(error.getValue()).isEqualTo("8191");
            assertThat(error.getRule()).contains("0..8190").contains("0.02 m/s");
            assertThat(error.getCloses()).isFalse();
            stillGood(device, 2);
        }
        counted(Counter.REFUSED_OUT_OF_RANGE);
    }

    @Test
    void aRefusedNumberAtTheEndIsAcknowledgedToo() throws IOException {
        try (TestDevice device = rig.obu("obu-1")) {
            device.send(
                    TestDevice.frame(1, TestDevice.bsm(rig.secMark())),
                    TestDevice.frame(2, TestDevice.bsm(rig.secMark()).setSpeed(8_191)));
            device.expectError(ErrorCode.ERROR_CODE_OUT_OF_RANGE);
            device.expectAck(2);
        }
    }

    @Test
    void missingFieldsAreRefusedByName() throws IOException {
        try (TestDevice device = rig.obu("obu-1")) {
            device.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark()).clearPos()));
            assertThat(device.expectError(ErrorCode.ERROR_CODE_MISSING).getField())
                    .isEqualTo("message.bsm.pos");
            device.send(DeviceFrame.newBuilder()
                    .setMessage(Message.newBuilder().setBsm(TestDevice.bsm(rig.secMark())))
                    .build());
            final Error error = device.expectError(ErrorCode.ERROR_CODE_MISSING);
            assertThat(error.getField()).isEqualTo("message.number");
            assertThat(error.hasNumber()).isFalse();
            device.send(DeviceFrame.newBuilder()
                    .setHeartbeat(Heartbeat.getDefaultInstance())
                    .build());
            assertThat(device.expectError(ErrorCode.ERROR_CODE_MISSING).getField())
                    .isEqualTo("heartbeat.device_time_ns");
            stillGood(device, 2);
        }
        rig.awaitCounter(Counter.REFUSED_MISSING, 3);
        bystanderIsWell();
    }

    @Test
    void whatTheRoleMayNotDoIsRefused() throws IOException {
        try (TestDevice device = rig.obu("obu-1")) {
            device.send(DeviceFrame.newBuilder()
                    .setMessage(Message.newBuilder()
                            .setNumber(1)
                            .setRsm(Rsm.newBuilder()
                                    .setMsgCnt(1)
                                    .setId(ByteString.copyFromUtf8("12345678"))
                                    .setRefPos(Position.newBuilder().setLat(1).setLon(1))
                                    .addParticipants(RsmParticipant.getDefaultInstance())))
                    .build());
            final Error error = device.expectError(ErrorCode.ERROR_CODE_NOT_ALLOWED);
            assertThat(error.getField()).isEqualTo("message");
            assertThat(error.getValue()).isEqualTo("RSM");
            device.send(DeviceFrame.newBuilder()
                    .setSubscribe(Subscribe.newBuilder().setSubscriptionId(1))
                    .build());
            assertThat(device.expectError(ErrorCode.ERROR_CODE_NOT_ALLOWED).getField())
                    .isEqualTo("subscribe");
            device.send(DeviceFrame.newBuilder()
                    .setAlertAcknowledgement(AlertAcknowledgement.newBuilder().setAlertId(1))
                    .build());
            assertThat(device.expectError(ErrorCode.ERROR_CODE_NOT_ALLOWED).getField())
                    .isEqualTo("alert_acknowledgement");
            stillGood(device, 2);
        }
        rig.awaitCounter(Counter.REFUSED_NOT_ALLOWED, 3);
        bystanderIsWell();
    }

    @ParameterizedTest
    @CsvSource({"-9000, true", "9000, true", "-11000, false", "11000, false", "30000, false"})
    void clocksMayBeOffByTheTolerance(final int offMillis, final boolean good) throws IOException {
        try (TestDevice device = rig.obu("obu-1")) {
            final int secMark = Math.floorMod(rig.secMark() + offMillis, 60_000);
            device.send(TestDevice.frame(1, TestDevice.bsm(secMark)));
            if (good) {
                device.expectAck(1);
            } else {
                final Error error = device.expectError(ErrorCode.ERROR_CODE_CLOCK);
                assertThat(error.getField()).isEqualTo("message.bsm.sec_mark");
                assertThat(error.getRule()).startsWith("within 10000 ms of the server's clock");
                stillGood(device, 2);
                counted(Counter.REFUSED_CLOCK);
            }
        }
    }

    @Test
    void aHelloWithAClockFarOffIsRefused() throws IOException {
        try (TestDevice device = rig.connect()) {
            device.sendHello(TestDevice.helloOf("obu-1", Role.ROLE_OBU).setDeviceTimeMs(rig.nowMs() - 60_000));
            final Error error = device.expectError(ErrorCode.ERROR_CODE_CLOCK);
            assertThat(error.getField()).isEqualTo("hello.device_time_ms");
            assertThat(error.getCloses()).isTrue();
            device.expectClosed();
        }
        counted(Counter.REFUSED_CLOCK);
    }

    @Test
    void numbersMayNotFall() throws IOException {
        try (TestDevice device = rig.obu("obu-1")) {
            device.send(
                    TestDevice.frame(5, TestDevice.bsm(rig.secMark())),
                    TestDevice.frame(5, TestDevice.bsm(rig.secMark())));
            final Error error = device.expectError(ErrorCode.ERROR_CODE_NUMBER_BACKWARDS);
            assertThat(error.getField()).isEqualTo("message.number");
            assertThat(error.getNumber()).isEqualTo(5);
            assertThat(error.getRule()).contains("above 5");
            stillGood(device, 6);
        }
        counted(Counter.REFUSED_NUMBER_BACKWARDS);
    }

    @Test
    void framesOutOfOrderClose() throws IOException {
        try (TestDevice device = rig.connect()) {
            device.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
            assertThat(device.expectError(ErrorCode.ERROR_CODE_OUT_OF_ORDER).getField())
                    .isEqualTo("hello");
            device.expectClosed();
        }
        try (TestDevice device = rig.obu("obu-1")) {
            device.sendHello(TestDevice.helloOf("obu-1", Role.ROLE_OBU));
            assertThat(device.expectError(ErrorCode.ERROR_CODE_OUT_OF_ORDER).getCloses())
                    .isTrue();
            device.expectClosed();
        }
        rig.awaitCounter(Counter.REFUSED_OUT_OF_ORDER, 2);
        bystanderIsWell();
    }

    @Test
    void aHelloOutOfRangeCloses() throws IOException {
        try (TestDevice device = rig.connect()) {
            device.sendHello(TestDevice.helloOf("obu-1", Role.ROLE_OBU).setProtocol(2));
            final Error error = device.expectError(ErrorCode.ERROR_CODE_OUT_OF_RANGE);
            assertThat(error.getField()).isEqualTo("hello.protocol");
            device.expectClosed();
        }
        counted(Counter.REFUSED_OUT_OF_RANGE);
    }

    @Test
    void whileTheJournalRefusesNothingIsTaken() throws IOException {
        try (TestDevice device = rig.obu("obu-1")) {
            rig.line.refuse("the disk is low");
            device.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
            assertThat(device.expectError(ErrorCode.ERROR_CODE_UNAVAILABLE).getRule())
                    .isEqualTo("the disk is low");
            device.expectClosed();
        }
        try (TestDevice device = rig.connect()) {
            device.sendHello(TestDevice.helloOf("obu-1", Role.ROLE_OBU));
            device.expectError(ErrorCode.ERROR_CODE_UNAVAILABLE);
            device.expectClosed();
        }
        rig.line.refuse(null);
        try (TestDevice device = rig.obu("obu-1")) {
            stillGood(device, 1);
        }
        rig.awaitCounter(Counter.REFUSED_UNAVAILABLE, 2);
    }

    @Test
    void tooManySubscriptionsAreRefused() throws IOException {
        try (TestDevice device = rig.connect().hello("watcher", Role.ROLE_OBSERVER)) {
            for (int i = 1; i <= 3; i++) {
                device.send(DeviceFrame.newBuilder()
                        .setSubscribe(Subscribe.newBuilder().setSubscriptionId(i))
                        .build());
            }
            final Error error = device.expectError(ErrorCode.ERROR_CODE_LIMIT);
            assertThat(error.getField()).isEqualTo("subscribe.subscription_id");
            assertThat(error.getValue()).isEqualTo("3");
            assertThat(error.getCloses()).isFalse();
        }
        counted(Counter.REFUSED_LIMIT);
    }

    @Test
    void abuseCloses() throws IOException {
        reopen(Rig.Configs.net(), new SessionConfig(10_000, 3, 60_000, 30_000, "SYNCED", 0, 2));
        try (TestDevice device = rig.obu("obu-1")) {
            for (int i = 0; i < 10; i++) {
                device.send(new byte[] {1, (byte) 0xFF});
            }
            for (int i = 0; i < 4; i++) {
                device.expectError(ErrorCode.ERROR_CODE_MALFORMED);
            }
            final Error error = device.expectError(ErrorCode.ERROR_CODE_ABUSE);
            assertThat(error.getRule()).isEqualTo("at most 3 refusals within 60000 ms");
            assertThat(error.getCloses()).isTrue();
            device.expectClosed();
        }
        counted(Counter.REFUSED_ABUSE);
        assertThat(rig.counters.get(Counter.REFUSED_MALFORMED)).isEqualTo(4);
    }

    @Test
    void aFrameThatNeverEndsCloses() throws IOException {
        reopen(
                Rig.Configs.net(draft -> {
                    draft.frameTimeoutMillis = 100;
                    return draft;
                }),
                Rig.Configs.session());
        try (TestDevice device = rig.obu("obu-1")) {
            device.send(new byte[] {100, 1});
            final Error error = device.expectError(ErrorCode.ERROR_CODE_OUT_OF_ORDER);
            assertThat(error.getField()).isEqualTo("frame");
            assertThat(error.getRule()).isEqualTo("must be complete within 100 ms");
            device.expectClosed();
        }
        counted(Counter.REFUSED_OUT_OF_ORDER);
    }

    @Test
    void aConnectionWithoutAHelloCloses() throws IOException {
        reopen(
                Rig.Configs.net(draft -> {
                    draft.helloTimeoutMillis = 100;
                    return draft;
                }),
                Rig.Configs.session());
        try (TestDevice device = rig.connect()) {
            final Error error = device.expectError(ErrorCode.ERROR_CODE_OUT_OF_ORDER);
            assertThat(error.getField()).isEqualTo("hello");
            assertThat(error.getRule()).isEqualTo("must come within 100 ms");
            device.expectClosed();
        }
        counted(Counter.REFUSED_OUT_OF_ORDER);
    }

    @Test
    void anIdleSessionCloses() throws IOException {
        reopen(Rig.Configs.net(), new SessionConfig(10_000, 3, 60_000, 1_000, "SYNCED", 0, 2));
        try (TestDevice device = rig.obu("obu-1")) {
            device.expectNotice(NoticeCode.NOTICE_CODE_IDLE);
            device.expectClosed();
        }
    }

    @Test
    void oneConnectionTooManyIsClosedAtOnce() throws IOException {
        reopen(
                Rig.Configs.net(draft -> {
                    draft.maxConnections = 2;
                    return draft;
                }),
                Rig.Configs.session());
        try (TestDevice second = rig.obu("obu-1")) {
            try (TestDevice third = rig.connect()) {
                third.expectClosed();
            }
            rig.awaitCounter(Counter.CONNECTIONS_REFUSED, 1);
            stillGood(second, 1);
        }
        rig.awaitCounter(Counter.CONNECTIONS_CLOSED, 1);
        bystanderIsWell();
    }

    @Test
    void garbageHarmsNobody() throws IOException {
        final long seed = System.nanoTime();
        System.out.println("BadInputTest.garbageHarmsNobody seed " + seed);
        final Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            try (TestDevice device = i % 2 == 0 ? rig.connect() : rig.obu("obu-1")) {
                final byte[] garbage = new byte[1 + random.nextInt(5_000)];
                random.nextBytes(garbage);
                device.send(garbage);
                bystanderIsWell();
            } catch (final java.net.SocketException e) {
                assertThat(e).hasMessageMatching(".*(reset|pipe).*");
            }
        }
        rig.awaitCounter(Counter.CONNECTIONS_CLOSED, 50);
    }

    private static io.luyun.proto.v1.Bsm.Builder padded(final int bytes) {
        final io.luyun.proto.v1.Bsm.Builder bsm = TestDevice.bsm((int) (System.currentTimeMillis() % 60_000));
        return bsm.setUnknownFields(UnknownFieldSet.newBuilder()
                .addField(
                        99,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(new byte[bytes]))
                                .build())
                .build());
    }

    private void reopen(final NetConfig net, final SessionConfig session) throws IOException {
        close();
        open(net, session);
    }

    private void open(final NetConfig net, final SessionConfig session) throws IOException {
        rig = new Rig(net, session);
        bystander = rig.obu("bystander");
        bystanderNumber = 0;
        bystanderIsWell();
    }

    private void counted(final Counter counter) throws IOException {
        rig.awaitCounter(counter, 1);
        bystanderIsWell();
    }

    private void bystanderIsWell() throws IOException {
        stillGood(bystander, ++bystanderNumber);
    }

    private void stillGood(final TestDevice device, final long number) throws IOException {
        device.send(TestDevice.frame(number, TestDevice.bsm(rig.secMark())));
        device.expectAck(number);
    }
}
