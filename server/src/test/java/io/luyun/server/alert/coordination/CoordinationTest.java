package io.luyun.server.alert.coordination;

import static io.luyun.server.alert.AlertScene.EAST;
import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.TARGET;
import static io.luyun.server.alert.AlertScene.UNIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.DriveRequest;
import io.luyun.proto.v1.DriveSuggestion;
import io.luyun.proto.v1.IntentionAndRequest;
import io.luyun.proto.v1.LaneChangeRequest;
import io.luyun.proto.v1.LaneCoordination;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.ReferenceLink;
import io.luyun.proto.v1.RequestStatus;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.VehicleCoordination;
import io.luyun.proto.v1.Vir;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.alert.NoisyRoad;
import io.luyun.server.world.Scene;
import io.luyun.server.world.ZoneDraft;
import io.luyun.server.world.ZoneMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CLC, CVM, CIP and DLM, with noise, on the road of {@link Scene} and at a slip road. */
final class CoordinationTest {
    private static final int SLOW_DOWN = 1 << 11;
    private static final int STOP = 1 << 10;
    private static final int RESTRICTED = 1 << 6;
    private static final double MPS = 15;
    private static final double LANE_1 = 3.5;
    private static final double LANE_3 = -3.5;

    private AlertScene s = new AlertScene();
    private NoisyRoad road = new NoisyRoad(s, 7, false);

    private static VehicleCoordination.Builder word(final int vehicle, final int info, final int suggestion) {
        return VehicleCoordination.newBuilder()
                .setVehId(Scene.id(vehicle))
                .setInfo(info)
                .setDriveSuggestion(
                        DriveSuggestion.newBuilder().setSuggestion(suggestion).setLifeTime(200));
    }

    private void tell(final Rsc.Builder rsc) {
        s.scene.world.onRsc(
                ++s.scene.sequence,
                s.scene.nowNs,
                UNIT,
                rsc.setMsgCnt(0)
                        .setId(Scene.id(UNIT))
                        .setSecMark(s.scene.secMark())
                        .build());
    }

