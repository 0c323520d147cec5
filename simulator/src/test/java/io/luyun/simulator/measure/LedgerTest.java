package io.luyun.simulator.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every message stands in one line of each stage; one that does not is told. */
final class LedgerTest {
    private enum Line {
        OFFERED,
        WITHHELD,
        SHED,
        SPOILED,
        SENT,
        DUPLICATED,
        ACKNOWLEDGED,
        REFUSED,
        UNANSWERED,
        WITHOUT_ANSWER,
        SPOILED_REFUSED,
        SPOILED_TAKEN,
        SPOILED_UNANSWERED,
        JOURNAL,
        LATE,
        JOURNAL_WITHOUT_ANSWER,
        DROPPED_ON_THE_WAY,
        DUE,
        ALERTS,
        UPDATES,
        DROPPED;

        /** What is written twice on purpose may come twice, or once. */
        boolean exact() {
            return this != DUPLICATED;
        }
    }

    /** A run told event by event. */
    private static final class Run {
        private final long[] counts = new long[Line.values().length];
        private final Random random;

        Run(final long seed) {
            random = new Random(seed);
            final int messages = 1 + random.nextInt(500);
            for (int i = 0; i < messages; i++) {
                message();
            }
            for (int i = random.nextInt(50); i > 0; i--) {
                count(Line.DUE);
                count(one(Line.ALERTS, Line.UPDATES, Line.DROPPED));
            }
        }

        private void message() {
            count(Line.OFFERED);
            final Line fate = one(Line.WITHHELD, Line.SHED, Line.SPOILED, Line.SENT, Line.SENT, Line.SENT);
            count(fate);
            if (fate == Line.SPOILED) {
                final Line answer = one(Line.SPOILED_REFUSED, Line.SPOILED_TAKEN, Line.SPOILED_UNANSWERED);
                count(answer);
                if (answer == Line.SPOILED_TAKEN) {
                    count(Line.JOURNAL);
                }
            } else if (fate == Line.SENT) {
                sent();
            }
        }

        private void sent() {
            final Line answer =
                    one(Line.ACKNOWLEDGED, Line.ACKNOWLEDGED, Line.REFUSED, Line.UNANSWERED, Line.WITHOUT_ANSWER);
            count(answer);
            final boolean there = answer == Line.ACKNOWLEDGED || (answer != Line.REFUSED && random.nextBoolean());
            if (there) {
                count(Line.JOURNAL);
            }
            if (answer == Line.UNANSWERED && there) {
                count(Line.LATE);
            }
            if (answer == Line.WITHOUT_ANSWER) {
                count(there ? Line.JOURNAL_WITHOUT_ANSWER : Line.DROPPED_ON_THE_WAY);
            }
        }

        private Line one(final Line... lines) {
            return lines[random.nextInt(lines.length)];
        }

        void count(final Line line) {
            counts[line.ordinal()]++;
        }

        void hide(final Line line) {
            counts[line.ordinal()]--;
        }

        long of(final Line line) {
            return counts[line.ordinal()];
        }

        Ledger ledger() {
            return new Ledger(
                    new Ledger.Script(
                            of(Line.OFFERED), of(Line.WITHHELD), of(Line.SHED), of(Line.SPOILED), of(Line.SENT)),
                    new Ledger.Extra(of(Line.DUPLICATED), 0),
                    new Ledger.Answers(
                            of(Line.ACKNOWLEDGED),
                            Map.of("OUT_OF_RANGE", of(Line.REFUSED)),
                            of(Line.UNANSWERED),
                            of(Line.WITHOUT_ANSWER)),
                    new Ledger.Spoiled(of(Line.SPOILED_REFUSED), of(Line.SPOILED_TAKEN), of(Line.SPOILED_UNANSWERED)),
                    new Ledger.InJournal(
                            of(Line.JOURNAL),
                            of(Line.LATE),
                            of(Line.JOURNAL_WITHOUT_ANSWER),
                            of(Line.DROPPED_ON_THE_WAY),
                            0,
                            0),
                    new Ledger.Delivered(
                            Map.of("FCW", of(Line.ALERTS)), of(Line.UPDATES), of(Line.DUE), of(Line.DROPPED)));
        }
    }

    @Test
    void closesWhateverHappensAndTellsOfOneHiddenEvent() {
        final long first = System.nanoTime();
        for (long seed = first; seed < first + 300; seed++) {
            final Run run = new Run(seed);
            assertThat(run.ledger().open()).as("seed %d", seed).isEmpty();
            assertThat(run.ledger().unexplained()).as("seed %d", seed).isZero();
            assertThat(run.ledger().lost()).as("seed %d", seed).isZero();
            for (final Line line : Line.values()) {
                if (line.exact() && run.of(line) > 0) {
                    run.hide(line);
                    assertThat(run.ledger().unexplained())
                            .as("seed %d without one %s", seed, line)
                            .isPositive();
                    run.count(line);
                }
            }
        }
    }

