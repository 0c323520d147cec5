package io.luyun.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertEvent;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Clpmm;
import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.DetectedParticipant;
import io.luyun.proto.v1.DriveRequest;
import io.luyun.proto.v1.DriveSuggestion;
import io.luyun.proto.v1.EquipmentType;
import io.luyun.proto.v1.IntentionAndRequest;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.PathHistory;
import io.luyun.proto.v1.PathHistoryPoint;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.SignalAdvice;
import io.luyun.proto.v1.SignalPriorityRequest;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.UtcTiming;
import io.luyun.proto.v1.VehicleCoordination;
import io.luyun.proto.v1.VehicleSafetyExtension;
import io.luyun.proto.v1.Vir;
import io.luyun.server.research.Area;
import io.luyun.server.research.ListedRecords;
import io.luyun.server.research.RoadUsers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of records, by hand. */
final class PrivateRecordsTest {
    private static final int BSM = RecordKind.RECORD_KIND_BSM_VALUE;
    private static final int RSM = RecordKind.RECORD_KIND_RSM_VALUE;
    private static final int SSM = RecordKind.RECORD_KIND_SSM_VALUE;
    private static final int ALERT = RecordKind.RECORD_KIND_ALERT_VALUE;

    /** 2026-01-01T00:00:00Z. */
    private static final long TIME_NS = 1_767_225_600_000_000_000L;

    private static final PseudonymKey KEY =
            PseudonymKey.of("0123456789abcdef0123456789ABCDEF".getBytes(StandardCharsets.UTF_8));
    private static final PseudonymKey OTHER_KEY =
            PseudonymKey.of("0123456789abcdef0123456789ABCDEG".getBytes(StandardCharsets.UTF_8));
    private static final PrivacyPolicy PSEUDONYMS = PrivacyPolicy.DEFAULT.withKey(KEY);

    /** From 29.60 to 29.61 north and 106.30 to 106.31 east. */
    private static final PrivacyPolicy REDACTED = PrivacyPolicy.DEFAULT.withRedacted(
            RedactedArea.of(Area.box(296_000_000, 1_063_000_000, 296_100_000, 1_063_100_000)));

    private static final Position INSIDE = pos(296_050_000, 1_063_050_000);
    private static final Position OUTSIDE = pos(296_150_000, 1_063_050_000);
    private static final Position BEYOND = pos(295_950_000, 1_063_050_000);
    private static final ByteString ID = ByteString.copyFromUtf8("12345678");

    private static Position pos(final int lat, final int lon) {
        return Position.newBuilder().setLat(lat).setLon(lon).build();
    }

    private static Bsm bsm(final ByteString id, final Position pos) {
        return Bsm.newBuilder()
                .setMsgCnt(1)
                .setId(id)
                .setSecMark(59_990)
                .setPos(pos)
                .build();
    }

    private static RsmParticipant seen(final int number, final Position pos) {
        return RsmParticipant.newBuilder()
                .setPtcType(ParticipantType.PARTICIPANT_MOTOR)
                .setPtcId(number)
                .setPos(pos)
                .build();
    }

    private static Rsm rsm(final RsmParticipant... seen) {
        return Rsm.newBuilder()
                .setMsgCnt(1)
                .setId(ID)
                .setRefPos(INSIDE)
                .addAllParticipants(List.of(seen))
                .build();
    }

    private static PrivateRecords of(final PrivacyPolicy policy, final ListedRecords records) {
        return PrivateRecords.of(records, policy);
    }

    private static PrivateRecords one(final PrivacyPolicy policy, final int kind, final MessageLite message) {
        final PrivateRecords records = of(policy, new ListedRecords().add(kind, "veh-1", TIME_NS + 12_345, message));
        assertThat(records.next()).isTrue();
        return records;
    }

    private static boolean told(final PrivacyPolicy policy, final int kind, final MessageLite message) {
        return of(policy, new ListedRecords().add(kind, "veh-1", TIME_NS, message))
                .next();
    }

