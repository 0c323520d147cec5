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
import io.luyun.server.world.ZoneDraft;
import org.junit.jupiter.api.Test;

/** LCW, with the noise of the field. */
final class LaneChangeTest {
    private static final AlertKind LCW = AlertKind.ALERT_KIND_LCW;
    /** Gap of 85.5 m at first, closing at 10 m/s: under 3.5 s from 5.05 s on, under 2 s from 6.55 s on, beside at 8.55 s. */
    private static final Drive.Motion FAST_FROM_BEHIND = keeps(110, LEFT, 25);

    private static Drive.Motion toTheLeft(final double x, final double y, final double mps) {
        return signals(keeps(x, y, mps), Lights.LEFT_TURN, 2, 100);
    }

    @Test
    void warnsWhoSignalsOfOneThatComesFast() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive =
                    drive(seed, toTheLeft(200, MIDDLE, 15), FAST_FROM_BEHIND).until(12);
            assertThat(drive.raised(LCW, "subject")).as("seed %d", seed).isBetween(4.7, 5.8);
            assertThat(drive.cleared(LCW, "subject")).as("seed %d", seed).isBetween(9.2, 10.2);
            assertThat(drive.times(LCW, "subject")).as("seed %d", seed).isOne();
            assertThat(drive.times(LCW, "target")).as("seed %d", seed).isZero();
            assertThat(drive.s.last(LCW).getSeverity()).isEqualTo(Severity.SEVERITY_WARNING);
        }
    }

    @Test
    void warnsWhoMovesThereWithoutASignal() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(seed, changes(200, MIDDLE, LEFT, 15, 6), FAST_FROM_BEHIND)
                    .until(8);
            assertThat(drive.raised(LCW, "subject")).as("seed %d", seed).isBetween(6.1, 7.3);
        }
    }

    @Test
    void warnsOfOneThatOnlyAUnitSees() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(seed, toTheLeft(200, MIDDLE, 15), (t, car) -> {
                        FAST_FROM_BEHIND.at(t, car);
                        car.seenOnly = true;
                    })
                    .until(8);
            assertThat(drive.raised(LCW, "subject")).as("seed %d", seed).isBetween(4.7, 6.0);
        }
    }

    @Test
    void warnsOfOneOnTheLinkBefore() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(
                            new ZoneDraft()
                                    .link("a", 1, 2, 3, 60, 0, 0, 280, 0)
                                    .link("b", 2, 3, 3, 60, 280, 0, 1200, 0)
                                    .load(),
                            seed,
                            AlertConfig.DEFAULT,
                            toTheLeft(200, MIDDLE, 15),
                            FAST_FROM_BEHIND)
                    .until(7);
            assertThat(drive.raised(LCW, "subject")).as("seed %d", seed).isBetween(4.7, 5.8);
        }
    }

    @Test
    void saysNothingWithoutIntention() {
        quiet(LCW, Scene.road(), keeps(200, MIDDLE, 15), FAST_FROM_BEHIND);
        quiet(LCW, Scene.road(), toTheRight(200, MIDDLE, 15), FAST_FROM_BEHIND);
    }

    @Test
    void saysNothingOfTheOwnLaneAndTheNextButOne() {
        quiet(LCW, Scene.road(), toTheLeft(200, RIGHT, 15), FAST_FROM_BEHIND);
        quiet(LCW, Scene.road(), signals(changes(200, RIGHT, MIDDLE, 15, 4), Lights.LEFT_TURN, 3, 8), FAST_FROM_BEHIND);
        quiet(LCW, Scene.road(), toTheLeft(200, LEFT, 15), FAST_FROM_BEHIND);
    }

    @Test
    void saysNothingOfOneThatFallsBackOrFollows() {
        quiet(LCW, Scene.road(), toTheLeft(200, MIDDLE, 15), keeps(180, LEFT, 15));
        quiet(LCW, Scene.road(), toTheLeft(200, MIDDLE, 15), keeps(180, LEFT, 10));
        quiet(LCW, Scene.road(), toTheLeft(200, MIDDLE, 15), keeps(50, LEFT, 18));
    }

    @Test
    void saysNothingOfOneThatComesFromAhead() {
        quiet(LCW, Lanes.undivided(), toTheLeft(200, -1.75, 15), (t, car) -> {
            keeps(600, 1.75, -15).at(t, car);
            car.headingDeg = 270;
            car.mps = 15;
        });
    }

    @Test
    void saysNothingWhenSwitchedOff() {
        final AlertConfig off = AlertScene.config("laneChange", "enabled", false);
        quiet(LCW, Scene.road(), off, toTheLeft(200, MIDDLE, 15), FAST_FROM_BEHIND);
    }
}
