package io.luyun.simulator;

import io.luyun.simulator.report.LoadReport;
import io.luyun.simulator.scenario.DemoRun;
import io.luyun.simulator.scenario.OwnServer;
import io.luyun.simulator.scenario.ResourceException;
import io.luyun.simulator.scenario.RunResult;
import io.luyun.simulator.traffic.Zone;
import io.luyun.simulator.traffic.ZoneGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Everything at once, to look at. */
@Command(
        name = "demo",
        description = {
            "Starts a server and a simulated zone against it, and shows each second what happens.",
            "At the end the journal is verified. Ends with 1 when a message was lost, duplicated or not answered for."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int ALERT_LINES = 4;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--seconds", defaultValue = "0", description = "How long; without it until Ctrl-C.")
    private int seconds;

    @Option(names = "--vehicles", defaultValue = "60", description = "Number of vehicles (default: ${DEFAULT-VALUE}).")
    private int vehicles;

    @Option(names = "--rsus", defaultValue = "8", description = "Number of roadside units (default: ${DEFAULT-VALUE}).")
    private int rsus;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of zone and traffic (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Directory for configuration, journal and log, kept at the end (default: a temporary one).")
    private @Nullable Path directory;

    @Option(names = "--json", description = "One JSON object as the last line of stdout; all else goes to stderr.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Zone zone = ZoneGenerator.generate(seed);
        if (seconds < 0) {
            throw new ParameterException(spec.commandLine(), "seconds " + seconds + " must not be negative");
        }
        if (vehicles < 0 || rsus < 0 || rsus > zone.rsus().size() || vehicles + rsus == 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "vehicles must be positive and roadside units 0.."
                            + zone.rsus().size());
        }
        final Console console = new Console(json);
        final Path chosen = directory;
        final Path where = chosen == null ? Files.createTempDirectory("luyun-demo-") : chosen.toAbsolutePath();
        if (Files.exists(where.resolve("data"))) {
            throw new ParameterException(spec.commandLine(), where + " holds an earlier demonstration");
        }
        final DemoRun demo = new DemoRun(
                new DemoRun.Plan(Launcher.path(), where, zone, vehicles, rsus, seconds, seed),
                SystemNanoClock.INSTANCE,
                SystemEpochNanoClock.INSTANCE);
        try (Interrupt _ = new Interrupt(demo::stop)) {
            final int code = run(console, where, demo);
            if (chosen == null && code == 0) {
                Directories.delete(where);
            } else {
                console.say("kept           " + where);
            }
            return code;
        }
    }

    private int run(final Console console, final Path where, final DemoRun demo)
            throws IOException, InterruptedException {
        console.say("server         starting; configuration, journal and log in " + where);
        try {
            final AtomicReference<@Nullable RunResult> before = new AtomicReference<>();
            final DemoRun.Outcome outcome = demo.run(
                    fields -> {
                        console.say("server         ready: " + fields);
                        console.say("page           " + OwnServer.page(fields));
                        console.say("mqtt           " + subscriber(fields.getOrDefault("mqtt", "")));
                        console.say(String.format(
                                java.util.Locale.ROOT,
                                "load           %d vehicles and %d roadside units at 10 Hz%s",
                                vehicles,
                                rsus,
                                seconds == 0 ? "; Ctrl-C ends it" : " for " + seconds + " s"));
                    },
                    now -> {
                        console.say(LoadReport.progress(now, before.get()));
                        alerts(console, now.alertLines());
                        before.set(now);
                    });
            console.say(LoadReport.progress(outcome.run(), before.get()));
            alerts(console, outcome.run().alertLines());
            if (!outcome.serverLived()) {
                console.error("the server ended by itself; " + outcome.lastWords());
            }
            LoadReport.summary(outcome.run(), outcome.journal()).forEach(console::say);
            if (json) {
                console.json(LoadReport.json(outcome.run(), outcome.journal()));
            }
            return outcome.clean() ? 0 : 1;
        } catch (final ResourceException e) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.RESOURCE;
        }
    }

    /** How to see alerts as a roadside unit does. */
    private static String subscriber(final String address) {
        final int colon = address.lastIndexOf(':');
        return "alerts: mosquitto_sub -V 5 -h " + address.substring(0, Math.max(0, colon)) + " -p "
                + address.substring(colon + 1) + " -i mqtt-1 -t rsu/mqtt-1/rsi/down";
    }

    private static void alerts(final Console console, final List<String> lines) {
        lines.stream().limit(ALERT_LINES).forEach(line -> console.say("         " + line));
        if (lines.size() > ALERT_LINES) {
            console.say("         and " + (lines.size() - ALERT_LINES) + " more");
        }
    }
}
