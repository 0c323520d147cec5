package io.luyun.server.alert.collision;

import static io.luyun.server.alert.AlertScene.EAST;
import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.TARGET;
import static io.luyun.server.alert.AlertScene.UNIT;
import static io.luyun.server.alert.AlertScene.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.world.Scene;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** ICW and VRUCW, driven by hand, away from every mapped road. The subject drives east along y = -1,000. */
final class CrossingCollisionTest {
    private static final AlertKind ICW = AlertKind.ALERT_KIND_ICW;
    private static final AlertKind VRUCW = AlertKind.ALERT_KIND_VRUCW;
    private static final double NORTH = 0;
    private static final double Y = -1_000;
    private static final double MPS = 10;

    private final AlertScene s = new AlertScene();

    /** The subject comes from x = 0; who crosses at x = 60 arrives the given time later than it. */
    private void cross(final double laterSeconds, final double targetMps, final double mps2, final int elevation) {
        for (int i = 0; i < 60; i++) {
            final double t = i * 0.1;
            s.scene.bsm(SUBJECT, car(SUBJECT, MPS * t, Y, EAST, MPS, 0, 0));
            final double braking = Math.min(t, mps2 == 0 ? t : targetMps / -mps2);
            final double start = Y - targetMps * (60 / MPS + laterSeconds);
            final double y = start + targetMps * braking + 0.5 * mps2 * braking * braking;
            s.scene.bsm(TARGET, car(TARGET, 60, y, NORTH, targetMps + mps2 * braking, mps2, elevation));
            s.scene.pass(100);
            s.tick();
        }
    }

    private Bsm.Builder car(
            final int device,
            final double x,
            final double y,
            final double heading,
            final double mps,
            final double mps2,
            final int elevation) {
        final Bsm.Builder car = s.scene.braking(device, x, y, heading, Math.max(0, mps), mps > 0 ? mps2 : 0, 0);
        car.getPosBuilder().setElevation(elevation);
        return car;
    }

    @Test
    void warnsBothOfACollisionAheadOfTime() {
        cross(0, 10, 0, 0);
        final Alert first = s.of(ICW).stream()
                .filter(a -> a.getSubject().getDeviceId().equals("subject"))
                .findFirst()
                .orElseThrow();
        assertThat(first.getState()).isEqualTo(AlertState.ALERT_STATE_RAISED);
        assertThat(first.getSeverity()).isEqualTo(Severity.SEVERITY_CAUTION);
        assertThat(first.getTimeToCollisionMs()).isBetween(3_600, 4_000);
        assertThat(first.getTarget().getDeviceId()).isEqualTo("target");
        assertThat(s.of(ICW)).anyMatch(a -> a.getSubject().getDeviceId().equals("target"));
        assertThat(s.of(ICW)).anyMatch(a -> a.getSeverity() == Severity.SEVERITY_CRITICAL);
    }

    @Test
    void saysNothingWhenOneHasPassedBeforeTheOtherComes() {
        cross(1.5, 10, 0, 0);
        assertThat(s.of(ICW)).isEmpty();
    }

    @Test
    void saysNothingWhenTheOtherStopsBefore() {
        // 20 m/s with 4 m/s2 stops after 50 m; it has 120 m
        cross(0, 20, -4, 0);
        assertThat(s.of(ICW)).isEmpty();
    }

    @Test
    void saysNothingOfABridge() {
        cross(0, 10, 0, 60);
        assertThat(s.of(ICW)).isEmpty();
    }

    @Test
    void saysNothingToTheOppositeCarriageway() {
        final Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            final double x = MPS * i * 0.1;
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, x, Y, EAST + random.nextGaussian(), MPS));
            s.scene.bsm(TARGET, s.scene.car(TARGET, 80 - x, Y + 4, WEST + random.nextGaussian(), MPS));
            s.scene.pass(100);
            s.tick();
        }
        assertThat(s.of(ICW)).isEmpty();
    }

    /** Somebody on foot, seen by a roadside unit, at x = 60, walking north from this far south of the subject's line. */
    private void walk(final double southMetres, final double mps, final ParticipantType type) {
        for (int i = 0; i < 55; i++) {
            final double t = i * 0.1;
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, MPS * t, Y, EAST, MPS));
            s.scene.rsm(
                    UNIT,
                    s.scene.seen(7, 60, Y - southMetres + mps * t, NORTH, mps).setPtcType(type));
            s.scene.pass(100);
            s.tick();
        }
    }

    @Test
    void warnsOfSomebodyWhoWalksIntoTheWay() {
        walk(8, 1.4, ParticipantType.PARTICIPANT_PEDESTRIAN);
        final Alert raised = s.raised(VRUCW);
        assertThat(raised).isNotNull();
        assertThat(raised.getTimeToCollisionMs()).isBetween(3_000, 4_000);
        assertThat(raised.getSubject().getDeviceId()).isEqualTo("subject");
        assertThat(raised.getTarget().getPtcId()).isEqualTo(7);
        assertThat(s.of(ICW)).isEmpty();
    }

    @Test
    void warnsOfSomebodyWhoStandsInTheWay() {
        walk(0.3, 0, ParticipantType.PARTICIPANT_PEDESTRIAN);
        assertThat(s.raised(VRUCW)).isNotNull();
        assertThat(s.of(VRUCW)).anyMatch(a -> a.getSeverity() == Severity.SEVERITY_CRITICAL);
    }

    @Test
    void saysNothingOfWhoWaitsAtTheKerbOrHasCrossed() {
        walk(3, 0, ParticipantType.PARTICIPANT_PEDESTRIAN);
        assertThat(s.of(VRUCW)).as("waits").isEmpty();
        walk(-2.5, 1.4, ParticipantType.PARTICIPANT_PEDESTRIAN);
        assertThat(s.of(VRUCW)).as("has crossed").isEmpty();
    }

    @Test
    void warnsOfACyclist() {
        walk(24, 4, ParticipantType.PARTICIPANT_NON_MOTOR);
        assertThat(s.raised(VRUCW)).isNotNull();
    }

    @Test
    void eachCanBeSwitchedOffAlone() {
        final AlertScene without =
                new AlertScene(Scene.road(), AlertScene.config("intersectionCollision", "enabled", false));
        for (int step = 0; step < 50; step++) {
            final double way = step;
            without.scene.bsm(SUBJECT, without.scene.car(SUBJECT, way, Y, EAST, MPS));
            without.scene.bsm(TARGET, without.scene.car(TARGET, 60, Y - 60 + way, NORTH, MPS));
            without.scene.rsm(
                    UNIT, without.scene.seen(7, 60, Y, NORTH, 0).setPtcType(ParticipantType.PARTICIPANT_PEDESTRIAN));
            without.scene.pass(100);
            without.tick();
        }
        assertThat(without.of(ICW)).isEmpty();
        assertThat(without.of(VRUCW)).isNotEmpty();
    }
}
