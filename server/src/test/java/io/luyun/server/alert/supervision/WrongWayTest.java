package io.luyun.server.alert.supervision;

import static io.luyun.proto.v1.AlertState.ALERT_STATE_CLEARED;
import static io.luyun.proto.v1.AlertState.ALERT_STATE_RAISED;
import static io.luyun.server.alert.AlertScene.EAST;
import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.world.ZoneDraft;
import org.junit.jupiter.api.Test;

/** On the road of Scene: three lanes to the east around y = 0, two to the west around y = 12. */
final class WrongWayTest {
    private static final AlertKind KIND = AlertKind.ALERT_KIND_WRONG_WAY;
    private static final double UP = 0;

    private static AlertScene drive(
            final AlertScene s, final long seed, final double y, final double heading, final double mps) {
        final Noisy noisy = new Noisy(s, seed);
        final double step = (heading == EAST ? 1 : -1) * mps * 0.1;
        double x = noisy.uniform(300, 500);
        for (int i = 0; i < 100; i++) {
            noisy.car(SUBJECT, x, y, heading, mps);
            x += step;
            noisy.pass();
        }
        return s;
    }

    /** A road without ground between the ways: two lanes each. */
    private static AlertScene undivided() {
        return new AlertScene(
                new ZoneDraft()
                        .link("1", 10, 20, 2, 60, 0, 0, 2000, 0)
                        .link("2", 20, 10, 2, 60, 2000, 7, 0, 7)
                        .load(),
                AlertConfig.DEFAULT);
    }

    @Test
    void againstTheDirectionOfEitherCarriagewayIsRaised() {
        assertThat(Noisy.raised(KIND, seed -> drive(new AlertScene(), seed, 10.25, EAST, 12)))
                .as("in the near lane of the other carriageway")
                .isEqualTo(Noisy.SEEDS);
        assertThat(Noisy.raised(KIND, seed -> drive(new AlertScene(), seed, -3.5, WEST, 8)))
                .as("in the outermost lane")
                .isEqualTo(Noisy.SEEDS);
    }

    @Test
    void withTheDirectionIsNot() {
        for (final double y : new double[] {-3.5, 0, 3.5, -5.5, 5.5}) {
            assertThat(Noisy.raised(KIND, seed -> drive(new AlertScene(), seed, y, EAST, 15)))
                    .as("to the east at y = %s", y)
                    .isZero();
        }
        assertThat(Noisy.raised(KIND, seed -> drive(new AlertScene(), seed, 10.25, WEST, 15)))
                .isZero();
    }

    @Test
    void onUndividedRoadsTheCentreLaneIsNotAndPassingIsNotUntilItIsLong() {
        assertThat(Noisy.raised(KIND, seed -> drive(undivided(), seed, 1.75, EAST, 20)))
                .as("the lane beside the centre line")
                .isZero();
        assertThat(Noisy.raised(KIND, seed -> drive(undivided(), seed, 3.9, EAST, 25)))
                .as("250 m in that lane with a receiver that errs by 2.15 m all the time")
                .isZero();
        assertThat(Noisy.raised(KIND, seed -> drive(undivided(), seed, 8.75, EAST, 15)))
                .as("passing, 150 m on the other side")
                .isZero();
        assertThat(Noisy.raised(KIND, seed -> drive(undivided(), seed, 8.75, EAST, 25)))
                .as("250 m on the other side")
                .isEqualTo(Noisy.SEEDS);
    }

    @Test
    void slowOnesAndThoseBesideTheRoadAreNot() {
        assertThat(Noisy.raised(KIND, seed -> drive(new AlertScene(), seed, 12, EAST, 2)))
                .as("manoeuvring")
                .isZero();
        assertThat(Noisy.raised(KIND, seed -> drive(new AlertScene(), seed, -12, WEST, 10)))
                .as("6.75 m beside")
                .isZero();
    }

    @Test
    void aTurnAroundIsNot() {
        assertThat(Noisy.raised(KIND, seed -> {
                    final AlertScene s = new AlertScene();
                    final Noisy noisy = new Noisy(s, seed);
                    for (int i = 0; i < 100; i++) {
                        // from y = 3.5 to the east round to y = 10.25 to the west, then on
                        final double turn = Math.min(1, i / 25.0);
                        final double angle = Math.PI * turn;
                        final double beyond = Math.max(0, i - 25) * 0.5;
                        noisy.car(
                                SUBJECT,
                                400 + 3.4 * Math.sin(angle) - beyond,
                                6.9 - 3.4 * Math.cos(angle),
                                (EAST - 180 * turn + 360) % 360,
                                4.5);
                        noisy.pass();
                    }
                    return s;
                }))
                .isZero();
    }

    @Test
    void itIsClearedWhenItIsOver() {
        final AlertScene s = drive(new AlertScene(), 7, 12, EAST, 12);
        assertThat(s.last(KIND).getState()).isEqualTo(ALERT_STATE_RAISED);
        assertThat(s.last(KIND).getSeverity()).isEqualTo(Severity.SEVERITY_CRITICAL);
        assertThat(s.last(KIND).getSubject().getDeviceId()).isEqualTo("subject");
        for (int i = 0; i < 15; i++) {
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, 600, 12, EAST, 0));
            s.scene.pass(100);
            s.tick();
        }
        assertThat(s.states(KIND)).as("standing against traffic").containsExactly(ALERT_STATE_RAISED);
        for (int i = 0; i < 30; i++) {
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, 600, 30 + i, UP, 10));
            s.scene.pass(100);
            s.tick();
        }
        assertThat(s.states(KIND)).containsExactly(ALERT_STATE_RAISED, ALERT_STATE_CLEARED);
    }
}
