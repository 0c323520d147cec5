package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Role;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.mqtt.MqttConfig;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.session.SessionConfig;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A server on a free port of the loopback address over a {@link MemoryLine}. */
final class Rig implements AutoCloseable {
    final MemoryLine line = new MemoryLine();
    final Counters counters = new Counters();
    /** How far the server's clock has been put forward. */
    final AtomicLong aheadNs = new AtomicLong();

    private final EpochNanoClock system = new SystemEpochNanoClock();
    final EpochNanoClock clock = () -> system.nanoTime() + aheadNs.get();
    final List<Throwable> errors = new CopyOnWriteArrayList<>();
    final DeviceServer server;
    final @Nullable MqttEndpoint mqtt;

    private final Thread lineThread;
    private volatile boolean running = true;

    Rig() throws IOException {
        this(Configs.net(), Configs.session());
    }

    Rig(final NetConfig net, final SessionConfig session) throws IOException {
        this(net, session, DeviceRegistry.everyone());
    }

    Rig(final NetConfig net, final SessionConfig session, final DeviceRegistry registry) throws IOException {
        this(net, session, registry, null);
    }

    Rig(
            final NetConfig net,
            final SessionConfig session,
            final DeviceRegistry registry,
            final @Nullable MqttConfig mqttConfig)
            throws IOException {
        server = new DeviceServer(net, session, registry, line, clock, counters, errors::add);
        mqtt = mqttConfig == null ? null : server.speakMqtt(mqttConfig, null);
        line.observe(server);
        if (net.shared()) {
            server.driveLine(line::work);
            lineThread = Thread.ofPlatform().unstarted(() -> {});
        } else {
            lineThread = Thread.ofPlatform().name("test-line").start(this::runLine);
        }
        server.start();
    }

    TestDevice connect() throws IOException {
        return TestDevice.connect(server.port());
    }

    TestDevice obu(final String id) throws IOException {
        return connect().hello(id, Role.ROLE_OBU);
    }

    long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanoTime());
    }

    int secMark() {
        return (int) (nowMs() % 60_000);
    }

    void awaitCounter(final Counter counter, final long value) {
        Awaitility.await()
                .atMost(5, TimeUnit.SECONDS)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .untilAsserted(() ->
                        assertThat(counters.get(counter)).as(counter.label()).isEqualTo(value));
    }

    @Override
    public void close() {
        server.close();
        running = false;
        try {
            lineThread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(errors).as("errors of the server itself").isEmpty();
    }

    private void runLine() {
        while (running) {
            if (line.work() == 0) {
                Thread.onSpinWait();
            }
        }
    }

    /** Configurations for tests. */
    static final class Configs {
        private Configs() {}

        static NetConfig net() {
            return NetConfig.insecure(0);
        }

        static SessionConfig session() {
            return new SessionConfig(10_000, 100, 60_000, 30_000, "SYNCED", 0, 2);
        }

        static NetConfig net(final UnaryOperator<Draft> change) {
            return change.apply(new Draft()).build();
        }
    }

    /** A configuration of the net being made. */
    static final class Draft {
        String host = "127.0.0.1";
        String mode = "shared";
        String transport = "auto";
        int loops = 1;
        int maxFrameBytes = 65_536;
        int maxConnections = 1_000;
        int maxConnectionsPerAddress = 1_000;
        int helloTimeoutMillis = 5_000;
        int frameTimeoutMillis = 10_000;
        int writeStallMillis = 10_000;
        int writeBufferHighBytes = 65_536;
        int lineTickMillis = 20;
        int registryPollMillis = 20;
        boolean insecure = true;
        String registry = "";
        NetConfig.Tls tls = NetConfig.Tls.off();

        NetConfig build() {
            return new NetConfig(
                    host,
                    0,
                    mode,
                    transport,
                    loops,
                    maxFrameBytes,
                    maxConnections,
                    maxConnectionsPerAddress,
                    helloTimeoutMillis,
                    frameTimeoutMillis,
                    writeStallMillis,
                    writeBufferHighBytes / 2,
                    writeBufferHighBytes,
                    128,
                    lineTickMillis,
                    500,
                    insecure,
                    registry,
                    registryPollMillis,
                    tls);
        }
    }
}
