package io.luyun.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what was measured with the limits. */
final class Guard {
    /**
     * What JMH measured.
     *
     * @param nanos time for an operation
     * @param error half of its 99.9 % confidence interval, or NaN
     * @param bytes allocated for an operation
     */
    record Figure(double nanos, double error, double bytes) {}

    /**
     * One limit and how it was kept.
     *
     * @param reference measured in the same run as the figure; null without one
     * @param ratio to the reference; NaN without one
     */
    record Verdict(
            Limits.Limit limit,
            @Nullable Figure figure,
            @Nullable Figure reference,
            double ratio,
            boolean kept) {}

    private final Limits limits;

    Guard(final Limits limits) {
        this.limits = limits;
    }

    /** Every benchmark that has to run. */
    Set<String> benchmarks() {
        final Set<String> names = new TreeSet<>();
        for (final Limits.Limit limit : limits.limits()) {
            names.addAll(namesOf(limit));
        }
        return names;
    }

    /** Those of them of which no limit says that they take longer to be compiled. */
    Set<String> quick() {
        final Set<String> quick = benchmarks();
        for (final Limits.Limit limit : limits.limits()) {
            if (!Boolean.TRUE.equals(limit.quick())) {
                quick.removeAll(namesOf(limit));
            }
        }
        return quick;
    }

    /** The benchmarks of one limit: its own and its reference. */
    static Set<String> namesOf(final Limits.Limit limit) {
        final Set<String> names = new TreeSet<>();
        names.add(limit.benchmark());
        if (limit.reference() != null) {
            names.add(limit.reference());
        }
        return names;
    }

    /** Judges every limit; one whose benchmark or reference was not measured counts as broken. */
    List<Verdict> judge(final Map<String, Figure> figures) {
        final List<Verdict> verdicts = new ArrayList<>();
        for (final Limits.Limit limit : limits.limits()) {
            verdicts.add(judge(limit, figures));
        }
        return verdicts;
    }

    private static Verdict judge(final Limits.Limit limit, final Map<String, Figure> figures) {
        final Figure figure = figures.get(limit.benchmark());
        final Figure reference = limit.reference() == null ? null : figures.get(limit.reference());
        final double ratio = figure == null || reference == null ? Double.NaN : figure.nanos() / reference.nanos();
        final boolean timeKept = limit.maxRatio() == null || ratio <= limit.maxRatio();
        final boolean bytesKept = figure != null && (limit.maxBytes() == null || figure.bytes() <= limit.maxBytes());
        return new Verdict(limit, figure, reference, ratio, timeKept && bytesKept);
    }

    /** The benchmarks that have to run again because of these verdicts: of what was broken. */
    static Set<String> again(final List<Verdict> verdicts) {
        final Set<String> again = new TreeSet<>();
        for (final Verdict verdict : verdicts) {
            if (!verdict.kept()) {
                again.addAll(namesOf(verdict.limit()));
            }
        }
        return again;
    }

    /** Judges what was broken by another run; what was kept stays as it was, whatever the other run says. */
    static List<Verdict> judgeAgain(final List<Verdict> verdicts, final Map<String, Figure> figures) {
        final List<Verdict> judged = new ArrayList<>();
        for (final Verdict verdict : verdicts) {
            judged.add(verdict.kept() ? verdict : judge(verdict.limit(), figures));
        }
        return judged;
    }

    /** The verdicts as lines for people. */
    static List<String> table(final List<Verdict> verdicts) {
        final List<String> lines = new ArrayList<>();
        lines.add(row("benchmark", "ns/op", "±", "reference", "ns/op", "ratio", "limit", "B/op", "limit", ""));
        for (final Verdict verdict : verdicts) {
            final Limits.Limit limit = verdict.limit();
            final Figure figure = verdict.figure();
            final Figure reference = verdict.reference();
            lines.add(row(
                    limit.benchmark(),
                    figure == null ? "-" : number(figure.nanos(), 1),
                    figure == null ? "-" : number(figure.error(), 1),
                    limit.reference() == null ? "-" : limit.reference(),
                    reference == null ? "-" : number(reference.nanos(), 1),
                    number(verdict.ratio(), 2),
                    limit.maxRatio() == null ? "-" : number(limit.maxRatio(), 2),
                    figure == null ? "-" : number(figure.bytes(), 2),
                    limit.maxBytes() == null ? "-" : number(limit.maxBytes(), 2),
                    verdict.kept() ? "kept" : "BROKEN"));
        }
        return lines;
    }

    private static String row(final Object... cells) {
        return String.format(Locale.ROOT, "%-26s %10s %9s  %-24s %10s %7s %7s %9s %9s  %s", cells)
                .stripTrailing();
    }

    private static String number(final double value, final int digits) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