    @Test
    void whatHasNothingToHideIsHandedOnWhereItLies() {
        final ListedRecords listed = new ListedRecords().add(BSM, "veh-1", TIME_NS, bsm(ID, OUTSIDE));
        final PrivateRecords records = of(PrivacyPolicy.DEFAULT, listed);
        assertThat(records.next()).isTrue();
        assertThat(records.buffer()).isSameAs(listed.buffer());
        assertThat(records.payloadOffset()).isEqualTo(listed.payloadOffset());
        assertThat(records.deviceId()).isEqualTo("veh-1");
        assertThat(records.bootEpoch()).isEqualTo(ListedRecords.BOOT_EPOCH);
    }

    @Test
    void pseudonymsAreTheSameForTheSameIdWhereverItStands() throws Exception {
        final ListedRecords listed = new ListedRecords()
                .add(
                        RecordKind.RECORD_KIND_SESSION_OPENED_VALUE,
                        "veh-1",
                        TIME_NS,
                        SessionOpened.newBuilder()
                                .setSessionId(7)
                                .setDeviceId("veh-1")
                                .setBootEpoch(ListedRecords.BOOT_EPOCH)
                                .setAgent("veh-1")
                                .build())
                .add(BSM, "veh-1", TIME_NS, bsm(ID, OUTSIDE))
                .add(
                        RSM,
                        "rsu-1",
                        TIME_NS,
                        rsm(seen(17, OUTSIDE).toBuilder().setId(ID).build()))
                .add(
                        ALERT,
                        "",
                        TIME_NS,
                        Alert.newBuilder()
                                .setSubject(AlertParty.newBuilder()
                                        .setParticipantId(99)
                                        .setDeviceId("veh-1")
                                        .setSeenBy("rsu-1")
                                        .setId(ID)
                                        .setPtcId(17))
                                .setPlatoonId(ByteString.copyFromUtf8("12345678901234567"))
                                .build());
        final PrivateRecords records = of(PSEUDONYMS, listed);
        assertThat(records.next()).isTrue();
        final SessionOpened session = SessionOpened.parseFrom(records.payload());
        final String vehicle = records.deviceId();
        assertThat(vehicle).matches("p[0-9a-f]{15}");
        assertThat(session.getDeviceId()).isEqualTo(vehicle);
        assertThat(session.getAgent()).matches("p[0-9a-f]{15}").isNotEqualTo(vehicle);
        assertThat(session.getSessionId()).isNotIn(7L, 0L);
        assertThat(records.next()).isTrue();
        assertThat(session.getBootEpoch()).isEqualTo(records.bootEpoch()).isNotIn(0L, ListedRecords.BOOT_EPOCH);
        final ByteString id = Bsm.parseFrom(records.payload()).getId();
        assertThat(id).isNotEqualTo(ID).hasSize(8);
        assertThat(records.next()).isTrue();
        final Rsm rsm = Rsm.parseFrom(records.payload());
        final String unit = records.deviceId();
        assertThat(rsm.getId()).isEqualTo(id);
        assertThat(rsm.getParticipants(0).getId()).isEqualTo(id);
        assertThat(rsm.getParticipants(0).getPtcId()).isNotEqualTo(17).isBetween(1, 65_535);
        assertThat(records.next()).isTrue();
        final Alert alert = Alert.parseFrom(records.payload());
        assertThat(records.deviceId()).isEmpty();
        assertThat(alert.getSubject().getDeviceId()).isEqualTo(vehicle);
        assertThat(alert.getSubject().getSeenBy()).isEqualTo(unit).isNotEqualTo(vehicle);
        assertThat(alert.getSubject().getId()).isEqualTo(id);
        assertThat(alert.getSubject().getPtcId())
                .isEqualTo(rsm.getParticipants(0).getPtcId());
        assertThat(alert.getSubject().getParticipantId()).isNotEqualTo(99).isPositive();
        assertThat(alert.getPlatoonId()).hasSize(17).isNotEqualTo(ByteString.copyFromUtf8("12345678901234567"));

        assertThat(one(PSEUDONYMS, BSM, bsm(ID, OUTSIDE)).deviceId())
                .as("with the same key")
                .isEqualTo(vehicle);
        assertThat(one(PrivacyPolicy.DEFAULT.withKey(OTHER_KEY), BSM, bsm(ID, OUTSIDE))
                        .deviceId())
                .as("with another one")
                .isNotEqualTo(vehicle);
    }

