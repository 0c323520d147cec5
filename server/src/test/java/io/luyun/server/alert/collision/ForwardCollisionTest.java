package io.luyun.server.alert.collision;

import static io.luyun.server.alert.AlertScene.EAST;
import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.TARGET;
import static io.luyun.server.alert.AlertScene.UNIT;
import static io.luyun.server.alert.AlertScene.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.ClearReason;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.alert.geometry.Kinematics;
import io.luyun.server.world.Scene;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FCW, driven by hand. */
final class ForwardCollisionTest {
    private static final AlertKind FCW = AlertKind.ALERT_KIND_FCW;
    private static final double STEP = 0.1;

    private final AlertScene s = new AlertScene();
    private final long beginNs = s.scene.nowNs;

    /** Drives both at constant speeds. */
    private static void drive(
            final AlertScene s,
            final int steps,
            final double rearX,
            final double rearY,
            final double rearMps,
            final double frontX,
            final double frontY,
            final double frontHeading,
            final double frontMps) {
        final double sign = frontHeading == WEST ? -1 : 1;
        for (int i = 0; i < steps; i++) {
            final double t = i * STEP;
            s.scene.bsm(TARGET, s.scene.car(TARGET, frontX + sign * frontMps * t, frontY, frontHeading, frontMps));
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, rearX + rearMps * t, rearY, EAST, rearMps));
            s.scene.pass(100);
            s.tick();
        }
    }

    @Test
    void risesInStagesWhenASlowerCarIsAhead() {
        // 15 against 5 m/s with a gap of 60 m: 6 s to the collision
        drive(s, 50, 100, 0, 15, 164.5, 0, EAST, 5);
        assertThat(s.of(FCW))
                .extracting(Alert::getState)
                .containsExactly(
                        AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_UPDATED, AlertState.ALERT_STATE_UPDATED);
        assertThat(s.of(FCW))
                .extracting(Alert::getSeverity)
                .containsExactly(Severity.SEVERITY_CAUTION, Severity.SEVERITY_WARNING, Severity.SEVERITY_CRITICAL);
        final Alert raised = s.of(FCW).get(0);
        assertThat(raised.getTimeToCollisionMs()).isCloseTo(3_800, within(101));
        assertThat(raised.getDistanceCm()).as("bumper to bumper").isCloseTo(3_800, within(101));
        assertThat(raised.getSubject().getDeviceId()).isEqualTo("subject");
        assertThat(raised.getTarget().getDeviceId()).isEqualTo("target");
        assertThat(raised.getCauseSequencesList()).hasSize(2).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(raised.getAlertId() >>> 12).isEqualTo(raised.getCauseSequences(0));
        assertThat(s.of(FCW)).extracting(Alert::getAlertId).containsOnly(raised.getAlertId());
        assertThat(s.of(FCW)).extracting(Alert::getRaisedAtNs).containsOnly(raised.getRaisedAtNs());
    }

    @Test
    void clearsOnceWhenTheSubjectSlowsDown() {
        drive(s, 30, 100, 0, 15, 164.5, 0, EAST, 5);
        assertThat(s.states(FCW)).containsExactly(AlertState.ALERT_STATE_RAISED);
        drive(s, 20, 145, 0, 5, 179.5, 0, EAST, 5);
        assertThat(s.states(FCW)).containsExactly(AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_CLEARED);
        assertThat(s.last(FCW).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_OVER);
        assertThat(s.engine.open()).isZero();
    }

    @Test
    void doesNotFlapAtItsThreshold() {
        // the time to collision goes up and down around 4 s
        for (int i = 0; i < 200; i++) {
            final double gap = 40 + 3 * Math.sin(i * 0.3);
            s.scene.bsm(TARGET, s.scene.car(TARGET, 300 + 0.5 * i, 0, EAST, 5));
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, 300 + 0.5 * i - gap - 4.5, 0, EAST, 15));
            s.scene.pass(100);
        }
        assertThat(s.states(FCW)).containsExactly(AlertState.ALERT_STATE_RAISED);
    }

    @Test
    void warnsOfAStandingCar() {
        drive(s, 40, 100, 0, 15, 180, 0, EAST, 0);
        assertThat(s.raised(FCW)).isNotNull();
    }

    @Test
    void warnsOffTheMapByTheOwnFrame() {
        final AlertScene field = new AlertScene(Scene.field(), AlertConfig.DEFAULT);
        drive(field, 45, 100, 0, 15, 164.5, 0.8, EAST, 5);
        assertThat(field.raised(FCW)).isNotNull();
        final AlertScene beside = new AlertScene(Scene.field(), AlertConfig.DEFAULT);
        drive(beside, 45, 100, 0, 15, 164.5, 3.5, EAST, 5);
        assertThat(beside.alerts).isEmpty();
    }

    @Test
    void warnsOnAnArcOffTheMap() {
        final AlertScene field = new AlertScene(Scene.field(), AlertConfig.DEFAULT);
        final double radius = 150;
        for (int i = 0; i < 30; i++) {
            final double rear = 15 * STEP * i / radius;
            final double front = (40 + 5 * STEP * i) / radius;
            field.scene.bsm(
                    TARGET,
                    field.scene.car(
                            TARGET, radius * Math.sin(front), radius * Math.cos(front), 90 + Math.toDegrees(front), 5));
            field.scene.bsm(
                    SUBJECT,
                    field.scene.car(
                            SUBJECT, radius * Math.sin(rear), radius * Math.cos(rear), 90 + Math.toDegrees(rear), 15));
            field.scene.pass(100);
        }
        assertThat(field.raised(FCW)).isNotNull();
    }

    @Test
    void warnsOfACarBehindTheJunction() {
        drive(s, 40, 940, 0, 15, 1_050, 0, EAST, 0);
        drive(s, 30, 1_000, 0, 15, 1_050, 0, EAST, 0);
        assertThat(s.raised(FCW)).isNotNull();
    }

    @Test
    void warnsASubjectThatIsOnlySeen() {
        for (int i = 0; i < 45; i++) {
            final double t = i * STEP;
            s.scene.rsm(UNIT, s.scene.seen(7, 164.5 + 5 * t, 0, EAST, 5), s.scene.seen(8, 100 + 15 * t, 0, EAST, 15));
            s.scene.pass(100);
        }
        final Alert raised = s.raised(FCW);
        assertThat(raised).isNotNull();
        assertThat(raised.getSubject().getSeenBy()).isEqualTo("unit");
        assertThat(raised.getSubject().getPtcId()).isEqualTo(8);
        assertThat(raised.getSubject().hasDeviceId()).isFalse();
    }

    /** 15 m/s behind 5 m/s in the middle lane, 2.2 m to the left of the other's place. */
    private void driveBeside(final Runnable other) {
        for (int i = 0; i < 50; i++) {
            other.run();
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, 100 + 15 * i * STEP, 1.2, EAST, 15));
            s.scene.pass(100);
            s.tick();
        }
    }

    @Test
    void warnsOfOneThatAUnitSeesInTheLaneThoughTheReceiverErrs() {
        driveBeside(() -> s.scene.rsm(UNIT, s.scene.seen(7, 164.5 + 5 * seconds(), -1, EAST, 5)));
        assertThat(s.raised(FCW)).isNotNull();
    }

    @Test
    void believesTheDistanceAcrossOfTwoReceivers() {
        driveBeside(() -> s.scene.bsm(TARGET, s.scene.car(TARGET, 164.5 + 5 * seconds(), -1, EAST, 5)));
        assertThat(s.of(FCW)).isEmpty();
    }

    private double seconds() {
        return (s.scene.nowNs - beginNs) * 1e-9;
    }

    @Test
    void ignoresTheOncomingLane() {
        drive(s, 60, 100, 3.5, 20, 300, 12 - 1.75, WEST, 20);
        assertThat(s.alerts).extracting(Alert::getKind).doesNotContain(FCW);
        final AlertScene field = new AlertScene(Scene.field(), AlertConfig.DEFAULT);
        drive(field, 60, 100, 0, 15, 300, 1, WEST, 15);
        assertThat(field.alerts).isEmpty();
    }

    @Test
    void ignoresTheNextLane() {
        drive(s, 60, 100, 0, 15, 150, 3.5, EAST, 5);
        assertThat(s.alerts).isEmpty();
    }

    @Test
    void ignoresWhoIsBehindAndWhoIsFaster() {
        drive(s, 60, 300, 0, 10, 200, 0, EAST, 10);
        drive(s, 60, 400, 0, 10, 415, 0, EAST, 12);
        assertThat(s.alerts).isEmpty();
    }

    @Test
    void ignoresASubjectThatBrakesInTime() {
        // 15 m/s, 60 m before a standing car, 3 m/s2: stands after 37.5 m
        for (int i = 0; i < 50; i++) {
            final double t = i * STEP;
            final double mps = 15 - 3 * t;
            s.scene.bsm(TARGET, s.scene.car(TARGET, 164.5, 0, EAST, 0));
            s.scene.bsm(SUBJECT, s.scene.braking(SUBJECT, 100 + 15 * t - 1.5 * t * t, 0, EAST, mps, -3, 0));
            s.scene.pass(100);
        }
        assertThat(s.alerts).isEmpty();
    }

    @Test
    void ignoresThePlatoonWithNoise() {
        final long seed = 11;
        final Random random = new Random(seed);
        for (int i = 0; i < 600; i++) {
            final double x = 20 + 1.4 * i;
            s.scene.bsm(
                    TARGET,
                    s.scene.car(TARGET, x + 25 + noise(random), noise(random), EAST, 14 + random.nextGaussian() * 0.2));
            s.scene.bsm(
                    SUBJECT,
                    s.scene.car(SUBJECT, x + noise(random), noise(random), EAST, 14 + random.nextGaussian() * 0.2));
            s.scene.pass(100);
        }
        assertThat(s.of(FCW)).as("seed %d", seed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void ignoresTheNextLaneWithNoise(final long seed) {
        final Random random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            final double t = i * STEP;
            s.scene.bsm(TARGET, s.scene.car(TARGET, 200 + 6 * t + noise(random), 3.5 + noise(random), EAST, 6));
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, 100 + 15 * t + noise(random), noise(random), EAST, 15));
            s.scene.pass(100);
        }
        assertThat(s.of(FCW)).as("seed %d", seed).isEmpty();
    }

    /** 95 % within 1.5 m. */
    private static double noise(final Random random) {
        return random.nextGaussian() * 0.75;
    }

    @Test
    void doesNotWarnAVehicleOfItself() {
        final long seed = 5;
        final Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            final double x = 100 + 1.5 * i;
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, x, 0, EAST, 15));
            s.scene.rsm(
                    UNIT,
                    s.scene.seen(
                            7,
                            x + random.nextGaussian() * 1.5,
                            random.nextGaussian() * 1.5,
                            EAST,
                            15 + random.nextGaussian()));
            s.scene.pass(100);
        }
        assertThat(s.alerts).as("seed %d", seed).isEmpty();
    }

    @Test
    void clearsAsGoneWhenTheTargetFallsSilent() {
        drive(s, 30, 100, 0, 15, 164.5, 0, EAST, 5);
        for (int i = 0; i < 30; i++) {
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, 145, 0, EAST, 15));
            s.scene.pass(100);
            s.tick();
        }
        assertThat(s.last(FCW).getState()).isEqualTo(AlertState.ALERT_STATE_CLEARED);
        assertThat(s.last(FCW).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_GONE);
        assertThat(s.engine.open()).isZero();
    }

    @Test
    void clearsAsGoneWhenTheSubjectFallsSilent() {
        drive(s, 30, 100, 0, 15, 164.5, 0, EAST, 5);
        s.scene.pass(2_001);
        s.tick();
        assertThat(s.states(FCW)).containsExactly(AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_CLEARED);
        assertThat(s.last(FCW).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_GONE);
    }

    @Test
    void reckonsWithAccelerationsAndStops() {
        assertThat(Kinematics.timeToCollision(30, 15, 0, 5, 0, 1)).isEqualTo(3, within(1e-9));
        assertThat(Kinematics.timeToCollision(30, 5, 0, 15, 0, 1)).isInfinite();
        assertThat(Kinematics.timeToCollision(20, 10, 0, 10, -2, 1)).isEqualTo(Math.sqrt(20), within(1e-9));
        // the front stands after 1 s and 5 m: 35 m at 10 m/s
        assertThat(Kinematics.timeToCollision(30, 10, 0, 10, -10, 1)).isEqualTo(3.5, within(1e-9));
        // the rear stands after 5 s and 25 m
        assertThat(Kinematics.timeToCollision(30, 10, -2, 0, 0, 1)).isInfinite();
        assertThat(Kinematics.timeToCollision(20, 10, -2, 0, 0, 1)).isEqualTo(5 - Math.sqrt(5), within(1e-9));
        // both stand: 9 m/s2 behind 3 m/s2, but too near
        assertThat(Kinematics.timeToCollision(-1, 10, 0, 0, 0, 1)).isZero();
        assertThat(Kinematics.timeToCollision(10, 10.5, 0, 10, 0, 1))
                .as("too little difference")
                .isInfinite();
        assertThat(Kinematics.usable(Double.NaN)).isZero();
        assertThat(Kinematics.usable(-20)).isEqualTo(-9);
    }
}
