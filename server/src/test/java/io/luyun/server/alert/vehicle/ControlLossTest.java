package io.luyun.server.alert.vehicle;

import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.TARGET;
import static io.luyun.server.alert.vehicle.Roads.along;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.Drive;
import io.luyun.server.world.Scene;
import io.luyun.server.world.ZoneMap;
import org.junit.jupiter.api.Test;

/** CLW, with the noise of the field; seeds 1 and up. */
final class ControlLossTest {
    private static final AlertKind CLW = AlertKind.ALERT_KIND_CLW;

    private static Drive drive(
            final ZoneMap zone, final long seed, final Drive.Motion subject, final Drive.Motion target) {
        return new Drive(zone, seed).car(SUBJECT, subject).car(TARGET, target);
    }

    private static void quiet(final ZoneMap zone, final Drive.Motion subject, final Drive.Motion target) {
        for (int seed = 1; seed <= Roads.SEEDS; seed++) {
            assertThat(drive(zone, seed, subject, target).until(20).s.of(CLW))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void warnsOfOneAheadWhoseWheelsSlip() {
        for (final int flag : new int[] {Events.ABS, Events.TRACTION_LOSS, Events.STABILITY_CONTROL}) {
            for (int seed = 1; seed <= Roads.SEEDS; seed++) {
                final Drive drive = drive(
                                Scene.road(),
                                seed,
                                along(200, 0, 15, 0),
                                (t, car) -> along(250, 0, 15, t >= 8 && t < 9 ? flag : 0)
                                        .at(t, car))
                        .until(12);
                assertThat(drive.raised(CLW, "subject")).as("seed %d", seed).isBetween(8.0, 8.5);
                assertThat(drive.cleared(CLW, "subject")).as("seed %d", seed).isBetween(10.4, 11.0);
                assertThat(drive.times(CLW, "target")).as("seed %d", seed).isZero();
            }
        }
    }

    @Test
    void isACautionInTheNextLane() {
        for (int seed = 1; seed <= Roads.SEEDS; seed++) {
            final Drive drive = drive(
                            Scene.road(),
                            seed,
                            along(200, 0, 15, 0),
                            (t, car) ->
                                    along(240, 3.5, 15, t >= 3 ? Events.ABS : 0).at(t, car))
                    .until(8);
            assertThat(drive.s.of(CLW)).as("seed %d", seed).isNotEmpty();
            assertThat(drive.s.of(CLW).stream()
                            .map(Alert::getSeverity)
                            .filter(severity -> severity.equals(Severity.SEVERITY_WARNING)))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void warnsOfOneWhoComesOnTheNextLane() {
        for (int seed = 1; seed <= Roads.SEEDS; seed++) {
            // 30 m/s of difference, 8 s are 240 m
            final Drive drive = drive(
                            Roads.undivided(),
                            seed,
                            along(100, -1.75, 15, 0),
                            along(700, 1.75, -15, Events.STABILITY_CONTROL))
                    .until(19);
            assertThat(drive.raised(CLW, "subject")).as("seed %d", seed).isBetween(11.0, 13.0);
        }
    }

    @Test
    void warnsOfOneWhoHasTurnedInTheRoad() {
        for (int seed = 1; seed <= Roads.SEEDS; seed++) {
            final Drive drive = drive(Scene.road(), seed, along(200, 0, 15, 0), (t, car) -> {
                        along(500, 0.5, 0, Events.STABILITY_CONTROL).at(t, car);
                        car.headingDeg = 10;
                    })
                    .until(18);
            assertThat(drive.raised(CLW, "subject")).as("seed %d", seed).isBetween(10.5, 13.0);
        }
    }

    @Test
    void saysNothingOfTheOppositeCarriageway() {
        quiet(Scene.road(), along(100, 0, 15, 0), along(600, 10.25, -15, Events.ABS));
    }

    @Test
    void saysNothingOfOneBehindOrFarAhead() {
        quiet(Scene.road(), along(300, 0, 15, 0), along(250, 0, 15, Events.ABS));
        quiet(Scene.road(), along(100, 0, 15, 0), along(280, 0, 15, Events.ABS));
    }

    @Test
    void saysNothingOfOneOnABridge() {
        quiet(Scene.road(), along(200, 0, 15, 0), (t, car) -> {
            car.x = 400;
            car.y = -100 + 12 * t;
            car.mps = 12;
            car.elevationDm = 70;
            car.events = Events.ABS;
        });
    }

    @Test
    void saysNothingWithoutFlags() {
        quiet(Scene.road(), along(200, 0, 15, 0), along(240, 0, 15, 0));
    }
}
