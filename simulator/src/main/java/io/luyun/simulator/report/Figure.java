package io.luyun.simulator.report;

import io.luyun.simulator.measure.Ledger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One number of a report, by name; immutable.
 *
 * @param name as people write it, for example alert.FCW.p99
 * @param unit what it counts
 * @param missing why a report may not have it
 * @param reader finds it, or nothing
 */
record Figure(String name, Unit unit, String missing, Function<RunReport, @Nullable Double> reader) {
    /** What a figure counts, and so how several runs' make one. */
    enum Unit {
        /** Times in microseconds, of which several have a median. */
        MICROS,
        /** Anything else that several have a median of. */
        RATE,
        /** Messages, which are added up. */
        COUNT,
        /** 1 when it holds, which it has to for all. */
        FLAG
    }

    /** Latencies a report can have; each also by kind. */
    static final List<String> LATENCIES = List.of("ack", "alert", "alertFromSend", "delivery", "lag");

    private static final Pattern LATENCY = Pattern.compile("(" + String.join("|", LATENCIES)
            + ")(\\.[A-Za-z0-9_-]+)??\\.(p\\d{1,3}(?:\\.\\d{1,4})?|min|mean|max|count)");
    private static final double PERCENT = 100;
    private static final double NS_A_MICRO = 1e3;
    private static final String NO_JOURNAL = "the journal was not looked at";
    private static final Map<String, Figure> OTHERS = others();

    /** What may stand in place of a name, for error messages. */
    static String allowed() {
        return "one of " + String.join(", ", LATENCIES)
                + " (also by kind, as in ack.BSM) with .pNN, .min, .mean, .max or .count, or "
                + String.join(", ", OTHERS.keySet());
    }

    /**
     * The figure of a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Figure named(final String name) {
        final Figure other = OTHERS.get(name);
        if (other != null) {
            return other;
        }
        final Matcher latency = LATENCY.matcher(name);
        if (!latency.matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no figure of a report; there is " + allowed());
        }
        final String which = latency.group(1) + (latency.group(2) == null ? "" : latency.group(2));
        final String stat = latency.group(3);
        if (stat.startsWith("p") && Double.parseDouble(stat.substring(1)) > PERCENT) {
            throw new IllegalArgumentException("\"" + stat + "\" in \"" + name + "\" must be p0 to p100");
        }
        return new Figure(
                name,
                "count".equals(stat) ? Unit.COUNT : Unit.MICROS,
                "no " + which + " was measured",
                report -> latency(report.latencyMicros().get(which), stat));
    }

    /** Its value in a report, when that has it. */
    OptionalDouble of(final RunReport report) {
        final Double value = reader.apply(report);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Of several runs: the median of times and rates, the sum of counts, and of flags whether all hold. */
    OptionalDouble of(final List<RunReport> reports) {
        final double[] values = new double[reports.size()];
        for (int i = 0; i < values.length; i++) {
            final OptionalDouble value = of(reports.get(i));
            if (value.isEmpty()) {
                return value;
            }
            values[i] = value.getAsDouble();
        }
        final Spread spread = Spread.of(values);
        return OptionalDouble.of(
                switch (unit) {
                    case MICROS, RATE -> spread.median();
                    case COUNT -> spread.sum();
                    case FLAG -> spread.least();
                });
    }

    private static @Nullable Double latency(final @Nullable Latency latency, final String stat) {
        if ("count".equals(stat)) {
            return latency == null ? 0 : (double) latency.count();
        }
        if (latency == null || latency.count() == 0) {
            return null;
        }
        return switch (stat) {
            case "min" -> latency.min();
            case "mean" -> latency.mean();
            case "max" -> latency.max();
            default -> percentile(latency.histogram(), Double.parseDouble(stat.substring(1)));
        };
    }

    private static double percentile(final Histogram ns, final double percent) {
        return ns.getValueAtPercentile(percent) / NS_A_MICRO;
    }

    private static Map<String, Figure> others() {
        final Map<String, Figure> all = new LinkedHashMap<>();
        count(all, "offered", "", ledger -> ledger.script().offered());
        count(all, "sent", "", ledger -> ledger.script().sent());
        count(all, "shed", "", ledger -> ledger.script().shed());
        count(all, "acknowledged", "", ledger -> ledger.answers().acknowledged());
        count(all, "refused", "", ledger -> ledger.answers().allRefused());
        count(all, "unanswered", "", ledger -> ledger.answers().unanswered());
        count(all, "lost", NO_JOURNAL, Ledger::lost);
        count(all, "duplicates", NO_JOURNAL, ledger -> {
            final Ledger.InJournal journal = ledger.journal();
            return journal == null ? null : Long.valueOf(journal.duplicates());
        });
        count(all, "unexplained", "", Ledger::unexplained);
        put(all, new Figure("rate", Unit.RATE, "", RunReport::rate));
        put(all, new Figure("maximum", Unit.RATE, "no rate passed", Figure::maximum));
        put(
                all,
                new Figure(
                        "cpu.server",
                        Unit.MICROS,
                        "the server's processor time was not measured",
                        report -> report.cpu().serverMicrosPerMessage()));
        put(
                all,
                new Figure(
                        "cpu.generator",
                        Unit.MICROS,
                        "the generator's processor time was not measured",
                        report -> report.cpu().generatorMicrosPerMessage()));
        count(all, "disturbed", "it was not watched what else used the machine", null);
        put(all, new Figure("valid", Unit.FLAG, "", report -> report.validity().valid() ? 1.0 : 0.0));
        return all;
    }

    private static void count(
            final Map<String, Figure> all,
            final String name,
            final String missing,
            final @Nullable Function<Ledger, @Nullable Long> reader) {
        put(all, new Figure(name, Unit.COUNT, missing, report -> {
            final Long value = reader == null ? report.cpu().disturbedSeconds() : reader.apply(report.ledger());
            return value == null ? null : (double) value;
        }));
    }

    private static void put(final Map<String, Figure> all, final Figure figure) {
        all.put(figure.name(), figure);
    }

    private static @Nullable Double maximum(final RunReport report) {
        Double most = null;
        for (final RunReport.Stage stage : report.stages()) {
            if (stage.passed() && (most == null || stage.rate() > most)) {
                most = stage.rate();
            }
        }
        return most;
    }
}
