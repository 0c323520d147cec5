package io.luyun.simulator;

import io.luyun.proto.v1.Role;
import io.luyun.simulator.plan.Range;
import io.luyun.simulator.recording.TopicFile;
import io.luyun.simulator.report.MqttFeedReport;
import io.luyun.simulator.scenario.MqttFeedResult;
import io.luyun.simulator.scenario.MqttFeedRun;
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

/** What was published into a server, over MQTT. */
@Command(
        name = "mqtt-json",
        description = {
            "Publishes what mosquitto_sub -F %%j or -F %%J has written, a JSON object with topic and payload a line, to the MQTT"
                    + " port of a server: MQTT 5, QoS 1, each message waited for. Octets stand in payloadHex in place of payload.",
            "Topics and payloads go out as they are, so also the times in them.",
            "Ends with 1 when a line was not answered for."
        },
        mixinStandardHelpOptions = true)
final class MqttJsonCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private final FeedOption feed = new FeedOption();

    @Parameters(paramLabel = "FILE", description = "The lines.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path file;

    @Option(names = "--rate", defaultValue = "100", description = "Messages a second (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Override
    public Integer call() throws InterruptedException {
        final Console console = feed.console();
        final MqttFeedRun run;
        try {
            Range.check("rate", rate, 0.1, 100_000);
            run = new MqttFeedRun(
                    feed.plan(Role.ROLE_RSU),
                    TopicFile.read(file),
                    rate,
                    SystemNanoClock.INSTANCE,
                    SystemEpochNanoClock.INSTANCE);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (final IOException e) {
            console.unreadable("the lines", e);
            return ExitCode.USAGE;
        }
        try (Interrupt _ = new Interrupt(run::stop)) {
            final MqttFeedResult result = run.run(now -> console.say(MqttFeedReport.progress(now)));
            MqttFeedReport.summary(result).forEach(console::say);
            if (feed.json()) {
                console.json(MqttFeedReport.json(result));
            }
            return result.complete() ? 0 : 1;
        } catch (final ResourceException | IOException e) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.RESOURCE;
        }
    }
}