    @Test
    void sumsOfLedgersCloseAsWell() {
        final long first = System.nanoTime();
        Ledger sum = new Run(first).ledger();
        for (long seed = first + 1; seed < first + 20; seed++) {
            sum = sum.plus(new Run(seed).ledger());
        }
        assertThat(sum.open()).as("seeds from %d", first).isEmpty();
        final Ledger one = new Run(first).ledger();
        final Ledger twice = one.plus(one);
        assertThat(twice.script().offered()).isEqualTo(2 * one.script().offered());
        assertThat(twice.answers().refused())
                .containsEntry("OUT_OF_RANGE", 2 * one.answers().refused().get("OUT_OF_RANGE"));
    }

    @Test
    void saysWhichEquationDoesNotClose() {
        final Ledger ledger = sent(1_000, 990, 4);

        assertThat(ledger.open())
                .containsExactly("sent 1,000 = acknowledged 990 + refused 0 + unanswered 4"
                        + " + without answer by nature 0: 6 unexplained");
        assertThat(ledger.unexplained()).isEqualTo(6);
        assertThat(sent(1_000, 999, 3).open())
                .singleElement()
                .asString()
                .endsWith("unanswered 3 + without answer by nature 0: 2 too many on the right");
    }

    @Test
    void withoutTheJournalNothingIsKnownOfLoss() {
        assertThat(sent(10, 10, 0).lost()).isNull();
        assertThat(sent(10, 10, 0).unexplained()).isZero();
    }

    @Test
    void theJournalHasToLieBetweenWhatIsKnown() {
        final Ledger ledger = sent(100, 90, 10);
        for (final long there : new long[] {90, 95, 100}) {
            assertThat(ledger.with(journal(there, 0)).open()).isEmpty();
        }
        final Ledger less = ledger.with(journal(88, 0));
        assertThat(less.lost()).isEqualTo(2);
        assertThat(less.open())
                .containsExactly("in the journal 88 = acknowledged 90 + spoiled but taken 0"
                        + " + unanswered, and there 0 to 10 + without answer, and there 0: 2 too many on the right");
        final Ledger more = ledger.with(journal(101, 0));
        assertThat(more.lost()).isZero();
        assertThat(more.unexplained()).isEqualTo(1);
    }

    @Test
    void duplicatesAndDamageDoNotClose() {
        final Ledger ledger = sent(10, 10, 0).with(journal(10, 3));
        assertThat(ledger.open()).containsExactly("in the journal twice 3 = 0: 3 unexplained");
        assertThat(sent(10, 10, 0)
                        .with(new Ledger.InJournal(10, 0L, 0L, 0L, 0, 2))
                        .unexplained())
                .isEqualTo(2);
    }

    @Test
    void datagramsCloseAgainstTheJournal() {
        final Ledger ledger = new Ledger(
                new Ledger.Script(100, 0, 0, 0, 100),
                new Ledger.Extra(0, 0),
                new Ledger.Answers(0, Map.of(), 0, 100),
                new Ledger.Spoiled(0, 0, 0),
                null,
                null);
        assertThat(ledger.with(new Ledger.InJournal(97, 0L, 97L, 3L, 0, 0)).open())
                .isEmpty();
        final Ledger less = ledger.with(new Ledger.InJournal(97, 0L, 97L, 1L, 0, 0));
        assertThat(less.lost()).isEqualTo(2);
        assertThat(less.unexplained()).isEqualTo(2);
    }

    @Test
    void whatOnlyOneKnowsIsNotKnownOfBoth() {
        final Ledger looked = sent(10, 10, 0).with(journal(10, 0));
        assertThat(looked.plus(sent(5, 5, 0)).journal()).isNull();
        assertThat(looked.plus(looked).journal()).isEqualTo(journal(20, 0));
    }

    @Test
    void countsAreNotNegative() {
        assertThatThrownBy(() -> sent(10, -1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("answers: a count of -1 must not be negative");
        final Map<String, Long> refused = new TreeMap<>(Map.of("X", -2L));
        assertThatThrownBy(() -> new Ledger.Answers(0, refused, 0, 0)).hasMessageStartingWith("refused: ");
    }

    @Test
    void keepsNoHandOnWhatItWasGiven() {
        final Map<String, Long> refused = new TreeMap<>(Map.of("X", 2L));
        final Ledger.Answers answers = new Ledger.Answers(0, refused, 0, 0);
        refused.put("Y", 5L);
        assertThat(answers.allRefused()).isEqualTo(2);
        final List<Long> seen = new ArrayList<>(answers.refused().values());
        assertThat(seen).containsExactly(2L);
    }

    private static Ledger sent(final long sent, final long acknowledged, final long unanswered) {
        return new Ledger(
                new Ledger.Script(sent, 0, 0, 0, sent),
                new Ledger.Extra(0, 0),
                new Ledger.Answers(acknowledged, Map.of(), unanswered, 0),
                new Ledger.Spoiled(0, 0, 0),
                null,
                null);
    }

    private static Ledger.InJournal journal(final long messages, final long duplicates) {
        return new Ledger.InJournal(messages, null, null, null, duplicates, 0);
    }
}
