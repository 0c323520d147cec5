package io.luyun.simulator.measure;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of every message of a run: at each stage it stands in exactly one line, and the stages have to add up.
 *
 * <pre>
 *   offered = withheld + shed + spoiled + sent
 *                                 │        └─ = acknowledged + refused + unanswered + without answer
 *                                 └────────── = refused + taken + unanswered
 *   journal = acknowledged + spoiled but taken + late (unanswered, and there) + without answer (and there)
 *   without answer = in the journal + dropped on the way
 *   due to subscribers = alerts + updates + dropped
 * </pre>
 *
 * All are counts of messages. Where it is not known what part of a line reached the journal, the journal has to lie between
 * none and all of it. Immutable.
 *
 * @param script what was offered
 * @param extra what was written besides
 * @param answers what became of what was sent
 * @param spoiled what became of what was spoiled
 * @param journal what is in the journal, when it was looked at
 * @param delivered what subscribers got, when there were any
 */
public record Ledger(
        Script script,
        Extra extra,
        Answers answers,
        Spoiled spoiled,
        @Nullable InJournal journal,
        @Nullable Delivered delivered) {
    /** Nothing happened, and the journal was not looked at. */
    public static final Ledger EMPTY = new Ledger(
            new Script(0, 0, 0, 0, 0),
            new Extra(0, 0),
            new Answers(0, Map.of(), 0, 0),
            new Spoiled(0, 0, 0),
            null,
            null);

    /**
     * Where each message of the script went.
     *
     * @param offered messages whose time came
     * @param withheld left out on purpose: simulated loss
     * @param shed not sent because too much was outstanding
     * @param spoiled sent malformed on purpose
     * @param sent sent as they are, each counted once
     */
    public record Script(long offered, long withheld, long shed, long spoiled, long sent) {
        public Script {
            check("script", offered, withheld, shed, spoiled, sent);
        }
    }

    /**
     * Writes beyond one of each message.
     *
     * @param duplicated sent once more on purpose
     * @param sentAgain written once more after a reconnect
     */
    public record Extra(long duplicated, long sentAgain) {
        public Extra {
            check("extra", duplicated, sentAgain);
        }
    }

    /**
     * What became of messages sent.
     *
     * @param acknowledged acknowledged
     * @param refused refused by the server, by reason
     * @param unanswered neither at the end, by the clients' own count of what is outstanding
     * @param withoutAnswer sent in a way that has no answers: UDP
     */
    public record Answers(long acknowledged, Map<String, Long> refused, long unanswered, long withoutAnswer) {
        public Answers {
            check("answers", acknowledged, unanswered, withoutAnswer);
            check(
                    "refused",
                    refused.values().stream().mapToLong(Long::longValue).toArray());
            refused = Collections.unmodifiableMap(new TreeMap<>(refused));
        }

        /** Refused for any reason. */
        public long allRefused() {
            return sum(refused);
        }
    }

    /**
     * What became of messages spoiled on purpose.
     *
     * @param refused the server refused them, or closed the connection
     * @param taken the server took them all the same
     * @param unanswered neither
     */
    public record Spoiled(long refused, long taken, long unanswered) {
        public Spoiled {
            check("spoiled", refused, taken, unanswered);
        }
    }

    /**
     * What the journal holds of this run.
     *
     * @param messages messages, each once
     * @param late those of them that nobody was told of, when known
     * @param withoutAnswer those of them that came without answers, when known
     * @param droppedOnTheWay messages without answers that the server counted as lost or refused, when known
     * @param duplicates records of a message that was there before
     * @param damaged damaged ranges
     */
    public record InJournal(
            long messages,
            @Nullable Long late,
            @Nullable Long withoutAnswer,
            @Nullable Long droppedOnTheWay,
            long duplicates,
            long damaged) {
        public InJournal {
            check("journal", messages, duplicates, damaged, or(late, 0), or(withoutAnswer, 0), or(droppedOnTheWay, 0));
        }
    }

    /**
     * What subscribers got.
     *
     * @param alerts alerts, by kind
     * @param updates updates of the road
     * @param due what the server had for them, by its own count, when known
     * @param dropped what it dropped by policy because they did not read, when known
     */
    public record Delivered(
            Map<String, Long> alerts,
            long updates,
            @Nullable Long due,
            @Nullable Long dropped) {
        public Delivered {
            check("delivered", updates, or(due, 0), or(dropped, 0));
            check("alerts", alerts.values().stream().mapToLong(Long::longValue).toArray());
            alerts = Collections.unmodifiableMap(new TreeMap<>(alerts));
        }

        /** Alerts of all kinds. */
        public long allAlerts() {
            return sum(alerts);
        }
    }

    /**
     * One equation.
     *
     * @param text with its numbers, for people
     * @param unexplained left less right side: what is missing on the right, or below zero what came from nowhere
     */
    public record Balance(String text, long unexplained) {
        /** Whether both sides are the same. */
        public boolean closes() {
            return unexplained == 0;
        }
    }

    /** All equations that can be reckoned from what is known. */
    public List<Balance> balances() {
        return LedgerSums.of(this);
    }

    /** What does not add up, over all equations; 0 when every message is accounted for. */
    @JsonProperty(value = "unexplained", access = JsonProperty.Access.READ_ONLY)
    public long unexplained() {
        return balances().stream()
                .mapToLong(balance -> Math.abs(balance.unexplained()))
                .sum();
    }

    /**
     * Messages that the journal ought to have and has not: acknowledged ones, and those without answers that nobody counted on
     * the way; null when it was not looked at. Exact when it is known what else reached the journal; otherwise a late one may
     * hide a lost one.
     */
    @JsonProperty(value = "lost", access = JsonProperty.Access.READ_ONLY)
    public @Nullable Long lost() {
        return journal == null ? null : LedgerSums.lost(this, journal);
    }

    /** The same with what is in the journal. */
    public Ledger with(final InJournal found) {
        return new Ledger(script, extra, answers, spoiled, found, delivered);
    }

    /** Both together; what only one of them knows is not known of both. */
    public Ledger plus(final Ledger other) {
        return LedgerSums.sum(this, other);
    }

    static long or(final @Nullable Long value, final long otherwise) {
        return value == null ? otherwise : value;
    }

    private static long sum(final Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void check(final String group, final long... counts) {
        for (final long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException(group + ": a count of " + count + " must not be negative");
            }
        }
    }

    /** The lines that do not close, as text; empty when all do. */
    public List<String> open() {
        final List<String> open = new ArrayList<>();
        for (final Balance balance : balances()) {
            if (!balance.closes()) {
                open.add(balance.text());
            }
        }
        return open;
    }
}
