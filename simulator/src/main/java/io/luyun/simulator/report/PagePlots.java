package io.luyun.simulator.report;

import io.luyun.simulator.picture.Axis;
import io.luyun.simulator.picture.Plot;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/** The plots of a report. Stateless. */
final class PagePlots {
    /** Columns beyond which seconds are put together. */
    private static final int MOST_COLUMNS = 720;

    private static final int TIME_STEPS = 10;
    private static final int STEPS = 5;
    private static final double HEADROOM = 1.04;
    /** Points for each halving of what is longer. */
    private static final int TICKS_A_HALF = 12;

    private static final double NS_A_MICRO = 1e3;
    private static final double MOST_NINES = 6;

    private PagePlots() {}

    /** Rates, latencies and processor time over time. */
    static void overTime(final Page page, final RunReport report) {
        if (report.series().isEmpty()) {
            return;
        }
        final Columns columns = new Columns(report.series());
        page.heading("Over time");
        final String mean = columns.note("mean");
        page.figure(
                "Messages a second",
                mean,
                columns.rates()
                        .line("offered", columns.xs(), columns.mean(row -> row.offered()))
                        .line("sent", columns.xs(), columns.mean(row -> row.sent()))
                        .line("acknowledged", columns.xs(), columns.mean(row -> row.acknowledged()))
                        .line("refused", columns.xs(), columns.meanUnlessZero(row -> row.refused())));
        page.figure(
                "Latency",
                "from the intended send time; logarithmic" + wide(columns.note("worst")),
                columns.latencies());
        page.figure(
                "Outstanding and connections",
                "logarithmic, 0 is drawn as 1" + wide(columns.note("most")),
                columns.outstanding());
        page.figure("Processor cores in use", mean, columns.cores());
    }

    private static String wide(final String note) {
        return note.isEmpty() ? "" : ", " + note;
    }

    /** How long the longest times are, for the latencies and then for the kinds of each. */
    static void percentiles(final Page page, final Map<String, Latency> latencies) {
        final Map<String, Map<String, Latency>> groups = new TreeMap<>();
        latencies.forEach((name, latency) -> {
            final int dot = name.indexOf('.');
            if (latency.count() > 0) {
                groups.computeIfAbsent(dot < 0 ? "" : name.substring(0, dot), _ -> new TreeMap<>())
                        .put(name, latency);
            }
        });
        if (groups.isEmpty()) {
            return;
        }
        page.heading("Percentiles");
        groups.forEach((group, of) -> page.figure(
                group.isEmpty() ? "By percentile" : group + ", by kind",
                "to the right ever fewer are longer: each mark has one nine more; logarithmic",
                byPercentile(of)));
    }

