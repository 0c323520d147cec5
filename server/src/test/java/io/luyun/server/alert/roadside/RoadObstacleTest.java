package io.luyun.server.alert.roadside;

import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ClearReason;
import io.luyun.proto.v1.ObstacleType;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.alert.Drive;
import io.luyun.server.world.Scene;
import org.junit.jupiter.api.Test;

/** ROAD_OBSTACLE, with the noise of the field; seeds 1 and up. */
final class RoadObstacleTest {
    private static final AlertKind KIND = AlertKind.ALERT_KIND_ROAD_OBSTACLE;
    private static final int SEEDS = 40;
    private static final int OTHER_UNIT = 101;
    private static final double ALWAYS = 100;

    /** To the east in the middle lane; it is at 500 m after 20 s. */
    private static void drives(final double seconds, final Drive.Car car) {
        car.x = 200 + 15 * seconds;
        car.y = 0;
        car.headingDeg = 90;
        car.mps = 15;
    }

    private static Drive drive(final long seed, final AlertConfig config) {
        return new Drive(Scene.road(), seed, config).car(SUBJECT, RoadObstacleTest::drives);
    }

    private static void quiet(final double x, final double y) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(seed, AlertConfig.DEFAULT)
                    .obstacle(UNIT, x, y, ALWAYS)
                    .until(22);
            assertThat(drive.s.of(KIND)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void warnsOfOneInTheLaneUntilItIsPassed() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(seed, AlertConfig.DEFAULT)
                    .obstacle(UNIT, 500, 0, ALWAYS)
                    .until(25);
            // 120 m before it, and one of its own and 2.75 m for the bodies
            assertThat(drive.raised(KIND, "subject")).as("seed %d", seed).isBetween(11.4, 13.3);
            assertThat(drive.cleared(KIND, "subject")).as("seed %d", seed).isBetween(21.2, 22.2);
            assertThat(drive.times(KIND, "subject")).as("seed %d", seed).isOne();
            final Alert last = drive.s.last(KIND);
            assertThat(last.getSeverity()).isEqualTo(Severity.SEVERITY_WARNING);
            assertThat(last.getTarget().getObstacleType()).isEqualTo(ObstacleType.OBSTACLE_GOODS_SCATTERED);
            assertThat(last.getTarget().getSeenBy()).isEqualTo("unit");
        }
    }

    @Test
    void isGoneWhenNoUnitTellsOfItAnyMore() {
        final Drive drive =
                drive(1, AlertConfig.DEFAULT).obstacle(UNIT, 500, 0, 14).until(17);
        assertThat(drive.cleared(KIND, "subject")).isBetween(15.4, 16.4);
        assertThat(drive.s.last(KIND).getClearReason())
                .isIn(ClearReason.CLEAR_REASON_GONE, ClearReason.CLEAR_REASON_OVER);
    }

    @Test
    void isOneThatTwoUnitsTellOf() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(seed, AlertConfig.DEFAULT)
                    .obstacle(UNIT, 500, 0, ALWAYS)
                    .obstacle(OTHER_UNIT, 500.5, 0.3, ALWAYS)
                    .until(19);
            assertThat(drive.times(KIND, "subject")).as("seed %d", seed).isOne();
        }
    }

    @Test
    void saysNothingOfTheNextLaneAndTheOtherCarriageway() {
        quiet(500, -3.5);
        quiet(500, 3.5);
        quiet(500, 12);
    }

    @Test
    void saysNothingOfOneBehind() {
        quiet(150, 0);
    }

    @Test
    void saysNothingWhenSwitchedOff() {
        final Drive drive = drive(1, AlertScene.config("roadObstacle", "enabled", false))
                .obstacle(UNIT, 500, 0, ALWAYS)
                .until(20);
        assertThat(drive.s.of(KIND)).isEmpty();
    }
}
