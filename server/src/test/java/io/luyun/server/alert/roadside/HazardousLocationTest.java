package io.luyun.server.alert.roadside;

import static io.luyun.server.alert.AlertScene.EAST;
import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.UNIT;
import static io.luyun.server.alert.AlertScene.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.ClearReason;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.ReferenceLink;
import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.TimeSpan;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.world.Scene;
import java.util.List;
import org.junit.jupiter.api.Test;

/** HLW, driven by hand. */
final class HazardousLocationTest {
    private static final AlertKind HLW = AlertKind.ALERT_KIND_HLW;

    private final AlertScene s = new AlertScene();

    private static RoadEvent.Builder event(final int id) {
        return RoadEvent.newBuilder().setEventId(id).setEventType(409).setDescription("ice");
    }

    private static void tell(final AlertScene s, final RoadEvent.Builder... events) {
        final Rsi.Builder rsi = Rsi.newBuilder();
        for (final RoadEvent.Builder event : events) {
            rsi.addEvents(event);
        }
        s.scene.rsi(UNIT, rsi);
    }

    private static void drive(
            final AlertScene s,
            final int steps,
            final double x,
            final double y,
            final double heading,
            final double mps) {
        final double sign = heading == WEST ? -1 : 1;
        for (int i = 0; i < steps; i++) {
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, x + sign * mps * i * 0.1, y, heading, mps));
            s.scene.pass(100);
            s.tick();
        }
    }

    private RoadEvent.Builder circle(final double x, final double y, final double radius) {
        return event(5).setPos(s.scene.position(x, y)).setRadius((int) (radius * 10));
    }

    @Test
    void warnsOnTheWayInsideAndNoLongerBehind() {
        tell(s, circle(600, 0, 50));
        drive(s, 90, 200, 0, EAST, 15);
        // 350 m before the circle at first; within 15 s at 225 m
        final Alert raised = s.raised(HLW);
        assertThat(raised).isNotNull();
        assertThat(raised.getSeverity()).isEqualTo(Severity.SEVERITY_CAUTION);
        assertThat(raised.getDistanceCm()).isCloseTo(22_500, within(600));
        assertThat(raised.getTimeToCollisionMs()).isCloseTo(15_000, within(400));
        assertThat(raised.getEvent().getCode()).isEqualTo(409);
        assertThat(raised.getEvent().getDeviceId()).isEqualTo("unit");
        assertThat(raised.getCauseSequencesList()).hasSize(2);
        tell(s, circle(600, 0, 50));
        drive(s, 90, 335, 0, EAST, 15);
        tell(s, circle(600, 0, 50));
        drive(s, 90, 470, 0, EAST, 15);
        tell(s, circle(600, 0, 50));
        assertThat(s.last(HLW).getSeverity()).isEqualTo(Severity.SEVERITY_WARNING);
        assertThat(s.last(HLW).getState()).isEqualTo(AlertState.ALERT_STATE_UPDATED);
        drive(s, 60, 605, 0, EAST, 15);
        assertThat(s.states(HLW))
                .containsExactly(
                        AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_UPDATED, AlertState.ALERT_STATE_CLEARED);
        assertThat(s.last(HLW).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_OVER);
    }

    @Test
    void doesNotWarnBehindAndOnOtherRoads() {
        tell(s, circle(300, -2, 3));
        drive(s, 30, 310, 0, EAST, 15);
        drive(s, 30, 400, 12, WEST, 15);
        assertThat(s.alerts).isEmpty();
    }

    @Test
    void knowsTheWayThroughTheJunction() {
        tell(s, circle(1_020, 130, 20));
        drive(s, 20, 960, 0, EAST, 15);
        final Alert raised = s.raised(HLW);
        assertThat(raised).isNotNull();
        // to the end 40 m less, the turn 18 and 20.6 m, then 76 m to a circle widened by half the carriageway
        assertThat(raised.getDistanceCm()).isBetween(14_000, 15_600);
    }

    @Test
    void takesAReferencePathInItsDirectionOnly() {
        final RoadEvent.Builder path = event(6).addReferencePaths(ReferencePath.newBuilder()
                .addActivePath(s.scene.position(500, 0))
                .addActivePath(s.scene.position(700, 0))
                .setPathRadius(60));
        tell(s, path);
        drive(s, 20, 720, 12, WEST, 15);
        assertThat(s.alerts).isEmpty();
        drive(s, 20, 550, 3.5, EAST, 15);
        assertThat(s.last(HLW).getSeverity()).isEqualTo(Severity.SEVERITY_WARNING);
        assertThat(s.last(HLW).getDistanceCm()).isZero();
    }

    @Test
    void takesAReferenceLinkAndItsLanes() {
        tell(
                s,
                event(7).addReferenceLinks(ReferenceLink.newBuilder()
                        .setUpstreamNode(NodeReference.newBuilder().setRegion(1).setId(10))
                        .setDownstreamNode(
                                NodeReference.newBuilder().setRegion(1).setId(20))
                        .setLanes(1 << 3)));
        drive(s, 20, 300, 0, EAST, 15);
        assertThat(s.alerts).as("the middle lane").isEmpty();
        drive(s, 20, 400, -3.5, EAST, 15);
        assertThat(s.raised(HLW)).as("the right lane").isNotNull();
    }

    @Test
    void takesTheCircleOnTheNamedLinkOnly() {
        final RoadEvent.Builder event = circle(500, 6, 30)
                .addReferenceLinks(ReferenceLink.newBuilder()
                        .setUpstreamNode(NodeReference.newBuilder().setRegion(1).setId(10))
                        .setDownstreamNode(
                                NodeReference.newBuilder().setRegion(1).setId(20)));
        tell(s, event);
        drive(s, 20, 560, 12, WEST, 15);
        drive(s, 20, 100, 0, EAST, 15);
        assertThat(s.alerts).as("the other way, and far before it on the link").isEmpty();
        drive(s, 20, 490, 0, EAST, 15);
        assertThat(s.last(HLW).getSeverity()).isEqualTo(Severity.SEVERITY_WARNING);
    }

    @Test
    void keepsAnEventThatGrows() {
        tell(s, circle(200, 0, 50));
        drive(s, 10, 200, 0, EAST, 2);
        tell(s, circle(210, 0, 60).setConfidence(150));
        drive(s, 10, 202, 0, EAST, 2);
        assertThat(s.states(HLW)).containsExactly(AlertState.ALERT_STATE_RAISED);
        assertThat(s.scene.told).containsExactly("event 5", "event 5");
    }

    @Test
    void worksOffTheMap() {
        final AlertScene field = new AlertScene(Scene.field(), AlertConfig.DEFAULT);
        tell(
                field,
                circle(500, 0, 50),
                event(6).addReferencePaths(ReferencePath.newBuilder()
                        .addActivePath(field.scene.position(0, 500))
                        .addActivePath(field.scene.position(0, 700))
                        .setPathRadius(50)));
        drive(field, 20, 300, 10, EAST, 15);
        assertThat(field.raised(HLW)).isNotNull();
        final int known = field.alerts.size();
        drive(field, 20, 300, 200, EAST, 15);
        drive(field, 20, 700, 0, EAST, 15);
        assertThat(field.of(HLW).subList(known, field.alerts.size()))
                .extracting(Alert::getState)
                .containsOnly(AlertState.ALERT_STATE_CLEARED);
        for (int i = 0; i < 20; i++) {
            field.scene.bsm(9, field.scene.car(9, 2, 400 + 1.5 * i, 0, 15));
            field.scene.pass(100);
        }
        assertThat(field.last(HLW).getEvent().getId()).isEqualTo(6);
    }

    @Test
    void clearsWhenItIsNoLongerRepeated() {
        tell(s, circle(200, 0, 50));
        drive(s, 10, 200, 0, EAST, 2);
        assertThat(s.states(HLW)).containsExactly(AlertState.ALERT_STATE_RAISED);
        drive(s, 105, 202, 0, EAST, 0.5);
        assertThat(s.last(HLW).getState()).isEqualTo(AlertState.ALERT_STATE_CLEARED);
        assertThat(s.last(HLW).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_GONE);
        assertThat(s.scene.told).contains("event gone 5 silent");
    }

    @Test
    void keepsToItsTimeSpan() {
        final int minute = s.scene.minuteOfYear();
        // not yet, then for one minute
        tell(
                s,
                circle(200, 0, 50)
                        .setTimeSpan(
                                TimeSpan.newBuilder().setStartTime(minute + 1).setEndTime(minute + 1)));
        drive(s, 10, 200, 0, EAST, 2);
        assertThat(s.alerts).isEmpty();
        s.scene.pass(60_000);
        tell(
                s,
                circle(200, 0, 50)
                        .setTimeSpan(
                                TimeSpan.newBuilder().setStartTime(minute + 1).setEndTime(minute + 1)));
        drive(s, 10, 200, 0, EAST, 2);
        assertThat(s.states(HLW)).containsExactly(AlertState.ALERT_STATE_RAISED);
        s.scene.pass(60_000 - 1_000);
        s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, 202, 0, EAST, 2));
        tell(
                s,
                circle(200, 0, 50)
                        .setTimeSpan(
                                TimeSpan.newBuilder().setStartTime(minute + 1).setEndTime(minute + 1)));
        s.tick();
        assertThat(s.last(HLW).getState()).isEqualTo(AlertState.ALERT_STATE_CLEARED);
        assertThat(s.last(HLW).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_OVER);
        assertThat(s.scene.told).contains("event gone 5 ended");
    }

    @Test
    void takesAReusedNumberForAnotherEvent() {
        tell(s, circle(200, 0, 50));
        drive(s, 10, 200, 0, EAST, 2);
        final long first = s.last(HLW).getAlertId();
        tell(s, circle(200, 0, 50).setEventType(401));
        drive(s, 10, 202, 0, EAST, 2);
        assertThat(s.states(HLW))
                .containsExactly(
                        AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_CLEARED, AlertState.ALERT_STATE_RAISED);
        assertThat(s.last(HLW).getEvent().getCode()).isEqualTo(401);
        assertThat(s.last(HLW).getAlertId()).isGreaterThan(first);
        assertThat(s.scene.told).containsExactly("event 5", "event gone 5 ended", "event 5");
    }

    @Test
    void isMoreUrgentByPriority() {
        tell(s, circle(200, 0, 50).setPriority(7));
        drive(s, 10, 200, 0, EAST, 2);
        assertThat(s.last(HLW).getSeverity()).isEqualTo(Severity.SEVERITY_CRITICAL);
    }

    @Test
    void leavesOutTypesAndParkedCars() {
        final AlertScene quiet =
                new AlertScene(Scene.road(), AlertScene.config("hazardousLocation", "ignoredTypes", List.of(409)));
        tell(quiet, circle(200, 0, 50));
        drive(quiet, 10, 200, 0, EAST, 5);
        assertThat(quiet.alerts).isEmpty();
        tell(s, circle(200, 0, 50));
        drive(s, 10, 200, 0, EAST, 0);
        assertThat(s.alerts).as("parked").isEmpty();
    }
}