    @Test
    void anIdThatIsAPlateOrAnIdentificationNumberNeedsNoKeyToBecomeAPseudonym() throws Exception {
        final ByteString plate = ByteString.copyFrom("渝A12345", Charset.forName("GBK"));
        for (final String id : List.of("渝A12345", "bus 渝AD12345", "LSVAU033172000001")) {
            final ListedRecords listed = new ListedRecords().add(BSM, id, TIME_NS, bsm(plate, OUTSIDE));
            final PrivateRecords records = of(PrivacyPolicy.DEFAULT, listed);
            assertThat(records.next()).isTrue();
            assertThat(records.deviceId()).matches("p[0-9a-f]{15}");
            assertThat(Bsm.parseFrom(records.payload()).getId())
                    .isNotEqualTo(plate)
                    .hasSize(8);
        }
        final PrivateRecords asked = of(
                PrivacyPolicy.DEFAULT.with(OptIn.PLATE),
                new ListedRecords().add(BSM, "渝A12345", TIME_NS, bsm(plate, OUTSIDE)));
        assertThat(asked.next()).isTrue();
        assertThat(asked.deviceId()).isEqualTo("渝A12345");
        assertThat(Bsm.parseFrom(asked.payload()).getId()).isEqualTo(plate);
    }

    @Test
    void textsAreToldWhenAskedForButNotThePlatesInThem() throws Exception {
        final Rsi rsi = Rsi.newBuilder()
                .setMsgCnt(1)
                .setId(ID)
                .setRefPos(OUTSIDE)
                .addEvents(RoadEvent.newBuilder()
                        .setEventId(1)
                        .setEventType(707)
                        .setDescription("渝A12345 stands, LSVAU033172000001, km 12345678901234567"))
                .build();
        final int kind = RecordKind.RECORD_KIND_RSI_VALUE;
        assertThat(Rsi.parseFrom(one(PrivacyPolicy.DEFAULT, kind, rsi).payload())
                        .getEvents(0)
                        .hasDescription())
                .isFalse();
        final PrivacyPolicy texts = PrivacyPolicy.DEFAULT.with(OptIn.TEXT);
        assertThat(Rsi.parseFrom(one(texts, kind, rsi).payload()).getEvents(0).getDescription())
                .isEqualTo("******* stands, *****************, km 12345678901234567");
        assertThat(Rsi.parseFrom(
                        one(texts.with(OptIn.PLATE).with(OptIn.VIN), kind, rsi).payload()))
                .isEqualTo(rsi);
    }

    @Test
    void coarseTimesKeepTheirOrderAndTheirMinute() throws Exception {
        for (final int step : List.of(100, 1_000, 20_000, 30_000, 60_000, 600_000)) {
            final PrivacyPolicy policy = PrivacyPolicy.DEFAULT.withCoarsening(new Coarsening(10, step));
            final ListedRecords listed = new ListedRecords();
            for (int i = 0; i < 300; i++) {
                final Bsm bsm = bsm(ID, OUTSIDE).toBuilder()
                        .setSecMark((i * 700 + 59_000) % 60_000)
                        .build();
                listed.add(BSM, "veh-1", TIME_NS + i * 700_000_000L + 30_000_000L, bsm);
            }
            final PrivateRecords records = of(policy, listed);
            long before = 0;
            while (records.next()) {
                assertThat(records.receivedAtNs()).isGreaterThanOrEqualTo(before);
                assertThat(records.receivedAtNs() % (step * 1_000_000L)).isZero();
                before = records.receivedAtNs();
                final long at = RoadUsers.atNs(
                        records.receivedAtNs(), Bsm.parseFrom(records.payload()).getSecMark());
                assertThat(Math.abs(at - records.receivedAtNs()))
                        .as("step %d ms", step)
                        .isLessThanOrEqualTo(Math.max(step, 2_000) * 1_000_000L);
            }
        }
    }

