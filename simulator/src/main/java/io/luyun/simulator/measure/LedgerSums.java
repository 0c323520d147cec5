package io.luyun.simulator.measure;

import io.luyun.simulator.measure.Ledger.Answers;
import io.luyun.simulator.measure.Ledger.Balance;
import io.luyun.simulator.measure.Ledger.Delivered;
import io.luyun.simulator.measure.Ledger.InJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The arithmetic of ledgers; pure. */
final class LedgerSums {
    private LedgerSums() {}

    static List<Balance> of(final Ledger ledger) {
        final List<Balance> balances = new ArrayList<>();
        final Ledger.Script script = ledger.script();
        final Answers answers = ledger.answers();
        final Ledger.Spoiled spoiled = ledger.spoiled();
        balances.add(new Sum("offered", script.offered())
                .plus("withheld on purpose", script.withheld())
                .plus("shed", script.shed())
                .plus("spoiled on purpose", script.spoiled())
                .plus("sent", script.sent())
                .balance());
        balances.add(new Sum("sent", script.sent())
                .plus("acknowledged", answers.acknowledged())
                .plus("refused", answers.allRefused())
                .plus("unanswered", answers.unanswered())
                .plus("without answer by nature", answers.withoutAnswer())
                .balance());
        new Sum("spoiled on purpose", script.spoiled())
                .plus("refused", spoiled.refused())
                .plus("taken all the same", spoiled.taken())
                .plus("unanswered", spoiled.unanswered())
                .addTo(balances);
        if (ledger.journal() != null) {
            journal(ledger, ledger.journal(), balances);
        }
        final Delivered delivered = ledger.delivered();
        if (delivered != null && delivered.due() != null) {
            balances.add(new Sum("due to subscribers", delivered.due())
                    .plus("alerts", delivered.allAlerts())
                    .plus("updates", delivered.updates())
                    .plus("dropped by policy", Ledger.or(delivered.dropped(), 0))
                    .balance());
        }
        return balances;
    }

    private static void journal(final Ledger ledger, final InJournal journal, final List<Balance> balances) {
        final Answers answers = ledger.answers();
        final long untold = answers.unanswered() + ledger.spoiled().unanswered();
        balances.add(new Sum("in the journal", journal.messages())
                .plus("acknowledged", answers.acknowledged())
                .plus("spoiled but taken", ledger.spoiled().taken())
                .plus("unanswered, and there", journal.late(), untold)
                .plus("without answer, and there", journal.withoutAnswer(), answers.withoutAnswer())
                .balance());
        if (journal.late() != null) {
            new Sum("unanswered", untold)
                    .plus("in the journal", journal.late())
                    .plus("not there", null, untold)
                    .addTo(balances);
        }
        if (journal.withoutAnswer() != null) {
            // A datagram sent twice on purpose has no number by which the second is known.
            new Sum("without answer by nature", answers.withoutAnswer())
                    .plus("in the journal", journal.withoutAnswer())
                    .plus("dropped on the way", Ledger.or(journal.droppedOnTheWay(), 0))
                    .minus("sent once more on purpose", ledger.extra().duplicated())
                    .addTo(balances);
        }
        new Sum("in the journal twice", journal.duplicates()).addTo(balances);
        new Sum("damaged ranges in the journal", journal.damaged()).addTo(balances);
    }

    static long lost(final Ledger ledger, final InJournal journal) {
        final Answers answers = ledger.answers();
        final long due = answers.acknowledged()
                + ledger.spoiled().taken()
                + Ledger.or(journal.late(), 0)
                + Ledger.or(journal.withoutAnswer(), 0);
        final long onTheWay = journal.withoutAnswer() == null
                ? 0
                : answers.withoutAnswer() - journal.withoutAnswer() - Ledger.or(journal.droppedOnTheWay(), 0);
        return Math.max(0, due - journal.messages()) + Math.max(0, onTheWay);
    }

