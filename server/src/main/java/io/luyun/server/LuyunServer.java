package io.luyun.server;

import io.luyun.server.audit.AuditLog;
import io.luyun.server.evidence.EvidenceFace;
import io.luyun.server.journal.Damage;
import io.luyun.server.journal.Missing;
import io.luyun.server.net.MqttEndpoint;
import io.luyun.server.net.UdpEndpoint;
import io.luyun.server.ops.AlertRoutes;
import io.luyun.server.ops.DeviceRoutes;
import io.luyun.server.ops.EvidenceRoutes;
import io.luyun.server.ops.NotReady;
import io.luyun.server.ops.OpsEnvironment;
import io.luyun.server.ops.OpsServer;
import io.luyun.server.ops.ParticipantRoutes;
import io.luyun.server.ops.Problem;
import io.luyun.server.ops.Route;
import io.luyun.server.ops.SupervisionRoutes;
import io.luyun.server.ops.TimelineRoutes;
import io.luyun.server.ops.ZoneRoutes;
import io.luyun.server.ops.history.AlertHistory;
import io.luyun.server.ops.history.JournalIndex;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.supervise.TestVehicles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
    private final Readiness readiness;
    private final ServerStatus status;
    private final JournalIndex index;
    private final PageDesk desk;
    private final LiveFace live;
    private final OpsServer ops;
    private @Nullable ServerLine line;
    private volatile @Nullable Supervision supervision;

    private LuyunServer(final ServerConfig config, final EpochNanoClock wall) {
        this.config = config;
        clock = new ForwardClock(wall, System::nanoTime);
        zone = ZoneFile.load(config.zone());
        registry = registry(config.net().registry());
        testVehicles = Supervision.testVehicles(config.supervise());
        readiness = new Readiness(config.service().slowMillis());
        status = new ServerStatus(mode(), zone.map().name(), readiness);
        index = new JournalIndex(Path.of(config.journal().directory()), monitors.errors());
        desk = new PageDesk(clock);
        live = new LiveFace(config, zone, clock, monitors);
        ops = ops();
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
        final ServerLine opened = new ServerLine(config, zone, registry, clock, live.pipe(), monitors);
        line = opened;
        for (final Damage damage : opened.journal().scan().damage()) {
            LOG.warn("the journal is damaged and has been sealed off: {}", damage);
        }
        final Missing unsynced = opened.journal().scan().unsynced();
        if (unsynced != null) {
            LOG.warn("a loss of power took what had not been synced: {}", unsynced);
        }
        status.opened(opened);
        live.opened(opened.journal());
        opened.start();
        desk.running(opened);
        status.running(opened);
        supervision = new Supervision(config, testVehicles, opened, clock, monitors.errors()).start(status);
    }

    /** The face with all that it can be asked; what needs the line says so until that runs. */
    private OpsServer ops() {
        final InstantSource time = InstantSource.system();
        final Path data = Path.of(config.data());
        final AuditLog audit = new AuditLog(data.resolve("audit").resolve(AuditLog.FILE_NAME), time);
        final OpsEnvironment env =
                new OpsEnvironment(monitors.counters(), monitors.latencies(), monitors.errors(), audit, time, data);
        final Path journal = Path.of(config.journal().directory());
        final AlertHistory history =
                new AlertHistory(Path.of(config.alertJournal().directory()));
        try {
            final List<Route> routes = new ArrayList<>();
            routes.addAll(new ZoneRoutes(config.zone().file(), config.ops().places()).routes());
            routes.addAll(new AlertRoutes(history, index, journal, desk).routes());
            routes.addAll(new TimelineRoutes(history, index).routes());
            final Duration patience = Duration.ofMillis(config.ops().unitAnswerMillis());
            routes.addAll(new DeviceRoutes(desk, time, patience).routes());
            routes.addAll(new ParticipantRoutes(desk, desk, history, index, journal).routes());
            routes.addAll(new EvidenceRoutes(this::evidenceAsked).routes());
            routes.addAll(new SupervisionRoutes(this::testVehicles).routes());
            return new OpsServer(config.ops(), status, env, routes, live.sockets());
        } catch (final IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
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

    /** What may be asked over HTTP: method and pattern. */
    List<String> httpRoutes() {
        return ops.routes();
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

    private EvidenceFace evidenceAsked() {
        if (!config.evidence().enabled()) {
            throw Problem.of(409, "not-enabled", "evidence.enabled is false in the settings of this server");
        }
        final EvidenceFace running = evidence();
        if (running == null) {
            throw Problem.of(503, "not-ready", "the server is starting");
        }
        return running;
    }

    /** The test vehicles as JSON; null where there are none. */
    public byte @Nullable [] testVehicles() {
        final Supervision running = supervision;
        return running == null ? null : running.vehicles();
    }

    /** Whether a journal has failed: nothing more is taken until the server is started anew. Any thread. */
    public boolean failed() {
        return readiness.failed();
    }

    /** Whether the line does its work, or is not to. Any thread. */
    public boolean turns() {
        return readiness.turns();
    }

    /** Why it does not take messages now, in one line; null when it does. Any thread. */
    public @Nullable String notReady() {
        final NotReady reason = readiness.notReady();
        return reason == null ? null : reason.reason();
    }

    /** What has gone wrong in the server itself. */
    Monitors monitors() {
        return monitors;
    }

    /** The line; only after the start. */
    ServerLine running() {
        final ServerLine running = line;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    /** Acknowledges what has been taken in, tells the devices, syncs and closes everything. */
    @Override
    public void close() {
        readiness.closing();
        CloseHelper.closeAll(monitors.errors(), live, supervision, line, ops, index);
    }
}
