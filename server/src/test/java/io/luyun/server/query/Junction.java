package io.luyun.server.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.Acceleration4Way;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.ClearReason;
import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapLane;
import io.luyun.proto.v1.MapLink;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.Movement;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.SessionClosed;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.SpeedLimit;
import io.luyun.proto.v1.SpeedLimitType;
import io.luyun.proto.v1.VehicleSize;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Half a minute at node 1, where one link of 300 m leads to from the south, as a server's data directory. Its signal is red for 20 s,
 * then green.
 *
 * <pre>
 *   runner     15 m/s, passes the line at 10 s, on red
 *   queuer     10 m/s, stands before the line from 10 to 22 s; its count leaves out three, its clock is 2 s behind
 *   braker     20 m/s, brakes with 6 m/s² at 4 s behind a slow one and then creeps
 *   slow       1.8 m/s, passes the line at 22 s
 *   a unit     sees the queuer, and somebody on foot who waits for 12 s and then walks
 *   an alert   warns the braker, raised at 4 s, cleared at 8 s
 * </pre>
 */
final class Junction {
    /** 2026-01-01T00:00:00Z. */
    static final long START_NS = 1_767_225_600_000_000_000L;

    private static final long MILLI = 1_000_000L;
    private static final int LAT = 300_000_000;
    private static final int LON = 1_060_000_000;
    private static final double E7_A_METRE_NORTH = 1e7 / 111_195;
    private static final double E7_A_METRE_EAST = E7_A_METRE_NORTH / Math.cos(Math.toRadians(30));
    private static final double LINK_METRES = 300;
    private static final List<String> DEVICES = List.of("runner", "queuer", "braker", "slow", "rsu-1");
    private static final int UNIT = 4;

    private final long[] numbers = new long[DEVICES.size()];
    private final int[] counts = new int[DEVICES.size()];
    private final List<Throwable> errors = new ArrayList<>();
    private double brakerMetres = -146;

    private Junction() {}

    /** Writes it. */
    static void write(final Path data) {
        new Junction().all(data);
    }

    private void all(final Path data) {
        try (Journal journal = open(data.resolve("journal"))) {
            for (int device = 0; device < DEVICES.size(); device++) {
                final int index = journal.devices().indexOf(DEVICES.get(device));
                put(
                        journal,
                        RecordKind.RECORD_KIND_SESSION_OPENED_VALUE,
                        index,
                        0,
                        START_NS,
                        SessionOpened.newBuilder()
                                .setSessionId(device)
                                .setDeviceId(DEVICES.get(device))
                                .build());
            }
            for (int tenth = 0; tenth <= 300; tenth++) {
                second(journal, tenth);
            }
            put(
                    journal,
                    RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE,
                    0,
                    0,
                    START_NS + 30_000 * MILLI,
                    SessionClosed.newBuilder().setSessionId(0).setReason("bye").build());
        }
        try (Journal journal = open(data.resolve("alerts"))) {
            alert(journal, AlertState.ALERT_STATE_RAISED, 4_000);
            alert(journal, AlertState.ALERT_STATE_CLEARED, 8_000);
        }
        if (!errors.isEmpty()) {
            throw new IllegalStateException(errors.getFirst());
        }
    }

    private Journal open(final Path directory) {
        return Journal.open(
                new JournalConfig(directory.toString(), 2_000, 256, 64, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0),
                () -> START_NS,
                new Counters(),
                new Latencies(),
                errors::add);
    }

    private void second(final Journal journal, final int tenth) {
        final double at = tenth / 10.0;
        vehicle(journal, 0, tenth, 5, -150 + 15 * at, 15, 0);
        final double queued = at < 10 ? -105 + 10 * at : at < 22 ? -5 : -5 + 8 * (at - 22);
        vehicle(journal, 1, tenth, 1.5, queued, at < 10 ? 10 : at < 22 ? 0 : 8, 0);
        final double brakerSpeed = at < 4 ? 20 : Math.max(1, 20 - 6 * (at - 4));
        vehicle(journal, 2, tenth, -2, brakerMetres, brakerSpeed, at >= 4 && brakerSpeed > 1 ? -6 : 0);
        brakerMetres += brakerSpeed / 10;
        vehicle(journal, 3, tenth, -2, -40 + 1.8 * at, 1.8, 0);
        if (tenth % 5 == 0) {
            unit(journal, tenth, queued);
        }
    }

    private void vehicle(
            final Journal journal,
            final int device,
            final int tenth,
            final double east,
            final double north,
            final double speed,
            final double accel) {
        final boolean queuer = device == 1;
        counts[device] += queuer && tenth == 100 ? 4 : 1;
        final int behind = queuer ? 2_000 : 0;
        final Bsm bsm = Bsm.newBuilder()
                .setMsgCnt(counts[device] % 128)
                .setId(ByteString.copyFromUtf8("vehicle" + device))
                .setSecMark(Math.floorMod(tenth * 100 - behind, 60_000))
                .setPos(place(east, north))
                .setSpeed((int) Math.round(speed / 0.02))
                .setHeading(0)
                .setAccel(Acceleration4Way.newBuilder()
                        .setLongitudinal((int) Math.round(accel * 100))
                        .setLateral(0)
                        .setVertical(0)
                        .setYawRate(0))
                .setSize(VehicleSize.newBuilder().setWidth(180).setLength(450))
                .build();
        message(journal, RecordKind.RECORD_KIND_BSM_VALUE, device, tenth, 30, bsm);
    }

