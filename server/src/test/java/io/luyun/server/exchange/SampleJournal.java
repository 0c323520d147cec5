package io.luyun.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.Acceleration4Way;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.BrakeStatus;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.ClearReason;
import io.luyun.proto.v1.DamageSealed;
import io.luyun.proto.v1.NonMotorData;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.PersonalDeviceUserType;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.proto.v1.SessionClosed;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.SourceType;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.proto.v1.VehicleSize;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A small recording with everything in it that is hard to carry: two lives of a server, devices that come again with a new boot epoch, a
 * session beside another, numbers left out, raw messages, ticks, alerts that rest on records.
 */
public final class SampleJournal implements AutoCloseable {
    /** 2026-01-01T00:00:00.123456789Z. */
    public static final long TIME_NS = 1_767_225_600_123_456_789L;

    public static final int ROUNDS = 40;
    private static final long ROUND_NS = 100_000_007L;

    private final Random random;
    private final Journal journal;
    private final Journal alerts;
    private final List<Throwable> errors = new ArrayList<>();
    private final Map<String, Long> sessions = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private long nowNs = TIME_NS;

    private SampleJournal(final Path data, final long seed) {
        random = new Random(seed);
        journal = open(data.resolve("journal"));
        alerts = open(data.resolve("alerts"));
    }

