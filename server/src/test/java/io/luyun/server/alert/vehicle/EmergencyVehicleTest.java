package io.luyun.server.alert.vehicle;

import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.TARGET;
import static io.luyun.server.alert.vehicle.Roads.along;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AlertKind;
import io.luyun.server.alert.Crossroads;
import io.luyun.server.alert.Drive;
import io.luyun.server.alert.Path;
import io.luyun.server.world.Scene;
import io.luyun.server.world.ZoneMap;
import org.junit.jupiter.api.Test;

/** EVW, with the noise of the field; seeds 1 and up. */
final class EmergencyVehicleTest {
    private static final AlertKind EVW = AlertKind.ALERT_KIND_EVW;
    private static final int AMBULANCE = 61;
    private static final int IN_USE = 2;

    private static Drive drive(
            final ZoneMap zone, final long seed, final Drive.Motion subject, final Drive.Motion target) {
        return new Drive(zone, seed).car(SUBJECT, subject).car(TARGET, target);
    }

    private static void quiet(final ZoneMap zone, final Drive.Motion subject, final Drive.Motion target) {
        for (int seed = 1; seed <= Roads.SEEDS; seed++) {
            assertThat(drive(zone, seed, subject, target).until(24).s.of(EVW))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    private static Drive.Motion onDuty(final Drive.Motion motion) {
        return (t, car) -> {
            motion.at(t, car);
            car.classification = AMBULANCE;
            car.siren = IN_USE;
        };
    }

    private static Drive.Motion steady(final Path path, final double begin, final double mps) {
        return (t, car) -> {
            path.place(begin + mps * t, car);
            car.mps = mps;
        };
    }

    @Test
    void tellsOfOneFromBehindInAnyLaneUntilItHasPassed() {
        for (int seed = 1; seed <= Roads.SEEDS; seed++) {
            // 295 m behind and 10 m/s faster; 12 s of its way are 264 m, it passes after 30 s
            final Drive drive = drive(Scene.road(), seed, along(400, -3.5, 10, 0), onDuty(along(100, 3.5, 20, 0)))
                    .until(36);
            assertThat(drive.raised(EVW, "subject")).as("seed %d", seed).isBetween(4.0, 8.0);
            assertThat(drive.cleared(EVW, "subject")).as("seed %d", seed).isBetween(30.5, 33.5);
            assertThat(drive.times(EVW, "subject")).as("seed %d", seed).isEqualTo(1);
            assertThat(drive.times(EVW, "target")).as("seed %d", seed).isZero();
        }
    }

    @Test
    void tellsWhoStandsInItsWay() {
        for (int seed = 1; seed <= Roads.SEEDS; seed++) {
            final Drive drive = drive(Scene.road(), seed, along(600, 0, 0, 0), (t, car) -> {
                        along(100, 0, 20, 0).at(t, car);
                        car.classification = AMBULANCE;
                        car.lightbar = IN_USE;
                    })
                    .until(24);
            assertThat(drive.raised(EVW, "subject")).as("seed %d", seed).isBetween(12.0, 15.0);
        }
    }

    @Test
    void tellsOfOneThatCrosses() {
        for (int seed = 1; seed <= Roads.SEEDS; seed++) {
            final Drive drive = drive(
                            Crossroads.zone(),
                            seed,
                            steady(Crossroads.straight(Crossroads.WEST, 1.75), 200, 12),
                            onDuty(steady(Crossroads.straight(Crossroads.SOUTH, 1.75), 150, 15)))
                    .until(15);
            assertThat(drive.raised(EVW, "subject")).as("seed %d", seed).isBetween(3.5, 9.0);
        }
    }

    @Test
    void saysNothingToOneWhoCrossesLongBeforeIt() {
        quiet(
                Crossroads.zone(),
                steady(Crossroads.straight(Crossroads.WEST, 1.75), 300, 12),
                onDuty(steady(Crossroads.straight(Crossroads.SOUTH, 1.75), 180, 15)));
    }

    @Test
    void saysNothingToOneWhoStandsAtTheLine() {
        quiet(
                Crossroads.zone(),
                steady(Crossroads.straight(Crossroads.WEST, 1.75), 380, 0),
                onDuty(steady(Crossroads.straight(Crossroads.SOUTH, 1.75), 150, 15)));
    }

    @Test
    void saysNothingOfOneNotOnDutyOrOfACarWithASiren() {
        quiet(Scene.road(), along(400, 0, 10, 0), (t, car) -> {
            along(100, 0, 20, 0).at(t, car);
            car.classification = AMBULANCE;
            car.siren = 1;
        });
        quiet(Scene.road(), along(400, 0, 10, 0), (t, car) -> {
            along(100, 0, 20, 0).at(t, car);
            car.siren = IN_USE;
        });
    }

    @Test
    void saysNothingOfOneAheadOncomingOrFarBehindAtTheSameSpeed() {
        quiet(Scene.road(), along(100, 0, 15, 0), onDuty(along(160, 0, 15, 0)));
        quiet(Scene.road(), along(100, 3.5, 15, 0), onDuty(along(900, 10.25, -20, 0)));
        quiet(Scene.road(), along(250, 0, 15, 0), onDuty(along(100, 0, 15, 0)));
    }
}
