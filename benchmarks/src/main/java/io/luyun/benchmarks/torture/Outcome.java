package io.luyun.benchmarks.torture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a fault has done to the server.
 *
 * @param verdict whether all that must hold does
 * @param figures what was measured, by name with unit, in order
 * @param troubles what does not hold, a line each; the reason where it was left out
 */
public record Outcome(Verdict verdict, Map<String, String> figures, List<String> troubles) {
    /** How it went. */
    public enum Verdict {
        /** All that must hold does. */
        HELD,
        /** All of it does, but something took longer than is promised on a machine that has nothing else to do. */
        LATE,
        /** Something does not. */
        BROKEN,
        /** What it needs is not to be had on this machine; nothing is known. */
        LEFT_OUT
    }

    public Outcome {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        troubles = List.copyOf(troubles);
    }

    public static Outcome leftOut(final String why) {
        return new Outcome(Verdict.LEFT_OUT, Map.of(), List.of(why));
    }

    /** Collects figures and troubles while a fault runs. */
    public static final class Notes {
        private final Map<String, String> figures = new LinkedHashMap<>();
        private final List<String> troubles = new ArrayList<>();
        private final List<String> delays = new ArrayList<>();

        public Notes figure(final String name, final long count) {
            return figure(name, String.format(Locale.ROOT, "%,d", count));
        }

        public Notes figure(final String name, final String value) {
            figures.put(name, value);
            return this;
        }

        public Notes trouble(final String line) {
            troubles.add(line);
            return this;
        }

        /** What must hold; the line is kept when it does not. */
        public Notes expect(final boolean holds, final String otherwise) {
            return holds ? this : trouble(otherwise);
        }

        /** How long something may take; the line is kept when it took longer. */
        public Notes inTime(final boolean holds, final String otherwise) {
            if (!holds) {
                delays.add(otherwise);
            }
            return this;
        }

        /** An account of all that was sent, which must have been kept. */
        public Notes account(final Account account) {
            figure("acknowledged", account.promised());
            figure("journaled", account.journaled());
            figure("lost", account.lost());
            figure("twice", account.twice());
            account.troubles().forEach(this::trouble);
            return this;
        }

        public Outcome outcome() {
            final List<String> lines = new ArrayList<>(troubles);
            lines.addAll(delays);
            final Verdict without = delays.isEmpty() ? Verdict.HELD : Verdict.LATE;
            return new Outcome(troubles.isEmpty() ? without : Verdict.BROKEN, figures, lines);
        }
    }
}
