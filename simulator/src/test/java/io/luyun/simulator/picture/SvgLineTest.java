package io.luyun.simulator.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SvgLineTest {
    private final SvgLine line = new SvgLine();

    @Test
    void leavesOutWhatLiesStraightBetween() {
        for (int i = 0; i <= 10; i++) {
            line.add(i, 2 * i);
        }
        line.add(10, 30);
        assertThat(line).hasToString("0.0,0.0 10.0,20.0 10.0,30.0");
    }

    @Test
    void keepsCornersAndWaysBack() {
        line.add(0, 0);
        line.add(5, 0.5);
        line.add(10, 0);
        line.add(4, 0);
        assertThat(line).hasToString("0.0,0.0 5.0,0.5 10.0,0.0 4.0,0.0");
    }

    @Test
    void keepsTurnsOnOneLine() {
        line.add(5, 0);
        line.add(0, 0);
        line.add(10, 0);
        line.add(4, 0);
        assertThat(line).hasToString("5.0,0.0 0.0,0.0 10.0,0.0 4.0,0.0");
    }

    @Test
    void whoStandsIsAPoint() {
        line.add(3, 3);
        line.add(3, 3);
        line.add(3, 3);
        assertThat(line).hasToString("3.0,3.0 3.0,3.0");
    }
}
