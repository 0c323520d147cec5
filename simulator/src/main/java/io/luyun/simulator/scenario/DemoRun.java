package io.luyun.simulator.scenario;

import io.luyun.proto.v1.AckLevel;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.traffic.Zone;
import io.luyun.simulator.traffic.ZoneGeoJson;
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
    private static final int READY_SECONDS = 60;
    private static final String REGISTRY = """
            # Who may connect to the demonstration. No tokens: it listens on this host alone.
            devices:
              - {id: "veh-*", role: OBU}
              - {id: "rsu-*", role: RSU}
              # whoever watches alerts as a roadside unit would, over MQTT
              - {id: "mqtt-*", role: RSU, subscribe: true, dialect: 2019}
              - {id: "observer-*", role: OBSERVER}
              - {id: "operator-*", role: OPERATOR}
            """;
    private static final String SERVER = """
            # The demonstration's server: ports chosen by the system, this host alone.
            data: data
            zone:
              file: zone.geojson
            net:
              host: 127.0.0.1
              port: 0
              insecure: true
              registry: registry.yaml
            mqtt:
              enabled: true
              port: 0
            ops:
              host: 127.0.0.1
              port: 0
            """;

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
        final Path config = writeFiles();
        final Path log = plan.directory().resolve("server.log");
        final RunResult result;
        final boolean lived;
        final String lastWords;
        final Map<String, String> fields;
        try (ServerProcess server = new ServerProcess(plan.launcher(), config, log)) {
            fields = server.awaitReady(READY_SECONDS);
            ready.accept(fields);
            final LoadRun running = new LoadRun(loadPlan(field(fields, "devices")), plan.zone(), clock, epochClock);
            load = running;
            server.onExit(running::abort);
            if (stopped) {
                running.stop();
            }
            result = running.run(eachSecond);
            lived = server.alive();
            lastWords = lived ? "" : server.lastWords();
        }
        return new Outcome(
                result, JournalCheck.of(plan.launcher(), Path.of(field(fields, "journal"))), lived, lastWords);
    }

    private LoadPlan loadPlan(final String devices) {
        return new LoadPlan(
                LinkConfig.parse(devices),
                plan.vehicles(),
                plan.rsus(),
                10,
                plan.seconds(),
                0,
                plan.seed(),
                AckLevel.ACK_LEVEL_SYNCED,
                null,
                LoadPlan.defaultLoops(),
                LoadPlan.DRAIN_MILLIS,
                true);
    }

    private Path writeFiles() throws IOException {
        Files.createDirectories(plan.directory());
        ZoneGeoJson.write(plan.zone(), plan.directory().resolve("zone.geojson"));
        Files.writeString(plan.directory().resolve("registry.yaml"), REGISTRY);
        return Files.writeString(plan.directory().resolve("server.yaml"), SERVER);
    }

    private static String field(final Map<String, String> fields, final String name) throws ResourceException {
        final String value = fields.get(name);
        if (value == null) {
            throw new ResourceException("the server's READY line has no " + name);
        }
        return value;
    }
}
