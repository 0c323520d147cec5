package io.luyun.simulator;

import io.luyun.simulator.report.Assertions;
import io.luyun.simulator.report.ReportPage;
import io.luyun.simulator.report.RunReportFile;
import io.luyun.simulator.report.RunText;
import io.luyun.simulator.report.Runs;
import io.luyun.simulator.report.Workers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The page of a load run, and its verdict, from its JSON alone. */
@Command(
        name = "report",
        description = {
            "Shows the JSON of a load run in words or as a page, and judges it.",
            "Of several runs it tells the medians, how far they lie apart, and all their times and messages together;"
                    + " with --join the files are of processes that made one run together.",
            "Ends with 1 when something that --assert demands does not hold."
        },
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Reports of load runs, JSON.")
    private List<Path> files = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE.html",
            description = "Write a page there that needs nothing beside it.")
    private @Nullable Path output;

    @Option(
            names = "--join",
            description =
                    "The files are of the processes of one run: make one report of them, with their messages and rates"
                            + " added.")
    private boolean join;

    @Option(names = "--write", paramLabel = "FILE.json", description = "Write what --join made there.")
    private @Nullable Path written;

    @Option(
            names = "--assert",
            paramLabel = "EXPRESSION",
            description = "Demands, for example alert.p99<20ms,lost=0,rate>=20000,valid=true.")
    private @Nullable String demanded;

    @Option(names = "--json", description = "One JSON object as the last line of stdout; all else goes to stderr.")
    private boolean json;

    @Override
    public Integer call() {
        final Console console = new Console(json);
        final Runs runs;
        final List<Assertions.Verdict> verdicts;
        try {
            if (written != null && !join) {
                throw new IllegalArgumentException("--write " + written + " goes with --join");
            }
            final @Nullable Assertions assertions = demanded == null ? null : Assertions.parse(demanded);
            final Runs read = ReportFiles.read(files);
            runs = join ? new Runs(List.of("the joined run"), List.of(Workers.joined(read))) : read;
            verdicts = assertions == null ? List.of() : assertions.judge(runs.reports());
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        RunText.summary(runs).forEach(console::say);
        RunText.verdicts(verdicts).forEach(console::say);
        if (json) {
            console.json(RunText.json(runs, verdicts));
        }
        try {
            if (written != null) {
                RunReportFile.write(runs.reports().getFirst(), written);
            }
            if (output != null) {
                Files.write(output, ReportPage.of(runs, verdicts).getBytes(StandardCharsets.UTF_8));
            }
        } catch (final IOException e) {
            console.error("cannot write the report: " + e);
            return ExitCode.RESOURCE;
        }
        return verdicts.stream().allMatch(Assertions.Verdict::holds) ? 0 : 1;
    }
}
