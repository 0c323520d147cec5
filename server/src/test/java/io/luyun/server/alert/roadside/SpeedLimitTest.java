package io.luyun.server.alert.roadside;

import static io.luyun.server.alert.AlertScene.EAST;
import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.UNIT;
import static io.luyun.server.alert.AlertScene.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.ClearReason;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapLane;
import io.luyun.proto.v1.MapLink;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.RoadSign;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.SpeedLimit;
import io.luyun.proto.v1.SpeedLimitType;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.world.Scene;
import io.luyun.server.world.ZoneDraft;
import org.junit.jupiter.api.Test;

/** SLW, driven by hand. */
final class SpeedLimitTest {
    private static final AlertKind SLW = AlertKind.ALERT_KIND_SLW;
    private static final int CAR = 10;
    private static final int TRUCK = 25;

    private final AlertScene s = new AlertScene();
    private double x = 100;
    private Runnable repeat = () -> {};

    private void drive(final int steps, final double y, final double kmh, final int vehicleClass) {
        for (int i = 0; i < steps; i++) {
            if (i % 50 == 0) {
                repeat.run();
            }
            x += kmh / 3.6 * 0.1;
            s.scene.bsm(
                    SUBJECT,
                    s.scene
                            .car(SUBJECT, x, y, EAST, kmh / 3.6)
                            .setVehicleClass(VehicleClassification.newBuilder().setClassification(vehicleClass)));
            s.scene.pass(100);
            s.tick();
        }
    }

    /** From one lane to another in 4 s, steering as one does. */
    private void change(final double from, final double to, final double kmh) {
        final double step = kmh / 3.6 * 0.1;
        final double across = (to - from) / 40;
        for (int i = 1; i <= 40; i++) {
            x += step;
            s.scene.bsm(
                    SUBJECT,
                    s.scene.car(
                            SUBJECT, x, from + across * i, EAST - Math.toDegrees(Math.atan2(across, step)), kmh / 3.6));
            s.scene.pass(100);
            s.tick();
        }
    }

    @Test
    void warnsAboveTheLimitOfTheZoneFile() {
        drive(10, 0, 62, CAR);
        assertThat(s.alerts).as("within the tolerance").isEmpty();
        drive(10, 0, 65, CAR);
        assertThat(s.states(SLW)).containsExactly(AlertState.ALERT_STATE_RAISED);
        assertThat(s.last(SLW).getSeverity()).isEqualTo(Severity.SEVERITY_CAUTION);
        assertThat(s.last(SLW).getSpeedLimit()).isEqualTo(raw(60));
        assertThat(s.last(SLW).hasEvent()).isFalse();
        drive(10, 0, 62.5, CAR);
        assertThat(s.states(SLW)).as("not yet below").containsExactly(AlertState.ALERT_STATE_RAISED);
        drive(5, 0, 80, CAR);
        assertThat(s.last(SLW).getSeverity()).isEqualTo(Severity.SEVERITY_WARNING);
        drive(5, 0, 95, CAR);
        assertThat(s.last(SLW).getSeverity()).isEqualTo(Severity.SEVERITY_CRITICAL);
        drive(15, 0, 55, CAR);
        assertThat(s.last(SLW).getState()).isEqualTo(AlertState.ALERT_STATE_CLEARED);
        assertThat(s.last(SLW).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_OVER);
        assertThat(s.of(SLW)).hasSize(4);
    }

    @Test
    void doesNotRepeatWhileNothingChanges() {
        drive(300, 0, 66, CAR);
        assertThat(s.of(SLW)).hasSize(1);
    }

