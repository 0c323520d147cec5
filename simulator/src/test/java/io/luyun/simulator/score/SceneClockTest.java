package io.luyun.simulator.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A play that is late, and one that is not. */
final class SceneClockTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void goesWithWhatHasBeenSent() {
        final SceneClock clock = new SceneClock(new long[] {0, SECOND, 2 * SECOND});
        assertThat(clock.secondsAt(90 * SECOND)).isZero();
        clock.sends(100 * SECOND);
        // half a second late
        clock.sends(101 * SECOND + SECOND / 2);
        clock.sends(102 * SECOND + SECOND / 2);
        assertThat(clock.secondsAt(99 * SECOND)).isZero();
        assertThat(clock.secondsAt(100 * SECOND + SECOND / 4)).isEqualTo(0.25);
        assertThat(clock.secondsAt(101 * SECOND + SECOND / 4)).as("waits").isEqualTo(1);
        assertThat(clock.secondsAt(102 * SECOND)).isEqualTo(1.5);
        assertThat(clock.secondsAt(103 * SECOND)).isEqualTo(2.5);
    }
}
