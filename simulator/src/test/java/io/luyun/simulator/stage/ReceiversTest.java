package io.luyun.simulator.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Errors have the size that is stated, and are shared as stated. */
final class ReceiversTest {
    private static final Pose STANDS = new Pose(0, 0, 90, 0, 0, 0);
    private static final int PLACES = 300;

    @Test
    void errorsHaveTheSizeThatIsStated() {
        double square = 0;
        double apart = 0;
        for (int place = 0; place < PLACES; place++) {
            final Receivers receivers = new Receivers(NoiseLevels.DEFAULT, 2, 10, place);
            final Pose one = receivers.told(0, STANDS, 3);
            final Pose other = receivers.told(1, STANDS, 3);
            square += one.x() * one.x() + one.y() * one.y();
            apart += Math.pow(one.x() - other.x(), 2) + Math.pow(one.y() - other.y(), 2);
            assertThat(one.speedMps()).as("who stands knows it").isZero();
        }
        assertThat(Math.sqrt(square / PLACES)).isCloseTo(1.5, within(0.15));
        assertThat(Math.sqrt(apart / PLACES)).as("common errors cancel out").isCloseTo(0.95, within(0.12));
    }

    @Test
    void withoutErrorsTheTruthIsTold() {
        final Receivers receivers = new Receivers(NoiseLevels.NONE, 1, 10, 1);
        assertThat(receivers.told(0, STANDS, 5)).isEqualTo(STANDS);
        assertThat(receivers.lost()).isFalse();
    }
}
