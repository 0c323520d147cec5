package io.luyun.server;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.server.core.AlertOutput;
import io.luyun.server.core.BothAudiences;
import io.luyun.server.core.CoreAgent;
import io.luyun.server.core.CoreConfig;
import io.luyun.server.core.RoadView;
import io.luyun.server.core.Subscribers;
import io.luyun.server.fanout.FanOut;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.journal.JournalGround;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.live.LiveFeed;
import io.luyun.server.live.LivePipe;
import io.luyun.server.live.RecordHead;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.net.DeviceServer;
import io.luyun.server.net.MqttEndpoint;
import io.luyun.server.net.NetConfig;
import io.luyun.server.net.Transport;
import io.luyun.server.net.UdpEndpoint;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.site.Sites;
import io.luyun.server.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The line from the sockets to the journal, the core and back. In shared mode the event loop of the device port runs the
 * writer and the core; in dedicated mode a thread of its own does. After the close of both, the thread that closes does.
 */
public final class ServerLine implements AutoCloseable, Agent {
    private static final int NO_DEVICE = -1;
    private static final int QUESTIONS = 64;
    private static final int IDLE_SPINS = 50;
    private static final int IDLE_YIELDS = 20;
    private static final long IDLE_PARK_MIN_NS = TimeUnit.MICROSECONDS.toNanos(10);
    private static final long IDLE_PARK_MAX_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long DRAIN_LIMIT_NS = TimeUnit.SECONDS.toNanos(10);

    private final Journal journal;
    private final Journal alertJournal;
    private final DeviceServer devices;
    private final @Nullable MqttEndpoint mqtt;
    private final @Nullable UdpEndpoint udp;
    private final CoreAgent core;
    private final @Nullable AgentRunner runner;
    private final Monitors monitors;
    private final LinePulse pulse;
    private final ManyToOneConcurrentArrayQueue<Question> questions = new ManyToOneConcurrentArrayQueue<>(QUESTIONS);
    private boolean closed;

    /** What the line stands on; a simulation puts its own below it. */
    public interface Ground {
        /** What a journal in this directory stands on. */
        JournalGround journal(Path directory);

        /** What carries the connections. */
        Transport transport(NetConfig config);
    }

    /** The machine's own. */
    private static final class Machine implements Ground {
        @Override
        public JournalGround journal(final Path directory) {
            return JournalGround.of(directory);
        }

        @Override
        public Transport transport(final NetConfig config) {
            return Transport.sockets(config);
        }
    }

    /** How devices are called by their numbers. */
    interface DeviceNames {
        String of(int device);
    }

    /** Looks at the road on the line's thread. Quick, and keeps nothing of it. */
    interface Question {
        void ask(World world, DeviceNames names);
    }

    /** Opens the journals; starts nothing. */
    ServerLine(
            final ServerConfig config,
            final ZoneFile zone,
            final DeviceRegistry registry,
            final ForwardClock clock,
            final LivePipe live,
            final Monitors monitors) {
        this(config, zone, registry, clock, live, monitors, new Machine());
    }

    /** The same on another ground, to be driven by hand: {@link #listen} instead of a start, and {@link #doWork}. */
    public ServerLine(
            final ServerConfig config,
            final ZoneFile zone,
            final DeviceRegistry registry,
            final ForwardClock clock,
            final LivePipe live,
            final Monitors monitors,
            final Ground ground) {
        this.monitors = monitors;
        pulse = new LinePulse(System::nanoTime, config.service().slowMillis());
        final Counters counters = monitors.counters();
        final long used = UsedSequences.of(
                Path.of(config.journal().directory()),
                Path.of(config.alertJournal().directory()));
        journal = open(config.journal(), clock, ground, used, counters, monitors.latencies());
        Journal openedAlerts = null;
        try {
            // its counts and times are not those of the journal
            openedAlerts = open(config.alertJournal(), clock, ground, 0, new Counters(), new Latencies());
            alertJournal = openedAlerts;
            clock.notBefore(Math.max(journal.lastTimeNs(), alertJournal.lastTimeNs()));
            devices = new DeviceServer(
                    config.net(),
                    config.session(),
                    registry,
                    new JournalLine(journal, alertJournal),
                    clock,
                    counters,
                    monitors.errors(),
                    ground.transport(config.net()));
            mqtt = config.mqtt().enabled() ? devices.speakMqtt(config.mqtt(), zone.bounds()) : null;
            udp = config.udp().enabled() ? devices.takeDatagrams(config.udp()) : null;
            core = buildCore(config, zone, clock, live);
            journal.writer().observe(devices::onAppended, devices::onSynced);
            alertJournal.writer().observe((session, kind, number, sequence, duplicate) -> {}, sequence -> {});
            if (config.net().shared()) {
                devices.driveLine(this::doWork);
                runner = null;
            } else {
                runner = new AgentRunner(
                        new BackoffIdleStrategy(IDLE_SPINS, IDLE_YIELDS, IDLE_PARK_MIN_NS, IDLE_PARK_MAX_NS),
                        monitors.errors(),
                        null,
                        this);
            }
            announce(zone, clock.nanoTime());
        } catch (final RuntimeException e) {
            CloseHelper.quietCloseAll(openedAlerts, journal);
            throw e;
        }
    }

