package io.luyun.simulator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RatesTest {
    private static final double S = 1e9;

    @Test
    void aConstantRateHasEvenSteps() {
        final Rates rates = Rates.constant(10);
        for (int step = 0; step < 1_000; step++) {
            assertThat(rates.atNs(step)).isEqualTo(step * 100_000_000L);
        }
        assertThat(rates.stepsBefore(60)).isEqualTo(600);
        assertThat(rates.stepsBefore(60.01)).isEqualTo(601);
    }

    @Test
    void aRampHasAsManyStepsAsItsMeanRate() {
        final Rates rates = new Rates(List.of(new Rates.Stretch(10, 0, 20)));
        assertThat(rates.stepsBefore(10)).isEqualTo(100);
        // the integral of 2 t is t squared
        assertThat(rates.atNs(25) / S).isEqualTo(5, within(1e-9));
        assertThat(rates.atNs(100) / S).isEqualTo(10, within(1e-9));
        assertThat(rates.atNs(120) / S).as("then at 20 a second").isEqualTo(11, within(1e-9));
        assertThat(rates.at(5)).isEqualTo(10);
        assertThat(rates.at(11)).isEqualTo(20);
    }

    @Test
    void aRestHasNoSteps() {
        final Rates rates =
                new Rates(List.of(new Rates.Stretch(1, 5, 5), new Rates.Stretch(2, 0, 0), new Rates.Stretch(1, 5, 5)));
        assertThat(rates.atNs(4) / S).isEqualTo(0.8, within(1e-9));
        assertThat(rates.atNs(5) / S).isEqualTo(3, within(1e-9));
        assertThat(rates.stepsBefore(3)).isEqualTo(5);
    }

    @Test
    void theStepBeforeARestIsNoLongerThanOthers() {
        final Rates rates =
                new Rates(List.of(new Rates.Stretch(1, 5, 5), new Rates.Stretch(2, 0, 0), new Rates.Stretch(1, 5, 5)));
        assertThat(rates.lengthNs(3)).isEqualTo(200_000_000);
        assertThat(rates.lengthNs(4)).as("up to the rest").isEqualTo(200_000_000);
        assertThat(rates.lengthNs(5)).isEqualTo(200_000_000);
    }

    @Test
    void nothingIsDueBehindARateThatEndsAtNothing() {
        final Rates rates = new Rates(List.of(new Rates.Stretch(2, 10, 0)));
        assertThat(rates.atNs(9) / S).isLessThan(2);
        assertThat(rates.atNs(11)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void stepsNeverGoBackAndAreCountedAsTheyAreDue() {
        final long seed = Long.getLong("luyun.seed", System.nanoTime());
        System.out.println("RatesTest: -Dluyun.seed=" + seed);
        final Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            final Rates rates = any(random);
            long before = -1;
            final long steps = rates.stepsBefore(rates.seconds());
            for (long step = 0; step < steps; step++) {
                final long atNs = rates.atNs(step);
                assertThat(atNs).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo((long) (rates.seconds() * S) + 1);
                before = atNs;
                assertThat(rates.stepsBefore(atNs / S)).isBetween(step, step + 1);
            }
        }
    }

    @Test
    void aChangeLeavesWhatIsBehindItAlone() {
        final Rates slow = Rates.constant(10);
        final Rates faster = slow.then(5, 40);
        for (int step = 0; step < 50; step++) {
            assertThat(faster.atNs(step)).isEqualTo(slow.atNs(step));
        }
        assertThat(faster.atNs(90) / S).isEqualTo(6, within(1e-6));
        assertThat(faster.at(7)).isEqualTo(40);
    }

    @Test
    void ratesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new Rates(List.of())).hasMessage("rates without any step");
        assertThatThrownBy(() -> new Rates(List.of(new Rates.Stretch(1, 0, 0)))).hasMessage("rates without any step");
        assertThatThrownBy(() -> new Rates.Stretch(0, 1, 1)).hasMessage("seconds 0 is not in 0.001..10000000");
        assertThatThrownBy(() -> new Rates.Stretch(1, -1, 1)).hasMessage("rate -1 is not in 0..100000");
    }

    private static Rates any(final Random random) {
        final List<Rates.Stretch> stretches = new ArrayList<>();
        stretches.add(new Rates.Stretch(0.5, 1 + random.nextInt(20), 1 + random.nextInt(20)));
        for (int i = random.nextInt(5); i > 0; i--) {
            stretches.add(new Rates.Stretch(
                    0.1 + 3 * random.nextDouble(),
                    random.nextInt(4) * 10,
                    random.nextInt(4) * random.nextDouble() * 20));
        }
        return new Rates(stretches);
    }
}