    @Test
    void timesOfSignalsAndAlertsAreAsCoarse() throws Exception {
        final PrivacyPolicy policy = PrivacyPolicy.DEFAULT.withCoarsening(new Coarsening(10, 600_000));
        final Spat spat = Spat.parseFrom(one(
                        policy,
                        RecordKind.RECORD_KIND_SPAT_VALUE,
                        Spat.newBuilder()
                                .setMsgCnt(1)
                                .setMoy(479_693)
                                .setTimeStamp(43_690)
                                .build())
                .payload());
        assertThat(spat.getMoy()).isEqualTo(479_690);
        assertThat(spat.getTimeStamp()).isZero();
        final Alert alert = Alert.parseFrom(one(
                        policy,
                        ALERT,
                        Alert.newBuilder()
                                .setAtNs(TIME_NS + 601_000_000_001L)
                                .setRaisedAtNs(TIME_NS + 599_000_000_001L)
                                .build())
                .payload());
        assertThat(alert.getAtNs()).isEqualTo(TIME_NS + 600_000_000_000L);
        assertThat(alert.getRaisedAtNs()).isEqualTo(TIME_NS);
    }

    @Test
    void marksOfSignalsWithinTheHourAreAsCoarseAndCountdownsAreNot() throws Exception {
        final UtcTiming utc = UtcTiming.newBuilder()
                .setStartTime(12_345)
                .setMinEndTime(12_399)
                .setMaxEndTime(12_400)
                .setLikelyEndTime(36_000)
                .setTimeConfidence(137)
                .setNextStartTime(35_999)
                .setNextEndTime(1)
                .build();
        final CountdownTiming countdown =
                CountdownTiming.newBuilder().setStartTime(12_345).build();
        assertThat(timing(20_000, utc, countdown))
                .isEqualTo(UtcTiming.newBuilder()
                        .setStartTime(12_200)
                        .setMinEndTime(12_200)
                        .setMaxEndTime(12_400)
                        .setLikelyEndTime(36_000)
                        .setTimeConfidence(137)
                        .setNextStartTime(35_800)
                        .setNextEndTime(0)
                        .build());
        assertThat(timing(250, utc, countdown).getMinEndTime()).isEqualTo(12_397);
        assertThat(timing(0, utc, countdown)).isEqualTo(utc);
    }

    private static UtcTiming timing(final int stepMillis, final UtcTiming utc, final CountdownTiming countdown)
            throws Exception {
        final Spat spat = Spat.newBuilder()
                .setMsgCnt(1)
                .addIntersections(IntersectionState.newBuilder()
                        .setIntersection(NodeReference.newBuilder().setId(7))
                        .addPhases(Phase.newBuilder()
                                .setId(1)
                                .addStates(PhaseState.newBuilder()
                                        .setLight(LightState.LIGHT_PROTECTED_GREEN)
                                        .setUtc(utc))
                                .addStates(PhaseState.newBuilder()
                                        .setLight(LightState.LIGHT_YELLOW)
                                        .setCounting(countdown))))
                .build();
        final PrivacyPolicy policy = PrivacyPolicy.DEFAULT.withCoarsening(new Coarsening(10, stepMillis));
        final Phase phase = Spat.parseFrom(
                        one(policy, RecordKind.RECORD_KIND_SPAT_VALUE, spat).payload())
                .getIntersections(0)
                .getPhases(0);
        assertThat(phase.getStates(1).getCounting()).isEqualTo(countdown);
        return phase.getStates(0).getUtc();
    }

    @Test
    void aJamThatTheServerSawIsWhereItsRoadUsersAreAndAnEventOfAUnitIsOfTheRoad() throws Exception {
        final Alert jam = Alert.newBuilder()
                .setPos(OUTSIDE)
                .setEvent(AlertEvent.newBuilder().setCode(707).setPos(INSIDE))
                .build();
        final Alert reported = jam.toBuilder()
                .setEvent(AlertEvent.newBuilder().setDeviceId("rsu-1").setId(7).setPos(INSIDE))
                .build();
        final PrivacyPolicy coarse = PrivacyPolicy.DEFAULT.withCoarsening(new Coarsening(100, 0));
        assertThat(Alert.parseFrom(one(coarse, ALERT, jam).payload()).getEvent().getPos())
                .isNotEqualTo(INSIDE)
                .isNotEqualTo(Position.getDefaultInstance());
        assertThat(Alert.parseFrom(one(coarse, ALERT, reported).payload()).getEvent())
                .isEqualTo(reported.getEvent());
        assertThat(told(REDACTED, ALERT, jam)).isFalse();
        assertThat(Alert.parseFrom(one(REDACTED, ALERT, reported).payload())).isEqualTo(reported);
    }

