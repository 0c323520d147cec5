package io.luyun.server.alert.collision;

import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.TARGET;
import static io.luyun.server.alert.AlertScene.UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Spat;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.alert.Crossroads;
import io.luyun.server.alert.Drive;
import io.luyun.server.alert.Path;
import org.junit.jupiter.api.Test;

/**
 * LTA with the noise of the field; seeds 1 and up. The subject comes from the west and turns left at 8 m/s, the target comes from
 * the east at 12 m/s; where their ways cross, both are after about 9.7 s.
 */
final class LeftTurnAssistTest {
    private static final AlertKind LTA = AlertKind.ALERT_KIND_LTA;
    private static final AlertKind ICW = AlertKind.ALERT_KIND_ICW;
    private static final int SEEDS = 40;
    private static final double SUBJECT_MPS = 8;
    private static final double SUBJECT_BEGIN = 313;
    private static final double TARGET_MPS = 12;
    private static final double TARGET_BEGIN = 278;
    private static final int LEFT_LIGHT = 1 << 2;
    private static final int RIGHT_LIGHT = 1 << 3;
    private static final Path LEFT = Crossroads.turning(Crossroads.WEST, 1.75, true);
    private static final Path ONCOMING = Crossroads.straight(Crossroads.EAST, 1.75);
    private static final int SUBJECT_PHASE = Crossroads.phase(Crossroads.WEST, true);
    private static final int TARGET_PHASE = Crossroads.phase(Crossroads.EAST, false);

    private static Drive.Motion steady(final Path path, final double begin, final double mps, final int lights) {
        return (t, car) -> {
            path.place(begin + mps * t, car);
            car.mps = mps;
            car.lights = lights;
        };
    }

    private static Drive.Motion turning() {
        return steady(LEFT, SUBJECT_BEGIN, SUBJECT_MPS, LEFT_LIGHT);
    }

    private static Drive.Motion oncoming() {
        return steady(ONCOMING, TARGET_BEGIN, TARGET_MPS, 0);
    }

    private static Drive drive(final long seed, final Drive.Motion subject, final Drive.Motion target) {
        return new Drive(Crossroads.zone(), seed).car(SUBJECT, subject).car(TARGET, target);
    }

