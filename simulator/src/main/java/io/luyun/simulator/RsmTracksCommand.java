package io.luyun.simulator;

import io.luyun.simulator.report.FeedReport;
import io.luyun.simulator.scenario.FeedPlan;
import io.luyun.simulator.scenario.FeedResult;
import io.luyun.simulator.scenario.FeedRun;
import io.luyun.simulator.scenario.LoadPlan;
import io.luyun.simulator.scenario.ResourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Recorded tracks of a roadside unit into a server. */
@Command(
        name = "rsm-tracks",
        description = {
            "Sends recorded roadside tracks (JSON, may be gzipped) as one roadside unit and accounts for every frame.",
            "Units are converted and fractions rounded; values out of range are sent as they are, for the server to refuse."
                    + " Recorded times are long past: each frame is stamped with the time it is due.",
            "Ends with 1 when a frame was not answered for."
        },
        mixinStandardHelpOptions = true)
final class RsmTracksCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private final ServerOption server = new ServerOption();

    @Parameters(paramLabel = "FILE", description = "The recording.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path file;

    @Option(names = "--rate", defaultValue = "10", description = "Frames a second (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--device",
            defaultValue = "rsu-feed",
            paramLabel = "ID",
            description = "Device the frames are sent as (default: ${DEFAULT-VALUE}).")
    private String device = "";

    @Option(names = "--json", description = "One JSON object as the last line of stdout; all else goes to stderr.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        final Console console = new Console(json);
        final FeedRun run;
        try {
            final FeedPlan plan =
                    new FeedPlan(file, server.link(), device, server.token(), rate, LoadPlan.DRAIN_MILLIS);
            run = new FeedRun(plan, SystemNanoClock.INSTANCE, SystemEpochNanoClock.INSTANCE);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (final IOException e) {
            console.unreadable("the recording", e);
            return ExitCode.USAGE;
        }
        try (Interrupt _ = new Interrupt(run::stop)) {
            final FeedResult result = run.run(now -> console.say(FeedReport.progress(now)));
            FeedReport.summary(result).forEach(console::say);
            if (json) {
                console.json(FeedReport.json(result));
            }
            return result.complete() ? 0 : 1;
        } catch (final ResourceException | IOException e) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.RESOURCE;
        }
    }
}
