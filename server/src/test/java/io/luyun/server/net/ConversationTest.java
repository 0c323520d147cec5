package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Bye;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Heartbeat;
import io.luyun.proto.v1.HeartbeatReply;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.SessionClosed;
import io.luyun.server.monitor.Counter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a well-behaved device can rely on, over real sockets. */
@ExtendWith(LeakGuard.class)
final class ConversationTest {
    private static final DeviceFrame BYE =
            DeviceFrame.newBuilder().setBye(Bye.getDefaultInstance()).build();

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void helloThenMessagesThenBye(final String mode) throws IOException {
        try (Rig rig = rig(mode);
                TestDevice device = rig.obu("obu-1")) {
            assertThat(device.welcome().getSessionId()).isNotZero();
            assertThat(device.welcome().getLastNumber()).isZero();
            assertThat(device.welcome().getAckLevel()).isEqualTo(AckLevel.ACK_LEVEL_SYNCED);
            assertThat(device.welcome().getMaxFrameBytes()).isEqualTo(65_536);
            for (int number = 1; number <= 3; number++) {
                device.send(TestDevice.frame(number, TestDevice.bsm(rig.secMark())));
                device.expectAck(number);
            }
            device.send(TestDevice.frame(7, TestDevice.bsm(rig.secMark())), BYE);
            device.expectAck(7);
            device.expectClosed();
            assertThat(rig.line.journal(RecordKind.RECORD_KIND_BSM))
                    .extracting(MemoryLine.Taken::number)
                    .containsExactly(1L, 2L, 3L, 7L);
            assertThat(rig.counters.get(Counter.NUMBER_GAPS)).isEqualTo(3);
            assertThat(rig.counters.messages(Role.ROLE_OBU_VALUE, MessageKind.MESSAGE_KIND_BSM_VALUE))
                    .isEqualTo(4);
            rig.awaitCounter(Counter.CONNECTIONS_CLOSED, 1);
            assertThat(rig.server.sessions()).isZero();
        }
    }

    @Test
    void syncedAcknowledgesOnlyAfterTheSync() throws IOException {
        try (Rig rig = new Rig();
                TestDevice device = rig.obu("obu-1")) {
            rig.line.syncing(false);
            for (int number = 1; number <= 50; number++) {
                device.send(TestDevice.frame(number, TestDevice.bsm(rig.secMark())));
            }
            rig.awaitCounter(Counter.FRAMES_RECEIVED, 51);
            device.expectSilence(50);
            rig.line.sync();
            device.expectAck(50);
        }
    }

