package io.luyun.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks by JMH, each in JVMs of its own. */
final class GuardRunner {
    private static final String PACKAGE = GuardRunner.class.getPackageName() + ".";
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    /** How long, in milliseconds; the more code a benchmark runs through, the longer it takes to be compiled. */
    enum Turns {
        /** For every change, of benchmarks that are a loop or two. */
        QUICK(1, 2, 250, 2, 200),
        /** For every change. */
        SHORT(1, 2, 500, 2, 300),
        /** For figures that are kept. */
        LONG(2, 4, 1_000, 5, 500);

        private final int forks;
        private final int warmUps;
        private final int warmUpMillis;
        private final int measurements;
        private final int measurementMillis;

        Turns(
                final int forks,
                final int warmUps,
                final int warmUpMillis,
                final int measurements,
                final int measurementMillis) {
            this.forks = forks;
            this.warmUps = warmUps;
            this.warmUpMillis = warmUpMillis;
            this.measurements = measurements;
            this.measurementMillis = measurementMillis;
        }
    }

    private GuardRunner() {}

    /** Every benchmark of this jar, class and method. */
    static Set<String> known() {
        final Set<String> known = new TreeSet<>();
        for (final BenchmarkListEntry entry : BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())) {
            known.add(entry.getUsername().substring(PACKAGE.length()));
        }
        return known;
    }

    /** Runs some of them. */
    static Map<String, Guard.Figure> run(final Set<String> benchmarks, final Turns turns) throws RunnerException {
        if (benchmarks.isEmpty()) {
            return Map.of();
        }
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .forks(turns.forks)
                .warmupIterations(turns.warmUps)
                .warmupTime(TimeValue.milliseconds(turns.warmUpMillis))
                .measurementIterations(turns.measurements)
                .measurementTime(TimeValue.milliseconds(turns.measurementMillis));
        for (final String benchmark : benchmarks) {
            options.include("^" + Pattern.quote(PACKAGE + benchmark) + "$");
        }
        return figures(new Runner(options.build()).run());
    }

    private static Map<String, Guard.Figure> figures(final Collection<RunResult> results) {
        final Map<String, Guard.Figure> figures = new HashMap<>();
        for (final RunResult result : results) {
            final Result<?> time = result.getPrimaryResult();
            final Result<?> bytes = result.getSecondaryResults().get(ALLOCATION);
            figures.put(
                    result.getParams().getBenchmark().substring(PACKAGE.length()),
                    new Guard.Figure(
                            time.getScore(), time.getScoreError(), bytes == null ? Double.NaN : bytes.getScore()));
        }
        return figures;
    }
}
