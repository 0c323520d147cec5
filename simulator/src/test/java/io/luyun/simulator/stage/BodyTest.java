package io.luyun.simulator.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rectangles with known answers. */
final class BodyTest {
    private static final Body CAR = new Body(0, 0, 0, 4, 2);

    @Test
    void endsMeetOnlyWhenTheGapIsClosed() {
        assertThat(CAR.touches(new Body(0, 4.01, 0, 4, 2))).isFalse();
        assertThat(CAR.touches(new Body(0, 3.99, 0, 4, 2))).isTrue();
        assertThat(CAR.touches(new Body(0, 3.99, 180, 4, 2))).isTrue();
    }

    @Test
    void sidesMeetOnlyWhenTheGapIsClosed() {
        assertThat(CAR.touches(new Body(2.01, 0, 0, 4, 2))).isFalse();
        assertThat(CAR.touches(new Body(1.99, 0, 0, 4, 2))).isTrue();
    }

    @Test
    void aTurnedBodyReachesFurther() {
        assertThat(CAR.touches(new Body(2.99, 0, 90, 4, 2))).isTrue();
        assertThat(CAR.touches(new Body(3.01, 0, 90, 4, 2))).isFalse();
    }

    @Test
    void aCornerBetweenTheAxesIsNotEnough() {
        // both overlap in east and north, but the slanting side of the second passes the first's corner
        final double diagonal = 1.5 * Math.sqrt(2) + 1.01;
        assertThat(new Body(0, 0, 0, 2, 2).touches(new Body(diagonal, diagonal, 45, 2, 4)))
                .isFalse();
        assertThat(new Body(0, 0, 0, 2, 2).touches(new Body(1.6, 1.6, 45, 4, 2)))
                .isTrue();
    }
}
