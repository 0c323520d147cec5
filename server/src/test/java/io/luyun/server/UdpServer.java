package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.monitor.Counter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A whole server that takes datagrams, and what is needed to send some and to look at what became of them. */
final class UdpServer implements AutoCloseable {
    final TestClock clock = new TestClock();

    private final Path directory;
    private final LuyunServer server;

    /**
     * Starts it.
     *
     * @param devices lines of the registry
     * @param net more settings of the device port, each led by a comma and a blank
     */
    UdpServer(final Path directory, final String devices, final String net) throws IOException {
        this.directory = directory;
        register(devices);
        server = LuyunServer.launch(ServerConfig.parse("test", """
                        data: data
                        net: {port: 0, insecure: true, registry: registry.yaml, registryPollMillis: 10%s}
                        udp: {enabled: true, port: 0}
                        session: {ackIntervalMicros: 0}
                        ops: {port: 0}
                        """.formatted(net), directory), clock);
    }

    void register(final String devices) throws IOException {
        Files.writeString(directory.resolve("registry.yaml"), "devices:\n" + devices);
    }

    void send(final DatagramSocket from, final byte... datagram) throws IOException {
        from.send(new DatagramPacket(datagram, datagram.length, InetAddress.getLoopbackAddress(), server.udpPort()));
    }

    TestDevice connect(final String id, final Role role, final long bootEpoch) throws IOException {
        return TestDevice.open(server.devicePort(), id, role, bootEpoch);
    }

    String transport() {
        return server.transport();
    }

    /** Lets time pass until the server's clock shows this millisecond of the minute. */
    void atMillisecond(final int secMark) {
        clock.passMillis(Math.floorMod(secMark - clock.secMark(), 60_000));
    }

    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanoTime());
    }

    long count(final Counter counter) {
        return server.monitors().counters().get(counter);
    }

    void awaitCount(final Counter counter, final long value) {
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .untilAsserted(
                        () -> assertThat(count(counter)).as(counter.label()).isEqualTo(value));
    }

    /** Waits until so many records of this kind are in the journal. */
    void awaitJournaled(final RecordKind kind, final int records) {
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .untilAsserted(() -> assertThat(journaled(kind)).as(kind.name()).hasSize(records));
    }

    /** Records of this kind in the journal, in order. */
    List<byte[]> journaled(final RecordKind kind) {
        final List<byte[]> payloads = new ArrayList<>();
        try (JournalReader reader =
                Journal.openReadOnly(directory.resolve("data/journal")).reader(1)) {
            while (reader.next()) {
                if (reader.kind() == kind.getNumber()) {
                    final byte[] bytes = new byte[reader.payloadLength()];
                    reader.buffer().getBytes(reader.payloadOffset(), bytes);
                    payloads.add(bytes);
                }
            }
        }
        return payloads;
    }

    /** Device numbers of the records of this kind in the journal, in order. */
    List<Integer> devicesOf(final RecordKind kind) {
        final List<Integer> devices = new ArrayList<>();
        try (JournalReader reader =
                Journal.openReadOnly(directory.resolve("data/journal")).reader(1)) {
            while (reader.next()) {
                if (reader.kind() == kind.getNumber()) {
                    devices.add(reader.deviceIndex());
                }
            }
        }
        return devices;
    }

    String http(final String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            final URI uri = URI.create("http://127.0.0.1:" + server.httpPort() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    /** Closes the server; nothing may have gone wrong in it, and its journal is sound. */
    @Override
    public void close() {
        server.close();
        assertThat(server.monitors().errors().distinct())
                .as("errors of the server itself")
                .isZero();
        assertThat(Journal.openReadOnly(directory.resolve("data/journal"))
                        .check()
                        .sound())
                .isTrue();
    }
}
