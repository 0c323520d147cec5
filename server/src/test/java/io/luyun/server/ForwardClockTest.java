package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ForwardClockTest {
    private long wallNs = 1_000_000;
    private long ticksNs;
    private final ForwardClock clock = new ForwardClock(() -> wallNs, () -> ticksNs);

    @Test
    void followsTheTimeOfDay() {
        assertThat(clock.nanoTime()).isEqualTo(1_000_000);
        pass(5);
        assertThat(clock.nanoTime()).isEqualTo(1_000_005);
    }

    @Test
    void goesOnAtHalfSpeedWhenTheTimeOfDayIsSetBack() {
        clock.nanoTime();
        wallNs -= 1_000;
        assertThat(clock.nanoTime()).isEqualTo(1_000_000);
        pass(100);
        assertThat(clock.nanoTime()).isEqualTo(1_000_050);
        pass(1_900);
        assertThat(clock.nanoTime()).as("caught up").isEqualTo(1_001_000);
        pass(10);
        assertThat(clock.nanoTime()).isEqualTo(1_001_010);
    }

    @Test
    void startsNoEarlierThanTold() {
        clock.notBefore(2_000_000);
        assertThat(clock.nanoTime()).isEqualTo(2_000_000);
        pass(10);
        assertThat(clock.nanoTime()).isEqualTo(2_000_005);
        clock.notBefore(1);
        assertThat(clock.nanoTime()).isEqualTo(2_000_005);
    }

    private void pass(final long ns) {
        wallNs += ns;
        ticksNs += ns;
    }
}
