package io.luyun.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Two runs side by side; immutable.
 *
 * @param nameA what the first is called
 * @param nameB and the second
 * @param unlike in what they are not alike besides what was measured, each a sentence
 * @param invalid why one of them does not count, each a sentence with its name
 * @param rows figures that one of them has
 */
public record Comparison(String nameA, String nameB, List<String> unlike, List<String> invalid, List<Row> rows) {
    /** So many times have to lie beyond a percentile for it to say something. */
    static final int FEW = 10;

    private static final double PERCENT = 100;
    private static final List<String> COUNTS = List.of(
            "offered",
            "sent",
            "shed",
            "acknowledged",
            "refused",
            "unanswered",
            "lost",
            "duplicates",
            "unexplained",
            "disturbed");

    /**
     * One figure of both.
     *
     * @param name as in assertions
     * @param unit what it counts
     * @param a its value in the first, when that has it
     * @param b in the second
     * @param judged whether more of it is worse, and enough is known to say so
     */
    public record Row(
            String name,
            Figure.Unit unit,
            @Nullable Double a,
            @Nullable Double b,
            boolean judged) {
        /** The second as a multiple of the first, when there is one. */
        public OptionalDouble ratio() {
            return a == null || b == null || a == 0 ? OptionalDouble.empty() : OptionalDouble.of(b / a);
        }

        String text(final @Nullable Double value) {
            return value == null ? "-" : Numbers.figure(unit, value);
        }
    }

    /** Compares; the first is what the second is measured by. */
    public static Comparison of(final Runs two) {
        if (two.reports().size() != 2) {
            throw new IllegalArgumentException(
                    "two reports are compared, not " + two.reports().size());
        }
        final RunReport a = two.reports().getFirst();
        final RunReport b = two.reports().getLast();
        final List<Row> rows = new ArrayList<>();
        final SortedSet<String> latencies = new TreeSet<>(a.latencyMicros().keySet());
        latencies.addAll(b.latencyMicros().keySet());
        for (final String latency : latencies) {
            for (final String percentile : Runs.PERCENTILES) {
                final boolean judged =
                        !latency.equals("lag") && said(a, latency, percentile) && said(b, latency, percentile);
                add(rows, ofLatency(latency, percentile), a, b, judged);
            }
        }
        add(rows, Figure.named("cpu.server"), a, b, true);
        add(rows, Figure.named("cpu.generator"), a, b, true);
        add(rows, Figure.named("rate"), a, b, false);
        add(rows, Figure.named("maximum"), a, b, false);
        COUNTS.forEach(name -> add(rows, Figure.named(name), a, b, false));
        return new Comparison(
                two.names().getFirst(), two.names().getLast(), two.unlike(), two.reasons(), List.copyOf(rows));
    }

    /** A percentile of any latency a report has, also of one that assertions do not know. */
    static Figure ofLatency(final String latency, final String percentile) {
        return new Figure(latency + "." + percentile, Figure.Unit.MICROS, "no " + latency + " was measured", report -> {
            final Latency found = report.latencyMicros().get(latency);
            return found == null || found.count() == 0
                    ? null
                    : Double.valueOf(
                            switch (percentile) {
                                case "p50" -> found.p50();
                                case "p90" -> found.p90();
                                case "p99" -> found.p99();
                                case "p99.9" -> found.p999();
                                case "p99.99" -> found.p9999();
                                default -> found.max();
                            });
        });
    }

    /** Whether so many times lie beyond a percentile that it is no accident; one that is missing altogether says enough. */
    private static boolean said(final RunReport report, final String latency, final String percentile) {
        final Latency found = report.latencyMicros().get(latency);
        if (percentile.equals("max")) {
            return false;
        }
        final double beyond = 1 - Double.parseDouble(percentile.substring(1)) / PERCENT;
        return found == null || found.count() == 0 || found.count() * beyond >= FEW - 1e-6;
    }

    private static void add(
            final List<Row> rows, final Figure figure, final RunReport a, final RunReport b, final boolean judged) {
        final @Nullable Double inA = boxed(figure.of(a));
        final @Nullable Double inB = boxed(figure.of(b));
        if (inA != null || inB != null) {
            rows.add(new Row(figure.name(), figure.unit(), inA, inB, judged && inA != null));
        }
    }

    private static @Nullable Double boxed(final OptionalDouble value) {
        return value.isPresent() ? Double.valueOf(value.getAsDouble()) : null;
    }

    /**
     * What stands against saying that the second is at most so many percent worse: percentiles and processor time beyond it,
     * figures it lacks, and that a run does not count. Empty when nothing does.
     */
    public List<String> worse(final double percent) {
        final List<String> worse = new ArrayList<>();
        invalid.forEach(reason -> worse.add("not valid: " + reason));
        for (final Row row : rows) {
            if (!row.judged()) {
                continue;
            }
            final Double a = row.a();
            final Double b = row.b();
            if (b == null) {
                worse.add(row.name() + ": " + row.text(a) + " in " + nameA + ", not measured in " + nameB);
            } else if (a != null && b > a * (1 + percent / PERCENT)) {
                worse.add(String.format(
                        Locale.ROOT,
                        "%s: %s is %s more than %s, allowed are %s",
                        row.name(),
                        row.text(b),
                        a == 0 ? "any" : percent((b / a - 1) * PERCENT),
                        row.text(a),
                        percent(percent)));
            }
        }
        return worse;
    }

    private static String percent(final double value) {
        return String.format(Locale.ROOT, "%.1f %%", value);
    }
}
