package io.luyun.simulator.report;

import io.luyun.simulator.measure.Ledger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Several runs of the same thing, or one: what they have in common, how far they lie apart, and all their times together.
 * Immutable.
 *
 * @param names what they are called, for example by file
 * @param reports one each
 */
public record Runs(List<String> names, List<RunReport> reports) {
    /** Figures whose spread is told, besides those of latencies. */
    private static final List<String> FIGURES = List.of(
            "rate",
            "maximum",
            "cpu.server",
            "cpu.generator",
            "sent",
            "acknowledged",
            "refused",
            "unanswered",
            "shed",
            "lost",
            "duplicates",
            "unexplained",
            "disturbed");

    static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "p99.9", "p99.99", "max");

    public Runs {
        names = List.copyOf(names);
        reports = List.copyOf(reports);
        if (reports.isEmpty() || names.size() != reports.size()) {
            throw new IllegalArgumentException(names.size() + " names for " + reports.size() + " reports");
        }
    }

    /** All times of a name in one histogram, named as in the reports. */
    public Map<String, Latency> merged() {
        final Map<String, Histogram> all = new TreeMap<>();
        for (final RunReport report : reports) {
            report.latencyMicros().forEach((name, latency) -> {
                final Histogram histogram = latency.histogram();
                histogram.setAutoResize(true);
                all.merge(name, histogram, (sum, more) -> {
                    sum.add(more);
                    return sum;
                });
            });
        }
        final Map<String, Latency> merged = new TreeMap<>();
        all.forEach((name, histogram) -> merged.put(name, Latency.of(histogram)));
        return merged;
    }

    /** All ledgers added up; of the journal only when all looked. */
    public Ledger ledger() {
        return reports.stream().map(RunReport::ledger).reduce(Ledger::plus).orElse(Ledger.EMPTY);
    }

    /** The spread of each figure that all runs have, in the order in which they are told. */
    Map<Figure, Spread> spreads() {
        final Map<Figure, Spread> spreads = new LinkedHashMap<>();
        for (final String latency : merged().keySet()) {
            for (final String percentile : PERCENTILES) {
                put(spreads, Comparison.ofLatency(latency, percentile));
            }
        }
        spreads.putAll(figures());
        return spreads;
    }

    /** The same without the latencies. */
    Map<Figure, Spread> figures() {
        final Map<Figure, Spread> spreads = new LinkedHashMap<>();
        FIGURES.forEach(name -> put(spreads, Figure.named(name)));
        return spreads;
    }

    private void put(final Map<Figure, Spread> spreads, final Figure figure) {
        final double[] values = new double[reports.size()];
        for (int i = 0; i < values.length; i++) {
            final OptionalDouble value = figure.of(reports.get(i));
            if (value.isEmpty()) {
                return;
            }
            values[i] = value.getAsDouble();
        }
        spreads.put(figure, Spread.of(values));
    }

    /** In what the runs are not alike, against the first. */
    List<String> unlike() {
        final List<String> lines = new ArrayList<>();
        for (int i = 1; i < reports.size(); i++) {
            lines.addAll(Likeness.differences(names.getFirst(), reports.getFirst(), names.get(i), reports.get(i)));
        }
        return lines;
    }

    /** Why runs do not count, each with its name. */
    List<String> reasons() {
        final List<String> reasons = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            final String name = reports.size() == 1 ? "" : names.get(i) + ": ";
            reports.get(i).validity().reasons().forEach(reason -> reasons.add(name + reason));
        }
        return reasons;
    }
}
