package io.luyun.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.plan.ScenarioFile;
import io.luyun.simulator.report.RunRecorder;
import io.luyun.simulator.report.RunReportFile;
import io.luyun.simulator.scenario.LoadRun;
import io.luyun.simulator.scenario.ResourceException;
import io.luyun.simulator.scenario.Setting;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import picocli.CommandLine.Command;

/**
 * One of several processes that share a run: told by its stdin what to do and when to begin, it tells by its stdout that its links are open,
 * and at the end its report.
 */
@Command(
        name = "worker",
        hidden = true,
        description = "One of the processes of sim run --workers; started by it, here or through ssh.",
        mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Integer call() throws InterruptedException {
        final Console console = new Console(true);
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            final WorkerJob job = JSON.readValue(line(in), WorkerJob.class);
            final LoadScenario scenario = ScenarioFile.parse(job.name(), job.scenario(), job.directory());
            try (Setting setting = Setting.of(scenario);
                    Stopper stopper = new Stopper()) {
                play(console, in, job, scenario, setting, stopper);
            }
            return 0;
        } catch (final JsonProcessingException | IllegalArgumentException e) {
            console.error("worker: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return ExitCode.USAGE;
        } catch (final ResourceException | IOException e) {
            console.error("worker: " + e.getMessage());
            return ExitCode.RESOURCE;
        }
    }

    private static void play(
            final Console console,
            final BufferedReader in,
            final WorkerJob job,
            final LoadScenario scenario,
            final Setting setting,
            final Stopper stopper)
            throws IOException, InterruptedException, ResourceException {
        final LoadRun run =
                new LoadRun(scenario, job.target(), setting, SystemNanoClock.INSTANCE, SystemEpochNanoClock.INSTANCE);
        stopper.stops(run::stop);
        final RunRecorder.Setup setup = new RunRecorder.Setup(
                "worker " + job.part().index(), 1, new Main.Version().getVersion()[0], job.mostLagMillis());
        console.json(RunReportFile.json(new ReportedRun(console, scenario, setup, null)
                .run(
                        run,
                        job.part(),
                        () -> {
                            console.json(WorkerProcesses.OPEN);
                            final long startEpochNs = Long.parseLong(line(in));
                            Thread.ofPlatform().name("told-to-end").daemon().start(() -> untilEnd(in, run));
                            return startEpochNs;
                        },
                        job.serverPid(),
                        () -> true)));
    }

    /** When the process that shares out the work is gone, or wants it, the run ends. */
    private static void untilEnd(final BufferedReader in, final LoadRun run) {
        try {
            while (in.readLine() != null) {
                // nothing else is said
            }
        } catch (final IOException _) {
            run.stop();
            return;
        }
        run.stop();
    }

    private static String line(final BufferedReader in) throws IOException {
        final String line = in.readLine();
        if (line == null) {
            throw new EOFException("the process that shares out the work is gone");
        }
        return line;
    }
}
