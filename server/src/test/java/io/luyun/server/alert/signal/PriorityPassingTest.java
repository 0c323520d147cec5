package io.luyun.server.alert.signal;

import static io.luyun.server.alert.AlertScene.EAST;
import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.UNIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.DriveRequest;
import io.luyun.proto.v1.DriveSuggestion;
import io.luyun.proto.v1.IntentionAndRequest;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.MovementEx;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.RequestStatus;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.SignalPriorityRequest;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.proto.v1.VehicleCoordination;
import io.luyun.proto.v1.Vir;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.alert.Score;
import io.luyun.server.world.Scene;
import io.luyun.server.world.ZoneDraft;
import io.luyun.server.world.ZoneMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** CHPVP, driven by hand: a bus comes to the signals of node 2, 1 km from its start, from lane 1 straight on. */
final class PriorityPassingTest {
    private static final AlertKind CHPVP = AlertKind.ALERT_KIND_CHPVP;
    private static final int BUS = 54;
    private static final int AMBULANCE = 69;
    private static final int CAR = 10;
    private static final int PHASE = 7;
    private static final int NODE = 2;
    private static final int NEXT_NODE = 3;
    private static final int SEEDS = 60;
    private static final double MPS = 10;
    private static final double SIGMA_METRES = 1.5;

    private final AlertScene s = new AlertScene(signals(), AlertConfig.DEFAULT);
    private Random random = new Random(1);
    private double sigma;

    private static ZoneMap signals() {
        return new ZoneDraft()
                .link("A", 1, NODE, 2, 60, 0, 0, 1_000, 0)
                .link("B", NODE, NEXT_NODE, 2, 60, 1_030, 0, 2_000, 0)
                .link("C", NODE, 4, 2, 60, 1_020, -30, 1_020, -500)
                .movement(
                        NODE, "A", "B", "\"maneuver\":\"straight\",\"phaseId\":7,\"lanes\":[[1,1]]", 1_000, 0, 1_030, 0)
                .movement(
                        NODE,
                        "A",
                        "C",
                        "\"maneuver\":\"right\",\"phaseId\":8,\"lanes\":[[2,2]]",
                        1_000,
                        0,
                        1_015,
                        -10,
                        1_020,
                        -30)
                .load();
    }

    private static SignalPriorityRequest.Builder priority(final int node) {
        return SignalPriorityRequest.newBuilder()
                .setIntersection(NodeReference.newBuilder().setRegion(1).setId(node))
                .setRequiredMov(MovementEx.newBuilder()
                        .setRemoteIntersection(
                                NodeReference.newBuilder().setRegion(1).setId(NEXT_NODE)));
    }

    private void ask(final int device, final RequestStatus status, final SignalPriorityRequest.Builder priority) {
        s.scene.world.onVir(
                ++s.scene.sequence,
                s.scene.nowNs,
                device,
                Vir.newBuilder()
                        .setMsgCnt(0)
                        .setId(Scene.id(SUBJECT))
                        .setSecMark(s.scene.secMark())
                        .setRefPos(s.scene.position(0, 0))
                        .setIntAndReq(IntentionAndRequest.newBuilder()
                                .addReqs(DriveRequest.newBuilder()
                                        .setReqId(5)
                                        .setStatus(status)
                                        .setReqPriority(6)
                                        .setSignalPriority(priority)))
                        .build());
    }

    private void answer(final int info) {
        s.scene.world.onRsc(
                ++s.scene.sequence,
                s.scene.nowNs,
                UNIT,
                Rsc.newBuilder()
                        .setMsgCnt(0)
                        .setId(Scene.id(UNIT))
                        .setRefPos(s.scene.position(1_000, 0))
                        .addCoordinates(VehicleCoordination.newBuilder()
                                .setVehId(Scene.id(SUBJECT))
                                .setDriveSuggestion(DriveSuggestion.newBuilder()
                                        .setSuggestion(1 << 5)
                                        .setLifeTime(500))
                                .setInfo(info))
                        .build());
    }

    private void spat(final int status) {
        s.scene.spat(
                UNIT,
                Spat.newBuilder()
                        .setMsgCnt(0)
                        .addIntersections(IntersectionState.newBuilder()
                                .setIntersection(
                                        NodeReference.newBuilder().setRegion(1).setId(NODE))
                                .setStatus(status)
                                .addPhases(Phase.newBuilder()
                                        .setId(PHASE)
                                        .addStates(PhaseState.newBuilder().setLight(LightState.LIGHT_RED))))
                        .build());
    }

