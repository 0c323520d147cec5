package io.luyun.simulator;

import io.luyun.proto.v1.Role;
import io.luyun.simulator.recording.Recording;
import io.luyun.simulator.report.FeedReport;
import io.luyun.simulator.scenario.FeedPlan;
import io.luyun.simulator.scenario.FeedResult;
import io.luyun.simulator.scenario.FeedRun;
import io.luyun.simulator.scenario.LoadTarget;
import io.luyun.simulator.scenario.ResourceException;
import java.io.IOException;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of all feeds in the native protocol, and the run itself. */
final class FeedOption {
    @Mixin
    private final ServerOption server = new ServerOption();

    @Option(
            names = "--device",
            defaultValue = "rsu-feed",
            paramLabel = "ID",
            description = "Device the frames are sent as (default: ${DEFAULT-VALUE}).")
    private String device = "";

    @Option(names = "--json", description = "One JSON object as the last line of stdout; all else goes to stderr.")
    private boolean json;

    /** As whom to send. */
    FeedPlan plan(final Role role) {
        return new FeedPlan(server.link(), device, role, server.token(), LoadTarget.DRAIN_MILLIS);
    }

    boolean json() {
        return json;
    }

    Console console() {
        return new Console(json);
    }

    /** Sends the recording and reports; the exit code. */
    int feed(final FeedPlan plan, final Recording recording, final boolean restamped) throws InterruptedException {
        final Console console = console();
        final FeedRun run =
                new FeedRun(plan, recording, restamped, SystemNanoClock.INSTANCE, SystemEpochNanoClock.INSTANCE);
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
