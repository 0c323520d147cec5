package io.luyun.simulator;

import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.plan.Range;
import io.luyun.simulator.plan.ScenarioFile;
import io.luyun.simulator.report.Assertions;
import io.luyun.simulator.report.ReportPage;
import io.luyun.simulator.report.RunRecorder;
import io.luyun.simulator.report.RunReport;
import io.luyun.simulator.report.RunReportFile;
import io.luyun.simulator.report.RunReports;
import io.luyun.simulator.report.RunText;
import io.luyun.simulator.report.Runs;
import io.luyun.simulator.report.Workers;
import io.luyun.simulator.scenario.JournalCheck;
import io.luyun.simulator.scenario.LoadRun;
import io.luyun.simulator.scenario.LoadTarget;
import io.luyun.simulator.scenario.OwnServer;
import io.luyun.simulator.scenario.Part;
import io.luyun.simulator.scenario.ResourceException;
import io.luyun.simulator.scenario.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A scenario of load, against a server of its own or any other. */
@Command(
        name = "run",
        description = {
            "Runs a scenario of load: a file, or one of rush-hour, stadium, depot-start, storm, black-out, attack.",
            "Without --server it starts a server for the run, verifies its journal and deletes it."
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final String REPORT = "report.json";
    private static final int MOST_WORKERS = 64;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "SCENARIO", description = "A YAML file, or the name of a ready scenario.")
    private String name = "";

    @Mixin
    private final TargetOption there = new TargetOption();

    @Option(names = "--loops", description = "Event loops (default: one for four processors).")
    private int loops;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Directory of the server started for the run, kept at the end (default: a temporary one).")
    private @Nullable Path directory;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description =
                    "Where to write report.json, report.html and latencies.hlog; must not hold an earlier report.")
    private @Nullable Path out;

    @Option(
            names = "--max-lag",
            paramLabel = "MILLIS",
            defaultValue = "5",
            description = "A generator that is later than this at the 99th percentile makes the run invalid"
                    + " (default: ${DEFAULT-VALUE}).")
    private double mostLagMillis;

    @Option(
            names = "--assert",
            paramLabel = "EXPRESSION",
            description = "Demands besides those of the scenario, for example alert.p99<20ms,lost=0.")
    private @Nullable String demanded;

    @Option(
            names = "--workers",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Processes that share the devices (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--worker-command",
            paramLabel = "COMMAND",
            description = "What starts one of them, for example \"ssh other luyun sim worker\"; words are parted by"
                    + " spaces (default: this program).")
    private @Nullable String workerCommand;

    @Option(names = "--show", description = "Print the scenario's text and end.")
    private boolean show;

    @Option(names = "--json", description = "One JSON object as the last line of stdout; all else goes to stderr.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        final Console console = new Console(json);
        final LoadScenario scenario;
        try {
            scenario = ScenarioFile.read(name);
            if (show) {
                console.say(scenario.text().stripTrailing());
                return 0;
            }
            check(scenario);
        } catch (final IllegalArgumentException e) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.USAGE;
        } catch (final IOException e) {
            console.unreadable("the scenario", e);
            return ExitCode.USAGE;
        }
        return play(console, scenario);
    }

    private int play(final Console console, final LoadScenario scenario) throws InterruptedException {
        try (Setting setting = Setting.of(scenario);
                Stopper stopper = new Stopper()) {
            final LoadTarget target = there.target(loops());
            return target == null
                    ? againstOwn(console, scenario, setting, stopper)
                    : run(console, scenario, target, setting, there.journal(), null, stopper);
        } catch (final IllegalArgumentException e) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.USAGE;
        } catch (final ResourceException | IOException e) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.RESOURCE;
        }
    }

    private int againstOwn(
            final Console console, final LoadScenario scenario, final Setting setting, final Stopper stopper)
            throws IOException, InterruptedException, ResourceException {
        final Path chosen = directory;
        final Path where = chosen == null ? Files.createTempDirectory("luyun-run-") : chosen.toAbsolutePath();
        if (Files.exists(where.resolve("data"))) {
            throw new IllegalArgumentException(where + " holds an earlier run");
        }
        console.say("server         starting; configuration, journal and log in " + where);
        final int code;
        try (OwnServer own =
                new OwnServer(Launcher.path(), where, setting, scenario.datagrams(), OwnServer.Additions.MEASURED)) {
            final int found = run(console, scenario, own.target(loops()), setting, own.journal(), own, stopper);
            if (own.alive()) {
                code = found;
            } else {
                console.error("the server ended by itself; " + own.lastWords());
                code = Math.max(1, found);
            }
        }
        if (chosen == null && code == 0) {
            Directories.delete(where);
        } else {
            console.say("kept           " + where);
        }
        return code;
    }

    private int run(
            final Console console,
            final LoadScenario scenario,
            final LoadTarget target,
            final Setting setting,
            final @Nullable Path verified,
            final @Nullable OwnServer own,
            final Stopper stopper)
            throws IOException, InterruptedException, ResourceException {
        final Path reports = out;
        if (reports != null) {
            Files.createDirectories(reports);
        }
        final Long pid = own == null ? there.pid() : Long.valueOf(own.pid());
        final RunReport found = workers == 1
                ? alone(console, scenario, target, setting, own, pid, stopper)
                : shared(scenario, target, own, pid, stopper);
        final RunReport report =
                verified == null ? found : RunReports.with(found, JournalCheck.of(Launcher.path(), verified));
        return tell(console, scenario, report);
    }

    private RunReport alone(
            final Console console,
            final LoadScenario scenario,
            final LoadTarget target,
            final Setting setting,
            final @Nullable OwnServer own,
            final @Nullable Long pid,
            final Stopper stopper)
            throws IOException, InterruptedException, ResourceException {
        final LoadRun run =
                new LoadRun(scenario, target, setting, SystemNanoClock.INSTANCE, SystemEpochNanoClock.INSTANCE);
        stopper.stops(run::stop);
        if (own != null) {
            own.onExit(run::abort);
        }
        return new ReportedRun(console, scenario, setup(), out)
                .run(
                        run,
                        Part.WHOLE,
                        () -> SystemEpochNanoClock.INSTANCE.nanoTime() + LoadRun.LEAD_NS,
                        pid,
                        () -> own == null || own.alive());
    }

    private RunReport shared(
            final LoadScenario scenario,
            final LoadTarget target,
            final @Nullable OwnServer own,
            final @Nullable Long pid,
            final Stopper stopper)
            throws IOException, ResourceException {
        final List<String> command = workerCommand == null
                ? List.of(Launcher.path(), "sim", "worker")
                : List.of(workerCommand.trim().split(" +"));
        final Path directory = Path.of("").toAbsolutePath().resolve(name).resolveSibling("");
        try (WorkerProcesses shares = new WorkerProcesses(
                command,
                workers,
                worker -> new WorkerJob(
                        name,
                        scenario.text(),
                        directory,
                        target.link(),
                        WorkerJob.text(target.mqtt()),
                        WorkerJob.text(target.udp()),
                        target.dialect(),
                        target.token(),
                        new Part(worker, workers),
                        workerCommand == null ? pid : null, // elsewhere that number is somebody else's
                        mostLagMillis))) {
            stopper.stops(shares::stop);
            final List<RunReport> parts = shares.run();
            final List<String> names =
                    parts.stream().map(part -> part.about().command()).toList();
            return RunReports.of(Workers.joined(new Runs(names, parts)), command(), own == null || own.alive());
        }
    }

    /** What a run cannot do is better told before it. */
    private void check(final LoadScenario scenario) {
        Range.check("--workers", workers, 1, MOST_WORKERS);
        if (workers > 1 && scenario.search() != null) {
            throw new IllegalArgumentException(
                    "--workers " + workers + ": a search for the most is led by one process");
        }
        if (out != null && Files.exists(out.resolve(REPORT))) {
            throw new IllegalArgumentException("--out " + out + " holds an earlier report");
        }
        demands(scenario).forEach(Assertions::parse);
    }

    private List<String> demands(final LoadScenario scenario) {
        return Stream.of(scenario.expect(), demanded == null ? "" : demanded)
                .filter(demand -> !demand.isBlank())
                .toList();
    }

    private int tell(final Console console, final LoadScenario scenario, final RunReport report) throws IOException {
        final Runs runs = new Runs(List.of(scenario.name()), List.of(report));
        final List<Assertions.Verdict> verdicts = demands(scenario).stream()
                .flatMap(demand -> Assertions.parse(demand).judge(runs.reports()).stream())
                .toList();
        RunText.summary(runs).forEach(console::say);
        RunText.verdicts(verdicts).forEach(console::say);
        if (out != null) {
            RunReportFile.write(report, out.resolve(REPORT));
            Files.writeString(out.resolve("report.html"), ReportPage.of(runs, verdicts));
            console.say("report         " + out.resolve("report.html"));
        }
        if (json) {
            console.json(RunText.json(runs, verdicts));
        }
        // what an outage cuts off over MQTT is left unanswered as a matter of course
        final boolean answered = report.ledger().answers().unanswered() == 0
                || !scenario.outages().isEmpty();
        return answered
                        && report.ledger().unexplained() == 0
                        && verdicts.stream().allMatch(Assertions.Verdict::holds)
                ? 0
                : 1;
    }

    private RunRecorder.Setup setup() {
        return new RunRecorder.Setup(command(), 1, new Main.Version().getVersion()[0], mostLagMillis);
    }

    private String command() {
        return CommandText.of(spec.commandLine().getParseResult().originalArgs());
    }

    private int loops() {
        return loops == 0 ? LoadTarget.defaultLoops() : loops;
    }
}