    @Test
    void warnsWhoTurnsAndLeavesTheOncomingOneToIcw() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(seed, turning(), oncoming()).until(9.5);
            assertThat(drive.raised(LTA, "subject")).as("seed %d", seed).isBetween(4.0, 7.3);
            assertThat(drive.times(LTA, "target")).as("seed %d", seed).isZero();
            assertThat(drive.times(ICW, "subject")).as("seed %d", seed).isZero();
            assertThat(drive.times(ICW, "target")).as("seed %d", seed).isPositive();
        }
    }

    @Test
    void warnsOfOneThatOnlyAUnitSees() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive.Motion unseen = (t, car) -> {
                oncoming().at(t, car);
                car.seenOnly = true;
            };
            final Drive drive = drive(seed, turning(), unseen).until(9.5);
            assertThat(drive.raised(LTA, "subject")).as("seed %d", seed).isLessThan(7.7);
        }
    }

    @Test
    void warnsOfOneThatComesALittleLater() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            // the subject is gone for half a second when the other one comes
            final Drive drive = drive(seed, turning(), steady(ONCOMING, TARGET_BEGIN - 18, TARGET_MPS, 0))
                    .until(11);
            assertThat(drive.raised(LTA, "subject")).as("seed %d", seed).isLessThan(9);
        }
    }

    @Test
    void warnsWhoStartsToTurnAndNotWhoWaits() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            // at the mouth of the junction until 7 s, then 2 m/s2: crosses the other one's lane 8 m on from 9.2 s on
            final Drive.Motion starts = (t, car) -> {
                final double going = Math.max(0, t - 7);
                LEFT.place(382 + going * going, car);
                car.mps = 2 * going;
                car.mps2 = going > 0 ? 2 : 0;
                car.lights = LEFT_LIGHT;
            };
            final Drive drive = drive(seed, starts, oncoming()).until(9.5);
            assertThat(drive.raised(LTA, "subject")).as("seed %d", seed).isBetween(7.2, 9.0);
        }
    }

    @Test
    void saysNothingWhenTheGapIsLongEnough() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(seed, turning(), steady(ONCOMING, TARGET_BEGIN - 48, TARGET_MPS, 0))
                    .until(16);
            assertThat(drive.s.of(LTA)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void saysNothingOfOneThatTurnsAway() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Path right = Crossroads.turning(Crossroads.EAST, 5.25, false);
            final Path left = Crossroads.turning(Crossroads.EAST, 1.75, true);
            assertThat(drive(seed, turning(), steady(right, 330, 6, RIGHT_LIGHT))
                            .until(14)
                            .s
                            .of(LTA))
                    .as("right, seed %d", seed)
                    .isEmpty();
            assertThat(drive(seed, turning(), steady(left, SUBJECT_BEGIN, SUBJECT_MPS, LEFT_LIGHT))
                            .until(14)
                            .s
                            .of(LTA))
                    .as("left, seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void saysNothingToWhoGoesStraightOn() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive.Motion straight =
                    steady(Crossroads.straight(Crossroads.WEST, 1.75), SUBJECT_BEGIN, SUBJECT_MPS, 0);
            assertThat(drive(seed, straight, oncoming()).until(13).s.of(LTA))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void saysNothingOfABridge() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive.Motion above = (t, car) -> {
                oncoming().at(t, car);
                car.elevationDm = 60;
            };
            assertThat(drive(seed, turning(), above).until(13).s.of(LTA))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    /** Drives with what the lights of subject and target show all the time, a number of LightState; 0 for nothing. */
    private static Drive lights(final long seed, final int ofSubject, final int ofTarget) {
        final Drive drive =
                new Drive(Crossroads.signalled(), seed).car(SUBJECT, turning()).car(TARGET, oncoming());
        final IntersectionState.Builder node = IntersectionState.newBuilder()
                .setIntersection(NodeReference.newBuilder().setRegion(1).setId(Crossroads.NODE));
        node.addPhases(phase(SUBJECT_PHASE, ofSubject));
        if (ofTarget > 0) {
            node.addPhases(phase(TARGET_PHASE, ofTarget));
        }
        for (int tenth = 1; tenth < 75; tenth++) {
            drive.s.scene.spat(
                    UNIT, Spat.newBuilder().setMsgCnt(0).addIntersections(node).build());
            drive.until(tenth * 0.1);
        }
        return drive;
    }

    private static Phase.Builder phase(final int id, final int light) {
        return Phase.newBuilder()
                .setId(id)
                .addStates(PhaseState.newBuilder()
                        .setLightValue(light)
                        .setCounting(
                                CountdownTiming.newBuilder().setStartTime(0).setLikelyEndTime(300)));
    }

    @Test
    void saysNothingWhileARedLightHoldsOneOfThem() {
        final int green = LightState.LIGHT_PERMISSIVE_GREEN_VALUE;
        final int red = LightState.LIGHT_RED_VALUE;
        for (int seed = 1; seed <= SEEDS; seed++) {
            assertThat(lights(seed, red, green).s.of(LTA))
                    .as("subject, seed %d", seed)
                    .isEmpty();
            assertThat(lights(seed, green, red).s.of(LTA))
                    .as("target, seed %d", seed)
                    .isEmpty();
            assertThat(lights(seed, green, green).s.of(LTA))
                    .as("nobody, seed %d", seed)
                    .isNotEmpty();
        }
    }

    @Test
    void believesAProtectedGreenUnlessTheOtherOneHasGreenToo() {
        final int arrow = LightState.LIGHT_PROTECTED_GREEN_VALUE;
        for (int seed = 1; seed <= SEEDS; seed++) {
            assertThat(lights(seed, arrow, 0).s.of(LTA)).as("seed %d", seed).isEmpty();
            assertThat(lights(seed, arrow, arrow).s.of(LTA)).as("seed %d", seed).isNotEmpty();
        }
    }

    @Test
    void warnsOfOneThatCanNoLongerStopAtRed() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = lights(seed, LightState.LIGHT_PERMISSIVE_GREEN_VALUE, LightState.LIGHT_RED_VALUE)
                    .until(9.5);
            assertThat(drive.raised(LTA, "subject")).as("seed %d", seed).isBetween(7.0, 9.0);
        }
    }

    @Test
    void canBeSwitchedOffAlone() {
        final AlertConfig off = AlertScene.config("leftTurnAssist", "enabled", false);
        final Drive drive = new Drive(Crossroads.zone(), 1, off)
                .car(SUBJECT, turning())
                .car(TARGET, oncoming())
                .until(9.5);
        assertThat(drive.s.of(LTA)).isEmpty();
        assertThat(drive.times(ICW, "target")).isPositive();
    }
}
