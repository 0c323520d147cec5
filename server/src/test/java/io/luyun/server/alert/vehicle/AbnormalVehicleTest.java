package io.luyun.server.alert.vehicle;

import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.TARGET;
import static io.luyun.server.alert.vehicle.Roads.along;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.Drive;
import io.luyun.server.alert.geometry.Lights;
import io.luyun.server.world.Scene;
import org.junit.jupiter.api.Test;

/** AVW on the road of {@link Scene}, with the noise of the field; seeds 1 and up. */
final class AbnormalVehicleTest {
    private static final AlertKind AVW = AlertKind.ALERT_KIND_AVW;

    private static Drive drive(final long seed, final Drive.Motion subject, final Drive.Motion target) {
        return new Drive(Scene.road(), seed).car(SUBJECT, subject).car(TARGET, target);
    }

    private static void quiet(final Drive.Motion subject, final Drive.Motion target) {
        for (int seed = 1; seed <= Roads.SEEDS; seed++) {
            assertThat(drive(seed, subject, target).until(26).s.of(AVW))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void warnsOfHazardLightsAheadInTheLane() {
        for (int seed = 1; seed <= Roads.SEEDS; seed++) {
            // 400 m at 15 m/s: 10 s are left after 16.4 s, 5 s after 21.4 s
            final Drive drive = drive(seed, along(200, 0, 15, 0), along(600, 0, 0, Events.HAZARD_LIGHTS))
                    .until(25);
            assertThat(drive.raised(AVW, "subject")).as("seed %d", seed).isBetween(15.5, 18.0);
            assertThat(drive.times(AVW, "subject")).as("seed %d", seed).isEqualTo(1);
            assertThat(drive.s.of(AVW).stream().map(Alert::getSeverity))
                    .as("seed %d", seed)
                    .contains(Severity.SEVERITY_CAUTION, Severity.SEVERITY_WARNING);
            assertThat(drive.times(AVW, "target")).as("seed %d", seed).isZero();
        }
    }

    @Test
    void warnsOfASlowOneWithHazardsByItsLamps() {
        final Drive drive = drive(1, along(200, 0, 15, 0), (t, car) -> {
                    along(500, 0, 5, 0).at(t, car);
                    car.lights = Lights.HAZARD;
                })
                .until(28);
        // 295 m at 10 m/s of difference
        assertThat(drive.raised(AVW, "subject")).isBetween(18.5, 21.0);
    }

    @Test
    void warnsOfOneWhosePositionErrsToTheEdgeOfTheRoad() {
        // the middle of its lane is 1.75 m from the edge; it tells a place half a metre beyond
        final Drive drive = drive(0, along(200, -3.5, 15, 0), along(600, -5.75, 0, Events.HAZARD_LIGHTS));
        assertThat(drive.until(25).times(AVW, "subject")).isEqualTo(1);
    }

    @Test
    void isACautionInTheNextLane() {
        for (int seed = 1; seed <= Roads.SEEDS; seed++) {
            final Drive drive = drive(seed, along(200, 0, 15, 0), along(600, -3.5, 0, Events.DISABLED))
                    .until(25);
            assertThat(drive.s.of(AVW)).as("seed %d", seed).isNotEmpty();
            assertThat(drive.s.of(AVW).stream().map(Alert::getSeverity))
                    .as("seed %d", seed)
                    .containsOnly(Severity.SEVERITY_CAUTION);
        }
    }

    @Test
    void isOverWhenTheHazardLightsGoOut() {
        final Drive drive = drive(
                        3,
                        along(200, 0, 15, 0),
                        (t, car) -> along(600, 0, 0, t < 20 ? Events.HAZARD_LIGHTS : 0)
                                .at(t, car))
                .until(24);
        assertThat(drive.cleared(AVW, "subject")).isBetween(21.4, 22.0);
    }

    @Test
    void saysNothingOfOneWhoIsParkedBesideTheRoad() {
        quiet(along(200, -3.5, 15, 0), along(600, -7.2, 0, Events.HAZARD_LIGHTS));
    }

    @Test
    void saysNothingOfTheOppositeCarriageway() {
        quiet(along(200, 3.5, 15, 0), (t, car) -> {
            along(600, 10.25, 0, Events.HAZARD_LIGHTS).at(t, car);
            car.headingDeg = 270;
        });
        quiet(along(200, 3.5, 15, 0), along(800, 10.25, -12, 0));
    }

    @Test
    void saysNothingOfOneBehindOrWhoDrivesOn() {
        quiet(along(400, 0, 15, 0), along(300, 0, 10, Events.HAZARD_LIGHTS));
        quiet(along(200, 0, 15, 0), along(260, 0, 15, Events.HAZARD_LIGHTS));
    }

    @Test
    void saysNothingOfOneWhoStandsWithoutTrouble() {
        quiet(along(200, 0, 15, 0), along(600, 0, 0, 0));
    }

    @Test
    void warnsOfOneOnlyALittleOverTheMiddleLineWhenItComesStraightAtTheSubject() {
        // its own lane ends at y = 0
        final Drive.Motion over = along(100, 1.2, 12, 0);
        final Drive straight = new Drive(Roads.undivided(), 0)
                .car(SUBJECT, along(900, 1.75, -15, 0))
                .car(TARGET, over);
        assertThat(straight.until(28).times(AVW, "subject")).isEqualTo(1);
        final Drive beside = new Drive(Roads.undivided(), 0)
                .car(SUBJECT, along(900, 3, -15, 0))
                .car(TARGET, over);
        assertThat(beside.until(28).times(AVW, "subject")).isZero();
    }

    @Test
    void warnsOfOneFarOverTheMiddleLineWhereverTheSubjectIs() {
        final Drive drive = new Drive(Roads.undivided(), 0)
                .car(SUBJECT, along(900, 3.3, -15, 0))
                .car(TARGET, along(100, 1.9, 12, 0));
        assertThat(drive.until(28).times(AVW, "subject")).isEqualTo(1);
    }

    @Test
    void warnsOfOneWhoComesTheWrongWay() {
        for (int seed = 1; seed <= Roads.SEEDS; seed++) {
            final Drive drive =
                    drive(seed, along(100, 0, 15, 0), along(900, 0, -12, 0)).until(28);
            // 27 m/s of difference: within 200 m after 22.1 s
            assertThat(drive.raised(AVW, "subject")).as("seed %d", seed).isBetween(21.5, 23.5);
            assertThat(drive.s.of(AVW).stream()
                            .filter(alert -> alert.getSubject().getDeviceId().equals("subject"))
                            .map(Alert::getSeverityValue))
                    .as("seed %d", seed)
                    .contains(Severity.SEVERITY_CRITICAL_VALUE);
        }
    }
}
