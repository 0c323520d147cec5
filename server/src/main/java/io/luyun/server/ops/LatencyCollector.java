package io.luyun.server.ops;

import io.luyun.server.monitor.Latencies;
import io.luyun.server.monitor.Stage;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The stages' histograms as a summary and a maximum. Micrometer would keep a second histogram for each; this hands over
 * the one there is, one snapshot a scrape.
 */
final class LatencyCollector implements MultiCollector {
    private static final String NAME = "luyun_latency_seconds";
    private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999};
    private static final double MICROS_PER_SECOND = 1e6;

    private final Latencies latencies;

    LatencyCollector(final Latencies latencies) {
        this.latencies = latencies;
    }

    @Override
    public MetricSnapshots collect() {
        final SummarySnapshot.Builder summary =
                SummarySnapshot.builder().name(NAME).help(help());
        final GaugeSnapshot.Builder max = GaugeSnapshot.builder()
                .name("luyun_latency_max_seconds")
                .help("Longest time of each stage since the start");
        for (final Stage stage : Stage.values()) {
            final Histogram histogram = latencies.snapshot(stage);
            final Labels labels = Labels.of("stage", stage.label());
            summary.dataPoint(SummaryDataPointSnapshot.builder()
                    .labels(labels)
                    .quantiles(quantiles(histogram))
                    .count(histogram.getTotalCount())
                    .sum(histogram.getMean() * histogram.getTotalCount() / MICROS_PER_SECOND)
                    .build());
            max.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(labels)
                    .value(histogram.getMaxValue() / MICROS_PER_SECOND)
                    .build());
        }
        return MetricSnapshots.of(summary.build(), max.build());
    }

    private static Quantiles quantiles(final Histogram histogram) {
        final List<Quantile> values = new ArrayList<>(QUANTILES.length);
        for (final double quantile : QUANTILES) {
            values.add(new Quantile(quantile, histogram.getValueAtPercentile(quantile * 100) / MICROS_PER_SECOND));
        }
        return Quantiles.of(values);
    }

    private static String help() {
        final StringBuilder help = new StringBuilder("Time of the stages of the line since the start.");
        for (final Stage stage : Stage.values()) {
            help.append(' ')
                    .append(stage.label())
                    .append(": ")
                    .append(stage.doc())
                    .append('.');
        }
        return help.toString();
    }
}
