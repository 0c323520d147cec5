package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.Datagrams;
import io.luyun.server.datagram.UdpConfig;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.session.SessionConfig;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The socket of datagrams over a line in memory: what happens when that is full, and what a datagram costs. */
@ExtendWith(LeakGuard.class)
final class UdpChannelTest {
    private static final int BURST = 64;
    private static final int BURSTS = 500;
    private static final int WARM_UP_ROUNDS = 3;
    /** Netty makes a packet, an address and a socket address for each datagram. */
    private static final double BYTES_PER_DATAGRAM = 400;

    @TempDir
    private Path directory;

    private final MemoryLine line = new MemoryLine();
    private final Counters counters = new Counters();
    private final EpochNanoClock clock = new SystemEpochNanoClock();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final AtomicLong threadId = new AtomicLong();
    private DeviceRegistry registry;
    private int port;

    @BeforeEach
    void register() throws IOException {
        register("source: 127.0.0.1");
    }

    private void register(final String udp) throws IOException {
        registry = DeviceRegistry.load(Files.writeString(
                directory.resolve("registry.yaml"),
                "devices: [{id: car, role: OBU, dialect: 2019, udp: {" + udp + "}}]"));
    }

    @Test
    void whatIntakeAndKernelHoldIsTakenWhenThereIsRoom() throws IOException {
        try (DeviceServer server = server();
                DatagramSocket car = new DatagramSocket()) {
            line.appending(false);
            line.capacity(10);
            for (int i = 0; i < 50; i++) {
                send(car, i);
            }
            awaitCounter(Counter.READS_PAUSED, 1);
            assertThat(line.offered()).isEqualTo(10);
            line.capacity(Integer.MAX_VALUE);
            line.appending(true);
            awaitBsms(50);
            assertThat(line.journal(RecordKind.RECORD_KIND_BSM).stream().map(MemoryLine.Taken::number))
                    .as("each once and in order")
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(counters.get(Counter.UDP_LOST)).isZero();
            assertThat(counters.get(Counter.UDP_REPEATED)).isZero();
            assertThat(counters.get(Counter.UDP_RECEIVED)).isEqualTo(50);
            assertThat(server.sessions()).isOne();
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void aServerGoesDownWhileDatagramsWait() throws IOException {
        try (DeviceServer server = server();
                DatagramSocket car = new DatagramSocket()) {
            send(car, 0);
            awaitBsms(1);
            line.capacity(0);
            send(car, 1);
            send(car, 2);
            awaitCounter(Counter.READS_PAUSED, 1);
            assertThat(server.sessions()).isOne();
            line.capacity(Integer.MAX_VALUE);
        }
        assertThat(errors).isEmpty();
        assertThat(line.journal(RecordKind.RECORD_KIND_SESSION_CLOSED)).hasSize(1);
    }

    @Test
    void aDatagramCostsNoMoreThanItsAddress() throws IOException {
        register("source: 127.0.0.1, port: 1");
        final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        try (DeviceServer server = server();
                DatagramSocket stranger = new DatagramSocket()) {
            assertThat(server.port()).isPositive();
            final byte[] datagram = frame(0);
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                sendBursts(stranger, datagram, (long) round * BURSTS * BURST);
            }
            final long allocated = allocated();
            final long bsms = counters.get(Counter.UDP_RECEIVED);
            sendBursts(stranger, datagram, (long) WARM_UP_ROUNDS * BURSTS * BURST);
            final double each = (allocated() - allocated) / (double) (counters.get(Counter.UDP_RECEIVED) - bsms);
            System.out.printf("UdpChannelTest: %.1f B/datagram%n", each);
            assertThat(each).isLessThan(BYTES_PER_DATAGRAM);
        } finally {
            ResourceLeakDetector.setLevel(before);
        }
        assertThat(errors).isEmpty();
    }

    private DeviceServer server() throws IOException {
        final DeviceServer server = new DeviceServer(
                Rig.Configs.net(draft -> draft),
                new SessionConfig(29_999, 100, 60_000, 30_000, "SYNCED", 0, 2),
                registry,
                line,
                clock,
                counters,
                errors::add);
        final UdpEndpoint udp = server.takeDatagrams(UdpConfig.on(0));
        line.observe(server);
        server.driveLine(() -> {
            threadId.set(Thread.currentThread().threadId());
            return line.work();
        });
        server.start();
        port = udp.port();
        return server;
    }

    /** Datagrams that are no device's: what one of a device costs besides is told by DatagramAllocationTest. */
    private void sendBursts(final DatagramSocket from, final byte[] datagram, final long before) throws IOException {
        for (int burst = 1; burst <= BURSTS; burst++) {
            for (int i = 0; i < BURST; i++) {
                send(from, datagram);
            }
            final long wanted = before + (long) burst * BURST;
            Awaitility.await()
                    .pollDelay(0, TimeUnit.MILLISECONDS)
                    .pollInterval(100, TimeUnit.MICROSECONDS)
                    .until(() -> counters.get(Counter.UDP_RECEIVED) >= wanted);
        }
    }

    private void send(final DatagramSocket from, final int msgCnt) throws IOException {
        send(from, frame(msgCnt));
    }

    private void send(final DatagramSocket from, final byte[] datagram) throws IOException {
        from.send(new DatagramPacket(datagram, datagram.length, InetAddress.ofLiteral("127.0.0.1"), port));
    }

    private byte[] frame(final int msgCnt) {
        final int secMark = (int) (TimeUnit.NANOSECONDS.toMillis(clock.nanoTime()) % 60_000);
        return Datagrams.frame(Dialect.PHASE_1_2019, MessageKind.MESSAGE_KIND_BSM, Datagrams.bsm(1, msgCnt, secMark));
    }

    private void awaitBsms(final int count) {
        Awaitility.await()
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .untilAsserted(() ->
                        assertThat(line.journal(RecordKind.RECORD_KIND_BSM)).hasSize(count));
    }

    private void awaitCounter(final Counter counter, final long value) {
        Awaitility.await()
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .untilAsserted(() ->
                        assertThat(counters.get(counter)).as(counter.label()).isEqualTo(value));
    }

    private long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(threadId.get());
    }
}
