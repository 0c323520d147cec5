package io.luyun.simulator;

import io.luyun.proto.v1.Role;
import io.luyun.simulator.plan.Range;
import io.luyun.simulator.recording.Recording;
import io.luyun.simulator.scenario.FeedPlan;
import io.luyun.simulator.scenario.TrackFile;
import io.luyun.simulator.scenario.WrongHeadings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
    private final FeedOption feed = new FeedOption();

    @Parameters(paramLabel = "FILE", description = "The recording.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path file;

    @Option(names = "--rate", defaultValue = "10", description = "Frames a second (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--wrong-headings",
            defaultValue = "SEND",
            description =
                    "What becomes of headings beyond 360 degrees: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})."
                            + " The server refuses messages with one; of a road user without, it measures the heading.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private WrongHeadings wrongHeadings;

    @Override
    public Integer call() throws InterruptedException {
        final FeedPlan plan;
        final Recording recording;
        try {
            plan = feed.plan(Role.ROLE_RSU);
            Range.check("rate", rate, 0.1, 100_000);
            recording = TrackFile.read(file, plan, rate, wrongHeadings);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (final IOException e) {
            feed.console().unreadable("the recording", e);
            return ExitCode.USAGE;
        }
        return feed.feed(plan, recording, true);
    }
}
