package io.luyun.benchmarks.torture.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.benchmarks.torture.Outcome;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said of a soak, by made-up figures. */
final class SoakAccountTest {
    private static final long BASE_KIB = 400_000;
    private static final int LOOKS = 60;
    private static final List<Double> STEADY = List.of(10.0, 10.1, 10.0, 10.1, 10.0, 10.1);

    @Test
    void whatStaysAsItIsHolds() {
        final Outcome outcome = outcome(List.of(life(look -> look % 2 * 40L), life(_ -> 90_000)), STEADY);
        assertThat(outcome.troubles()).isEmpty();
        assertThat(outcome.verdict()).isEqualTo(Outcome.Verdict.HELD);
    }

    /** Two lives with levels of their own: what is between them is no growth, what is in each of them is. */
    @Test
    void theSlopeIsThatWithinLives() {
        final Trend flat = Trend.of(List.of(life(_ -> 0), life(_ -> 50_000)));
        assertThat(flat.megabytesAnHour()).isCloseTo(0, within(1e-9));
        // a minute a look: 100 KiB a look are 6,000 KiB an hour
        final Trend steep = Trend.of(List.of(life(look -> look * 100L), life(look -> 50_000 + look * 100L)));
        assertThat(steep.megabytesAnHour()).isCloseTo(6.144, within(1e-6));
        assertThat(steep.error()).isCloseTo(0, within(1e-6));
        assertThat(steep.longestHours()).isCloseTo(59 / 60.0, within(1e-9));
    }

    @Test
    void aSlopeIsToldOnlyWhenThereWasTime() {
        broken(outcome(List.of(life(look -> look * 100L)), STEADY), "memory grows by 6.14 MB an hour");
        final Life brief = life(20, look -> look * 100L);
        assertThat(outcome(List.of(brief), STEADY)).satisfies(outcome -> {
            assertThat(outcome.verdict()).isEqualTo(Outcome.Verdict.HELD);
            assertThat(outcome.figures()).containsEntry("memory MB an hour", "not told: no life of 30 min");
        });
    }

    @Test
    void aGrossLeakIsToldAtOnce() {
        broken(outcome(List.of(life(2, look -> look * 70_000L)), STEADY), "memory grew by 68 MiB in one life");
        broken(outcome(List.of(leak(40, 0, 0)), STEADY), "40 descriptors more");
        broken(outcome(List.of(leak(0, 20, 0)), STEADY), "20 threads more");
        broken(outcome(List.of(leak(0, 0, 80L << 20)), STEADY), "the heap grew by 80 MiB");
    }

    @Test
    void whatDriftsByMoreThanItsNoiseIsLate() {
        final Outcome drifted = outcome(List.of(life(_ -> 0)), List.of(10.0, 10.1, 10.5, 11.0, 12.0, 12.1));
        assertThat(drifted.verdict()).isEqualTo(Outcome.Verdict.LATE);
        assertThat(drifted.troubles()).singleElement().asString().contains("p99 drifts from 10.1 to 12.1 ms");
        final Outcome noisy = outcome(List.of(life(_ -> 0)), List.of(10.0, 15.0, 10.5, 11.0, 14.0, 14.1));
        assertThat(noisy.verdict()).isEqualTo(Outcome.Verdict.HELD);
        assertThat(noisy.figures().get("p99 ms")).contains("no verdict: noise");
    }

    private static Life leak(final long descriptors, final long threads, final long heapBytes) {
        final Life life = new Life();
        life.add(new Life.Look(0, new Vitals(BASE_KIB, 100, 30), 10L << 20));
        life.add(new Life.Look(0.1, new Vitals(BASE_KIB, 100 + descriptors, 30 + threads), (10L << 20) + heapBytes));
        return life;
    }

    private static Life life(final IntToLongFunction moreKib) {
        return life(LOOKS, moreKib);
    }

    private static Life life(final int looks, final IntToLongFunction moreKib) {
        final Life life = new Life();
        IntStream.range(0, looks)
                .forEach(look -> life.add(new Life.Look(
                        look / 60.0, new Vitals(BASE_KIB + moreKib.applyAsLong(look), 100, 30), 10L << 20)));
        return life;
    }

    private static Outcome outcome(final List<Life> lives, final List<Double> p99Millis) {
        final Outcome.Notes notes = new Outcome.Notes();
        new SoakAccount(10_000, 7_000, lives, p99Millis).tell(notes);
        return notes.outcome();
    }

    private static void broken(final Outcome outcome, final String line) {
        assertThat(outcome.troubles()).anySatisfy(trouble -> assertThat(trouble).contains(line));
        assertThat(outcome.verdict()).isEqualTo(Outcome.Verdict.BROKEN);
    }
}
