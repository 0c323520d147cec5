package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.FaultyDisk;
import io.luyun.server.journal.Journal;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.ErrorLog;
import io.luyun.server.net.DeviceServer;
import io.luyun.server.net.NetConfig;
import io.luyun.server.ops.NotReady;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.session.SessionConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each state in which no messages are taken or acknowledged is told as what it is, counted, and over when it is over. */
final class ReadinessTest {
    private static final int SLOW_MILLIS = 100;
    private static final String QUICK = "service: {slowMillis: " + SLOW_MILLIS + "}\n";

    @TempDir
    private Path directory;

    /** The wall clock is asked while the journal opens and while the line ends: then it looks, as a stranger does. */
    @Test
    void tellsThatItStartsAndThatItStops() throws IOException {
        final int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        final Set<String> told = new LinkedHashSet<>();
        final SystemEpochNanoClock real = new SystemEpochNanoClock();
        final LuyunServer server =
                LuyunServer.launch(ServerConfig.parse("test", """
                        data: data
                        net: {port: 0, insecure: true, mode: dedicated}
                        ops: {port: %d}
                        """.formatted(port), directory), () -> {
                    synchronized (told) {
                        told.add(readyz(port));
                    }
                    return real.nanoTime();
                });
        assertThat(readyz(port)).isEqualTo("200 ready\n");
        server.close();
        assertThat(server.monitors().counters().get(Counter.NOT_READY_STARTING)).isEqualTo(1);
        assertThat(server.monitors().counters().get(Counter.NOT_READY_STOPPING)).isEqualTo(1);
        assertThat(told)
                .contains(
                        "503 not ready: starting: the journal is being scanned\n",
                        "503 not ready: shutting down: what has been taken is being acknowledged\n");
    }

    @Test
    void tellsThatTheDiskIsNearlyFull() throws IOException {
        try (TestServer server = new TestServer(
                directory, "shared", new TestClock(), "journal: {diskLowMiB: 999999999, diskHighMiB: 1000000000}\n")) {
            assertThat(readyz(server.httpPort()))
                    .matches("503 not ready: disk low: \\d+ MiB free, 1000000000 MiB needed\n");
            assertThat(server.count(Counter.NOT_READY_DISK_LOW)).isEqualTo(1);
            final JsonNode status = status(server.httpPort());
            assertThat(status.at("/cause").asText()).isEqualTo("disk_low");
            assertThat(status.at("/reason").asText()).startsWith("disk low: ");
            assertThat(status.at("/counters/not_ready_disk_low").asInt()).isEqualTo(1);
        }
    }