    private Journal open(
            final JournalConfig config,
            final ForwardClock clock,
            final Ground ground,
            final long used,
            final Counters counters,
            final Latencies latencies) {
        final JournalGround below = ground.journal(Path.of(config.directory()));
        return Journal.open(config, clock, below, used, counters, latencies, monitors.errors());
    }

    private CoreAgent buildCore(
            final ServerConfig config, final ZoneFile zone, final ForwardClock clock, final LivePipe live) {
        final Counters counters = monitors.counters();
        final Latencies latencies = monitors.latencies();
        final JournalReader reader = journal.reader(journal.writer().appendedSequence() + 1);
        return new CoreAgent(
                reader,
                new CoreConfig(zone.map(), config.world(), config.site(), config.alert()),
                (world, sites) -> {
                    final RoadView view = new RoadView(world, sites);
                    final FanOut fanOut =
                            new FanOut(config.fanout(), new DeviceOutlet(devices), view, clock, counters, latencies);
                    final AlertOutput output =
                            new AlertOutput(alertJournal.writer(), fanOut, clock, counters, latencies);
                    return new BothAudiences(
                            new Subscribers(world, view, fanOut, output, counters),
                            new LiveFeed(live, world, sites, RecordHead.of(reader), counters));
                },
                counters,
                monitors.errors());
    }

    /** The first record of this run: the road starts empty. */
    private void announce(final ZoneFile zone, final long nowNs) {
        final byte[] payload = ServerStarted.newBuilder()
                .setVersion(ServerStatus.version())
                .setZone(zone.map().name())
                .setZoneSha256(ByteString.copyFrom(zone.sha256()))
                .build()
                .toByteArray();
        journal.writer()
                .offer(
                        RecordKind.RECORD_KIND_SERVER_STARTED_VALUE,
                        NO_DEVICE,
                        0,
                        0,
                        nowNs,
                        new UnsafeBuffer(payload),
                        0,
                        payload.length);
    }

    void start() throws IOException {
        journal.start();
        alertJournal.start();
        pulse.start();
        if (runner != null) {
            AgentRunner.startOnThread(runner);
        }
        devices.start();
    }

    /** Listens without a thread being started: whoever drives the event loops, the journals and this line, does. */
    public void listen() throws IOException {
        devices.start();
    }

    /** Has a question asked at the line's next turn; any thread. False when too many wait. */
    boolean ask(final Question question) {
        return questions.offer(question);
    }

    /** The journal. */
    public Journal journal() {
        return journal;
    }

    /** The journal of alerts. */
    public Journal alertJournal() {
        return alertJournal;
    }

    LinePulse pulse() {
        return pulse;
    }

    Sites sites() {
        return core.sites();
    }

    /** The device port. */
    public DeviceServer devices() {
        return devices;
    }

    /** The MQTT port; null where it is not enabled. */
    @Nullable
    MqttEndpoint mqtt() {
        return mqtt;
    }

    /** The UDP port; null where it is not enabled. */
    @Nullable
    UdpEndpoint udp() {
        return udp;
    }

    /** One turn of the line. Never throws: what goes wrong here must not stop the thread that drives it. */
    @Override
    public int doWork() {
        try {
            final int work = journal.writer().doWork() + alertJournal.writer().doWork() + core.doWork();
            final Question question = questions.poll();
            if (question != null) {
                question.ask(core.world(), core.world()::deviceName);
            }
            return work;
        } catch (final Throwable e) {
            // an event loop would not run a task again that lets anything through
            monitors.errors().onError(e);
            return 0;
        } finally {
            pulse.turned(journal.writer().appendedSequence(), core.sequence());
        }
    }

    @Override
    public String roleName() {
        return "luyun-line";
    }

    /** Closes the port, takes in what has been accepted, and leaves the journals synced. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        CloseHelper.close(monitors.errors(), devices);
        CloseHelper.close(monitors.errors(), runner);
        drain();
    }

    /** The part of the close that comes when nobody drives the line any more: takes in what has been accepted, leaves the journals synced. */
    public void drain() {
        closed = true;
        final long deadlineNs = System.nanoTime() + DRAIN_LIMIT_NS;
        while (doWork() > 0 && System.nanoTime() < deadlineNs) {
            Thread.onSpinWait();
        }
        CloseHelper.closeAll(monitors.errors(), core, journal, alertJournal);
    }
}