    private Journal open(final Path directory) {
        final JournalConfig config =
                new JournalConfig(directory.toString(), 2_000, 256, 1_024, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        return Journal.open(config, () -> nowNs, new Counters(), new Latencies(), errors::add);
    }

    /** Writes one into a data directory. */
    public static void write(final Path data, final long seed) {
        write(data, seed, ROUNDS);
    }

    /** Writes a longer one: so many rounds a life, seven messages or so in each. */
    public static void write(final Path data, final long seed, final int rounds) {
        try (SampleJournal sample = new SampleJournal(data, seed)) {
            sample.life(1, rounds);
            sample.life(2, rounds);
            assertThat(sample.errors).isEmpty();
        }
    }

    private void life(final int life, final int rounds) {
        control(
                RecordKind.RECORD_KIND_SERVER_STARTED_VALUE,
                "",
                ServerStarted.newBuilder().setVersion("1").setZone("测试").build());
        for (final String id : List.of("car-1", "bus-é", "rsu-1", "walker")) {
            opened(id, 1_000L * life, id.startsWith("rsu") ? Role.ROLE_RSU : Role.ROLE_OBU, false);
        }
        opened("car-1", 7_000L + life, Role.ROLE_OBU, true);
        for (int round = 0; round < rounds; round++) {
            nowNs += ROUND_NS;
            control(RecordKind.RECORD_KIND_TICK_VALUE, "");
            say(RecordKind.RECORD_KIND_BSM_VALUE, "car-1", bsm(round, 10));
            say(RecordKind.RECORD_KIND_BSM_VALUE, "bus-é", bsm(round, 54));
            say(RecordKind.RECORD_KIND_BSM_VALUE, "car-1 beside", bsm(round, 10));
            say(RecordKind.RECORD_KIND_RSM_VALUE, "rsu-1", rsm(round));
            say(RecordKind.RECORD_KIND_PSM_VALUE, "walker", psm(round));
            if (round % 10 == 3) {
                say(
                        RecordKind.RECORD_KIND_RAW_VALUE,
                        "rsu-1",
                        RawMessage.newBuilder()
                                .setTopic("t")
                                .setPayload(ByteString.copyFromUtf8("?"))
                                .build());
                alert(round);
            }
        }
        control(
                RecordKind.RECORD_KIND_DEVICE_WILL_VALUE,
                "rsu-1",
                RawMessage.newBuilder().setTopic("will").build());
        control(
                RecordKind.RECORD_KIND_DAMAGE_SEALED_VALUE,
                "",
                DamageSealed.newBuilder().setFirstSequence(3).build());
        final long session = sessions.get("walker");
        control(
                RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE,
                "walker",
                SessionClosed.newBuilder()
                        .setSessionId(session)
                        .setReason("bye")
                        .build());
    }

    private void opened(final String id, final long epoch, final Role role, final boolean beside) {
        final long session = journal.devices().newSessionId();
        sessions.put(beside ? id + " beside" : id, session);
        final SessionOpened.Builder opened = SessionOpened.newBuilder()
                .setSessionId(session)
                .setDeviceId(id)
                .setRole(role)
                .setBootEpoch(epoch);
        if (beside) {
            opened.setBeside(true);
        }
        offer(
                RecordKind.RECORD_KIND_SESSION_OPENED_VALUE,
                id,
                0,
                session,
                opened.build().toByteArray());
    }

    private void control(final int kind, final String id, final MessageLite message) {
        final long session = message instanceof SessionClosed closed ? closed.getSessionId() : 0;
        offer(kind, id, 0, session, message.toByteArray());
    }

    private void control(final int kind, final String id) {
        offer(kind, id, 0, 0, new byte[0]);
    }

    /** Now and then a number is left out. */
    private void say(final int kind, final String session, final MessageLite message) {
        final long number = numbers.merge(session, random.nextInt(5) == 0 ? 2L : 1L, Long::sum);
        offer(kind, session.replace(" beside", ""), number, sessions.get(session), message.toByteArray());
    }

    private void offer(final int kind, final String id, final long number, final long session, final byte[] payload) {
        nowNs += random.nextInt(1_000_000);
        final int device = id.isEmpty() ? -1 : journal.devices().indexOf(id);
        final long before = journal.writer().appendedSequence();
        assertThat(journal.writer()
                        .offer(kind, device, number, session, nowNs, new UnsafeBuffer(payload), 0, payload.length))
                .isTrue();
        journal.writer().doWork();
        assertThat(journal.writer().appendedSequence()).isEqualTo(before + 1);
    }

    private void alert(final int round) {
        final AlertState[] states = {
            AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_UPDATED, AlertState.ALERT_STATE_CLEARED
        };
        final long last = journal.writer().appendedSequence();
        for (final AlertState state : states) {
            final Alert.Builder alert = Alert.newBuilder()
                    .setAlertId(100 + round)
                    .setKind(AlertKind.ALERT_KIND_FCW)
                    .setState(state)
                    .setSeverity(Severity.SEVERITY_CRITICAL)
                    .setSubject(AlertParty.newBuilder().setDeviceId("car-1"))
                    .setTarget(AlertParty.newBuilder().setSeenBy("rsu-1").setPtcId(17))
                    .setPos(Position.newBuilder().setLat(296_000_000).setLon(1_063_000_000))
                    .setDistanceCm(1_230)
                    .setTimeToCollisionMs(2_100)
                    .addCauseSequences(last)
                    .addCauseSequences(last - 1)
                    .setAtNs(nowNs);
            if (state == AlertState.ALERT_STATE_CLEARED) {
                alert.setClearReason(ClearReason.CLEAR_REASON_OVER);
            }
            final byte[] payload = alert.build().toByteArray();
            alerts.writer()
                    .append(
                            RecordKind.RECORD_KIND_ALERT_VALUE,
                            -1,
                            0,
                            nowNs,
                            new UnsafeBuffer(payload),
                            0,
                            payload.length);
        }
    }

    private Position position() {
        return Position.newBuilder()
                .setLat(296_000_000 + random.nextInt(10_000))
                .setLon(1_063_000_000 + random.nextInt(10_000))
                .setElevation(2_600)
                .build();
    }

    private int secMark() {
        return (int) (nowNs / 1_000_000 % 60_000);
    }

    private Bsm bsm(final int count, final int type) {
        return Bsm.newBuilder()
                .setMsgCnt(count % 128)
                .setId(ByteString.copyFromUtf8("12345678"))
                .setSecMark(secMark())
                .setPos(position())
                .setSpeed(count * 50 % 8_000)
                .setHeading(7_200)
                .setAccel(Acceleration4Way.newBuilder().setYawRate(3))
                .setBrakes(BrakeStatus.newBuilder().setBrakePedal(1))
                .setSize(VehicleSize.newBuilder().setLength(450).setWidth(180))
                .setVehicleClass(VehicleClassification.newBuilder().setClassification(type))
                .build();
    }

    private Rsm rsm(final int count) {
        return Rsm.newBuilder()
                .setMsgCnt(count % 128)
                .setId(ByteString.copyFromUtf8("R0000001"))
                .setRefPos(position())
                .addParticipants(RsmParticipant.newBuilder()
                        .setPtcType(ParticipantType.PARTICIPANT_PEDESTRIAN)
                        .setPtcId(17)
                        .setSource(SourceType.SOURCE_VIDEO)
                        .setSecMark(secMark())
                        .setPos(position()))
                .addParticipants(RsmParticipant.newBuilder()
                        .setPtcType(ParticipantType.PARTICIPANT_MOTOR)
                        .setPtcId(18)
                        .setSource(SourceType.SOURCE_UNKNOWN)
                        .setPos(position())
                        .setSpeed(500))
                .build();
    }

    private Psm psm(final int count) {
        return Psm.newBuilder()
                .setMsgCnt(count % 128)
                .setId(ByteString.copyFromUtf8("walker01"))
                .setSecMark(secMark())
                .setPos(position())
                .setOverallRadius(5)
                .setNonMotor(
                        NonMotorData.newBuilder().setBasicType(PersonalDeviceUserType.PERSONAL_DEVICE_USER_PEDESTRIAN))
                .build();
    }

    @Override
    public void close() {
        journal.close();
        alerts.close();
    }
}
