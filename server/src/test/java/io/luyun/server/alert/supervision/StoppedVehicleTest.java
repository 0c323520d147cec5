package io.luyun.server.alert.supervision;

import static io.luyun.proto.v1.AlertState.ALERT_STATE_CLEARED;
import static io.luyun.proto.v1.AlertState.ALERT_STATE_RAISED;
import static io.luyun.server.alert.AlertScene.EAST;
import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.TARGET;
import static io.luyun.server.alert.AlertScene.UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.LightState;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.world.ZoneDraft;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** On a street to the east with a junction at 1000: signals of phase 5, a bus stop at 300, a crossing at 600. */
final class StoppedVehicleTest {
    private static final AlertKind KIND = AlertKind.ALERT_KIND_STOPPED_VEHICLE;
    private static final double SHOULDER = -7;
    private static final double MEDIAN = 8;

    private static AlertScene scene() {
        return new AlertScene(
                new ZoneDraft()
                        .link("1", 10, 20, 3, 60, 0, 0, 1000, 0)
                        .link("4", 20, 40, 3, 60, 1040, 0, 2000, 0)
                        .movement(20, "1", "4", "\"phaseId\":5", 1000, 0, 1040, 0)
                        .point("busStop", "\"link\":\"1\",\"alongM\":300,\"name\":\"stop\"", 300, -6)
                        .line("crossing", "\"node\":0,\"name\":\"zebra\"", 600, -8, 600, 8)
                        .load(),
                AlertConfig.DEFAULT);
    }

    /** Comes up at 10 m/s, stands at a place for so many seconds. */
    private static AlertScene stand(
            final long seed,
            final double x,
            final double y,
            final int seconds,
            final IntFunction<LightState> light,
            final double aheadX) {
        final AlertScene s = scene();
        final Noisy noisy = new Noisy(s, seed);
        for (int i = -100; i < seconds * 10; i++) {
            final boolean stands = i >= 0;
            noisy.car(SUBJECT, stands ? x : x + i, y, EAST, stands ? 0 : 10);
            if (aheadX > 0) {
                noisy.car(TARGET, aheadX, y, EAST, 0);
            }
            final LightState shows = light.apply(i / 10);
            if (shows != LightState.LIGHT_UNAVAILABLE && i % 5 == 0) {
                s.scene.spat(UNIT, Spats.of(1, 20, 5, shows));
            }
            noisy.pass();
        }
        return s;
    }

    private static AlertScene stand(final long seed, final double x, final double y, final int seconds) {
        return stand(seed, x, y, seconds, at -> LightState.LIGHT_UNAVAILABLE, 0);
    }

    @Test
    void standingOnTheCarriagewayIsRaised() {
        for (final double y : new double[] {-3.5, 0, 3.5}) {
            assertThat(Noisy.raised(KIND, seed -> stand(seed, 450, y, 35)))
                    .as("lane at %s", y)
                    .isEqualTo(Noisy.SEEDS);
        }
        assertThat(Noisy.raised(KIND, seed -> stand(seed, 450, -3.5, 28)))
                .as("not for 30 s")
                .isZero();
    }

    @Test
    void whoDrivesByIsNoReason() {
        assertThat(Noisy.raised(KIND, seed -> {
                    final AlertScene s = scene();
                    final Noisy noisy = new Noisy(s, seed);
                    for (int i = -100; i < 360; i++) {
                        noisy.car(SUBJECT, i >= 0 ? 450 : 450 + i, 0, EAST, i >= 0 ? 0 : 10);
                        // one every eight seconds, nearer than lanes lie, as positions err
                        noisy.car(TARGET, 400 + 1.2 * Math.floorMod(i, 80), 1.8, EAST, 12);
                        noisy.pass();
                    }
                    return s;
                }))
                .isEqualTo(Noisy.SEEDS);
    }

    @Test
    void beyondTheEdgeIsNot() {
        assertThat(Noisy.raised(KIND, seed -> stand(seed, 450, SHOULDER, 60))).isZero();
        assertThat(Noisy.raised(KIND, seed -> stand(seed, 450, MEDIAN, 60)))
                .as("to the left")
                .isZero();
    }

    @Test
    void onTheLeftWhereNobodyParksALittleBeyondIsStillOn() {
        // the edge is at 5.25 m
        assertThat(stand(0, 450, 5.9, 35).raised(KIND)).isNotNull();
        assertThat(stand(0, 450, -5.9, 60).raised(KIND)).as("on the right").isNull();
    }

    @Test
    void whereWaitingIsUsualItTakesLonger() {
        assertThat(Noisy.raised(KIND, seed -> stand(seed, 300, -3.5, 60)))
                .as("bus stop")
                .isZero();
        assertThat(Noisy.raised(KIND, seed -> stand(seed, 590, 0, 60)))
                .as("before the crossing")
                .isZero();
        assertThat(Noisy.raised(KIND, seed -> stand(seed, 1030, 0, 60)))
                .as("within the junction")
                .isZero();
        assertThat(stand(1, 300, -3.5, 185).raised(KIND)).as("too long").isNotNull();
        assertThat(stand(1, 300, 3.5, 35).raised(KIND))
                .as("beside the stop in another lane")
                .isNotNull();
    }

    @Test
    void aRedLightIsAReasonAndGreenIsNone() {
        assertThat(Noisy.raised(KIND, seed -> stand(seed, 990, 0, 60, at -> LightState.LIGHT_RED, 0)))
                .isZero();
        assertThat(Noisy.raised(KIND, seed -> stand(seed, 990, 0, 60)))
                .as("signals not heard of")
                .isZero();
        assertThat(Noisy.raised(
                        KIND,
                        seed -> stand(
                                seed,
                                990,
                                0,
                                80,
                                at -> at < 40 ? LightState.LIGHT_RED : LightState.LIGHT_PROTECTED_GREEN,
                                0)))
                .as("40 s of green")
                .isEqualTo(Noisy.SEEDS);
        assertThat(Noisy.raised(
                        KIND,
                        seed -> stand(
                                seed,
                                990,
                                0,
                                80,
                                at -> at < 60 ? LightState.LIGHT_RED : LightState.LIGHT_PROTECTED_GREEN,
                                0)))
                .as("20 s of green")
                .isZero();
    }

    @Test
    void ofAQueueOnlyTheFirstIsRaised() {
        int front = 0;
        for (int seed = 1; seed <= Noisy.SEEDS; seed++) {
            final AlertScene s = stand(seed, 450, 0, 60, at -> LightState.LIGHT_UNAVAILABLE, 462);
            assertThat(s.of(KIND))
                    .as("seed %d", seed)
                    .allMatch(alert -> alert.getSubject().getDeviceId().equals("target"));
            front += s.raised(KIND) == null ? 0 : 1;
        }
        assertThat(front).isEqualTo(Noisy.SEEDS);
    }

    @Test
    void itIsClearedWhenItMoves() {
        final AlertScene s = stand(4, 450, 0, 35);
        for (int i = 0; i < 20; i++) {
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, 450, 0, EAST, 1));
            s.scene.pass(100);
            s.tick();
        }
        assertThat(s.states(KIND)).as("creeping").containsExactly(ALERT_STATE_RAISED);
        for (int i = 0; i < 20; i++) {
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, 450 + 0.5 * i, 0, EAST, 5));
            s.scene.pass(100);
            s.tick();
        }
        assertThat(s.states(KIND)).containsExactly(ALERT_STATE_RAISED, ALERT_STATE_CLEARED);
    }
}