    @Test
    void doesNotFlapAtTheLimit() {
        for (int i = 0; i < 100; i++) {
            drive(1, 0, 63 + 1.2 * Math.sin(i * 0.4), CAR);
        }
        assertThat(s.of(SLW)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void takesTheLaneBeforeTheLinkAndTheTrucksBesides() {
        s.scene.map(
                UNIT,
                MapData.newBuilder()
                        .setMsgCnt(0)
                        .addNodes(MapNode.newBuilder()
                                .setId(NodeReference.newBuilder().setRegion(1).setId(20))
                                .setRefPos(s.scene.position(1_020, 0))
                                .addInLinks(MapLink.newBuilder()
                                        .setUpstreamNode(NodeReference.newBuilder()
                                                .setRegion(1)
                                                .setId(10))
                                        .addSpeedLimits(limit(SpeedLimitType.SPEED_LIMIT_VEHICLE_MAX, 70))
                                        .addSpeedLimits(limit(SpeedLimitType.SPEED_LIMIT_TRUCK_MAX, 50))
                                        .addLanes(MapLane.newBuilder().setLaneId(1))
                                        .addLanes(MapLane.newBuilder().setLaneId(2))
                                        .addLanes(MapLane.newBuilder()
                                                .setLaneId(3)
                                                .addSpeedLimits(limit(SpeedLimitType.SPEED_LIMIT_VEHICLE_MAX, 40)))))
                        .build());
        drive(10, 0, 68, CAR);
        assertThat(s.alerts).isEmpty();
        change(0, -3.5, 68);
        drive(10, -3.5, 68, CAR);
        assertThat(s.last(SLW).getSpeedLimit()).isEqualTo(raw(40));
        change(-3.5, 0, 58);
        drive(20, 0, 58, CAR);
        assertThat(s.last(SLW).getState()).isEqualTo(AlertState.ALERT_STATE_CLEARED);
        drive(10, 0, 58, TRUCK);
        assertThat(s.last(SLW).getState()).isEqualTo(AlertState.ALERT_STATE_RAISED);
        assertThat(s.last(SLW).getSpeedLimit()).isEqualTo(raw(50));
    }

    @Test
    void takesASignFromWhereItStands() {
        repeat = () -> sign(85, "限速40", 300, -7);
        drive(200, 0, 55, CAR);
        final Alert raised = s.raised(SLW);
        assertThat(raised).isNotNull();
        assertThat(raised.getSpeedLimit()).isEqualTo(raw(40));
        assertThat(raised.getEvent().getSign()).isTrue();
        assertThat(raised.getEvent().getDescription()).isEqualTo("限速40");
        assertThat(raised.getPos().getLon())
                .isGreaterThanOrEqualTo(s.scene.position(300, 0).getLon());
    }

    @Test
    void leavesOtherSignsAndTheOtherDirection() {
        sign(86, "40", 300, -7);
        sign(85, "no number", 300, -7);
        drive(100, 0, 55, CAR);
        sign(85, "40", 600, -7);
        for (int i = 0; i < 20; i++) {
            s.scene.bsm(9, s.scene.car(9, 650 - 1.5 * i, 12, WEST, 15));
            s.scene.pass(100);
        }
        assertThat(s.of(SLW)).isEmpty();
    }

    @Test
    void tellsOfAnotherLimitAndGoesOnWhenTheSignIsGone() {
        sign(85, "40", 50, -7);
        drive(20, 0, 68, CAR);
        assertThat(s.last(SLW).getSpeedLimit()).isEqualTo(raw(40));
        assertThat(s.last(SLW).getSeverity()).isEqualTo(Severity.SEVERITY_CRITICAL);
        drive(140, 0, 68, CAR);
        assertThat(s.last(SLW).getSpeedLimit()).isEqualTo(raw(60));
        assertThat(s.last(SLW).getSeverity()).isEqualTo(Severity.SEVERITY_CAUTION);
        assertThat(s.of(SLW))
                .extracting(Alert::getAlertId)
                .containsOnly(s.of(SLW).get(0).getAlertId());
    }

    @Test
    void saysNothingWhereNoLimitIsKnown() {
        final AlertScene field = new AlertScene(Scene.field(), AlertConfig.DEFAULT);
        for (int i = 0; i < 30; i++) {
            field.scene.bsm(SUBJECT, field.scene.car(SUBJECT, 4 * i, 0, EAST, 40));
            field.scene.pass(100);
        }
        assertThat(field.alerts).isEmpty();
    }

    @Test
    void refusesAConfigurationOutOfRange() {
        assertThatThrownBy(() -> new Sign(85, "\\d+", 0, "all"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alert.speedLimit.signs.pattern");
        assertThatThrownBy(() -> new Sign(85, "(", 0, "all"))
                .hasMessageContaining("alert.speedLimit.signs.pattern = (");
        assertThatThrownBy(() -> new Sign(85, "", 0, "buses")).hasMessageContaining("all or trucks");
        assertThatThrownBy(() -> AlertScene.config("forwardCollision", "warningSeconds", 5))
                .hasStackTraceContaining("alert.forwardCollision.warningSeconds = 5.0: must be 0.3 to 4.0");
    }

    private void sign(final int code, final String text, final double signX, final double signY) {
        s.scene.rsi(
                UNIT,
                Rsi.newBuilder()
                        .addSigns(RoadSign.newBuilder()
                                .setSignId(1)
                                .setSignType(code)
                                .setDescription(text)
                                .setPos(s.scene.position(signX, signY))));
    }

    private static int raw(final double kmh) {
        return (int) Math.rint(kmh / 3.6 / 0.02);
    }

    private static SpeedLimit limit(final SpeedLimitType type, final double kmh) {
        return SpeedLimit.newBuilder().setType(type).setSpeed(raw(kmh)).build();
    }

    /** It is 23:06 in the zone when scenes begin. */
    @Test
    void keepsTheLimitOfAnAreaWithinItsHours() {
        final AlertScene zone = new AlertScene(
                new ZoneDraft()
                        .link("1", 10, 20, 2, 60, 0, 0, 2_000, 0)
                        .box("area", "\"type\":\"school\",\"limitKmh\":20,\"hours\":[7,9]", 0, -50, 2_000, 50)
                        .box("area", "\"type\":\"elderly\",\"limitKmh\":30,\"hours\":[22.5,23.5]", 500, -50, 700, 50)
                        .load(),
                AlertConfig.DEFAULT);
        for (int at = 400; at < 490; at++) {
            pass(zone, at);
        }
        assertThat(zone.alerts).as("before it, and in one out of its hours").isEmpty();
        for (int at = 490; at < 600; at++) {
            pass(zone, at);
        }
        assertThat(zone.last(SLW).getState()).isNotEqualTo(AlertState.ALERT_STATE_CLEARED);
        assertThat(zone.last(SLW).getSpeedLimit()).isEqualTo(raw(30));
        for (int at = 600; at < 740; at++) {
            pass(zone, at);
        }
        assertThat(zone.last(SLW).getState()).as("behind it").isEqualTo(AlertState.ALERT_STATE_CLEARED);
    }

    private static void pass(final AlertScene zone, final double at) {
        zone.scene.bsm(SUBJECT, zone.scene.car(SUBJECT, at, 0, EAST, 10));
        zone.scene.pass(100);
        zone.tick();
    }
}
