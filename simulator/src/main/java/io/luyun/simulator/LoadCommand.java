package io.luyun.simulator;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.AckLevel;
import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.plan.TrafficPlan;
import io.luyun.simulator.report.LoadReport;
import io.luyun.simulator.scenario.JournalCheck;
import io.luyun.simulator.scenario.LoadRun;
import io.luyun.simulator.scenario.LoadTarget;
import io.luyun.simulator.scenario.ResourceException;
import io.luyun.simulator.scenario.RunResult;
import io.luyun.simulator.scenario.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Vehicles and roadside units of a simulated zone against a server, open loop. */
@Command(
        name = "load",
        description = {
            "Drives the vehicles and roadside units of a simulated zone against a server.",
            "The load is an open loop: every device sends when its time has come, whatever the server does, and the"
                    + " latency of an acknowledgement counts from that time. Devices are called veh-0001 and on,"
                    + " rsu-01 and on; the server's registry has to know them.",
            "Ends with 1 when a message was not answered for or, with --journal, lost or duplicated."
        },
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private final ServerOption server = new ServerOption();

    @Option(names = "--vehicles", defaultValue = "100", description = "Number of vehicles (default: ${DEFAULT-VALUE}).")
    private int vehicles;

    @Option(names = "--rsus", defaultValue = "4", description = "Number of roadside units (default: ${DEFAULT-VALUE}).")
    private int rsus;

    @Option(
            names = "--rate",
            defaultValue = "10",
            description = "Messages a second of each vehicle and steps a second of each roadside unit"
                    + " (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "How long (default: ${DEFAULT-VALUE}); 0 is forever.")
    private int seconds;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Leave so many first seconds out of the latencies (default: ${DEFAULT-VALUE});"
                    + " their messages count all the same.")
    private int warmup;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the traffic (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--zone", paramLabel = "FILE", description = "GeoJSON of the zone instead of one from the seed.")
    private @Nullable Path zoneFile;

    @Option(
            names = "--ack",
            defaultValue = "SYNCED",
            description = "Acknowledgement level: RECEIVED, APPENDED or SYNCED (default: ${DEFAULT-VALUE}).")
    private String ack = "SYNCED";

    @Option(names = "--loops", description = "Event loops (default: one for four processors).")
    private int loops;

    @Option(names = "--observe", description = "Let an observer watch the whole zone beside the load.")
    private boolean observe;

    @Option(names = "--ssm", description = "Roadside units tell what they see by one SSM a step, in place of RSMs.")
    private boolean ssm;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description =
                    "Afterwards verify this journal, which must hold this run alone, for lost and duplicated messages.")
    private @Nullable Path journal;

    @Option(names = "--json", description = "One JSON object as the last line of stdout; all else goes to stderr.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        final Console console = new Console(json);
        final LoadRun run;
        try {
            final LoadScenario scenario = scenario();
            run = new LoadRun(
                    scenario, target(), Setting.of(scenario), SystemNanoClock.INSTANCE, SystemEpochNanoClock.INSTANCE);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (final IOException e) {
            console.unreadable("the zone", e);
            return ExitCode.USAGE;
        }
        try (Interrupt _ = new Interrupt(run::stop)) {
            final AtomicReference<@Nullable RunResult> before = new AtomicReference<>();
            final RunResult result = run.run(now -> {
                console.say(LoadReport.progress(now, before.get()));
                before.set(now);
            });
            final JournalCheck check = journal == null ? null : JournalCheck.of(Launcher.path(), journal);
            LoadReport.summary(result, check).forEach(console::say);
            if (json) {
                console.json(LoadReport.json(result, check));
            }
            return result.totals().unacked() == 0 && (check == null || check.clean(result.totals())) ? 0 : 1;
        } catch (final ResourceException | IOException e) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.RESOURCE;
        }
    }

    private LoadScenario scenario() {
        return LoadScenario.plain(
                new TrafficPlan.Seeded(zoneFile, vehicles, rsus, ssm, false),
                rate,
                seconds,
                warmup,
                seed,
                AckLevel.valueOf("ACK_LEVEL_" + ack),
                observe);
    }

    private LoadTarget target() {
        return new LoadTarget(
                server.link(),
                null,
                null,
                Dialect.PHASE_2,
                server.token(),
                loops == 0 ? LoadTarget.defaultLoops() : loops,
                LoadTarget.DRAIN_MILLIS);
    }
}