    @Test
    void whatMeasuresTheWayToAnExactPlaceIsNotToldOfACoarseOne() throws Exception {
        final Alert alert = Alert.newBuilder()
                .setDistanceCm(1_234)
                .setTimeToCollisionMs(567)
                .setSpeed(89)
                .setMeasured(1_011)
                .setThreshold(1_200)
                .setSignal(SignalAdvice.newBuilder()
                        .setLightEndsInMs(1_213)
                        .setMinSpeed(141)
                        .setMaxSpeed(516))
                .build();
        final Vir vir = Vir.newBuilder()
                .setMsgCnt(1)
                .setId(ID)
                .setRefPos(OUTSIDE)
                .setIntAndReq(IntentionAndRequest.newBuilder()
                        .addReqs(DriveRequest.newBuilder()
                                .setReqId(1)
                                .setSignalPriority(SignalPriorityRequest.newBuilder()
                                        .setIntersection(
                                                NodeReference.newBuilder().setId(7))
                                        .setEstimatedArrivalTime(1_718)
                                        .setDistanceToIntersection(1_920))))
                .build();
        final int kind = RecordKind.RECORD_KIND_VIR_VALUE;
        assertThat(Alert.parseFrom(one(PrivacyPolicy.DEFAULT, ALERT, alert).payload()))
                .isEqualTo(alert);
        assertThat(Vir.parseFrom(one(PrivacyPolicy.DEFAULT, kind, vir).payload()))
                .isEqualTo(vir);
        final PrivacyPolicy coarse = PrivacyPolicy.DEFAULT.withCoarsening(new Coarsening(100, 0));
        assertThat(Alert.parseFrom(one(coarse, ALERT, alert).payload()))
                .isEqualTo(Alert.newBuilder()
                        .setSpeed(89)
                        .setThreshold(1_200)
                        .setSignal(SignalAdvice.newBuilder().setLightEndsInMs(1_213))
                        .build());
        assertThat(Vir.parseFrom(one(coarse, kind, vir).payload())
                        .getIntAndReq()
                        .getReqs(0)
                        .getSignalPriority())
                .isEqualTo(SignalPriorityRequest.newBuilder()
                        .setIntersection(NodeReference.newBuilder().setId(7))
                        .build());
    }

    @Test
    void placesOfRoadUsersAreCoarseAndThoseOfTheRoadAreNot() throws Exception {
        final PrivacyPolicy policy = PrivacyPolicy.DEFAULT.withCoarsening(new Coarsening(100, 0));
        final Rsm rsm = Rsm.parseFrom(one(policy, RSM, rsm(seen(1, OUTSIDE))).payload());
        assertThat(rsm.getRefPos()).isEqualTo(INSIDE);
        assertThat(rsm.getParticipants(0).getPos()).isNotEqualTo(OUTSIDE);
        final MapData map = MapData.newBuilder()
                .setMsgCnt(1)
                .addNodes(MapNode.newBuilder().setRefPos(OUTSIDE))
                .build();
        assertThat(MapData.parseFrom(
                        one(policy, RecordKind.RECORD_KIND_MAP_VALUE, map).payload()))
                .isEqualTo(map);
        final Ssm ofUnit = ssm(EquipmentType.EQUIPMENT_RSU, seen(1, OUTSIDE));
        assertThat(Ssm.parseFrom(one(policy, SSM, ofUnit).payload()).getSensorPos())
                .isEqualTo(INSIDE);
        final Ssm ofVehicle = ssm(EquipmentType.EQUIPMENT_OBU, seen(1, OUTSIDE));
        assertThat(Ssm.parseFrom(one(policy, SSM, ofVehicle).payload()).getSensorPos())
                .isNotEqualTo(INSIDE);
    }

