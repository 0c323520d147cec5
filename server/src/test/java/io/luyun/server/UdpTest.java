package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope.Layout;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Clpmm;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.SessionClosed;
import io.luyun.server.journal.Journal;
import io.luyun.server.monitor.Counter;
import io.luyun.server.net.LeakGuard;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices that send datagrams, with plain sockets, against a whole server; what they sent is read back from its journal. */
@ExtendWith(LeakGuard.class)
final class UdpTest {
    private static final int RUBBISH = 20_000;

    @TempDir
    private Path directory;

    private DatagramSocket car;
    private DatagramSocket platoon;
    private DatagramSocket stranger;

    @BeforeEach
    void open() throws IOException {
        car = socket();
        platoon = socket();
        stranger = socket();
    }

    @AfterEach
    void close() {
        car.close();
        platoon.close();
        stranger.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'', shared, epoll",
        "', transport: nio', shared, nio",
        "', loops: 2', dedicated, epoll",
    })
    void bothPhasesBareAndInEnvelopes(final String net, final String mode, final String transport) throws Exception {
        try (UdpServer server = new UdpServer(directory, devices(), ", mode: " + mode + net)) {
            assertThat(server.transport()).isEqualTo(transport);
            server.atMillisecond(Datagrams.CLPMM_SEC_MARK);
            final byte[] clpmm = HexFormat.of().parseHex(Datagrams.CLPMM);
            server.send(car, frame(server, 1, 0));
            server.send(platoon, clpmm);
            server.send(platoon, Datagrams.CLPMM_ADDITION);
            for (final Layout layout : new Layout[] {Layout.COUNTED, Layout.LENGTHS_FIRST}) {
                server.send(
                        stranger,
                        Datagrams.envelope(
                                layout, "R1003101", server.millis(), frame(server, 2, 0), frame(server, 3, 0)));
            }
            server.send(stranger, Datagrams.envelope(Layout.ONE_FRAME, "R1003102", server.millis(), clpmm));
            server.send(stranger, clpmm);

            server.awaitJournaled(RecordKind.RECORD_KIND_CLPMM, 3);
            server.awaitJournaled(RecordKind.RECORD_KIND_BSM, 5);
            server.awaitCount(Counter.REFUSED_UNKNOWN_SOURCE, 1);
            assertThat(server.count(Counter.UDP_RECEIVED)).isEqualTo(7);
            assertThat(server.count(Counter.UDP_REFUSED)).isOne();
            assertThat(server.count(Counter.UDP_REPEATED)).isEqualTo(3);
            final List<Integer> devices = server.devicesOf(RecordKind.RECORD_KIND_BSM);
            assertThat(devices.getFirst()).isNotEqualTo(devices.getLast());
            assertThat(devices.subList(1, 5)).containsOnly(devices.getLast());
            assertThat(Bsm.parseFrom(
                                    server.journaled(RecordKind.RECORD_KIND_BSM).get(4))
                            .getId()
                            .byteAt(7))
                    .isEqualTo((byte) 3);
            assertThat(Clpmm.parseFrom(server.journaled(RecordKind.RECORD_KIND_CLPMM)
                                    .getFirst())
                            .getSecMark())
                    .isEqualTo(Datagrams.CLPMM_SEC_MARK);
            assertThat(server.journaled(RecordKind.RECORD_KIND_RAW)).hasSize(1);
            assertThat(RawMessage.parseFrom(
                                    server.journaled(RecordKind.RECORD_KIND_RAW).getFirst())
                            .getPayload()
                            .toByteArray())
                    .isEqualTo(Datagrams.CLPMM_ADDITION);
        }
    }

    @Test
    void theDevicesOwnSessionIsNotTouched() throws Exception {
        try (UdpServer server = new UdpServer(directory, devices(), "");
                TestDevice device = server.connect("car", Role.ROLE_OBU, 77)) {
            for (int i = 0; i < 100; i++) {
                device.send(i + 1, Messages.bsm(9, server.clock.secMark(), 100, 10));
                server.send(car, frame(server, 1, i));
                server.send(car, (byte) i);
                device.awaitAck(i + 1);
                server.awaitCount(Counter.UDP_RECEIVED, 2 * i + 2);
            }
            server.awaitJournaled(RecordKind.RECORD_KIND_BSM, 200);
            assertThat(server.devicesOf(RecordKind.RECORD_KIND_BSM))
                    .as("one device")
                    .containsOnly(server.devicesOf(RecordKind.RECORD_KIND_BSM).getFirst());
            try (TestDevice again = server.connect("car", Role.ROLE_OBU, 77)) {
                assertThat(again.welcome().getLastNumber())
                        .as("datagrams do not use up its numbers")
                        .isEqualTo(100);
                server.send(car, frame(server, 1, 100));
                server.awaitJournaled(RecordKind.RECORD_KIND_BSM, 201);
            }
            assertThat(server.count(Counter.SESSIONS_TAKEN_OVER)).isOne();
            assertThat(server.count(Counter.JOURNAL_STALE)).isZero();
            assertThat(server.count(Counter.JOURNAL_DUPLICATES)).isZero();
        }
    }

    @Test
    void aGoodDeviceIsHeardThroughAFloodOfRubbish() throws Exception {
        final long seed = System.nanoTime();
        System.out.println("UdpTest: seed " + seed);
        try (UdpServer server = new UdpServer(directory, devices(), "");
                TestDevice device = server.connect("other", Role.ROLE_OBU, 1);
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            final Future<?> flood = thread.submit(() -> {
                flood(server, new Random(seed));
                return null;
            });
            int sent = 0;
            while (!flood.isDone() || sent < 100) {
                server.send(car, frame(server, 1, sent++ & 127));
                device.send(sent, Messages.bsm(9, server.clock.secMark(), 100, 10));
                device.awaitAck(sent);
            }
            flood.get();
            // what the kernel let fall is told by the count of the last one
            final int last = sent;
            server.send(car, frame(server, 1, last & 127));
            final long ofDevice = last;
            Awaitility.await()
                    .untilAsserted(() -> assertThat(
                                    server.journaled(RecordKind.RECORD_KIND_BSM).size()
                                            - ofDevice
                                            + server.count(Counter.UDP_LOST))
                            .isEqualTo(last + 1));
            System.out.println("UdpTest: " + last + " sent beside " + RUBBISH + ", lost in the kernel "
                    + server.count(Counter.UDP_LOST) + ", rubbish seen " + server.count(Counter.UDP_REFUSED));
            assertThat(server.count(Counter.UDP_LOST)).isLessThan(last);
            assertThat(server.count(Counter.UDP_REFUSED)).isPositive();
            assertThat(server.count(Counter.SESSIONS_CLOSED)).isZero();
        }
    }

    @Test
    void anotherRegistryHoldsWithoutARestart() throws Exception {
        try (UdpServer server = new UdpServer(directory, devices(), "")) {
            server.send(stranger, frame(server, 1, 0));
            server.awaitCount(Counter.REFUSED_UNKNOWN_SOURCE, 1);
            server.send(car, frame(server, 1, 0));
            server.awaitJournaled(RecordKind.RECORD_KIND_BSM, 1);

            server.register("  - {id: stranger, role: OBU, dialect: phase2, udp: {source: 127.0.0.0/8, port: "
                    + stranger.getLocalPort() + "}}\n");
            server.awaitCount(Counter.SESSIONS_CLOSED, 1);
            server.send(stranger, frame(server, 1, 1));
            server.send(car, frame(server, 1, 1));
            server.awaitCount(Counter.REFUSED_UNKNOWN_SOURCE, 2);
            server.awaitJournaled(RecordKind.RECORD_KIND_BSM, 2);
            assertThat(SessionClosed.parseFrom(server.journaled(RecordKind.RECORD_KIND_SESSION_CLOSED)
                                    .getFirst())
                            .getReason())
                    .isEqualTo("revoked");
        }
    }

    @Test
    void aRestartGoesOnWithAnotherNumbering() throws Exception {
        for (int run = 1; run <= 3; run++) {
            final UdpServer server = new UdpServer(directory, devices(), "");
            try (server) {
                server.clock.passMillis(3_600_000L * run);
                for (int i = 0; i < 10; i++) {
                    server.send(car, frame(server, 1, i));
                }
                server.awaitCount(Counter.UDP_RECEIVED, 10);
            }
            assertThat(server.journaled(RecordKind.RECORD_KIND_BSM)).hasSize(10 * run);
            assertThat(server.journaled(RecordKind.RECORD_KIND_SESSION_CLOSED)).hasSize(run);
        }
    }

    @Test
    void whatWasCountedIsInTheStatusAndTheMetrics() throws Exception {
        try (UdpServer server = new UdpServer(directory, devices(), "")) {
            for (final int count : new int[] {1, 4, 3, 4}) {
                server.send(car, frame(server, 1, count));
            }
            server.send(stranger, (byte) 1);
            server.awaitCount(Counter.UDP_RECEIVED, 5);
            assertThat(server.http("/api/v1/status"))
                    .contains("\"udp_received\":5")
                    .contains("\"udp_refused\":1")
                    .contains("\"udp_lost\":2")
                    .contains("\"udp_late\":1")
                    .contains("\"udp_repeated\":1")
                    .contains("\"unknown_source\":1")
                    .contains("\"raw_kept\":0");
            assertThat(server.http("/metrics")).contains("luyun_udp_lost_total 2.0");
            assertThat(server.http("/api/v1/devices"))
                    .contains("\"remote\":\"127.0.0.1:" + car.getLocalPort() + "\",\"protocol\":\"udp\"")
                    .contains("\"gaps\":2,");
        }
    }

    @Test
    void aProcessSaysWhereItTakesDatagramsAndKeepsThemWhenItIsToldToEnd() throws Exception {
        Files.writeString(
                directory.resolve("registry.yaml"),
                "devices: [{id: car, role: OBU, dialect: 2019, udp: {source: 127.0.0.0/8}}]");
        final Path config = Files.writeString(directory.resolve("luyun.yaml"), """
                data: data
                net: {port: 0, insecure: true, registry: registry.yaml}
                udp: {enabled: true, port: 0, host: 0.0.0.0, trustAddresses: true}
                ops: {port: 0}
                """);
        try (ServerProcess server = ServerProcess.start(config, directory.resolve("server.log"))) {
            final int port = server.awaitReady(Pattern.compile("READY .* udp=0\\.0\\.0\\.0:(\\d+)"));
            final int secMark = (int) (System.currentTimeMillis() % 60_000);
            final byte[] frame =
                    Datagrams.frame(Dialect.PHASE_1_2019, MessageKind.MESSAGE_KIND_BSM, Datagrams.bsm(1, 1, secMark));
            car.send(new DatagramPacket(frame, frame.length, InetAddress.getLoopbackAddress(), port));
            Awaitility.await().untilAsserted(() -> assertThat(bsms()).isOne());
            server.terminate();
        }
        assertThat(bsms()).isOne();
    }

    private long bsms() {
        return Journal.openReadOnly(directory.resolve("data/journal"))
                .check()
                .byKind()
                .getOrDefault(RecordKind.RECORD_KIND_BSM_VALUE, 0L);
    }

    private void flood(final UdpServer server, final Random random) throws IOException {
        for (int i = 0; i < RUBBISH; i++) {
            final byte[] rubbish = new byte[random.nextInt(1_200)];
            random.nextBytes(rubbish);
            // the first bits make a frame of no kind there is, so that no good one comes of it
            if (rubbish.length > 0) {
                rubbish[0] = 0x70;
            }
            server.send(i % 2 == 0 ? stranger : car, rubbish);
        }
    }

    private String devices() {
        return """
                  - {id: car, role: OBU, dialect: 2019, udp: {source: 127.0.0.1, port: %d}}
                  - {id: platoon, role: OBU, dialect: phase2, udp: {source: 127.0.0.0/8, port: %d}}
                  - {id: rsu, role: RSU, dialect: 2019, kinds: [BSM], udp: {source: 127.0.0.1, envelopeId: R1003101}}
                  - {id: rsu-2, role: RSU, dialect: phase2, kinds: [CLPMM], udp: {source: 127.0.0.1, envelopeId: R1003102}}
                  - {id: other, role: OBU}
                """.formatted(car.getLocalPort(), platoon.getLocalPort());
    }

    private static byte[] frame(final UdpServer server, final int vehicle, final int msgCnt) {
        return Datagrams.frame(
                Dialect.PHASE_1_2019,
                MessageKind.MESSAGE_KIND_BSM,
                Datagrams.bsm(vehicle, msgCnt, server.clock.secMark()));
    }

    private static DatagramSocket socket() throws IOException {
        return new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    }
}
