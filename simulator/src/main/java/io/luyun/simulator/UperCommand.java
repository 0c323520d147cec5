package io.luyun.simulator;

import io.luyun.simulator.plan.Range;
import io.luyun.simulator.recording.Recording;
import io.luyun.simulator.recording.UperFile;
import io.luyun.simulator.scenario.FeedPlan;
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

/** A file of UPER frames into a server. */
@Command(
        name = "uper",
        description = {
            "Sends a file of UPER frames, or envelopes of them, as one device and accounts for every frame.",
            "The file has a frame a line in hexadecimal, with or without the time it was recorded in front (milliseconds), or in"
                    + " binary each frame after its length (two octets, high one first).",
            "Ends with 1 when a frame was not answered for."
        },
        mixinStandardHelpOptions = true)
final class UperCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private final FeedOption feed = new FeedOption();

    @Mixin
    private final UperOption uper = new UperOption();

    @Parameters(paramLabel = "FILE", description = "The frames.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path file;

    @Option(
            names = "--rate",
            description =
                    "Frames a second (10 unless given); where the lines have times, how much faster than recorded (1).")
    private double rate;

    @Override
    public Integer call() throws InterruptedException {
        final FeedPlan plan;
        final Recording recording;
        try {
            plan = feed.plan(uper.role());
            if (rate != 0) {
                Range.check("rate", rate, 0.1, 100_000);
            }
            recording = UperFile.read(file, uper.frames(), rate);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (final IOException e) {
            feed.console().unreadable("the frames", e);
            return ExitCode.USAGE;
        }
        return feed.feed(plan, recording, uper.restamps());
    }
}
