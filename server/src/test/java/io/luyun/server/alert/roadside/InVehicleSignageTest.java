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
import io.luyun.proto.v1.RoadSign;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.TimeSpan;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.alert.NoisyRoad;
import io.luyun.server.alert.Score;
import io.luyun.server.world.Scene;
import io.luyun.server.world.ZoneDraft;
import io.luyun.server.world.ZoneMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** IVS, driven by hand on the road of {@link Scene}. */
final class InVehicleSignageTest {
    private static final AlertKind IVS = AlertKind.ALERT_KIND_IVS;
    private static final int SEEDS = 60;
    private static final double MPS = 15;

    private final AlertScene s = new AlertScene();

    private static void tell(final AlertScene s, final double x, final double y) {
        s.scene.rsi(UNIT, Rsi.newBuilder().addSigns(sign(s, x, y)));
    }

    private static RoadSign.Builder sign(final AlertScene s, final double x, final double y) {
        return RoadSign.newBuilder()
                .setSignId(3)
                .setSignType(38)
                .setDescription("works")
                .setPos(s.scene.position(x, y));
    }

    private static void drive(
            final NoisyRoad road, final double seconds, final double x, final double y, final double heading) {
        final double sign = heading == WEST ? -1 : 1;
        for (int i = 0; i < seconds * 10; i++) {
            road.report(SUBJECT, x + sign * MPS * i * 0.1, y, heading, MPS);
            road.step();
        }
    }

    /** One sign at x = 500 that holds for 300 m, repeated every five seconds. */
    private static void pass(final NoisyRoad road, final double y, final double heading) {
        for (int i = 0; i < 11; i++) {
            tell(road.s, 500, -8);
            drive(road, 5, (heading == WEST ? 950 : 200) + (heading == WEST ? -75 : 75) * i, y, heading);
        }
    }

    @Test
    void showsASignOnceFromAheadUntilItHoldsNoLonger() {
        pass(new NoisyRoad(s, 1, false), 0, EAST);
        assertThat(s.states(IVS)).containsExactly(AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_CLEARED);
        final Alert raised = s.raised(IVS);
        assertThat(raised).isNotNull();
        assertThat(raised.getSeverity()).isEqualTo(Severity.SEVERITY_INFO);
        assertThat(raised.getDistanceCm()).isCloseTo(15_000, within(500));
        assertThat(raised.getEvent().getCode()).isEqualTo(38);
        assertThat(raised.getEvent().getSign()).isTrue();
        assertThat(raised.getEvent().getDescription()).isEqualTo("works");
        assertThat(s.last(IVS).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_OVER);
        // it holds to 800, and is taken away 2 s later
        final double seconds = (s.last(IVS).getAtNs() - raised.getAtNs()) * 1e-9;
        assertThat(seconds).isCloseTo(450 / MPS + 2, within(1.0));
    }

    @Test
    void takesItAwayWhenItIsNoLongerSent() {
        tell(s, 500, -8);
        drive(new NoisyRoad(s, 2, false), 15, 380, 0, EAST);
        assertThat(s.states(IVS)).containsExactly(AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_CLEARED);
        assertThat(s.last(IVS).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_GONE);
    }

    @Test
    void showsNothingBeforeItsTime() {
        final int later = s.scene.minuteOfYear() + 1;
        s.scene.rsi(
                UNIT,
                Rsi.newBuilder()
                        .addSigns(sign(s, 500, -8)
                                .setTimeSpan(TimeSpan.newBuilder().setStartTime(later))));
        drive(new NoisyRoad(s, 6, false), 4, 400, 0, EAST);
        assertThat(s.alerts).isEmpty();
    }

    @Test
    void showsNothingToWhoParksAndNothingThatIsIgnored() {
        tell(s, 500, -8);
        for (int i = 0; i < 20; i++) {
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, 450, 0, EAST, 0));
            s.scene.pass(100);
        }
        assertThat(s.alerts).isEmpty();
        final AlertScene other =
                new AlertScene(Scene.road(), AlertScene.config("inVehicleSignage", "ignoredTypes", List.of(38)));
        pass(new NoisyRoad(other, 3, false), 0, EAST);
        assertThat(other.alerts).isEmpty();
    }

    /** A junction where lane 1 leads on to B and lane 2 turns to C. */
    private static ZoneMap lanes() {
        return new ZoneDraft()
                .link("A", 1, 2, 2, 60, 0, 0, 1_000, 0)
                .link("B", 2, 3, 2, 60, 1_030, 0, 2_000, 0)
                .link("C", 2, 4, 2, 60, 1_020, -30, 1_020, -500)
                .movement(2, "A", "B", "\"maneuver\":\"straight\",\"lanes\":[[1,1]]", 1_000, 0, 1_030, 0)
                .movement(2, "A", "C", "\"maneuver\":\"right\",\"lanes\":[[2,2]]", 1_000, 0, 1_015, -10, 1_020, -30)
                .load();
    }

    @Test
    void followsTheOnlyWayFromItsLane() {
        final AlertScene onward = new AlertScene(lanes(), AlertConfig.DEFAULT);
        tell(onward, 1_050, -8);
        drive(new NoisyRoad(onward, 4, false), 2, 950, 1.75, EAST);
        assertThat(onward.states(IVS)).containsExactly(AlertState.ALERT_STATE_RAISED);
        assertThat(onward.last(IVS).getDistanceCm()).isCloseTo(10_000, within(400));
        final AlertScene turning = new AlertScene(lanes(), AlertConfig.DEFAULT);
        tell(turning, 1_050, -8);
        drive(new NoisyRoad(turning, 5, false), 3, 950, -1.75, EAST);
        assertThat(turning.of(IVS)).isEmpty();
    }

    @Test
    void isRightUnderNoise() {
        final Score score = new Score("IVS");
        for (long seed = 0; seed < SEEDS; seed++) {
            final boolean seen = seed % 2 == 1;
            final NoisyRoad on = new NoisyRoad(new AlertScene(), seed, seen);
            pass(on, seed % 3 * 3.5 - 3.5, EAST);
            score.add(
                    "ahead",
                    seed,
                    true,
                    on.s.states(IVS).equals(List.of(AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_CLEARED)));
            final NoisyRoad opposite = new NoisyRoad(new AlertScene(), seed, seen);
            pass(opposite, 10.25, WEST);
            score.add("opposite carriageway", seed, false, !opposite.s.of(IVS).isEmpty());
            final NoisyRoad branch = new NoisyRoad(new AlertScene(lanes(), AlertConfig.DEFAULT), seed, seen);
            tell(branch.s, 1_050, -8);
            drive(branch, 4.5, 930, -1.75, EAST);
            score.add("other branch", seed, false, !branch.s.of(IVS).isEmpty());
        }
        score.check();
    }
}
