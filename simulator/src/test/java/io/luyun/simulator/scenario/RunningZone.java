package io.luyun.simulator.scenario;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.AckLevel;
import io.luyun.server.LuyunServer;
import io.luyun.server.ServerConfig;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.plan.TrafficPlan;
import io.luyun.simulator.traffic.TrafficConfig;
import io.luyun.simulator.traffic.Zone;
import io.luyun.simulator.traffic.ZoneGenerator;
import io.luyun.simulator.traffic.ZoneGeoJson;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;

/** A server of a generated zone and traffic that drives until it is stopped; both can go and come again. One owner. */
final class RunningZone implements AutoCloseable {
    private static final long SEED = 1;
    private static final TrafficPlan.Seeded TRAFFIC = TrafficPlan.zone(40, 4, false);
    private static final LoadScenario SCENARIO =
            LoadScenario.plain(TRAFFIC, 10, 0, 0, SEED, AckLevel.ACK_LEVEL_SYNCED, false);

    private final Path directory;
    private final Zone zone = ZoneGenerator.generate(SEED);
    private final OwnServer.Additions additions;
    private int port;
    private LuyunServer server;
    private LoadRun traffic;
    private Thread thread;

    RunningZone(final Path directory) throws IOException {
        System.out.println("seed " + SEED);
        this.directory = directory;
        ZoneGeoJson.write(zone, directory.resolve("zone.geojson"));
        additions = DemoFiles.write(directory, zone);
        start();
    }

    /** The first time on any port, then on the same again. */
    void start() throws IOException {
        server = LuyunServer.launch(
                ServerConfig.parse("test", """
                        data: data
                        zone: {file: zone.geojson}
                        net: {port: 0, insecure: true}
                        ops: {port: %d, places: [%s]}
                        supervise: {file: vehicles.yaml}
                        evidence: {extent: {beforeSeconds: 2, afterSeconds: 2, maxWindowSeconds: 10}, limits: {settleSeconds: 0, freeMiB: 0}}
                        journal: {diskLowMiB: 1, diskHighMiB: 2, touchAheadMiB: 0}
                        """.formatted(port, String.join(", ", additions.places())), directory));
        port = server.httpPort();
        final LoadTarget target = new LoadTarget(
                LinkConfig.plain("127.0.0.1", server.devicePort()),
                null,
                null,
                Dialect.PHASE_2,
                null,
                1,
                LoadTarget.DRAIN_MILLIS);
        traffic = new LoadRun(
                SCENARIO,
                target,
                Setting.seeded(SCENARIO, TRAFFIC, zone, TrafficConfig.DEFAULT, null),
                SystemNanoClock.INSTANCE,
                SystemEpochNanoClock.INSTANCE);
        thread = Thread.ofPlatform().name("traffic").start(this::drive);
    }

    private void drive() {
        try {
            traffic.run(_ -> {});
        } catch (final IOException | ResourceException e) {
            throw new IllegalStateException("the traffic cannot reach its server", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where the page and its API are, without a slash at the end. */
    String address() {
        return "http://127.0.0.1:" + port;
    }

    int devicePort() {
        return server.devicePort();
    }

    /** Ends both. */
    void stop() {
        traffic.abort();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.close();
    }

    @Override
    public void close() {
        stop();
    }
}
