package io.luyun.server.world;

import static io.luyun.server.world.Participant.ABSENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.ParticipantType;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Units that say one motion and show another. */
final class MotionTest {
    private static final long SEED = 20261124;
    private static final double STEP_SECONDS = 0.1;
    private static final double NOISE_METRES = 1.5;
    private static final int NORTH = 0;
    private static final int SOUTH = 14_400;

    private final Motion motion = new Motion();
    private final Report report = new Report();
    private final Random random = new Random(SEED);
    private long atNs;
    private long lateNs;
    private Clock clock = Clock.RIGHT;
    private double x;
    private double y;
    private int begun;

    /** What a unit stamps its reports with. */
    enum Clock {
        RIGHT,
        STANDS,
        NONE
    }

    /** One report; the place is where it really is, but for the noise. */
    private void say(final int heading, final double mps, final double noise) {
        report.atNs = atNs + lateNs;
        report.measuredAtNs = atNs + lateNs;
        report.secMark = switch (clock) {
            case RIGHT -> (int) Math.floorMod(atNs / 1_000_000, 60_000L);
            case STANDS -> 7;
            case NONE -> ABSENT;
        };
        report.sentX = x + noise * random.nextGaussian();
        report.sentY = y + noise * random.nextGaussian();
        report.speedMps = mps;
        report.dirX = heading == ABSENT ? 0 : Headings.sin(heading);
        report.dirY = heading == ABSENT ? 0 : Headings.cos(heading);
        report.headingDeg = heading == ABSENT ? Double.NaN : heading * 0.0125;
        if (motion.correct(report)) {
            begun++;
        }
        atNs += 100_000_000;
    }

    private void drive(
            final int reports, final double mps, final int heading, final double saidMps, final double noise) {
        report.ptcType = ParticipantType.PARTICIPANT_MOTOR_VALUE;
        for (int i = 0; i < reports; i++) {
            say(heading, saidMps, noise);
            y += mps * STEP_SECONDS;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 3, 8, 15, 30})
    void whoSaysWhatItDoesIsBelieved(final double mps) {
        System.out.println("MotionTest seed " + SEED);
        drive(20_000, mps, NORTH, mps, NOISE_METRES);
        assertThat(begun).isZero();
        assertThat(report.speedMps).isEqualTo(mps);
    }

    @Test
    void aHeadingBackwardsIsTurnedRound() {
        drive(20, 10, SOUTH, 10, 0.3);
        assertThat(begun).isOne();
        assertThat(report.dirY).isCloseTo(1, within(0.05));
        assertThat(report.headingDeg > 180 ? report.headingDeg - 360 : report.headingDeg)
                .isCloseTo(0, within(10.0));
        drive(30, 10, NORTH, 10, 0.3);
        assertThat(report.headingDeg).as("agrees again").isEqualTo(0);
    }

    @Test
    void aSpeedInAnotherUnitIsMeasured() {
        drive(30, 11, NORTH, 3, 0.3);
        assertThat(begun).isOne();
        assertThat(report.speedMps).isCloseTo(11, within(1.0));
    }

    @Test
    void whatIsNotSaidIsMeasured() {
        drive(30, 11, ABSENT, Double.NaN, 0.3);
        assertThat(report.speedMps).isCloseTo(11, within(1.0));
        assertThat(report.dirY).isCloseTo(1, within(0.05));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void aTurnWhoseHeadingsCountFromSouthIsFollowedAtOnce(final int sense) {
        drive(20, 8, SOUTH, 8, 0.1);
        double turned = 0;
        for (int i = 0; i < 30; i++) {
            turned += 2;
            x -= 8 * STEP_SECONDS * Math.sin(Math.toRadians(turned));
            y += 8 * STEP_SECONDS * Math.cos(Math.toRadians(turned));
            // against the clock, or with it
            say((int) ((180 + sense * turned) * 80), 8, 0.1);
            if (turned > 30) {
                assertThat(report.headingDeg).as("at %f", turned).isCloseTo(360 - turned, within(1.0));
            }
        }
        assertThat(begun).isOne();
    }

    @Test
    void aSpeedInAnotherUnitIsScaledAtOnce() {
        report.ptcType = ParticipantType.PARTICIPANT_MOTOR_VALUE;
        double mps = 3;
        for (int i = 0; i < 60; i++) {
            mps += 0.2;
            y += mps * STEP_SECONDS;
            say(NORTH, mps / 3.6, 0.1);
        }
        assertThat(begun).isOne();
        assertThat(report.speedMps).isCloseTo(mps, within(0.5));
        assertThat(report.dirY).as("the heading is not touched").isEqualTo(1);
    }

    @Test
    void whoRollsBackSlowlyIsLeftAlone() {
        drive(200, 1.5, SOUTH, 1.5, 0.5);
        assertThat(begun).isZero();
    }

    @Test
    void aWalkerIsMeasuredAtItsOwnPace() {
        report.ptcType = ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE;
        for (int i = 0; i < 40; i++) {
            say(SOUTH, 1.2, 0.1);
            y += 0.12;
        }
        assertThat(begun).isOne();
        assertThat(report.dirY).isCloseTo(1, within(0.2));
    }

    @Test
    void aTightTurnAndHardBrakingAreNoContradiction() {
        report.ptcType = ParticipantType.PARTICIPANT_MOTOR_VALUE;
        drive(30, 7, NORTH, 7, 0.5);
        double turned = 0;
        for (int i = 0; i < 30; i++) {
            turned = Math.min(90, turned + Math.toDegrees(7 * STEP_SECONDS / 10));
            x += 7 * STEP_SECONDS * Math.sin(Math.toRadians(turned));
            y += 7 * STEP_SECONDS * Math.cos(Math.toRadians(turned));
            say((int) (turned * 80), 7, 0.5);
        }
        for (int i = 0; i < 30; i++) {
            final double mps = Math.max(0, 7 - 0.9 * i);
            x += mps * STEP_SECONDS;
            say(7_200, mps, 0.5);
        }
        assertThat(begun).isZero();
    }

    @Test
    void aBacklogLooksNotLikeSpeed() {
        for (int i = 0; i < 150; i++) {
            // messages queue up for 4 s, then come faster than they were sent
            lateNs += i < 40 ? 100_000_000L : lateNs > 0 ? -50_000_000L : 0;
            drive(1, 10, NORTH, 10, 0);
            assertThat(report.speedMps).isEqualTo(10);
        }
        assertThat(begun).isZero();
    }

    @ParameterizedTest
    @EnumSource(Clock.class)
    void measuresWithAnyClock(final Clock of) {
        clock = of;
        drive(60, 10, NORTH, 36, 0);
        assertThat(report.speedMps).isCloseTo(10, within(0.5));
    }

    @Test
    void aSilenceOrAStepBackInTimeBreaksNothing() {
        drive(20, 10, SOUTH, 10, 0);
        atNs -= 500_000_000L;
        drive(1, 10, SOUTH, 10, 0);
        assertThat(report.headingDeg).as("says nothing").isEqualTo(180);
        atNs += 5_000_000_000L;
        y += 45;
        drive(20, 10, SOUTH, 10, 0);
        assertThat(report.dirY).as("still believed after a silence").isCloseTo(1, within(1e-6));
    }
}
