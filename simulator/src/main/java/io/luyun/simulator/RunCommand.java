package io.luyun.simulator;

import io.luyun.proto.uper.Dialect;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.measure.HistogramLog;
import io.luyun.simulator.measure.Watched;
import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.plan.ScenarioFile;
import io.luyun.simulator.report.LoadReport;
import io.luyun.simulator.report.RunRecorder;
import io.luyun.simulator.report.RunReport;
import io.luyun.simulator.report.RunReportFile;
import io.luyun.simulator.scenario.JournalCheck;
import io.luyun.simulator.scenario.LoadRun;
import io.luyun.simulator.scenario.LoadTarget;
import io.luyun.simulator.scenario.OwnServer;
import io.luyun.simulator.scenario.ResourceException;
import io.luyun.simulator.scenario.RunResult;
import io.luyun.simulator.scenario.Scripts;
import io.luyun.simulator.script.Script;
import io.luyun.simulator.traffic.Zone;
import io.luyun.simulator.traffic.ZoneGenerator;
import io.luyun.simulator.traffic.ZoneGeoJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "SCENARIO", description = "A YAML file, or the name of a ready scenario.")
    private String name = "";

    @Option(names = "--server", paramLabel = "HOST:PORT", description = "Device port of a server that is there.")
    private @Nullable String server;

    @Option(names = "--mqtt", paramLabel = "HOST:PORT", description = "Its port for MQTT.")
    private @Nullable String mqtt;

    @Option(names = "--udp", paramLabel = "HOST:PORT", description = "Its port for datagrams.")
    private @Nullable String udp;

    @Option(
            names = "--dialect",
            defaultValue = "phase2",
            description = "Of UPER in datagrams: 2019 or phase2 (default: ${DEFAULT-VALUE}).")
    private String dialect = "";

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "Journal of that server, which must hold this run alone: verified afterwards.")
    private @Nullable Path journal;

    @Mixin
    private final AccessOption access = new AccessOption();

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
            description = "Where to write report.json and latencies.hlog; must not hold an earlier report.")
    private @Nullable Path out;

    @Option(
            names = "--server-pid",
            paramLabel = "PID",
            description = "Process of that server on this host, to measure its processor time.")
    private @Nullable Long serverPid;

    @Option(
            names = "--max-lag",
            paramLabel = "MILLIS",
            defaultValue = "5",
            description = "A generator that is later than this at the 99th percentile makes the run invalid"
                    + " (default: ${DEFAULT-VALUE}).")
    private double mostLagMillis;

    @Option(names = "--show", description = "Print the scenario's text and end.")
    private boolean show;

    @Option(names = "--json", description = "One JSON object as the last line of stdout; all else goes to stderr.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        final Console console = new Console(json);
        try {
            final LoadScenario scenario = ScenarioFile.read(name);
            if (show) {
                console.say(scenario.text().stripTrailing());
                return 0;
            }
            final Path file = scenario.traffic().file();
            final Zone zone = file == null ? ZoneGenerator.generate(scenario.seed()) : ZoneGeoJson.read(file);
            final Script script = Scripts.of(scenario, zone);
            return server == null
                    ? againstOwn(console, scenario, zone, script)
                    : run(console, scenario, target(server), zone, script, journal, null);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (final ResourceException e) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.RESOURCE;
        } catch (final IOException e) {
            console.unreadable("the scenario", e);
            return ExitCode.USAGE;
        }
    }

    private int againstOwn(final Console console, final LoadScenario scenario, final Zone zone, final Script script)
            throws IOException, InterruptedException, ResourceException {
        final Path chosen = directory;
        final Path where = chosen == null ? Files.createTempDirectory("luyun-run-") : chosen.toAbsolutePath();
        if (Files.exists(where.resolve("data"))) {
            throw new IllegalArgumentException(where + " holds an earlier run");
        }
        console.say("server         starting; configuration, journal and log in " + where);
        final int code;
        try (OwnServer own = new OwnServer(Launcher.path(), where, zone, script.devices())) {
            code = run(console, scenario, own.target(loops()), zone, script, own.journal(), own);
            if (!own.alive()) {
                console.error("the server ended by itself; " + own.lastWords());
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
            final Zone zone,
            final Script script,
            final @Nullable Path verified,
            final @Nullable OwnServer own)
            throws IOException, InterruptedException, ResourceException {
        final LoadRun run = new LoadRun(
                scenario,
                target,
                script,
                LoadRun.places(zone),
                SystemNanoClock.INSTANCE,
                SystemEpochNanoClock.INSTANCE);
        if (own != null) {
            own.onExit(run::abort);
        }
        final Path reports = out;
        if (reports != null) {
            Files.createDirectories(reports);
        }
        final long startEpochNs = SystemEpochNanoClock.INSTANCE.nanoTime();
        try (Interrupt _ = new Interrupt(run::stop);
                HistogramLog log = reports == null
                        ? null
                        : new HistogramLog(
                                reports.resolve("latencies.hlog"), TimeUnit.NANOSECONDS.toMillis(startEpochNs))) {
            final RunRecorder recorder = new RunRecorder(
                    scenario,
                    new RunRecorder.Setup(command(), 1, new Main.Version().getVersion()[0], mostLagMillis),
                    new Watched(own == null ? serverPid : Long.valueOf(own.pid()), System.nanoTime()),
                    startEpochNs);
            final AtomicReference<@Nullable RunResult> before = new AtomicReference<>();
            final RunResult result = run.run(now -> {
                console.say(LoadReport.progress(now, before.get()));
                before.set(now);
                record(recorder, now, log);
            });
            final JournalCheck check = verified == null ? null : JournalCheck.of(Launcher.path(), verified);
            final List<String> invalid = own == null || own.alive() ? List.of() : List.of("the server ended by itself");
            return tell(console, result, check, recorder.report(result, check, invalid));
        }
    }

    private static void record(final RunRecorder recorder, final RunResult now, final @Nullable HistogramLog log) {
        try {
            recorder.second(now, System.nanoTime(), log);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int tell(
            final Console console, final RunResult result, final @Nullable JournalCheck check, final RunReport report)
            throws IOException {
        LoadReport.summary(result, check).forEach(console::say);
        console.say("ledger");
        report.ledger().balances().forEach(balance -> console.say("  " + balance.text()));
        report.validity().reasons().forEach(reason -> console.say("NOT VALID      " + reason));
        if (out != null) {
            RunReportFile.write(report, out.resolve("report.json"));
            console.say("report         " + out.resolve("report.json"));
        }
        if (json) {
            console.json(RunReportFile.json(report));
        }
        final Long lost = report.ledger().lost();
        return report.ledger().unexplained() == 0 && (lost == null || lost == 0) ? 0 : 1;
    }

    private String command() {
        return "luyun sim run "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }

    private LoadTarget target(final String devices) {
        final Dialect spoken = Dialect.of(dialect);
        if (spoken == null) {
            throw new IllegalArgumentException("--dialect " + dialect + " must be one of 2019, phase2");
        }
        return new LoadTarget(
                access.link(LinkConfig.parse(devices)),
                OwnServer.address(mqtt),
                OwnServer.address(udp),
                spoken,
                access.token(),
                loops(),
                LoadTarget.DRAIN_MILLIS);
    }

    private int loops() {
        return loops == 0 ? LoadTarget.defaultLoops() : loops;
    }
}
