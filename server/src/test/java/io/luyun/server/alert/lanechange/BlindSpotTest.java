package io.luyun.server.alert.lanechange;

import static io.luyun.server.alert.lanechange.Lanes.LEFT;
import static io.luyun.server.alert.lanechange.Lanes.MIDDLE;
import static io.luyun.server.alert.lanechange.Lanes.RIGHT;
import static io.luyun.server.alert.lanechange.Lanes.SEEDS;
import static io.luyun.server.alert.lanechange.Lanes.changes;
import static io.luyun.server.alert.lanechange.Lanes.drive;
import static io.luyun.server.alert.lanechange.Lanes.keeps;
import static io.luyun.server.alert.lanechange.Lanes.quiet;
import static io.luyun.server.alert.lanechange.Lanes.signals;
import static io.luyun.server.alert.lanechange.Lanes.toTheRight;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.alert.Drive;
import io.luyun.server.alert.geometry.Lights;
import io.luyun.server.world.Scene;
import org.junit.jupiter.api.Test;

/** BSW, with the noise of the field. */
final class BlindSpotTest {
    private static final AlertKind BSW = AlertKind.ALERT_KIND_BSW;
    private static final int BOTH_SEEN = 3;
    private static final Drive.Motion IN_THE_BLIND_SPOT = keeps(196, RIGHT, 15);

    @Test
    void warnsWhoSignalsToTheSideWhereSomebodyIs() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(seed, signals(keeps(200, MIDDLE, 15), Lights.RIGHT_TURN, 3, 7), IN_THE_BLIND_SPOT)
                    .until(10);
            assertThat(drive.raised(BSW, "subject")).as("seed %d", seed).isBetween(3.0, 3.6);
            assertThat(drive.cleared(BSW, "subject")).as("seed %d", seed).isBetween(7.9, 8.6);
            assertThat(drive.times(BSW, "subject")).as("seed %d", seed).isOne();
            assertThat(drive.times(BSW, "target")).as("seed %d", seed).isZero();
            assertThat(drive.s.last(BSW).getSeverity()).isEqualTo(Severity.SEVERITY_CAUTION);
        }
    }

    @Test
    void warnsWhoMovesThereWithoutASignal() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(seed, changes(200, MIDDLE, RIGHT, 15, 5), IN_THE_BLIND_SPOT)
                    .until(7);
            assertThat(drive.raised(BSW, "subject")).as("seed %d", seed).isBetween(5.2, 6.5);
            assertThat(drive.s.last(BSW).getSeverity()).isEqualTo(Severity.SEVERITY_WARNING);
        }
    }

    @Test
    void warnsOfOneThatOnlyAUnitSees() {
        final Drive.Motion subject = toTheRight(200, MIDDLE, 15);
        // with 1.5 m of the unit's own it would be anybody's guess who is who; sim score has units as they are
        final Drive drive = drive(0, subject, seen(IN_THE_BLIND_SPOT))
                .car(BOTH_SEEN, seen(subject))
                .until(6);
        assertThat(drive.raised(BSW, "subject")).isBetween(3.0, 3.6);
    }

    private static Drive.Motion seen(final Drive.Motion motion) {
        return (t, car) -> {
            motion.at(t, car);
            car.seenOnly = true;
        };
    }

    @Test
    void isOverWhenItIsPassed() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(seed, toTheRight(200, MIDDLE, 15), keeps(190, RIGHT, 17))
                    .until(10);
            // its rear passes the middle of the subject at 6.1 s, a metre more and a second hold
            assertThat(drive.cleared(BSW, "subject")).as("seed %d", seed).isBetween(6.7, 9.0);
        }
    }

    @Test
    void warnsOfTheLaneAfterOnlyOnceItIsInTheNext() {
        final Drive.Motion beside = keeps(198, RIGHT, 15);
        final Drive.Motion change = changes(200, LEFT, MIDDLE, 15, 3);
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive goesOn = drive(seed, signals(change, Lights.RIGHT_TURN, 3, 100), beside)
                    .until(12);
            assertThat(goesOn.raised(BSW, "subject")).as("seed %d", seed).isBetween(6.5, 9.5);
        }
        quiet(BSW, Scene.road(), signals(change, Lights.RIGHT_TURN, 3, 7), beside);
    }

    @Test
    void saysNothingWithoutIntention() {
        quiet(BSW, Scene.road(), keeps(200, MIDDLE, 15), IN_THE_BLIND_SPOT);
        quiet(BSW, Scene.road(), signals(keeps(200, MIDDLE, 15), Lights.LEFT_TURN, 3, 100), IN_THE_BLIND_SPOT);
        quiet(BSW, Scene.road(), signals(keeps(200, MIDDLE, 15), Lights.TURN, 3, 100), IN_THE_BLIND_SPOT);
    }

    @Test
    void takesASignalBeforeAJunctionForTheWayAcross() {
        // the link ends at 1000 m
        quiet(BSW, Scene.road(), signals(keeps(850, MIDDLE, 15), Lights.RIGHT_TURN, 6.5, 10.5), keeps(846, RIGHT, 15));
    }

    @Test
    void saysNothingOfTheNextButOneLaneAndTheOwn() {
        quiet(BSW, Scene.road(), toTheRight(200, LEFT, 15), IN_THE_BLIND_SPOT);
        quiet(BSW, Scene.road(), toTheRight(200, RIGHT, 15), keeps(193, RIGHT, 15));
    }

    @Test
    void saysNothingOfOneAheadOrFurtherBehind() {
        quiet(BSW, Scene.road(), toTheRight(200, MIDDLE, 15), keeps(207, RIGHT, 15));
        quiet(BSW, Scene.road(), toTheRight(200, MIDDLE, 15), keeps(186, RIGHT, 15));
    }

    @Test
    void saysNothingOfOneThatComesOrStands() {
        final Drive.Motion overtakes = signals(keeps(200, -1.75, 15), Lights.LEFT_TURN, 3, 100);
        quiet(BSW, Lanes.undivided(), overtakes, (t, car) -> {
            keeps(500, 1.75, -15).at(t, car);
            car.headingDeg = 270;
            car.mps = 15;
        });
        quiet(BSW, Scene.road(), toTheRight(200, MIDDLE, 10), keeps(250, RIGHT, 0));
    }

    @Test
    void saysNothingOfOneOnABridge() {
        quiet(BSW, Scene.road(), toTheRight(200, MIDDLE, 15), (t, car) -> {
            IN_THE_BLIND_SPOT.at(t, car);
            car.elevationDm = 70;
        });
    }

    @Test
    void saysNothingWhenSwitchedOff() {
        final AlertConfig off = AlertScene.config("blindSpot", "enabled", false);
        quiet(BSW, Scene.road(), off, toTheRight(200, MIDDLE, 15), IN_THE_BLIND_SPOT);
    }
}