    private static Plot byPercentile(final Map<String, Latency> latencies) {
        final Map<String, Histogram> histograms = latencies.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().histogram(), (a, _) -> a, TreeMap::new));
        final double nines = Math.min(
                MOST_NINES,
                histograms.values().stream()
                        .mapToDouble(histogram -> Math.log10((double) histogram.getTotalCount()))
                        .max()
                        .orElse(1));
        final double least = histograms.values().stream()
                .mapToDouble(histogram -> histogram.getValueAtPercentile(1) / NS_A_MICRO)
                .min()
                .orElse(1);
        final double most = histograms.values().stream()
                .mapToDouble(histogram -> histogram.getMaxValue() / NS_A_MICRO)
                .max()
                .orElse(1);
        final Plot plot = new Plot(
                "Latency by percentile",
                Axis.nines("percentile", nines),
                Axis.log("", Math.max(0.1, least), most, PagePlots::mark));
        histograms.forEach((name, histogram) -> {
            final double end = Math.min(nines, Math.log10((double) histogram.getTotalCount()));
            final DoubleStream.Builder xs = DoubleStream.builder();
            final DoubleStream.Builder ys = DoubleStream.builder();
            for (final HistogramIterationValue value : histogram.percentiles(TICKS_A_HALF)) {
                final double x = 2 - Math.log10(100 - value.getPercentileLevelIteratedTo());
                xs.add(Math.min(x, end));
                ys.add(value.getValueIteratedTo() / NS_A_MICRO);
            }
            plot.line(name, xs.build().toArray(), ys.build().toArray());
        });
        return plot;
    }

    private static String count(final double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%,.1f", value);
    }

    /** Microseconds at a mark of a logarithmic scale. */
    private static String mark(final double micros) {
        if (micros < 999) {
            return plain(micros) + " µs";
        }
        return micros < 999e3 ? plain(micros / 1e3) + " ms" : plain(micros / 1e6) + " s";
    }

    private static String plain(final double value) {
        return value >= 0.999 ? String.valueOf(Math.round(value)) : String.format(Locale.ROOT, "%.1g", value);
    }

    /** Seconds, several put together when they are too many. */
    private static final class Columns {
        private final List<RunReport.Second> rows;
        private final int wide;
        private final int count;

        Columns(final List<RunReport.Second> rows) {
            this.rows = rows;
            wide = (rows.size() + MOST_COLUMNS - 1) / MOST_COLUMNS;
            count = (rows.size() + wide - 1) / wide;
        }

        String note(final String what) {
            return wide == 1 ? "" : "the " + what + " of each " + wide + " seconds";
        }

        double[] xs() {
            final double[] xs = new double[count];
            for (int i = 0; i < count; i++) {
                xs[i] = rows.get(i * wide).second();
            }
            return xs;
        }

        private Axis time() {
            return Axis.exact("seconds", (double) rows.getLast().second(), TIME_STEPS, PagePlots::count);
        }

        double[] mean(final ToDoubleFunction<RunReport.Second> value) {
            return each(part -> part.stream().mapToDouble(value).average().orElse(Double.NaN));
        }

        /** Nothing when it is zero all the time. */
        double[] meanUnlessZero(final ToDoubleFunction<RunReport.Second> value) {
            return rows.stream().allMatch(row -> value.applyAsDouble(row) == 0) ? each(_ -> Double.NaN) : mean(value);
        }

        double[] most(final ToDoubleFunction<RunReport.Second> value) {
            return each(part -> part.stream()
                    .mapToDouble(value)
                    .filter(found -> !Double.isNaN(found))
                    .max()
                    .orElse(Double.NaN));
        }

        private double[] each(final ToDoubleFunction<List<RunReport.Second>> of) {
            final double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = of.applyAsDouble(rows.subList(i * wide, Math.min(rows.size(), (i + 1) * wide)));
            }
            return values;
        }

        Plot rates() {
            final double most = rows.stream()
                    .mapToDouble(row -> Math.max(row.offered(), (double) Math.max(row.sent(), row.acknowledged())))
                    .max()
                    .orElse(1);
            return new Plot(
                    "Messages a second over time",
                    time(),
                    Axis.linear("messages/s", most * HEADROOM, STEPS, PagePlots::count));
        }

        Plot outstanding() {
            final double most = rows.stream()
                    .mapToDouble(row -> Math.max(row.outstanding(), row.connections()))
                    .max()
                    .orElse(1);
            return new Plot(
                            "Messages outstanding and connections over time",
                            time(),
                            Axis.log("", 1, most, PagePlots::count))
                    .line("messages outstanding", xs(), most(RunReport.Second::outstanding))
                    .line("connections open", xs(), most(RunReport.Second::connections));
        }

        Plot latencies() {
            final double[][] lines = {
                most(row -> value(row.ackP50Micros())),
                most(row -> value(row.ackP99Micros())),
                most(row -> value(row.alertP99Micros())),
                most(row -> value(row.lagP99Micros()))
            };
            double least = Double.MAX_VALUE;
            double most = 0;
            for (final double[] line : lines) {
                for (final double value : line) {
                    if (value > 0) {
                        least = Math.min(least, value);
                        most = Math.max(most, value);
                    }
                }
            }
            final Plot plot = new Plot(
                    "Latency over time",
                    time(),
                    Axis.log("", most == 0 ? 1 : Math.max(1, least), Math.max(10, most), PagePlots::mark));
            return plot.line("acknowledgement p50", xs(), lines[0])
                    .line("acknowledgement p99", xs(), lines[1])
                    .line("alert p99", xs(), lines[2])
                    .line("generator lag p99", xs(), lines[3]);
        }

        Plot cores() {
            final double[] server = mean(row -> value(row.serverCores()));
            final double[] generator = mean(row -> value(row.generatorCores()));
            final double most = DoubleStream.concat(DoubleStream.of(server), DoubleStream.of(generator))
                    .filter(value -> !Double.isNaN(value))
                    .max()
                    .orElse(1);
            return new Plot(
                            "Processor cores in use over time",
                            time(),
                            Axis.linear("cores", most, STEPS, PagePlots::share))
                    .line("server", xs(), server)
                    .line("generator", xs(), generator);
        }

        private static double value(final @Nullable Double known) {
            return known == null ? Double.NaN : known;
        }
    }

    private static String share(final double value) {
        return String.format(Locale.ROOT, "%.3g", value)
                .replaceAll("(\\.\\d*?)0+$", "$1")
                .replaceAll("\\.$", "");
    }
}