    private double noisy(final double metres) {
        return metres + sigma * random.nextGaussian();
    }

    /** Drives on in lane 1, asks once a second. */
    private void drive(final double seconds, final double from, final int vehicleClass, final boolean asks) {
        for (int i = 0; i < seconds * 10; i++) {
            if (asks && i % 10 == 0) {
                ask(SUBJECT, RequestStatus.REQUEST_STATUS_REQUEST, priority(NODE));
            }
            if (sigma == 0 || random.nextDouble() >= 0.03) {
                s.scene.bsm(
                        SUBJECT,
                        s.scene
                                .car(SUBJECT, noisy(from + MPS * i * 0.1), noisy(1.75), EAST, MPS)
                                .setVehicleClass(
                                        VehicleClassification.newBuilder().setClassification(vehicleClass)));
            }
            s.scene.pass(100);
            s.tick();
        }
    }

    @Test
    void asksOnceAndIsOverBehindTheStopLine() {
        drive(40, 700, BUS, true);
        assertThat(s.of(CHPVP).getFirst().getState()).isEqualTo(AlertState.ALERT_STATE_RAISED);
        assertThat(s.last(CHPVP).getState()).isEqualTo(AlertState.ALERT_STATE_CLEARED);
        assertThat(s.of(CHPVP))
                .extracting(Alert::getAlertId)
                .containsOnly(s.last(CHPVP).getAlertId());
        assertThat(s.of(CHPVP)).as("a steady approach is no news").hasSize(2);
        final Alert asked = s.of(CHPVP).getFirst();
        assertThat(asked.getSubject().getDeviceId()).isEqualTo("subject");
        assertThat(asked.getSeverity()).isEqualTo(Severity.SEVERITY_INFO);
        assertThat(asked.getReason()).isEqualTo(AlertReason.ALERT_REASON_PRIORITY_ASKED);
        assertThat(asked.getPriority().getNode().getId()).isEqualTo(NODE);
        assertThat(asked.getPriority().getPhaseId()).as("by the map").isEqualTo(PHASE);
        assertThat(asked.getPriority().getLevel()).isEqualTo(6);
        assertThat(asked.getPriority().getClassification()).isEqualTo(BUS);
        assertThat(asked.getPriority().getRequestId()).isEqualTo(5);
        // the front bumper of 4.5 m of vehicle
        assertThat(asked.getDistanceCm()).isCloseTo(29_775, within(150));
        assertThat(asked.getTimeToCollisionMs()).isCloseTo(29_775, within(200));
        assertThat(asked.getCauseSequencesList())
                .as("its place and its request")
                .hasSize(2);
        // 300 m at 10 m/s, and a second held
        assertThat((s.last(CHPVP).getAtNs() - asked.getAtNs()) * 1e-9).isCloseTo(31, within(0.5));
    }

    @Test
    void tellsTheAnswerOfTheUnitAndOfTheSignals() {
        drive(2, 700, AMBULANCE, true);
        assertThat(s.last(CHPVP).getSeverity()).isEqualTo(Severity.SEVERITY_CAUTION);
        answer(1 << 3);
        drive(1, 720, AMBULANCE, true);
        assertThat(s.of(CHPVP)).as("a word about something else").hasSize(1);
        answer(1 << 7);
        drive(1, 730, AMBULANCE, true);
        assertThat(s.last(CHPVP).getState()).isEqualTo(AlertState.ALERT_STATE_UPDATED);
        assertThat(s.last(CHPVP).getReason()).isEqualTo(AlertReason.ALERT_REASON_PRIORITY_GRANTED);
        drive(6, 740, AMBULANCE, true);
        assertThat(s.last(CHPVP).getReason()).as("the word is over").isEqualTo(AlertReason.ALERT_REASON_PRIORITY_ASKED);
        spat(1 << 5);
        drive(1, 800, AMBULANCE, true);
        assertThat(s.last(CHPVP).getReason()).isEqualTo(AlertReason.ALERT_REASON_PRIORITY_ASKED);
        spat(1 << 4);
        drive(1, 810, AMBULANCE, true);
        assertThat(s.last(CHPVP).getReason()).isEqualTo(AlertReason.ALERT_REASON_PRIORITY_GRANTED);
        assertThat(s.states(CHPVP)).doesNotContain(AlertState.ALERT_STATE_CLEARED);
    }

