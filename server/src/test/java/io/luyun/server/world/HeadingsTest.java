package io.luyun.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class HeadingsTest {
    @Test
    void everyHeadingHasItsDirection() {
        for (int heading = 0; heading <= 28_800; heading++) {
            final double radians = Math.toRadians(heading * 0.0125);
            assertThat(Headings.sin(heading)).isCloseTo(Math.sin(radians), within(1e-12));
            assertThat(Headings.cos(heading)).isCloseTo(Math.cos(radians), within(1e-12));
        }
    }

    @Test
    void theFourWindsAreExact() {
        final int[] headings = {0, 7_200, 14_400, 21_600, 28_800};
        final double[] east = {0, 1, 0, -1, 0};
        final double[] north = {1, 0, -1, 0, 1};
        for (int i = 0; i < headings.length; i++) {
            assertThat(Headings.sin(headings[i])).isEqualTo(east[i]);
            assertThat(Headings.cos(headings[i]) + 0.0).isEqualTo(north[i]);
        }
    }
}
