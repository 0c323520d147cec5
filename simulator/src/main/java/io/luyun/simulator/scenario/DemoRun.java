package io.luyun.simulator.scenario;

import io.luyun.proto.v1.AckLevel;
import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.plan.TrafficPlan;
import io.luyun.simulator.traffic.TrafficConfig;
import io.luyun.simulator.traffic.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * A server of its own in a directory of its own, the vehicles and roadside units of the zone against it, an observer that
 * watches, and at the end a look into the journal. Run by one thread; {@link #stop()} may come from any.
 */
public final class DemoRun {
    private static final int STEPS_PER_SECOND = 10;

    private final Plan plan;
    private final NanoClock clock;
    private final EpochNanoClock epochClock;
    private volatile boolean stopped;
    private volatile @Nullable LoadRun load;

    /**
     * What to show.
     *
     * @param launcher the launcher, for the server and the journal's verifier
     * @param directory where everything is written; holds no earlier demonstration
     * @param zone the zone
     * @param vehicles number of vehicles
     * @param rsus number of roadside units
     * @param seconds how long, 0 for until it is stopped
     * @param seed seed of the traffic
     */
    public record Plan(String launcher, Path directory, Zone zone, int vehicles, int rsus, int seconds, long seed) {}

    /**
     * How it ended.
     *
     * @param run messages, alerts and latencies
     * @param journal what the journal holds
     * @param serverLived false when the server ended by itself
     * @param lastWords then the end of its log
     */
    public record Outcome(RunResult run, JournalCheck journal, boolean serverLived, String lastWords) {
        /** Whether every message was answered for and is in the journal once. */
        public boolean clean() {
            return serverLived && run.totals().unacked() == 0 && journal.clean(run.totals());
        }
    }

    public DemoRun(final Plan plan, final NanoClock clock, final EpochNanoClock epochClock) {
        this.plan = plan;
        this.clock = clock;
        this.epochClock = epochClock;
    }

    /** Ends it in order; from any thread. */
    public void stop() {
        stopped = true;
        final LoadRun running = load;
        if (running != null) {
            running.stop();
        }
    }

    /**
     * Runs to the end.
     *
     * @param ready is told the fields of the server's READY line
     * @param eachSecond is told how it stands
     */
    public Outcome run(final Consumer<Map<String, String>> ready, final Consumer<RunResult> eachSecond)
            throws IOException, InterruptedException, ResourceException {
        final RunResult result;
        final boolean lived;
        final String lastWords;
        final Path journal;
        final LoadScenario scenario = scenario();
        final Setting setting = Setting.seeded(scenario, traffic(), plan.zone(), TrafficConfig.DEFAULT, null);
        Files.createDirectories(plan.directory());
        final OwnServer.Additions additions = DemoFiles.write(plan.directory(), plan.zone());
        try (OwnServer server = new OwnServer(plan.launcher(), plan.directory(), setting, false, additions)) {
            ready.accept(server.fields());
            journal = server.journal();
            final LoadRun running =
                    new LoadRun(scenario, server.target(LoadTarget.defaultLoops()), setting, clock, epochClock);
            load = running;
            server.onExit(running::abort);
            if (stopped) {
                running.stop();
            }
            result = running.run(eachSecond);
            lived = server.alive();
            lastWords = lived ? "" : server.lastWords();
        }
        return new Outcome(result, JournalCheck.of(plan.launcher(), journal), lived, lastWords);
    }

    private TrafficPlan.Seeded traffic() {
        return TrafficPlan.zone(plan.vehicles(), plan.rsus(), false);
    }

    private LoadScenario scenario() {
        return LoadScenario.plain(
                traffic(), STEPS_PER_SECOND, plan.seconds(), 0, plan.seed(), AckLevel.ACK_LEVEL_SYNCED, true);
    }
}
