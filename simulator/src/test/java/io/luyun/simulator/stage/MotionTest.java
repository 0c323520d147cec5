package io.luyun.simulator.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.simulator.traffic.Curve;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Ways with known answers. */
final class MotionTest {
    private static final Offset<Double> CLOSE = within(1e-6);
    private static final Curve EAST = new Curve(new double[] {0, 500}, new double[] {0, 0});

    @Test
    void brakesToAStandstillAndStaysThere() {
        final Motion motion = motion(new Pace(10, List.of(new Pace.Stretch(1, 0), new Pace.Stretch(5, -4))));
        assertThat(motion.at(1).x()).isCloseTo(10, CLOSE);
        assertThat(motion.at(2).speedMps()).isCloseTo(6, CLOSE);
        assertThat(motion.at(2).accelMps2()).isCloseTo(-4, CLOSE);
        // 100 / 8 metres of braking
        assertThat(motion.at(20).x()).isCloseTo(22.5, CLOSE);
        assertThat(motion.at(20).speedMps()).isZero();
    }

    @Test
    void laterKeepsOnlyWhatIsThere() {
        final Motion motion = motion(new Pace(10, List.of(new Pace.Stretch(1, 0), new Pace.Stretch(5, -4))));
        assertThat(motion.later(0.5, 4, true).x()).as("no braking yet").isCloseTo(45, CLOSE);
        assertThat(motion.later(1, 10, true).x()).isCloseTo(22.5, CLOSE);
        assertThat(motion.later(2, 1, false).x()).isCloseTo(18 + 6, CLOSE);
    }

    @Test
    void aSidestepEndsWhereItSays() {
        final Motion motion = new Motion(EAST, 0, new Pace(10, List.of()), 0, List.of(new Motion.Sidestep(1, 2, 3.5)));
        assertThat(motion.at(1).y()).isCloseTo(0, CLOSE);
        assertThat(motion.at(2).y()).isCloseTo(-1.75, CLOSE);
        assertThat(motion.at(2).headingDeg()).isGreaterThan(95);
        assertThat(motion.at(9).y()).isCloseTo(-3.5, CLOSE);
        assertThat(motion.at(9).headingDeg()).isCloseTo(90, within(1e-3));
    }

    @Test
    void goesStraightOnBeyondItsLine() {
        final Motion motion = new Motion(EAST, 490, new Pace(10, List.of()), 0, List.of());
        assertThat(motion.at(5).x()).isCloseTo(540, CLOSE);
        assertThat(motion.at(5).y()).isCloseTo(0, CLOSE);
    }

    @Test
    void turnsWithTheBendOfItsLane() {
        final Layout.Route lane = Layouts.named("bend").route("in", 1);
        final Motion motion = new Motion(lane.line(), lane.markMetres(), new Pace(10, List.of()), 0, List.of());
        final Pose pose = motion.at(0.5);
        assertThat(pose.headingDeg()).isBetween(130.0, 140.0);
        // the inner lane of the right-hand carriageway: 10 m/s on a radius of about 148 m
        assertThat(pose.yawRateDegPerS()).isCloseTo(Math.toDegrees(10 / 148.25), within(0.4));
    }

    private static Motion motion(final Pace pace) {
        return new Motion(EAST, 0, pace, 0, List.of());
    }
}