    private static Ssm ssm(final EquipmentType type, final RsmParticipant... seen) {
        final Ssm.Builder ssm =
                Ssm.newBuilder().setMsgCnt(1).setId(ID).setEquipmentType(type).setSensorPos(INSIDE);
        for (final RsmParticipant one : seen) {
            ssm.addParticipants(DetectedParticipant.newBuilder().setPtc(one));
        }
        return ssm.build();
    }

    @Test
    void nothingIsToldOfRoadUsersInWhatIsRedacted() throws Exception {
        assertThat(told(REDACTED, BSM, bsm(ID, INSIDE))).isFalse();
        assertThat(told(REDACTED, BSM, bsm(ID, OUTSIDE))).isTrue();
        assertThat(told(REDACTED, RSM, rsm(seen(1, INSIDE), seen(2, INSIDE)))).isFalse();
        assertThat(Rsm.parseFrom(one(REDACTED, RSM, rsm(seen(1, INSIDE), seen(2, OUTSIDE), seen(3, INSIDE)))
                        .payload()))
                .isEqualTo(rsm(seen(2, OUTSIDE)));
        assertThat(told(REDACTED, SSM, ssm(EquipmentType.EQUIPMENT_RSU, seen(1, INSIDE))))
                .as("a unit that sees nobody else")
                .isFalse();
        assertThat(told(REDACTED, SSM, ssm(EquipmentType.EQUIPMENT_RSU, seen(1, OUTSIDE))))
                .as("a unit may be there")
                .isTrue();
        assertThat(told(REDACTED, SSM, ssm(EquipmentType.EQUIPMENT_OBU, seen(1, OUTSIDE))))
                .as("a vehicle may not")
                .isFalse();
        final Alert.Builder alert = Alert.newBuilder().setPos(OUTSIDE);
        assertThat(told(REDACTED, ALERT, alert.build())).isTrue();
        assertThat(told(
                        REDACTED,
                        ALERT,
                        alert.setTarget(AlertParty.newBuilder().setPos(INSIDE)).build()))
                .isFalse();
        assertThat(told(REDACTED, ALERT, Alert.newBuilder().setPos(INSIDE).build()))
                .isFalse();
    }

    @Test
    void aPathIsCutWhereItComesToWhatIsRedacted() throws Exception {
        final Position near = pos(296_140_000, 1_063_050_000);
        final Position before = pos(296_110_000, 1_063_050_000);
        assertThat(history(near, before, INSIDE, BEYOND)).containsExactly(near, before);
        assertThat(history(near, INSIDE, near)).containsExactly(near);
        assertThat(history(near, BEYOND, near))
                .as("the way leads through, no point is in it")
                .containsExactly(near);
        assertThat(history(BEYOND)).isEmpty();
        assertThat(history(INSIDE)).isEmpty();
    }

    private static List<Position> history(final Position... points) throws Exception {
        final PathHistory.Builder path = PathHistory.newBuilder();
        for (final Position point : points) {
            path.addPoints(PathHistoryPoint.newBuilder().setPos(point));
        }
        final Bsm bsm = bsm(ID, OUTSIDE).toBuilder()
                .setSafetyExt(VehicleSafetyExtension.newBuilder().setEvents(1).setPathHistory(path))
                .build();
        final Bsm left = Bsm.parseFrom(one(REDACTED, BSM, bsm).payload());
        assertThat(left.getSafetyExt().getEvents()).isEqualTo(1);
        assertThat(left.getSafetyExt().hasPathHistory())
                .as("a path history has at least one point")
                .isEqualTo(left.getSafetyExt().getPathHistory().getPointsCount() > 0);
        final List<Position> told = new ArrayList<>();
        left.getSafetyExt().getPathHistory().getPointsList().forEach(point -> told.add(point.getPos()));
        return told;
    }

