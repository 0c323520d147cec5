package io.luyun.simulator;

import io.luyun.simulator.plan.Range;
import io.luyun.simulator.recording.CaptureFile;
import io.luyun.simulator.recording.Recording;
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

/** A capture of a network into a server. */
@Command(
        name = "pcap",
        description = {
            "Sends what a capture (pcap or pcapng) holds in UDP datagrams, UPER frames or envelopes of them, as one device and"
                    + " with the pauses of the capture. Every packet is accounted for.",
            "Fragments of IP packets and TCP (so also MQTT) are not put together, but counted.",
            "Ends with 1 when a frame was not answered for."
        },
        mixinStandardHelpOptions = true)
final class PcapCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private final FeedOption feed = new FeedOption();

    @Mixin
    private final UperOption uper = new UperOption();

    @Parameters(paramLabel = "FILE", description = "The capture.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path file;

    @Option(
            names = "--rate",
            defaultValue = "1",
            description = "How much faster than captured (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(names = "--port", description = "Only datagrams to this port.")
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        final FeedPlan plan;
        final Recording recording;
        try {
            plan = feed.plan(uper.role());
            Range.check("rate", rate, 0.001, 100_000);
            Range.check("port", port, 0, 65_535);
            recording = CaptureFile.read(file, uper.frames(), port, rate);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (final IOException e) {
            feed.console().unreadable("the capture", e);
            return ExitCode.USAGE;
        }
        return feed.feed(plan, recording, uper.restamps());
    }
}
