package io.luyun.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the stages and their references and compares them with the committed limits. */
@Command(
        name = "guard",
        mixinStandardHelpOptions = true,
        description =
                "Runs the stages of the line and their bare references and compares time (as a ratio) and bytes for "
                        + "an operation with the committed limits. Exit code 1 when a limit is broken.")
final class GuardCommand implements Callable<Integer> {
    private static final String PACKAGE = GuardCommand.class.getPackageName() + ".";
    private static final String ALLOCATION = "gc.alloc.rate.norm";
    private static final int BROKEN = 1;

    @Option(
            names = "--short",
            description =
                    "About a minute, for every change; rougher. What breaks a limit is measured again the long way.")
    private boolean brief;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, RunnerException {
        final Guard guard = new Guard(Limits.load());
        final PrintWriter out = spec.commandLine().getOut();
        spec.commandLine()
                .getErr()
                .println("running " + guard.benchmarks().size() + " benchmarks, "
                        + (brief ? "about a minute" : "several minutes"));
        final Map<String, Guard.Figure> figures = run(guard.benchmarks(), brief);
        List<Guard.Verdict> verdicts = guard.judge(figures);
        final Set<String> again = new TreeSet<>();
        for (final Guard.Verdict verdict : verdicts) {
            if (!verdict.kept()) {
                again.addAll(Guard.namesOf(verdict.limit()));
            }
        }
        if (!again.isEmpty()) {
            // A neighbour's burst of work breaks a ratio once; a real fault breaks it twice. Always the longer way: on
            // a busy machine
            // a frame of a junction runs two hundred times in a short turn, uncompiled, and what JMH itself allocates
            // is then 60 B each.
            spec.commandLine().getErr().println("once more, longer: " + String.join(", ", again));
            figures.putAll(run(again, false));
            verdicts = guard.judge(figures);
        }
        Guard.table(verdicts, figures).forEach(out::println);
        out.flush();
        return verdicts.stream().allMatch(Guard.Verdict::kept) ? 0 : BROKEN;
    }

    private static Map<String, Guard.Figure> run(final Set<String> benchmarks, final boolean rough)
            throws RunnerException {
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .forks(rough ? 1 : 2)
                .warmupIterations(rough ? 2 : 4)
                .warmupTime(TimeValue.milliseconds(rough ? 500 : 1_000))
                .measurementIterations(rough ? 2 : 5)
                .measurementTime(TimeValue.milliseconds(rough ? 300 : 500));
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