    @Test
    void welcomeWaitsForItsRecordToBeSafe() throws IOException {
        try (Rig rig = new Rig();
                TestDevice device = rig.connect()) {
            rig.line.syncing(false);
            // the messages that follow at once wait too, and none is lost
            device.sendHello(TestDevice.helloOf("obu-1", Role.ROLE_OBU));
            device.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
            device.send(TestDevice.frame(2, TestDevice.bsm(rig.secMark())));
            device.expectSilence(50);
            assertThat(rig.line.journal()).hasSize(1);
            rig.line.syncing(true);
            rig.line.sync();
            assertThat(device.read().hasWelcome()).isTrue();
            device.expectAck(2);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = AckLevel.class,
            names = {"ACK_LEVEL_RECEIVED", "ACK_LEVEL_APPENDED"})
    void lowerLevelsDoNotWaitForTheSync(final AckLevel level) throws IOException {
        for (final String mode : List.of("shared", "dedicated")) {
            try (Rig rig = rig(mode);
                    TestDevice device = rig.connect().hello("obu-1", Role.ROLE_OBU, level)) {
                assertThat(device.welcome().getAckLevel()).isEqualTo(level);
                rig.line.syncing(false);
                device.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
                device.send(TestDevice.frame(2, TestDevice.bsm(rig.secMark())));
                device.expectAck(2);
            }
        }
    }

    @Test
    void appendedWaitsForTheAppend() throws IOException {
        try (Rig rig = new Rig();
                TestDevice device = rig.connect().hello("obu-1", Role.ROLE_OBU, AckLevel.ACK_LEVEL_APPENDED)) {
            rig.line.appending(false);
            device.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
            device.expectSilence(50);
            rig.line.appending(true);
            device.expectAck(1);
        }
    }

    @Test
    void whatIsInTheJournalAlreadyIsAcknowledgedAgainAndNotAppended() throws IOException {
        try (Rig rig = new Rig()) {
            try (TestDevice device = rig.obu("obu-1")) {
                for (int number = 1; number <= 3; number++) {
                    device.send(TestDevice.frame(number, TestDevice.bsm(rig.secMark())));
                }
                device.expectAck(3);
            }
            try (TestDevice device = rig.obu("obu-1")) {
                assertThat(device.welcome().getLastNumber()).isEqualTo(3);
                for (int number = 2; number <= 4; number++) {
                    device.send(TestDevice.frame(number, TestDevice.bsm(rig.secMark())));
                }
                device.expectAck(4);
                assertThat(rig.line.journal(RecordKind.RECORD_KIND_BSM)).hasSize(4);
                assertThat(rig.line.duplicates()).isEqualTo(2);
            }
        }
    }

    @Test
    void heartbeatIsEchoedWithTheServersStamps() throws IOException {
        try (Rig rig = new Rig();
                TestDevice device = rig.obu("obu-1")) {
            final long before = rig.clock.nanoTime();
            device.send(DeviceFrame.newBuilder()
                    .setHeartbeat(Heartbeat.newBuilder().setDeviceTimeNs(42))
                    .build());
            final HeartbeatReply reply = device.read().getHeartbeatReply();
            assertThat(reply.getDeviceTimeNs()).isEqualTo(42);
            assertThat(reply.getReceivedAtNs()).isBetween(before, reply.getSentAtNs());
        }
    }

    @Test
    void dribbledBytesAreAFrameLikeAnyOther() throws IOException {
        try (Rig rig = new Rig();
                TestDevice device = rig.obu("obu-1")) {
            final List<DeviceFrame> frames = new ArrayList<>();
            for (int number = 1; number <= 5; number++) {
                frames.add(TestDevice.frame(number, TestDevice.bsm(rig.secMark())));
            }
            for (final byte octet : TestDevice.bytes(frames.toArray(new DeviceFrame[0]))) {
                device.send(new byte[] {octet});
            }
            device.expectAck(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void aNewerConnectionTakesOver(final String mode) throws IOException {
        try (Rig rig = rig(mode);
                TestDevice old = rig.obu("obu-1")) {
            old.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
            old.expectAck(1);
            try (TestDevice fresh = rig.obu("obu-1")) {
                old.expectNotice(NoticeCode.NOTICE_CODE_TAKEN_OVER);
                old.expectClosed();
                assertThat(fresh.welcome().getLastNumber()).isEqualTo(1);
                assertThat(fresh.welcome().getSessionId())
                        .isNotEqualTo(old.welcome().getSessionId());
                fresh.send(TestDevice.frame(2, TestDevice.bsm(rig.secMark())));
                fresh.expectAck(2);
                assertThat(rig.line.journal())
                        .extracting(MemoryLine.Taken::kind)
                        .containsExactly(
                                RecordKind.RECORD_KIND_SESSION_OPENED_VALUE,
                                RecordKind.RECORD_KIND_BSM_VALUE,
                                RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE,
                                RecordKind.RECORD_KIND_SESSION_OPENED_VALUE,
                                RecordKind.RECORD_KIND_BSM_VALUE);
                assertThat(SessionClosed.parseFrom(rig.line.journal().get(2).payload())
                                .getSessionId())
                        .isEqualTo(old.welcome().getSessionId());
                assertThat(rig.counters.get(Counter.SESSIONS_TAKEN_OVER)).isEqualTo(1);
                assertThat(rig.server.sessions()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void aFullIntakePausesReadingAndLosesNothing(final String mode) throws IOException {
        final int messages = 5_000;
        try (Rig rig = rig(mode);
                TestDevice device = rig.obu("obu-1");
                TestDevice other = rig.obu("obu-2")) {
            rig.line.appending(false);
            rig.line.capacity(10);
            final Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int number = 1; number <= messages; number++) {
                        device.send(TestDevice.frame(number, TestDevice.bsm(rig.secMark())));
                    }
                } catch (final IOException e) {
                    rig.errors.add(e);
                }
            });
            org.awaitility.Awaitility.await().until(() -> rig.counters.get(Counter.READS_PAUSED) > 0);
            assertThat(rig.line.offered()).isEqualTo(10);
            device.expectSilence(20);
            rig.line.appending(true);
            device.expectAck(messages);
            other.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
            other.expectAck(1);
            assertThat(rig.line.journal(RecordKind.RECORD_KIND_BSM)).hasSize(messages + 1);
            join(sender);
        }
    }

    @Test
    void fastSendersShareAcknowledgements() throws IOException {
        final var session =
                new io.luyun.server.session.SessionConfig(10_000, 100, 60_000, 30_000, "SYNCED", 100_000, 2);
        try (Rig rig = new Rig(Rig.Configs.net(), session);
                TestDevice device = rig.obu("obu-1")) {
            for (int number = 1; number <= 20; number++) {
                device.send(TestDevice.frame(number, TestDevice.bsm(rig.secMark())));
                rig.awaitCounter(Counter.FRAMES_RECEIVED, number + 1);
            }
            int acks = 0;
            long upTo = 0;
            while (upTo < 20) {
                upTo = device.read().getAck().getUpTo();
                acks++;
            }
            assertThat(acks).isLessThan(10);
        }
    }

    @Test
    void theServerSaysGoodbye() throws IOException {
        try (Rig rig = new Rig();
                TestDevice device = rig.obu("obu-1")) {
            final Thread closer = Thread.ofVirtual().start(rig.server::close);
            device.expectNotice(NoticeCode.NOTICE_CODE_SHUTDOWN);
            device.expectClosed();
            join(closer);
            assertThat(rig.line.journal(RecordKind.RECORD_KIND_SESSION_CLOSED)).hasSize(1);
        }
    }

    private static Rig rig(final String mode) throws IOException {
        return new Rig(
                Rig.Configs.net(draft -> {
                    draft.mode = mode;
                    draft.loops = 2;
                    return draft;
                }),
                Rig.Configs.session());
    }

    private static void join(final Thread thread) {
        try {
            thread.join(5_000);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(thread.isAlive()).isFalse();
    }
}