    @Test
    void tellsThatTheLineStandsStill() throws Exception {
        try (TestServer server = new TestServer(directory, "dedicated", new TestClock(), QUICK)) {
            awaitReadyz(server.httpPort(), "200 ready\n"::equals);
            final CountDownLatch held = new CountDownLatch(1);
            server.running().running().ask((world, names) -> {
                try {
                    held.await();
                } catch (final InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            awaitReadyz(
                    server.httpPort(), line -> line.matches("503 not ready: the line has stood still for \\d+ ms\n"));
            assertThat(server.running().turns()).isFalse();
            held.countDown();
            awaitReadyz(server.httpPort(), "200 ready\n"::equals);
            assertThat(server.running().turns()).isTrue();
            assertThat(server.count(Counter.NOT_READY_LINE_STILL)).isPositive();
        }
    }

    /** Where the next file of the journal has to go, there is something else. */
    @Test
    void tellsThatTheJournalHasFailed() throws IOException {
        final TestClock clock = new TestClock();
        final LuyunServer server = LuyunServer.launch(ServerConfig.parse("test", """
                        data: data
                        net: {port: 0, insecure: true, mode: shared}
                        ops: {port: 0}
                        """, directory), clock);
        try (server) {
            awaitReadyz(server.httpPort(), "200 ready\n"::equals);
            final Path run;
            try (Stream<Path> runs = Files.list(directory.resolve("data/journal"))) {
                run = runs.filter(Files::isDirectory).findFirst().orElseThrow();
            }
            Files.move(run, run.resolveSibling("taken-away"));
            Files.createFile(run);
            clock.passMillis(2 * 3_600_000);
            awaitReadyz(
                    server.httpPort(),
                    line -> line.startsWith("503 not ready: the journal has failed: cannot append to the journal: "));
            assertThat(server.failed()).isTrue();
            assertThat(server.monitors().counters().get(Counter.NOT_READY_JOURNAL_FAILED))
                    .isEqualTo(1);
        }
    }

    /** The same parts as in a server, on a disk that does what it is told. */
    @Test
    void tellsOfThePortAndOfTheDisk() throws Exception {
        final FaultyDisk disk = new FaultyDisk();
        final Counters counters = new Counters();
        try (Journal journal = disk.open(directory.resolve("journal"));
                Journal alerts = new FaultyDisk().open(directory.resolve("alerts"));
                DeviceServer devices = new DeviceServer(
                        NetConfig.insecure(0),
                        SessionConfig.defaults(),
                        DeviceRegistry.everyone(),
                        new JournalLine(journal, alerts),
                        new SystemEpochNanoClock(),
                        counters,
                        new ErrorLog(counters))) {
            final Readiness readiness = new Readiness(SLOW_MILLIS);
            final LinePulse pulse = new LinePulse(System::nanoTime, 3_600_000);
            readiness.opened(journal, alerts, pulse);
            readiness.running(devices);
            assertThat(readiness.notReady())
                    .isEqualTo(new NotReady(Counter.NOT_READY_PORT_CLOSED, "the device port is not open"));
            devices.start();
            assertThat(readiness.notReady()).isNull();

            disk.hang();
            append(journal);
            final NotReady slow = await().until(readiness::notReady, found -> found != null);
            assertThat(slow.cause()).isEqualTo(Counter.NOT_READY_SYNC_SLOW);
            assertThat(slow.reason()).matches("the journal has waited for the disk for \\d+ ms");
            disk.goOn();
            await().until(() -> readiness.notReady() == null);

            disk.fail();
            append(journal);
            await().until(readiness::failed);
            assertThat(readiness.notReady())
                    .isEqualTo(
                            new NotReady(
                                    Counter.NOT_READY_JOURNAL_FAILED,
                                    "the journal has failed: cannot sync the journal: java.io.IOException: input/output error"));
        }
    }

    /** Sessions are refused for the journal of alerts as well: then it is not ready either. */
    @Test
    void tellsThatTheJournalOfAlertsHasFailed() throws Exception {
        final FaultyDisk disk = new FaultyDisk();
        final Counters counters = new Counters();
        try (Journal journal = new FaultyDisk().open(directory.resolve("journal"));
                Journal alerts = disk.open(directory.resolve("alerts"));
                DeviceServer devices = new DeviceServer(
                        NetConfig.insecure(0),
                        SessionConfig.defaults(),
                        DeviceRegistry.everyone(),
                        new JournalLine(journal, alerts),
                        new SystemEpochNanoClock(),
                        counters,
                        new ErrorLog(counters))) {
            devices.start();
            final Readiness readiness = new Readiness(SLOW_MILLIS);
            readiness.opened(journal, alerts, new LinePulse(System::nanoTime, 3_600_000));
            readiness.running(devices);
            disk.fail();
            append(alerts);
            await().until(readiness::failed);
            assertThat(readiness.notReady().reason()).startsWith("the journal of alerts has failed: ");
        }
    }

    @Test
    void tellsThatTheCoreIsBehind() {
        final AtomicLong now = new AtomicLong();
        final LinePulse pulse = new LinePulse(now::get, SLOW_MILLIS);
        pulse.turned(1_000, 0);
        for (int turn = 1; turn <= 10; turn++) {
            now.addAndGet(20_000_000);
            pulse.turned(1_000 + turn * 100, 900 + turn * 100);
            assertThat(pulse.complaint())
                    .as("a hundred records behind, yet it keeps up")
                    .isNull();
        }
        for (int turn = 1; turn <= 7; turn++) {
            now.addAndGet(20_000_000);
            pulse.turned(2_000 + turn * 100, 1_900);
        }
        assertThat(pulse.complaint())
                .isEqualTo(new NotReady(
                        Counter.NOT_READY_CORE_BEHIND, "the core is 140 ms behind the journal: alerts are late"));
        assertThat(pulse.turns()).as("the line goes on").isTrue();
        pulse.turned(2_700, 2_700);
        assertThat(pulse.complaint()).isNull();
    }

    private static void append(final Journal journal) {
        journal.writer()
                .append(RecordKind.RECORD_KIND_TICK_VALUE, -1, 0, System.nanoTime(), new UnsafeBuffer(0, 0), 0, 0);
    }

    private static void awaitReadyz(final int port, final Predicate<String> expected) {
        await().until(() -> readyz(port), expected);
    }

    private static JsonNode status(final int port) throws IOException {
        try (var answer = URI.create("http://127.0.0.1:" + port + "/api/v1/status")
                .toURL()
                .openStream()) {
            return new ObjectMapper().readTree(answer);
        }
    }

    /** Code and text; empty where nobody listens. */
    private static String readyz(final int port) {
        try {
            final HttpURLConnection asked = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/readyz").toURL().openConnection();
            final int code = asked.getResponseCode();
            try (var in = code < 400 ? asked.getInputStream() : asked.getErrorStream()) {
                return code + " " + new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (final java.net.ConnectException e) {
            return "";
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