    @Test
    void endsWithTheRequest() {
        drive(2, 700, BUS, true);
        ask(SUBJECT, RequestStatus.REQUEST_STATUS_CANCEL, priority(NODE));
        drive(2, 720, BUS, false);
        assertThat(s.states(CHPVP)).containsExactly(AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_CLEARED);
        drive(1, 740, BUS, true);
        assertThat(s.last(CHPVP).getState()).isEqualTo(AlertState.ALERT_STATE_RAISED);
        drive(5, 750, BUS, false);
        assertThat(s.last(CHPVP).getState()).as("not repeated").isEqualTo(AlertState.ALERT_STATE_CLEARED);
    }

    @Test
    void believesTheVehicleWhereTheMapDoesNotKnowTheWay() {
        final SignalPriorityRequest.Builder other = priority(9)
                .setRequiredMov(MovementEx.newBuilder()
                        .setRemoteIntersection(
                                NodeReference.newBuilder().setRegion(1).setId(10))
                        .setPhaseId(3))
                .setDistanceToIntersection(2_000)
                .setEstimatedArrivalTime(1_800);
        drive(1, 700, BUS, false);
        ask(SUBJECT, RequestStatus.REQUEST_STATUS_REQUEST, other);
        drive(1, 710, BUS, false);
        final Alert asked = s.last(CHPVP);
        assertThat(asked.getPriority().getPhaseId()).isEqualTo(3);
        assertThat(asked.getDistanceCm()).isEqualTo(20_000);
        assertThat(asked.getTimeToCollisionMs()).isCloseTo(18_000, within(100));
    }

    @Test
    void asksNothingForOthers() {
        drive(5, 700, CAR, true);
        assertThat(s.of(CHPVP)).as("not entitled").isEmpty();
        final PriorityPassingTest far = new PriorityPassingTest();
        far.drive(5, 100, BUS, true);
        assertThat(far.s.of(CHPVP)).as("900 m away").isEmpty();
        final PriorityPassingTest stranger = new PriorityPassingTest();
        stranger.drive(1, 700, BUS, false);
        stranger.ask(AlertScene.TARGET, RequestStatus.REQUEST_STATUS_REQUEST, priority(NODE));
        stranger.drive(1, 710, BUS, false);
        assertThat(stranger.s.of(CHPVP)).as("another device speaks for it").isEmpty();
        final PriorityPassingTest passed = new PriorityPassingTest();
        passed.drive(5, 1_100, BUS, true);
        assertThat(passed.s.of(CHPVP)).as("behind the intersection").isEmpty();
    }

    @Test
    void isRightUnderNoise() {
        final Score score = new Score("CHPVP");
        for (long seed = 0; seed < SEEDS; seed++) {
            score.add("bus", seed, true, once(seed, 800, BUS, true));
            score.add("ambulance", seed, true, once(seed, 700, AMBULANCE, true));
            score.add("car", seed, false, once(seed, 800, CAR, true));
            score.add("bus that does not ask", seed, false, once(seed, 800, BUS, false));
        }
        score.check();
    }

    /** Whether a drive over the stop line gives one alert that ends within 2 s of it. */
    private static boolean once(final long seed, final double from, final int vehicleClass, final boolean asks) {
        final PriorityPassingTest test = new PriorityPassingTest();
        test.random = new Random(seed);
        test.sigma = SIGMA_METRES;
        final long beginNs = test.s.scene.nowNs;
        test.drive((1_060 - from) / MPS, from, vehicleClass, asks);
        final List<Alert> steps = test.s.of(CHPVP);
        if (steps.isEmpty()) {
            return false;
        }
        final double over = (test.s.last(CHPVP).getAtNs() - beginNs) * 1e-9 * MPS + from;
        return steps.stream().map(Alert::getAlertId).distinct().count() == 1
                && test.s.last(CHPVP).getState() == AlertState.ALERT_STATE_CLEARED
                && over > 995
                && over < 1_025;
    }
}
