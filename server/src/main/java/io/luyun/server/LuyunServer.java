package io.luyun.server;

import io.luyun.server.evidence.EvidenceFace;
import io.luyun.server.journal.Damage;
import io.luyun.server.net.MqttEndpoint;
import io.luyun.server.net.UdpEndpoint;
import io.luyun.server.ops.OpsServer;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.supervise.TestVehicles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: builds all parts, starts them and closes them in order. One owner starts and closes it.
 *
 * <pre>
 *   shared      event loop: sockets, sessions, journal writer, core             sync, keeper and HTTP threads
 *   dedicated   event loops: sockets, sessions    line thread: writer, core     sync, keeper and HTTP threads
 * </pre>
 */
public final class LuyunServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LuyunServer.class);
    private static final int CLOCK_RETRIES = 100;
    private static final long CLOCK_THRESHOLD_NS = 250;
    private static final long CLOCK_RESAMPLE_NS = TimeUnit.SECONDS.toNanos(1);

    private final ServerConfig config;
    private final Monitors monitors = Monitors.create();
    private final ForwardClock clock;
    private final ZoneFile zone;
    private final DeviceRegistry registry;
    private final @Nullable TestVehicles testVehicles;
    private final ServerStatus status;
    private final OpsServer ops;
    private @Nullable ServerLine line;
    private @Nullable Supervision supervision;

    private LuyunServer(final ServerConfig config, final EpochNanoClock wall) {
        this.config = config;
        clock = new ForwardClock(wall, System::nanoTime);
        zone = ZoneFile.load(config.zone());
        registry = registry(config.net().registry());
        testVehicles = Supervision.testVehicles(config.supervise());
        status = new ServerStatus(mode(), zone.map().name());
        ops = new OpsServer(config.ops(), status, monitors.counters(), monitors.latencies(), monitors.errors());
    }

    /**
     * Starts a server. It answers HTTP at once and devices when the journal is ready.
     *
     * @throws ConfigException when the configuration does not fit what it names
     * @throws io.luyun.server.journal.JournalException when the journal is not to be had
     * @throws IOException when a port is not to be had
     */
    public static LuyunServer launch(final ServerConfig config) throws IOException {
        return launch(config, new OffsetEpochNanoClock(CLOCK_RETRIES, CLOCK_THRESHOLD_NS, CLOCK_RESAMPLE_NS));
    }

    /** The same with another time of day. */
    static LuyunServer launch(final ServerConfig config, final EpochNanoClock wall) throws IOException {
        final LuyunServer server = new LuyunServer(config, wall);
        try {
            server.start();
            return server;
        } catch (final IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void start() throws IOException {
        ops.start();
        final ServerLine opened = new ServerLine(config, zone, registry, clock, monitors);
        line = opened;
        for (final Damage damage : opened.journal().scan().damage()) {
            LOG.warn("the journal is damaged and has been sealed off: {}", damage);
        }
        status.opened(opened.journal());
        opened.start();
        status.running(opened.devices(), opened.mqtt(), opened.sites());
        supervision = new Supervision(config, testVehicles, opened, clock, monitors.errors()).start();
    }

    private static DeviceRegistry registry(final String file) {
        if (file.isEmpty()) {
            return DeviceRegistry.everyone();
        }
        try {
            return DeviceRegistry.load(Path.of(file));
        } catch (final IllegalArgumentException e) {
            throw new ConfigException("net.registry = " + file + ": " + e.getMessage(), e);
        }
    }

    /** The device port. */
    public int devicePort() {
        return running().devices().port();
    }

    /** The MQTT port; 0 where it is not enabled. */
    public int mqttPort() {
        final MqttEndpoint mqtt = mqtt();
        return mqtt == null ? 0 : mqtt.port();
    }

    /** The UDP port; 0 where it is not enabled. */
    public int udpPort() {
        final UdpEndpoint udp = running().udp();
        return udp == null ? 0 : udp.port();
    }

    /** The way to the devices that speak MQTT; null where it is not enabled. */
    public @Nullable MqttEndpoint mqtt() {
        return running().mqtt();
    }

    /** The HTTP port. */
    public int httpPort() {
        return ops.port();
    }

    /** {@code shared} or {@code dedicated}. */
    public String mode() {
        return config.net().shared() ? "shared" : "dedicated";
    }

    /** What carries the device port: {@code epoll} or {@code nio}. */
    public String transport() {
        return running().devices().transport();
    }

    /** Frozen incidents as JSON; null where it is not enabled. */
    public @Nullable EvidenceFace evidence() {
        final Supervision running = supervision;
        return running == null ? null : running.evidence();
    }

    /** The test vehicles as JSON; null where there are none. */
    public byte @Nullable [] testVehicles() {
        final Supervision running = supervision;
        return running == null ? null : running.vehicles();
    }

    /** What has gone wrong in the server itself. */
    Monitors monitors() {
        return monitors;
    }

    private ServerLine running() {
        final ServerLine running = line;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    /** Acknowledges what has been taken in, tells the devices, syncs and closes everything. */
    @Override
    public void close() {
        status.closing();
        CloseHelper.closeAll(monitors.errors(), supervision, line, ops);
    }
}