    private static Position place(final double east, final double north) {
        return Position.newBuilder()
                .setLat(LAT + (int) Math.round(north * E7_A_METRE_NORTH))
                .setLon(LON + (int) Math.round(east * E7_A_METRE_EAST))
                .build();
    }

    private void unit(final Journal journal, final int tenth, final double queued) {
        final double at = tenth / 10.0;
        final RsmParticipant.Builder seen = RsmParticipant.newBuilder().setSecMark(tenth * 100);
        final Rsm rsm = Rsm.newBuilder()
                .setMsgCnt(tenth / 5 % 128)
                .setId(ByteString.copyFromUtf8("roadside"))
                .setRefPos(place(8, 8))
                .addParticipants(seen.clone()
                        .setPtcType(ParticipantType.PARTICIPANT_MOTOR)
                        .setPtcId(7)
                        // the queuer's clock is 2 s behind: what is seen now it says later
                        .setPos(place(2, queued))
                        .setSpeed(0)
                        .setHeading(0))
                .addParticipants(seen.clone()
                        .setPtcType(ParticipantType.PARTICIPANT_PEDESTRIAN)
                        .setPtcId(8)
                        .setPos(place(at < 12 ? 9 : 9 - 1.2 * (at - 12), 2))
                        .setSpeed(at < 12 ? 0 : 60)
                        .setHeading(21_600))
                .build();
        message(journal, RecordKind.RECORD_KIND_RSM_VALUE, UNIT, tenth, 80, rsm);
        final boolean red = at < 20;
        final Spat spat = Spat.newBuilder()
                .setMsgCnt(tenth / 5 % 128)
                .setTimeStamp(tenth * 100)
                .addIntersections(IntersectionState.newBuilder()
                        .setIntersection(node(1))
                        .setStatus(32)
                        .addPhases(Phase.newBuilder()
                                .setId(3)
                                .addStates(PhaseState.newBuilder()
                                        .setLight(red ? LightState.LIGHT_RED : LightState.LIGHT_PROTECTED_GREEN)
                                        .setCounting(CountdownTiming.newBuilder()
                                                .setStartTime(0)
                                                .setLikelyEndTime(red ? 200 - tenth : 400 - tenth)))))
                .build();
        message(journal, RecordKind.RECORD_KIND_SPAT_VALUE, UNIT, tenth, 20, spat);
        if (tenth % 100 == 0) {
            message(journal, RecordKind.RECORD_KIND_MAP_VALUE, UNIT, tenth, 20, map(tenth / 100));
        }
    }

    private static NodeReference node(final int id) {
        return NodeReference.newBuilder().setRegion(1).setId(id).build();
    }

    private static MapData map(final int count) {
        return MapData.newBuilder()
                .setMsgCnt(count)
                .addNodes(MapNode.newBuilder()
                        .setName("Junction")
                        .setId(node(1))
                        .setRefPos(place(0, 0))
                        .addInLinks(MapLink.newBuilder()
                                .setName("South")
                                .setUpstreamNode(node(2))
                                .setLinkWidth(700)
                                .addSpeedLimits(SpeedLimit.newBuilder()
                                        .setType(SpeedLimitType.SPEED_LIMIT_VEHICLE_MAX)
                                        .setSpeed(600))
                                .addPoints(place(0, -LINK_METRES))
                                .addPoints(place(0, -LINK_METRES / 2))
                                .addPoints(place(0, 0))
                                .addMovements(Movement.newBuilder()
                                        .setRemoteIntersection(node(3))
                                        .setPhaseId(3))
                                .addLanes(MapLane.newBuilder().setLaneId(1))))
                .build();
    }

    private void message(
            final Journal journal,
            final int kind,
            final int device,
            final int tenth,
            final int wayMillis,
            final MessageLite message) {
        put(journal, kind, device, ++numbers[device], START_NS + (tenth * 100L + wayMillis) * MILLI, message);
    }

    private static void alert(final Journal journal, final AlertState state, final int millis) {
        final long atNs = START_NS + millis * MILLI;
        final Alert.Builder alert = Alert.newBuilder()
                .setAlertId(5)
                .setKind(AlertKind.ALERT_KIND_FCW)
                .setState(state)
                .setSeverity(Severity.SEVERITY_WARNING)
                .setSubject(AlertParty.newBuilder().setDeviceId("braker"))
                .setTarget(AlertParty.newBuilder().setDeviceId("slow"))
                .setPos(place(-2, -120))
                .setTimeToCollisionMs(1_200)
                .addCauseSequences(DEVICES.size() + 1)
                .setRaisedAtNs(START_NS + 4_000 * MILLI)
                .setAtNs(atNs);
        if (state == AlertState.ALERT_STATE_CLEARED) {
            alert.setClearReason(ClearReason.CLEAR_REASON_OVER);
        }
        put(journal, RecordKind.RECORD_KIND_ALERT_VALUE, -1, 0, atNs + MILLI, alert.build());
    }

    private static void put(
            final Journal journal,
            final int kind,
            final int device,
            final long number,
            final long atNs,
            final MessageLite message) {
        final byte[] payload = message.toByteArray();
        journal.writer().append(kind, device, number, atNs, new UnsafeBuffer(payload), 0, payload.length);
    }
}
