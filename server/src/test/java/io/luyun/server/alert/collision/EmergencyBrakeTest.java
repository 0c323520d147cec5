package io.luyun.server.alert.collision;

import static io.luyun.server.alert.AlertScene.EAST;
import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.TARGET;
import static io.luyun.server.alert.AlertScene.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.ClearReason;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.AlertScene;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** EBW, driven by hand. */
final class EmergencyBrakeTest {
    private static final AlertKind EBW = AlertKind.ALERT_KIND_EBW;
    private static final int HARD_BRAKING = 1 << 7;

    private final AlertScene s = new AlertScene();

    /** One step of two vehicles 15 m/s fast. */
    private void step(
            final int i,
            final double gap,
            final double targetY,
            final double targetHeading,
            final double mps2,
            final int events) {
        final double x = 100 + 1.5 * i;
        s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, x, 0, EAST, 15));
        s.scene.bsm(TARGET, s.scene.braking(TARGET, x + gap + 4.5, targetY, targetHeading, 15, mps2, events));
        s.scene.pass(100);
        s.tick();
    }

    @Test
    void warnsAtOnceOnTheFlag() {
        for (int i = 0; i < 5; i++) {
            step(i, 40, 0, EAST, 0, 0);
        }
        assertThat(s.alerts).isEmpty();
        step(5, 40, 0, EAST, 0, HARD_BRAKING);
        final Alert raised = s.raised(EBW);
        assertThat(raised).isNotNull();
        assertThat(raised.getSeverity()).isEqualTo(Severity.SEVERITY_WARNING);
        assertThat(raised.getCauseSequences(0))
                .as("the braking vehicle's own report")
                .isEqualTo(s.scene.sequence - 1);
        assertThat(raised.getDistanceCm()).isBetween(3_900, 4_200);
    }

    @Test
    void isCriticalWhenNear() {
        step(0, 15, 0, EAST, -6, HARD_BRAKING);
        assertThat(s.last(EBW).getSeverity()).isEqualTo(Severity.SEVERITY_CRITICAL);
    }

    @Test
    void needsTwoReportsOfADecelerationWithoutFlag() {
        step(0, 40, 0, EAST, -5, 0);
        assertThat(s.of(EBW)).isEmpty();
        step(1, 40, 0, EAST, 0, 0);
        step(2, 40, 0, EAST, -5, 0);
        assertThat(s.of(EBW)).as("once at a time is noise").isEmpty();
        step(3, 40, 0, EAST, -5, 0);
        assertThat(s.states(EBW)).containsExactly(AlertState.ALERT_STATE_RAISED);
    }

    @Test
    void cautionsInTheNextLane() {
        step(0, 40, 3.5, EAST, -6, HARD_BRAKING);
        assertThat(s.last(EBW).getSeverity()).isEqualTo(Severity.SEVERITY_CAUTION);
    }

    @Test
    void clearsAfterTheHoldWhenTheBrakesAreReleased() {
        for (int i = 0; i < 10; i++) {
            step(i, 40, 0, EAST, -6, HARD_BRAKING);
        }
        for (int i = 10; i < 20; i++) {
            step(i, 40, 0, EAST, 0, 0);
        }
        assertThat(s.states(EBW)).containsExactly(AlertState.ALERT_STATE_RAISED);
        for (int i = 20; i < 30; i++) {
            step(i, 40, 0, EAST, 0, 0);
        }
        assertThat(s.states(EBW)).containsExactly(AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_CLEARED);
        assertThat(s.last(EBW).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_OVER);
    }

    @Test
    void clearsByTheTickWhenNobodyReportsBeforeTheEnd() {
        step(0, 40, 0, EAST, -6, HARD_BRAKING);
        step(1, 40, 0, EAST, 0, 0);
        step(2, 40, 0, EAST, 0, 0);
        s.scene.pass(1_500);
        s.tick();
        assertThat(s.states(EBW)).containsExactly(AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_CLEARED);
        assertThat(s.last(EBW).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_OVER);
    }

    @Test
    void holdsWhileTheFlagFlickers() {
        for (int i = 0; i < 40; i++) {
            step(i, 40, 0, EAST, -1, i % 3 == 0 ? HARD_BRAKING : 0);
        }
        assertThat(s.states(EBW)).containsExactly(AlertState.ALERT_STATE_RAISED);
    }

    @Test
    void ignoresOncomingBehindTwoLanesOffFarAndSoftBraking() {
        step(0, 40, 10.25, WEST, -6, HARD_BRAKING);
        step(0, -60, 0, EAST, -6, HARD_BRAKING);
        step(0, 40, 7, EAST, -6, HARD_BRAKING);
        step(0, 160, 0, EAST, -6, HARD_BRAKING);
        assertThat(s.of(EBW)).isEmpty();
        final AlertScene soft = new AlertScene();
        for (int i = 0; i < 20; i++) {
            soft.scene.bsm(SUBJECT, soft.scene.car(SUBJECT, 100 + 1.5 * i, 0, EAST, 15));
            soft.scene.bsm(TARGET, soft.scene.braking(TARGET, 140 + 1.5 * i, 0, EAST, 15, -3, 0));
            soft.scene.pass(100);
        }
        assertThat(soft.of(EBW)).isEmpty();
    }

    @Test
    void ignoresWhoAlreadyStands() {
        s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, 100, 0, EAST, 8));
        s.scene.bsm(TARGET, s.scene.braking(TARGET, 135, 0, EAST, 0, -5, HARD_BRAKING));
        assertThat(s.of(EBW)).isEmpty();
    }

    @Test
    void warnsAllWhoFollow() {
        for (int follower = 10; follower < 14; follower++) {
            s.scene.bsm(follower, s.scene.car(follower, 200 - 18 * (follower - 9), 0, EAST, 15));
        }
        s.scene.bsm(TARGET, s.scene.braking(TARGET, 200, 0, EAST, 15, -6, HARD_BRAKING));
        assertThat(s.states(EBW)).hasSize(4).containsOnly(AlertState.ALERT_STATE_RAISED);
        assertThat(s.of(EBW)).extracting(Alert::getAlertId).doesNotHaveDuplicates();
    }

    @Test
    void ignoresNoiseAcross() {
        final long seed = 3;
        final Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            final double x = 100 + 1.5 * i;
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, x, -3.5 + random.nextGaussian() * 0.75, EAST, 15));
            s.scene.bsm(
                    TARGET,
                    s.scene.braking(
                            TARGET,
                            x + 40,
                            3.5 + random.nextGaussian() * 0.75,
                            EAST,
                            15,
                            -6,
                            i < 10 ? 0 : HARD_BRAKING));
            s.scene.pass(100);
        }
        assertThat(s.of(EBW).stream().filter(a -> a.getSeverity().getNumber() > Severity.SEVERITY_CAUTION_VALUE))
                .as("seed %d", seed)
                .isEmpty();
    }
}