    private void drive(final int steps, final double x, final double y) {
        for (int i = 0; i < steps; i++) {
            road.report(SUBJECT, x + MPS * i * 0.1, y, EAST, MPS);
            road.report(TARGET, x - 40 + MPS * i * 0.1, LANE_3, EAST, MPS);
            road.step();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, CLC", "4, CLC", "2, CVM", "8, CIP"})
    void aWordToAVehicleReachesItAndNobodyElse(final int info, final String name) {
        final AlertKind kind = AlertKind.valueOf("ALERT_KIND_" + name);
        drive(5, 200, 0);
        tell(Rsc.newBuilder().addCoordinates(word(SUBJECT, info, SLOW_DOWN)));
        drive(5, 207.5, 0);
        tell(Rsc.newBuilder().addCoordinates(word(SUBJECT, info, SLOW_DOWN)));
        drive(10, 215, 0);

        assertThat(s.alerts.stream().map(Alert::getKind).distinct()).containsExactly(kind);
        assertThat(s.states(kind)).as("the same word again is no news").containsExactly(AlertState.ALERT_STATE_RAISED);
        final Alert raised = s.last(kind);
        assertThat(raised.getSubject().getDeviceId()).isEqualTo("subject");
        assertThat(raised.getSeverity()).isEqualTo(Severity.SEVERITY_CAUTION);
        assertThat(raised.getCoordination().getDeviceId()).isEqualTo("unit");
        assertThat(raised.getCoordination().getSuggestion()).isEqualTo(SLOW_DOWN);
        assertThat(raised.getCoordination().getInfo()).isEqualTo(info);
        assertThat(raised.getCoordination().getEndsInMs()).isCloseTo(2_000, within(100));
        assertThat(raised.getCauseSequencesCount()).as("the BSM and the RSC").isEqualTo(2);

        tell(Rsc.newBuilder().addCoordinates(word(SUBJECT, info, STOP)));
        drive(3, 230, 0);
        assertThat(s.last(kind).getState()).isEqualTo(AlertState.ALERT_STATE_UPDATED);
        assertThat(s.last(kind).getSeverity()).isEqualTo(Severity.SEVERITY_WARNING);
        assertThat(s.last(kind).getCoordination().getSuggestion()).isEqualTo(STOP);

        drive(30, 234.5, 0);
        assertThat(s.last(kind).getState()).as("its time is over").isEqualTo(AlertState.ALERT_STATE_CLEARED);
        assertThat(s.engine.open()).isZero();
    }

    @Test
    void aWordForAnotherPurposeOrTooOldIsNone() {
        tell(Rsc.newBuilder().addCoordinates(word(SUBJECT, 0, SLOW_DOWN)));
        drive(5, 200, 0);
        tell(Rsc.newBuilder()
                .addCoordinates(word(SUBJECT, 1, SLOW_DOWN)
                        .setDriveSuggestion(DriveSuggestion.newBuilder()
                                .setSuggestion(SLOW_DOWN)
                                .setRelatedLink(link(20, 10, 0)))));
        drive(5, 207.5, 0);
        tell(Rsc.newBuilder().addCoordinates(word(SUBJECT, 2, SLOW_DOWN)));
        s.scene.pass(2_100);
        drive(1, 250, 0);
        assertThat(s.alerts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cooperativeLaneChange", "cooperativeMerge", "cooperativePassing", "laneManagement"})
    void eachIsSwitchedOffAlone(final String rule) {
        s = new AlertScene(Scene.road(), AlertScene.config(rule, "enabled", false));
        road = new NoisyRoad(s, 7, false);
        for (int i = 0; i < 4; i++) {
            tell(Rsc.newBuilder()
                    .addCoordinates(word(SUBJECT, 1 | 2 | 8, SLOW_DOWN))
                    .addLaneCoordinates(lane(1 << 2, RESTRICTED)));
            drive(5, 600 + 7.5 * i, 0);
        }
        assertThat(s.alerts.stream().map(Alert::getKind).distinct()).hasSize(3);
    }

    private static ReferenceLink.Builder link(final int from, final int to, final int lanes) {
        final ReferenceLink.Builder link = ReferenceLink.newBuilder()
                .setUpstreamNode(NodeReference.newBuilder().setRegion(1).setId(from))
                .setDownstreamNode(NodeReference.newBuilder().setRegion(1).setId(to));
        return lanes == 0 ? link : link.setLanes(lanes);
    }

    private static LaneCoordination.Builder lane(final int lanes, final int info) {
        return LaneCoordination.newBuilder().setTargetLane(link(10, 20, lanes)).setInfo(info);
    }

    @Test
    void aRestrictedLaneConcernsThoseOnIt() {
        for (int i = 0; i < 6; i++) {
            tell(Rsc.newBuilder().addLaneCoordinates(lane(1 << 2, RESTRICTED).setDescription("buses only")));
            drive(10, 200 + 15 * i, 0);
        }
        final List<Alert> steps = s.of(AlertKind.ALERT_KIND_DLM);
        assertThat(steps).as("the other one is on lane 3").hasSize(1);
        assertThat(steps.getFirst().getSubject().getDeviceId()).isEqualTo("subject");
        assertThat(steps.getFirst().getSeverity()).isEqualTo(Severity.SEVERITY_CAUTION);
        assertThat(steps.getFirst().getCoordination().getDescription()).isEqualTo("buses only");
        assertThat(steps.getFirst().getCoordination().getLink().getLanes()).isEqualTo(1 << 2);

        for (int i = 0; i < 12; i++) {
            drive(10, 290 + 15 * i, 0);
        }
        assertThat(s.last(AlertKind.ALERT_KIND_DLM).getState())
                .as("not repeated any more")
                .isEqualTo(AlertState.ALERT_STATE_CLEARED);
    }

    @Test
    void aRecommendedSpeedIsToldFromAheadWithinItsSpan() {
        final LaneCoordination.Builder ahead =
                LaneCoordination.newBuilder().setTargetLane(link(20, 40, 0)).setRecommendedSpeed(500);
        for (int i = 0; i < 5; i++) {
            tell(Rsc.newBuilder().addLaneCoordinates(ahead));
            drive(10, 700 + 15 * i, 0);
        }
        assertThat(s.of(AlertKind.ALERT_KIND_DLM)).as("more than 200 m to go").isEmpty();
        for (int i = 0; i < 8; i++) {
            tell(Rsc.newBuilder().addLaneCoordinates(ahead));
            drive(10, 850 + 15 * i, 0);
        }
        final Alert raised = s.of(AlertKind.ALERT_KIND_DLM).getFirst();
        assertThat(raised.getSeverity()).isEqualTo(Severity.SEVERITY_INFO);
        assertThat(raised.getCoordination().getSpeed()).isEqualTo(500);
        assertThat(raised.getDistanceCm()).isBetween(15_000, 19_500);
    }

    private void wish(final int who, final int lane, final int asked, final RequestStatus status) {
        final DriveRequest.Builder request = DriveRequest.newBuilder()
                .setReqId(5)
                .setStatus(status)
                .setLaneChange(LaneChangeRequest.newBuilder()
                        .setUpstreamNode(NodeReference.newBuilder().setRegion(1).setId(10))
                        .setDownstreamNode(
                                NodeReference.newBuilder().setRegion(1).setId(20))
                        .setTargetLane(lane));
        if (asked != 0) {
            request.setTargetVeh(Scene.id(asked));
        }
        s.scene.world.onVir(
                ++s.scene.sequence,
                s.scene.nowNs,
                who,
                Vir.newBuilder()
                        .setMsgCnt(0)
                        .setId(Scene.id(who))
                        .setIntAndReq(IntentionAndRequest.newBuilder().addReqs(request))
                        .build());
    }

    @Test
    void aWishToChangeLanesIsToldToThoseOnThatLane() {
        drive(50, 200, 0);
        wish(SUBJECT, 3, 0, RequestStatus.REQUEST_STATUS_REQUEST);
        drive(5, 275, 0);
        assertThat(s.states(AlertKind.ALERT_KIND_CLC)).containsExactly(AlertState.ALERT_STATE_RAISED);
        final Alert told = s.last(AlertKind.ALERT_KIND_CLC);
        assertThat(told.getSubject().getDeviceId()).isEqualTo("target");
        assertThat(told.getTarget().getDeviceId()).isEqualTo("subject");
        assertThat(told.getSeverity()).isEqualTo(Severity.SEVERITY_INFO);
        assertThat(told.getDistanceCm()).isCloseTo(4_000, within(600));

        wish(SUBJECT, 3, 0, RequestStatus.REQUEST_STATUS_CANCEL);
        drive(10, 282.5, 0);
        assertThat(s.last(AlertKind.ALERT_KIND_CLC).getState()).isEqualTo(AlertState.ALERT_STATE_CLEARED);
    }

    @Test
    void whoIsOnTheLaneWishedForIsToldByThePlaceBesideTheWisher() {
        // the positions of both err by 2 m to the left: by the map the other one is on lane 2
        final double off = 2;
        for (int i = 0; i < 60; i++) {
            road.report(SUBJECT, 200 + MPS * i * 0.1, off, EAST, MPS);
            road.report(TARGET, 160 + MPS * i * 0.1, LANE_3 + off, EAST, MPS);
            if (i == 50) {
                wish(SUBJECT, 3, 0, RequestStatus.REQUEST_STATUS_REQUEST);
            }
            road.step();
        }
        assertThat(s.states(AlertKind.ALERT_KIND_CLC)).containsExactly(AlertState.ALERT_STATE_RAISED);
    }

    @Test
    void aWishForAnotherLaneOrFarAwayConcernsNobody() {
        drive(50, 200, 0);
        wish(SUBJECT, 1, 0, RequestStatus.REQUEST_STATUS_REQUEST);
        drive(5, 275, 0);
        for (int i = 0; i < 30; i++) {
            road.report(SUBJECT, 282.5 + MPS * i * 0.1, 0, EAST, MPS);
            road.report(TARGET, 382.5 + MPS * i * 0.1, LANE_3, EAST, MPS);
            road.step();
        }
        wish(SUBJECT, 3, 0, RequestStatus.REQUEST_STATUS_REQUEST);
        for (int i = 0; i < 5; i++) {
            road.report(SUBJECT, 327.5 + MPS * i * 0.1, 0, EAST, MPS);
            road.report(TARGET, 427.5 + MPS * i * 0.1, LANE_3, EAST, MPS);
            road.step();
        }
        assertThat(s.of(AlertKind.ALERT_KIND_CLC)).isEmpty();
    }

    @Test
    void whoIsAskedByNameIsToldWhereverItIs() {
        drive(5, 200, LANE_1);
        wish(SUBJECT, 2, TARGET, RequestStatus.REQUEST_STATUS_REQUEST);
        drive(5, 207.5, LANE_1);
        assertThat(s.last(AlertKind.ALERT_KIND_CLC).getSeverity()).isEqualTo(Severity.SEVERITY_CAUTION);
        drive(25, 215, LANE_1);
        assertThat(s.last(AlertKind.ALERT_KIND_CLC).getState())
                .as("a wish that does not say holds for 2 s")
                .isEqualTo(AlertState.ALERT_STATE_CLEARED);
    }

    /** A slip road joins a road of two lanes, which goes on with two or three. */
    private static ZoneMap ramp(final int lanesOn) {
        return new ZoneDraft()
                .link("main", 10, 20, 2, 80, 0, 0, 1_000, 0)
                .link("slip", 11, 20, 1, 60, "\"ramp\":\"on\"", 300, -54, 1_000, -5)
                .link("on", 20, 30, lanesOn, 80, 1_000, 0, 2_000, 0)
                .load();
    }

    /** Both drive with 20 m/s; so long before the merge the first of each is. */
    private void merge(final int lanesOn, final double mainSeconds, final double slipSeconds) {
        s = new AlertScene(ramp(lanesOn), AlertConfig.DEFAULT);
        road = new NoisyRoad(s, 7, false);
        for (int i = 0; i < 20; i++) {
            final double main = 1_000 - 20 * (mainSeconds - i * 0.1);
            final double back = 20 * (slipSeconds - i * 0.1);
            road.report(SUBJECT, main, -1.75, EAST, 20);
            road.report(TARGET, 1_000 - back, -5 - back * 0.07, 86, 20);
            road.step();
        }
    }

    @Test
    void twoWhoMeetAtAMergeAreTold() {
        merge(2, 4, 5);
        final List<Alert> told = s.of(AlertKind.ALERT_KIND_CVM);
        assertThat(told.stream().map(alert -> alert.getSubject().getDeviceId()))
                .containsExactlyInAnyOrder("subject", "target");
        for (final Alert alert : told) {
            final boolean first = alert.getSubject().getDeviceId().equals("subject");
            assertThat(alert.getSeverity()).isEqualTo(first ? Severity.SEVERITY_INFO : Severity.SEVERITY_CAUTION);
            assertThat(alert.getTimeToCollisionMs()).isBetween(3_000, 5_200);
        }
    }

    @Test
    void whoHasALaneOfItsOwnOrRoomIsNot() {
        merge(3, 4, 5);
        assertThat(s.of(AlertKind.ALERT_KIND_CVM)).as("three lanes on").isEmpty();
        merge(2, 3, 6);
        assertThat(s.of(AlertKind.ALERT_KIND_CVM)).as("3 s between them").isEmpty();
        merge(2, 20, 20.5);
        assertThat(s.of(AlertKind.ALERT_KIND_CVM)).as("too far away").isEmpty();
    }
}
