package io.luyun.benchmarks.torture.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Outcome.Verdict;
import io.luyun.benchmarks.torture.crowd.Sides.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The verdicts of this room, of figures that are made up: each that misses what is promised is broken, for that reason alone. */
final class CrowdAccountsTest {
    private static final Sides STEADY = new Sides(List.of(100.0, 101.0), List.of(100.5));
    private static final SlowAccount.Offenders DEALT_WITH = new SlowAccount.Offenders(20, 0, 9, 0);
    private static final Audience.Account CONTENT = new Audience.Account(0, 0, 0, 0);
    private static final long MEBIBYTE = 1 << 20;

    @Test
    void slowSubscribersThatHarmNobodyAreHeldAgainstNothing() {
        assertThat(slow(STEADY, STEADY, 64 * MEBIBYTE, DEALT_WITH, CONTENT, 0).verdict())
                .isEqualTo(Verdict.HELD);
    }

    @Test
    void slowSubscribersThatHarmOthersAreBroken() {
        final Sides later = new Sides(List.of(100.0, 101.0), List.of(112.0));
        final Sides less = new Sides(List.of(100.0, 101.0), List.of(96.0));
        broken(slow(later, STEADY, 0, DEALT_WITH, CONTENT, 0), "later than is promised");
        broken(slow(STEADY, less, 0, DEALT_WITH, CONTENT, 0), "bring less");
        broken(slow(STEADY, STEADY, 65 * MEBIBYTE, DEALT_WITH, CONTENT, 0), "heap grows by 65 MiB");
        broken(slow(STEADY, STEADY, 0, DEALT_WITH, CONTENT, 1), "of vehicles that have broken: 1");
        broken(slow(STEADY, STEADY, 0, DEALT_WITH, new Audience.Account(1, 0, 0, 0), 0), "not told, or twice: 1");
        broken(slow(STEADY, STEADY, 0, DEALT_WITH, new Audience.Account(0, 1, 0, 0), 0), "who reads that have broken");
        broken(slow(STEADY, STEADY, 0, DEALT_WITH, new Audience.Account(0, 0, 1, 0), 0), "who does not: 1");
        broken(slow(STEADY, STEADY, 0, DEALT_WITH, new Audience.Account(0, 0, 0, 1), 0), "alerts of nothing");
    }

    @Test
    void slowSubscribersThatAreBorneAreBroken() {
        broken(slow(new SlowAccount.Offenders(20, 1, 9, 0)), "nobody was shown out");
        broken(slow(new SlowAccount.Offenders(20, 0, 10.5, 0)), "borne for 10.5 s");
        broken(slow(new SlowAccount.Offenders(20, 0, 9, 1)), "while reading: 1");
    }

    @Test
    void noiseDecidesNothing() {
        final Sides noisy = new Sides(List.of(5.0, 20.0), List.of(24.0));
        assertThat(noisy.risesAtMost(0.1, 5)).isEqualTo(Finding.UNDECIDED);
        assertThat(new Sides(List.of(5.0, 20.0), List.of(40.0)).risesAtMost(0.1, 5))
                .isEqualTo(Finding.PASSED);
        final Outcome outcome = slow(noisy, STEADY, 0, DEALT_WITH, CONTENT, 0);
        assertThat(outcome.verdict()).isEqualTo(Verdict.HELD);
        assertThat(outcome.figures().get("alerts p99 ms")).isEqualTo("5.0 20.0 without, 24.0 with (no verdict: noise)");
    }

    @Test
    void theTighterOfTwoLimitsHolds() {
        assertThat(new Sides(List.of(100.0), List.of(106.0)).risesAtMost(0.1, 5))
                .isEqualTo(Finding.PASSED);
        assertThat(new Sides(List.of(10.0), List.of(12.0)).risesAtMost(0.1, 5)).isEqualTo(Finding.PASSED);
        assertThat(new Sides(List.of(10.0), List.of(10.5)).risesAtMost(0.1, 5)).isEqualTo(Finding.HOLDS);
    }

    @Test
    void connectionsThatAreDearOrForgottenAreBroken() {
        assertThat(told(new ManyAccount(100, 100, 6_144, 0, 5, 1, 0)).verdict()).isEqualTo(Verdict.HELD);
        broken(told(new ManyAccount(99, 100, 4_000, 0, 5, 1, 0)), "99 of 100");
        broken(told(new ManyAccount(100, 100, 6_145, 0, 5, 1, 0)), "6145 bytes");
        broken(told(new ManyAccount(100, 100, 4_000, 1, 11, 1, 0)), "signs of life");
        late(told(new ManyAccount(100, 100, 4_000, 0, 5, 2.5, 0)), "for 2.50 s");
        broken(told(new ManyAccount(100, 100, 4_000, 0, 5, 1, 1)), "broken: 1");
    }

    @Test
    void aStormThatIsNotOverIsBroken() {
        assertThat(told(new StormAccount(100, 100, 59, 0.1, 1, 0, 3)).verdict()).isEqualTo(Verdict.HELD);
        broken(told(new StormAccount(100, 99, 59, 0.1, 1, 0, 0)), "99 of 100 came back");
        late(told(new StormAccount(100, 100, 61, 0.1, 1, 0, 0)), "after 61.0 s");
        late(told(new StormAccount(100, 100, 59, 0.1, 2.5, 0, 0)), "for 2.50 s");
        broken(told(new StormAccount(100, 100, 59, 0.1, 1, 1, 0)), "who stayed that have broken: 1");
        final StormAccount worst =
                new StormAccount(100, 100, 5, 0.1, 3, 0, 0).worse(new StormAccount(100, 98, 70, 0.2, 1, 1, 2));
        assertThat(worst).isEqualTo(new StormAccount(100, 98, 70, 0.2, 3, 1, 2));
    }

    private static Outcome slow(final SlowAccount.Offenders offenders) {
        return slow(STEADY, STEADY, 0, offenders, CONTENT, 0);
    }

    private static Outcome slow(
            final Sides p99,
            final Sides ingest,
            final long heap,
            final SlowAccount.Offenders offenders,
            final Audience.Account others,
            final long breaks) {
        final Outcome.Notes notes = new Outcome.Notes();
        new SlowAccount(200, p99, ingest, heap, offenders, others, breaks).tell(notes);
        return notes.outcome();
    }

    private static Outcome told(final ManyAccount account) {
        final Outcome.Notes notes = new Outcome.Notes();
        account.tell(notes);
        return notes.outcome();
    }

    private static Outcome told(final StormAccount account) {
        final Outcome.Notes notes = new Outcome.Notes();
        account.tell(notes);
        return notes.outcome();
    }

    private static void late(final Outcome outcome, final String why) {
        assertThat(outcome.verdict()).isEqualTo(Verdict.LATE);
        assertThat(outcome.troubles()).singleElement().asString().contains(why);
    }

    private static void broken(final Outcome outcome, final String why) {
        assertThat(outcome.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(outcome.troubles()).singleElement().asString().contains(why);
    }
}
