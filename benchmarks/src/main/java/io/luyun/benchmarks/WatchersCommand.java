package io.luyun.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.benchmarks.browsers.Goals;
import io.luyun.benchmarks.browsers.Rounds;
import io.luyun.benchmarks.browsers.WatchPlan;
import io.luyun.benchmarks.browsers.WatchReport;
import io.luyun.benchmarks.peers.Load;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What watching browsers cost a server, and what they do to its alerts; see {@link io.luyun.benchmarks.browsers}. */
@Command(
        name = "watchers",
        mixinStandardHelpOptions = true,
        description =
                "Starts a server, lets vehicles drive before it at 10 Hz, some of which are warned of their speed, and has no, one and many "
                        + "browsers watch the whole zone in turn. Tells what a browser costs the server, what it is sent, and how long alerts "
                        + "take with and without. Exit code 1 when a goal is missed or could not be measured, or something was lost.")
final class WatchersCommand implements Callable<Integer> {
    private static final int MISSED = 1;
    private static final int RESOURCE = 3;
    private static final int REPORTS_PER_SECOND = 10;

    /** What one address may have open at a server. */
    private static final int MOST_VEHICLES = 10_000;

    @Option(names = "--browsers", defaultValue = "100", description = "Most that watch; ${DEFAULT-VALUE} by default.")
    private int browsers;

    @Option(names = "--vehicles", defaultValue = "1000", description = "Vehicles; ${DEFAULT-VALUE} by default.")
    private int vehicles;

    @Option(names = "--rounds", defaultValue = "5", description = "Turns of each; ${DEFAULT-VALUE} by default.")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "Seconds of a turn that are measured; ${DEFAULT-VALUE} by default.")
    private int seconds;

    @Option(
            names = "--lead",
            defaultValue = "3",
            description = "Seconds of a turn before those; ${DEFAULT-VALUE} by default.")
    private int leadSeconds;

    @Option(
            names = "--hz",
            defaultValue = "10",
            description = "Frames a second a browser asks for; ${DEFAULT-VALUE} by default.")
    private int hz;

    @Option(
            names = "--alerts",
            defaultValue = "20",
            description = "Alerts a second that are raised or cleared; ${DEFAULT-VALUE} by default.")
    private int alerts;

    @Option(
            names = "--warm-up",
            defaultValue = "20",
            description = "Seconds of load, with all browsers, before the first turn; ${DEFAULT-VALUE} by default.")
    private int warmUpSeconds;

    @Option(
            names = "--max-cpu-percent",
            defaultValue = "3",
            description = "Goal: what a browser costs the server of a core; ${DEFAULT-VALUE} by default.")
    private double browserPercent;

    @Option(
            names = "--max-alert-ratio",
            defaultValue = "1.1",
            description = "Goal: alert p99 with all browsers over that without; ${DEFAULT-VALUE} by default.")
    private double alertRatio;

    @Option(
            names = "--max-foreign",
            defaultValue = "10",
            description =
                    "Seconds in which others used more than so many percent of one core do not count; ${DEFAULT-VALUE} by default.")
    private double foreignPercent;

    @Option(
            names = "--max-lag",
            defaultValue = "2",
            description =
                    "Turns whose generator's own lag p99 is beyond so many milliseconds do not count; ${DEFAULT-VALUE} by default.")
    private double lagMillis;

    @Option(
            names = "--jvm",
            defaultValue = "-XX:+UseSerialGC -XX:+AlwaysPreTouch -Xms512m -Xmx512m",
            description = "JVM flags of the server; ${DEFAULT-VALUE}")
    private String jvmFlags = "";

    @Option(names = "--json", description = "Print one JSON object as the last line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        final WatchPlan plan;
        try {
            plan = plan();
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        try (Scratch scratch = Scratch.create()) {
            final PrintWriter out = spec.commandLine().getOut();
            final Rounds turns = new Rounds(plan, new OwnProcesses(vehicles, browsers, jvmFlags), scratch.path());
            return report(new WatchReport(plan, turns.run((round, turn) -> {
                out.println(WatchReport.line(round, turn, plan));
                out.flush();
            })));
        } catch (final IOException e) {
            spec.commandLine().getErr().println("luyun bench watchers: " + e.getMessage());
            return RESOURCE;
        }
    }

    private WatchPlan plan() {
        WatchPlan.within("vehicles", vehicles, 1, MOST_VEHICLES);
        final int rate = vehicles * REPORTS_PER_SECOND;
        WatchPlan.within("alerts", alerts, 1, rate);
        return new WatchPlan(
                new Load(rate, vehicles, rate / alerts, leadSeconds, seconds),
                browsers,
                hz,
                rounds,
                warmUpSeconds,
                new Goals(browserPercent, alertRatio, foreignPercent, lagMillis));
    }

    private int report(final WatchReport report) throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        out.print(report.table());
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(report.values()));
        }
        out.flush();
        return report.holds() ? 0 : MISSED;
    }
}