    static Ledger sum(final Ledger a, final Ledger b) {
        final Ledger.Script one = a.script();
        final Ledger.Script two = b.script();
        return new Ledger(
                new Ledger.Script(
                        one.offered() + two.offered(),
                        one.withheld() + two.withheld(),
                        one.shed() + two.shed(),
                        one.spoiled() + two.spoiled(),
                        one.sent() + two.sent()),
                new Ledger.Extra(
                        a.extra().duplicated() + b.extra().duplicated(),
                        a.extra().sentAgain() + b.extra().sentAgain()),
                new Answers(
                        a.answers().acknowledged() + b.answers().acknowledged(),
                        sum(a.answers().refused(), b.answers().refused()),
                        a.answers().unanswered() + b.answers().unanswered(),
                        a.answers().withoutAnswer() + b.answers().withoutAnswer()),
                new Ledger.Spoiled(
                        a.spoiled().refused() + b.spoiled().refused(),
                        a.spoiled().taken() + b.spoiled().taken(),
                        a.spoiled().unanswered() + b.spoiled().unanswered()),
                a.journal() == null || b.journal() == null ? null : sum(a.journal(), b.journal()),
                a.delivered() == null || b.delivered() == null ? null : sum(a.delivered(), b.delivered()));
    }

    private static InJournal sum(final InJournal a, final InJournal b) {
        return new InJournal(
                a.messages() + b.messages(),
                sum(a.late(), b.late()),
                sum(a.withoutAnswer(), b.withoutAnswer()),
                sum(a.droppedOnTheWay(), b.droppedOnTheWay()),
                a.duplicates() + b.duplicates(),
                a.damaged() + b.damaged());
    }

    private static Delivered sum(final Delivered a, final Delivered b) {
        return new Delivered(
                sum(a.alerts(), b.alerts()),
                a.updates() + b.updates(),
                sum(a.due(), b.due()),
                sum(a.dropped(), b.dropped()));
    }

    private static @Nullable Long sum(final @Nullable Long a, final @Nullable Long b) {
        return a == null || b == null ? null : Long.valueOf(a + b);
    }

    private static Map<String, Long> sum(final Map<String, Long> a, final Map<String, Long> b) {
        final Map<String, Long> both = new TreeMap<>(a);
        b.forEach((name, count) -> both.merge(name, count, Long::sum));
        return both;
    }

    /** The left side of an equation and, bit by bit, the least and the most that its right side may be. */
    private static final class Sum {
        private final long left;
        private final StringBuilder text = new StringBuilder(120);
        private long least;
        private long most;
        private boolean first = true;

        Sum(final String name, final long left) {
            this.left = left;
            text.append(String.format(Locale.ROOT, "%s %,d =", name, left));
        }

        Sum plus(final String name, final long count) {
            return plus(name, count, count);
        }

        /** A part that is not known, but for its bound. */
        Sum plus(final String name, final @Nullable Long count, final long bound) {
            sign();
            if (count == null && bound > 0) {
                text.append(String.format(Locale.ROOT, " %s 0 to %,d", name, bound));
            } else {
                text.append(String.format(Locale.ROOT, " %s %,d", name, Ledger.or(count, 0)));
            }
            least += Ledger.or(count, 0);
            most += Ledger.or(count, bound);
            return this;
        }

        /** What may be there in excess. */
        Sum minus(final String name, final long bound) {
            if (bound > 0) {
                text.append(String.format(Locale.ROOT, " - %s 0 to %,d", name, bound));
            }
            least -= bound;
            return this;
        }

        private void sign() {
            text.append(first ? "" : " +");
            first = false;
        }

        /** Adds it unless there is nothing in it. */
        void addTo(final List<Balance> balances) {
            if (left != 0 || most != 0) {
                balances.add(balance());
            }
        }

        Balance balance() {
            final long unexplained = left < least ? left - least : left > most ? left - most : 0;
            if (first) {
                text.append(" 0");
            }
            if (unexplained > 0) {
                text.append(String.format(Locale.ROOT, ": %,d unexplained", unexplained));
            } else if (unexplained < 0) {
                text.append(String.format(Locale.ROOT, ": %,d too many on the right", -unexplained));
            }
            return new Balance(text.toString(), unexplained);
        }
    }
}
