package io.luyun.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the stages and their references, compares them with the committed limits, and keeps the history of the releases. */
@Command(
        name = "guard",
        mixinStandardHelpOptions = true,
        description =
                "Runs the stages of the line and their bare references and compares time (as a ratio) and bytes for "
                        + "an operation with the committed limits. Exit code 1 when a limit is broken. docs/guard.md tells more.")
final class GuardCommand implements Callable<Integer> {
    private static final int BROKEN = 1;
    /** How often what breaks a limit is measured again. */
    private static final int AGAIN = 3;

    @Option(
            names = "--short",
            description =
                    "A few minutes, for every change; rougher. What breaks a limit is measured again the long way, up to "
                            + "three times.")
    private boolean brief;

    @Option(names = "--json", description = "Prints the run as a JSON object, the last line.")
    private boolean json;

    @Option(
            names = "--record",
            description =
                    "Adds the run to benchmarks/history, a file for each version of the pom, and draws the history "
                            + "anew. Refuses where that of a release is there already.")
    private boolean record;

    @Option(
            names = "--force",
            description =
                    "With --record: puts the run in the place of one that is there, and keeps one of the short form.")
    private boolean force;

    @Option(names = "--note", paramLabel = "TEXT", description = "What is to be known about the run; kept with it.")
    private @Nullable String note;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Draws the history into this SVG. Without --record nothing is measured.")
    private @Nullable Path plot;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, RunnerException, InterruptedException {
        final GuardRepository repository = GuardRepository.here();
        final GuardHistory history = new GuardHistory(repository.history());
        try {
            if (plot != null && !record) {
                expectAlone();
                draw(history, plot);
                return 0;
            }
            final Limits limits = Limits.load();
            limits.expectIn(GuardRunner.known());
            expectRecordable(history, repository);
            return measure(new Guard(limits), repository, history);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void expectAlone() {
        if (brief || json) {
            throw new IllegalArgumentException(
                    "--plot = " + plot + ": draws the history and measures nothing; not with --short or --json");
        }
    }

    private void expectRecordable(final GuardHistory history, final GuardRepository repository) throws IOException {
        if (force && !record) {
            throw new IllegalArgumentException("--force = true: belongs to --record");
        }
        if (record && brief && !force) {
            throw new IllegalArgumentException(
                    "--record = true: not with --short, whose figures are rough; --force keeps them all the same");
        }
        if (note != null && !record && !json) {
            throw new IllegalArgumentException("--note = " + note + ": belongs to --record or --json");
        }
        if (record || json) {
            // also that there is a version to be told, before minutes are spent
            final String version = repository.version();
            if (record) {
                history.expectRoom(version, force);
            }
        }
    }

    private int measure(final Guard guard, final GuardRepository repository, final GuardHistory history)
            throws IOException, RunnerException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final GuardMachine machine = GuardMachine.here();
        final List<Guard.Verdict> verdicts = verdicts(guard);
        Guard.table(verdicts).forEach(out::println);
        final boolean kept = verdicts.stream().allMatch(Guard.Verdict::kept);
        if (json || record) {
            final GuardRun run = new GuardRun(
                    repository.version(),
                    repository.source(),
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    brief ? "short" : "long",
                    machine,
                    note,
                    kept,
                    GuardRun.stages(verdicts));
            if (record) {
                out.println("recorded in " + history.add(run));
                draw(history, plot == null ? repository.plot() : plot);
            }
            if (json) {
                out.println(GuardHistory.line(run));
            }
        }
        out.flush();
        return kept ? 0 : BROKEN;
    }

    private List<Guard.Verdict> verdicts(final Guard guard) throws RunnerException {
        final Set<String> quick = brief ? guard.quick() : Set.of();
        final Set<String> others = new TreeSet<>(guard.benchmarks());
        others.removeAll(quick);
        say("running " + guard.benchmarks().size() + " benchmarks, "
                + (brief ? "a few minutes" : "a quarter of an hour"));
        final Map<String, Guard.Figure> figures = new HashMap<>();
        figures.putAll(GuardRunner.run(quick, GuardRunner.Turns.QUICK));
        figures.putAll(GuardRunner.run(others, brief ? GuardRunner.Turns.SHORT : GuardRunner.Turns.LONG));
        List<Guard.Verdict> verdicts = guard.judge(figures);
        for (int turn = 0; turn < AGAIN; turn++) {
            final Set<String> again = Guard.again(verdicts);
            if (again.isEmpty()) {
                break;
            }
            // A neighbour's burst of work breaks a ratio now and then, a real fault every time. Always the longer way:
            // on a busy machine a frame of a junction runs two hundred times in a short turn, uncompiled, and what JMH
            // itself allocates is then 60 B each.
            say("once more, longer: " + String.join(", ", again));
            verdicts = Guard.judgeAgain(verdicts, GuardRunner.run(again, GuardRunner.Turns.LONG));
        }
        return verdicts;
    }

    private void draw(final GuardHistory history, final Path file) throws IOException {
        final List<GuardRun> runs = history.runs();
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("--plot = " + file + ": there is no history yet; --record begins it");
        }
        final Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, GuardPlot.of(runs));
        spec.commandLine().getOut().println("drawn in " + file);
        spec.commandLine().getOut().flush();
    }

    private void say(final String line) {
        spec.commandLine().getErr().println(line);
    }
}