    @Test
    void messagesWithoutAPlaceAreToldByWhereTheirVehicleWasLast() {
        final ByteString other = ByteString.copyFromUtf8("87654321");
        final Clpmm platoon = Clpmm.newBuilder().setMsgCnt(1).setId(ID).build();
        final Rsc advice = Rsc.newBuilder()
                .setMsgCnt(1)
                .setId(other)
                .setRefPos(INSIDE)
                .addCoordinates(VehicleCoordination.newBuilder().setVehId(ID))
                .addCoordinates(VehicleCoordination.newBuilder().setVehId(other))
                .build();
        final ListedRecords listed = new ListedRecords()
                .add(BSM, "veh-1", TIME_NS, bsm(ID, INSIDE))
                .add(BSM, "veh-2", TIME_NS, bsm(other, OUTSIDE))
                .add(RecordKind.RECORD_KIND_CLPMM_VALUE, "veh-1", TIME_NS, platoon)
                .add(RecordKind.RECORD_KIND_RSC_VALUE, "rsu-1", TIME_NS, advice)
                .add(BSM, "veh-1", TIME_NS, bsm(ID, OUTSIDE))
                .add(RecordKind.RECORD_KIND_CLPMM_VALUE, "veh-1", TIME_NS, platoon);
        final PrivateRecords records = of(REDACTED, listed);
        final List<Long> sequences = new ArrayList<>();
        int coordinates = 0;
        while (records.next()) {
            sequences.add(records.sequence());
            coordinates += records.kind() == RecordKind.RECORD_KIND_RSC_VALUE ? coordinates(records) : 0;
        }
        assertThat(sequences).containsExactly(2L, 4L, 5L, 6L);
        assertThat(coordinates).isEqualTo(1);
        assertThat(records.leftOut()).isEqualTo(2);
    }

    @Test
    void whereAVehicleIsOfWhichNothingWasHeardIsNotKnown() throws Exception {
        final Clpmm platoon = Clpmm.newBuilder().setMsgCnt(1).setId(ID).build();
        assertThat(told(REDACTED, RecordKind.RECORD_KIND_CLPMM_VALUE, platoon)).isFalse();
        final Rsc.Builder advice = Rsc.newBuilder().setMsgCnt(1).setId(ID).setRefPos(OUTSIDE);
        final VehicleCoordination unheard =
                VehicleCoordination.newBuilder().setVehId(ID).build();
        assertThat(Rsc.parseFrom(one(
                                REDACTED,
                                RecordKind.RECORD_KIND_RSC_VALUE,
                                advice.addCoordinates(unheard).build())
                        .payload()))
                .isEqualTo(advice.clearCoordinates().build());
        assertThat(told(PrivacyPolicy.DEFAULT, RecordKind.RECORD_KIND_CLPMM_VALUE, platoon))
                .isTrue();
    }

    @Test
    void thePathOfAnAdviceIsOfItsVehicle() throws Exception {
        final Rsc.Builder advice = Rsc.newBuilder().setMsgCnt(1).setId(ID).setRefPos(INSIDE);
        final VehicleCoordination coordination = VehicleCoordination.newBuilder()
                .setVehId(ID)
                .setDriveSuggestion(DriveSuggestion.newBuilder()
                        .setSuggestion(1)
                        .setRelatedPath(ReferencePath.newBuilder()
                                .addActivePath(OUTSIDE)
                                .addActivePath(BEYOND)
                                .setPathRadius(5)))
                .build();
        final ListedRecords listed = new ListedRecords()
                .add(BSM, "veh-1", TIME_NS, bsm(ID, OUTSIDE))
                .add(
                        RecordKind.RECORD_KIND_RSC_VALUE,
                        "rsu-1",
                        TIME_NS,
                        advice.addCoordinates(coordination).build());
        final PrivateRecords records = of(PrivacyPolicy.DEFAULT.withCoarsening(new Coarsening(100, 0)), listed);
        assertThat(records.next()).isTrue();
        assertThat(records.next()).isTrue();
        final Rsc told = Rsc.parseFrom(records.payload());
        assertThat(told.getRefPos()).isEqualTo(INSIDE);
        assertThat(told.getCoordinates(0).getDriveSuggestion().getRelatedPath().getActivePathList())
                .hasSize(2)
                .doesNotContain(OUTSIDE, BEYOND);
    }

    private static int coordinates(final PrivateRecords records) {
        try {
            return Rsc.parseFrom(records.payload()).getCoordinatesCount();
        } catch (final InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
