package io.luyun.server.alert.collision;

import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AlertKind;
import io.luyun.server.alert.Crossroads;
import io.luyun.server.alert.Drive;
import io.luyun.server.alert.Path;
import org.junit.jupiter.api.Test;

/** ICW and FCW at a mapped junction, with the noise of the field; seeds 1 and up. The subject comes from the west. */
final class JunctionCollisionTest {
    private static final AlertKind ICW = AlertKind.ALERT_KIND_ICW;
    private static final AlertKind FCW = AlertKind.ALERT_KIND_FCW;
    private static final int SEEDS = 60;
    private static final double MPS = 12;
    private static final int LEFT_LIGHT = 1 << 2;
    private static final int RIGHT_LIGHT = 1 << 3;

    private static Drive.Motion steady(final Path path, final double begin, final double mps, final int lights) {
        return (t, car) -> {
            path.place(begin + mps * t, car);
            car.mps = mps;
            car.lights = lights;
        };
    }

    /** Both 120 m before the middle. */
    private static Drive drive(final long seed, final Drive.Motion subject, final Drive.Motion target) {
        return new Drive(Crossroads.zone(), seed).car(SUBJECT, subject).car(TARGET, target);
    }

    @Test
    void warnsOfOneWhoCrossesThreeSecondsBefore() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(
                            seed,
                            steady(Crossroads.straight(Crossroads.WEST, 1.75), 280, MPS, 0),
                            steady(Crossroads.straight(Crossroads.SOUTH, 1.75), 280, MPS, 0))
                    .until(9.7);
            assertThat(drive.raised(ICW, "subject")).as("seed %d", seed).isBetween(4.0, 7.0);
            assertThat(drive.raised(ICW, "target")).as("seed %d", seed).isBetween(4.0, 7.0);
        }
    }

    @Test
    void warnsOfOneFromTheOtherSideWhoTurnsLeftIntoTheWay() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            // the turner's way meets the subject's 122 m on, the subject gets there at the same time
            final Drive drive = drive(
                            seed,
                            steady(Crossroads.straight(Crossroads.WEST, 1.75), 278, MPS, 0),
                            steady(Crossroads.turning(Crossroads.EAST, 1.75, true), 313, 8, LEFT_LIGHT))
                    .until(9.7);
            assertThat(drive.raised(ICW, "subject")).as("seed %d", seed).isLessThan(7.7);
        }
    }

    /** Straight on each of them would hit the other; their turns do not meet. */
    @Test
    void saysNothingOfTurnsThatDoNotMeet() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(
                            seed,
                            steady(Crossroads.turning(Crossroads.WEST, 5.25, false), 320, 6, RIGHT_LIGHT),
                            steady(Crossroads.turning(Crossroads.NORTH, 1.75, true), 300, 8, LEFT_LIGHT))
                    .until(16);
            assertThat(drive.s.of(ICW)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void saysNothingOfOneBehindOnTheSameTurn() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(
                            seed,
                            steady(Crossroads.turning(Crossroads.WEST, 1.75, true), 310, 8, LEFT_LIGHT),
                            steady(Crossroads.turning(Crossroads.WEST, 1.75, true), 330, 8, LEFT_LIGHT))
                    .until(14);
            assertThat(drive.s.of(ICW)).as("seed %d", seed).isEmpty();
            assertThat(drive.s.of(FCW)).as("seed %d", seed).isEmpty();
        }
    }

    /** A queue at the stop line: braking at 0.8 m/s2, which is too little by 0.7, and 1.6 m/s2 from 3 s on. */
    @Test
    void saysNothingOfAStopAtAQueue() {
        final Path lane = Crossroads.straight(Crossroads.WEST, 1.75);
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(
                            seed,
                            (t, car) -> {
                                final double soft = Math.min(3, t);
                                final double hard = Math.max(0, Math.min(4.75, t - 3));
                                car.mps = 10 - 0.8 * soft - 1.6 * hard;
                                car.mps2 = hard == 4.75 ? 0 : t < 3 ? -0.8 : -1.6;
                                lane.place(330 + 10 * soft - 0.4 * soft * soft + 7.6 * hard - 0.8 * hard * hard, car);
                            },
                            steady(lane, 380.5, 0, 0))
                    .until(12);
            assertThat(drive.s.of(FCW)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void warnsOfAQueueNobodyBrakesFor() {
        final Path lane = Crossroads.straight(Crossroads.WEST, 1.75);
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(seed, steady(lane, 200, MPS, 0), steady(lane, 380, 0, 0))
                    .until(14.5);
            // bumpers meet after 14.6 s
            assertThat(drive.raised(FCW, "subject")).as("seed %d", seed).isBetween(10.0, 12.1);
        }
    }

    @Test
    void saysNothingOfOneWhoLeavesTheLaneAtTheJunction() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            // the one ahead turns right at 5 m/s from the right lane, the subject goes straight on from the left one
            final Drive drive = drive(
                            seed,
                            steady(Crossroads.straight(Crossroads.WEST, 1.75), 250, 14, 0),
                            steady(Crossroads.turning(Crossroads.WEST, 5.25, false), 345, 5, RIGHT_LIGHT))
                    .until(12);
            assertThat(drive.s.of(FCW)).as("seed %d", seed).isEmpty();
        }
    }
}
