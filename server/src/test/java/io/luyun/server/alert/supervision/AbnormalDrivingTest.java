package io.luyun.server.alert.supervision;

import static io.luyun.proto.v1.AlertState.ALERT_STATE_CLEARED;
import static io.luyun.proto.v1.AlertState.ALERT_STATE_RAISED;
import static io.luyun.server.alert.AlertScene.EAST;
import static io.luyun.server.alert.AlertScene.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertReason;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.world.Scene;
import org.junit.jupiter.api.Test;

final class AbnormalDrivingTest {
    private static final AlertKind KIND = AlertKind.ALERT_KIND_ABNORMAL_DRIVING;
    private static final int TENTHS = 300;

    /** Sways from side to side by so many metres in so many seconds. */
    private static AlertScene sway(final long seed, final double metres, final double seconds, final double mps) {
        final AlertScene s = new AlertScene();
        final Noisy noisy = new Noisy(s, seed);
        final double omega = 2 * Math.PI / seconds;
        final double phase = noisy.uniform(0, 6);
        for (int i = 0; i < TENTHS; i++) {
            final double t = i * 0.1;
            final double lateral = metres * omega * Math.cos(omega * t + phase);
            noisy.car(
                    SUBJECT,
                    100 + mps * t,
                    metres * Math.sin(omega * t + phase),
                    EAST - Math.toDegrees(Math.atan2(lateral, mps)),
                    mps);
            noisy.pass();
        }
        return s;
    }

    /** Changes lanes to and fro, each in 4 s, with a rest between. */
    private static AlertScene lanes(final long seed, final double rest) {
        final AlertScene s = new AlertScene();
        final Noisy noisy = new Noisy(s, seed);
        final double mps = 15;
        final double period = 4 + rest;
        for (int i = 0; i < TENTHS; i++) {
            final double t = i * 0.1;
            final int number = (int) (t / period);
            final double part = Math.min(1, t % period / 4);
            final double way = 3.5 * (part - Math.sin(2 * Math.PI * part) / (2 * Math.PI));
            final double across = part < 1 ? 3.5 / 4 * (1 - Math.cos(2 * Math.PI * part)) : 0;
            final double sign = number % 2 == 0 ? 1 : -1;
            noisy.car(
                    SUBJECT,
                    100 + mps * t,
                    number % 2 == 0 ? way : 3.5 - way,
                    EAST - Math.toDegrees(Math.atan2(sign * across, mps)),
                    mps);
            noisy.pass();
        }
        return s;
    }

    /** Once round a circle after another. */
    private static AlertScene circle(final long seed, final double radius, final double mps) {
        final AlertScene s = new AlertScene(Scene.field(), AlertConfig.DEFAULT);
        final Noisy noisy = new Noisy(s, seed);
        for (int i = 0; i < TENTHS; i++) {
            final double angle = mps / radius * i * 0.1;
            noisy.car(
                    SUBJECT,
                    radius * Math.sin(angle),
                    radius * Math.cos(angle),
                    (EAST + Math.toDegrees(angle)) % 360,
                    mps);
            noisy.pass();
        }
        return s;
    }

    private static AlertScene accelerate(final long seed, final double mps2) {
        final AlertScene s = new AlertScene();
        final Noisy noisy = new Noisy(s, seed);
        double x = 100;
        double mps = mps2 < 0 ? 20 : 3;
        for (int i = 0; i < 60; i++) {
            final double now = i >= 20 && i < 40 ? mps2 : 0;
            noisy.car(SUBJECT, x, 0, EAST, mps, now);
            x += mps * 0.1;
            mps = Math.max(0.5, mps + now * 0.1);
            noisy.pass();
        }
        return s;
    }

    @Test
    void swayingIsWeaving() {
        for (final double seconds : new double[] {3, 4, 5}) {
            assertThat(Noisy.raised(KIND, seed -> sway(seed, 1, seconds, 12)))
                    .as("1 m in %s s", seconds)
                    .isEqualTo(Noisy.SEEDS);
        }
    }

    @Test
    void littleOrSlowSwayingAndLaneChangesAndBendsAreNot() {
        assertThat(Noisy.raised(KIND, seed -> sway(seed, 0, 5, 12)))
                .as("straight")
                .isZero();
        assertThat(Noisy.raised(KIND, seed -> sway(seed, 0.3, 5, 15)))
                .as("0.3 m")
                .isZero();
        assertThat(Noisy.raised(KIND, seed -> sway(seed, 2, 12, 15)))
                .as("in 12 s")
                .isZero();
        assertThat(Noisy.raised(KIND, seed -> lanes(seed, 3)))
                .as("changing lanes again and again")
                .isZero();
        assertThat(Noisy.raised(KIND, seed -> circle(seed, 20, 8)))
                .as("a roundabout")
                .isZero();
    }

    @Test
    void harshIsWhatIsAboveTheSetting() {
        assertThat(Noisy.raised(KIND, seed -> accelerate(seed, -8))).isEqualTo(Noisy.SEEDS);
        assertThat(Noisy.raised(KIND, seed -> accelerate(seed, -5))).isZero();
        assertThat(Noisy.raised(KIND, seed -> accelerate(seed, 6))).isEqualTo(Noisy.SEEDS);
        assertThat(Noisy.raised(KIND, seed -> accelerate(seed, 3.5))).isZero();
    }

    @Test
    void itSaysWhyAndIsClearedOnce() {
        final AlertScene s = accelerate(3, -8);
        final Alert raised = s.last(KIND);
        assertThat(raised.getReason()).isEqualTo(AlertReason.ALERT_REASON_HARSH_BRAKING);
        assertThat(raised.getMeasured()).isBetween(600, 900);
        assertThat(raised.getThreshold()).isEqualTo(600);
        s.scene.pass(1_000);
        s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, 170, 0, EAST, 5));
        s.scene.pass(1_000);
        s.tick();
        assertThat(s.states(KIND)).containsExactly(ALERT_STATE_RAISED, ALERT_STATE_CLEARED);
        final AlertScene weaving = sway(3, 1, 4, 12);
        assertThat(weaving.states(KIND)).containsExactly(ALERT_STATE_RAISED);
        assertThat(weaving.last(KIND).getReason()).isEqualTo(AlertReason.ALERT_REASON_WEAVING);
        assertThat(weaving.last(KIND).getMeasured()).isEqualTo(400);
    }
}
