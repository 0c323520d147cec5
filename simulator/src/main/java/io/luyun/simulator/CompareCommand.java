package io.luyun.simulator;

import io.luyun.simulator.report.Comparison;
import io.luyun.simulator.report.RunText;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Two load runs side by side. */
@Command(
        name = "compare",
        description = {
            "Compares two load runs: first in what they are not alike, then percentiles, processor time and messages.",
            "With --max-worse it ends with 1 when a percentile or the processor time a message of B is more than so"
                    + " much above that of A, is missing, or a run is not valid."
        },
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,4}(?:\\.\\d{1,3})?)%?");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A.json", description = "What B is measured by.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path first;

    @Parameters(index = "1", paramLabel = "B.json", description = "What is measured.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path second;

    @Option(
            names = "--max-worse",
            paramLabel = "PERCENT",
            description = "So much worse may B be, for example 10%% (without it nothing is judged).")
    private @Nullable String maxWorse;

    @Option(names = "--json", description = "One JSON object as the last line of stdout; all else goes to stderr.")
    private boolean json;

    @Override
    public Integer call() {
        final Console console = new Console(json);
        final Comparison comparison;
        final List<String> worse;
        try {
            final double allowed = maxWorse == null ? Double.POSITIVE_INFINITY : percent(maxWorse);
            comparison = Comparison.of(ReportFiles.read(List.of(first, second)));
            worse = maxWorse == null ? List.of() : comparison.worse(allowed);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        RunText.comparison(comparison).forEach(console::say);
        worse.forEach(line -> console.say("worse  " + line));
        if (json) {
            console.json(RunText.json(comparison, worse));
        }
        return worse.isEmpty() ? 0 : 1;
    }

    private static double percent(final String text) {
        final Matcher matcher = PERCENT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("--max-worse " + text + " must be percent, such as 10%");
        }
        return Double.parseDouble(matcher.group(1));
    }
}
