package io.luyun.benchmarks.torture.net;

import io.luyun.benchmarks.torture.Books;
import io.luyun.benchmarks.torture.Commuters;
import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Identity;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.benchmarks.torture.Trial;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** F11: peers that take their time, and peers that talk rubbish, on every port at once. */
final class Slowloris implements Fault {
    private static final int VEHICLES = 10;
    private static final int FEW = 20;
    private static final int MANY = 1_000;
    private static final int MANY_CYCLES = 100;
    private static final int GARBAGE_BYTES = 3_000;
    private static final int TIMEOUT_SECONDS = 3;
    private static final double LIMIT_SECONDS = TIMEOUT_SECONDS + 1.0;
    private static final double HUNG_SECONDS = 10.0 * LIMIT_SECONDS;
    private static final long WINDOW_SECONDS = 3;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** Both windows are short and share the machine with the pests. */
    private static final double LEAST_RATIO = 0.5;

    private static final byte[] NOTHING = {};
    private static final String SETTINGS = """
            net: {port: 0, insecure: true, helloTimeoutMillis: 3000, frameTimeoutMillis: 3000, tls: {handshakeTimeoutMillis: 3000%s}}
            mqtt: {enabled: true, port: 0}
            ops: {port: 0, requestTimeoutMillis: 3000}
            evidence: {enabled: false}
            session: {clockToleranceMillis: 29999}
            """ + Setup.SMALL_JOURNAL;

    @Override
    public String id() {
        return "F11";
    }

    @Override
    public String what() {
        return "half handshakes, a byte a second, garbage on every port";
    }

    @Override
    public String promise() {
        return "all are shown out within the time-out and 1 s, vehicles go on; 0 acknowledged lost";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final Outcome.Notes notes = new Outcome.Notes();
        final int each = trial.cycles() >= MANY_CYCLES ? MANY : FEW;
        plain(trial, each, notes);
        final Identity identity = Identity.make(trial.directory());
        encrypted(trial, identity, each, notes);
        return notes.outcome();
    }

    private static void plain(final Trial trial, final int each, final Outcome.Notes notes)
            throws IOException, InterruptedException {
        final Setup setup = Setup.exactly(trial.directory(), SETTINGS.formatted(""));
        final Commuters vehicles = new Commuters(1, VEHICLES, AckLevel.ACK_LEVEL_SYNCED);
        try (Subject server = Subject.start(setup.start())) {
            server.awaitReady();
            vehicles.depart(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            vehicles.awaitAcknowledged(1, PATIENCE_NANOS);
            final long before = window(vehicles);
            final long[] during = new long[1];
            final Map<String, List<Pest>> kinds = kinds(server, trial.random(), each);
            bother(kinds, notes, () -> during[0] = window(vehicles));
            notes.figure("pests", kinds.values().stream().mapToInt(List::size).sum())
                    .figure(
                            "vehicles' messages with them, of those without",
                            "%.2f".formatted((double) during[0] / before))
                    .inTime(
                            during[0] >= LEAST_RATIO * before,
                            "vehicles brought %d in the time, %d before".formatted(during[0], before))
                    .expect(vehicles.breaks() == 0, "connections of vehicles have broken: " + vehicles.breaks())
                    .expect(vehicles.halt(PATIENCE_NANOS), "vehicles were not answered")
                    .expect(server.endsInOrder(), "the server did not end in order");
        }
        notes.account(Books.of(setup.journal(), vehicles.ledgers()));
    }

    /** What runs beside the pests. */
    private interface Beside {
        void run() throws InterruptedException;
    }

    private static void encrypted(final Trial trial, final Identity identity, final int each, final Outcome.Notes notes)
            throws IOException, InterruptedException {
        final Path home = Files.createDirectories(trial.directory().resolve("tls"));
        final Setup setup = Setup.exactly(
                home,
                SETTINGS.formatted(
                        ", enabled: true, certificate: %s, key: %s".formatted(identity.certificate(), identity.key())));
        final Commuters vehicles = new Commuters(1, VEHICLES, AckLevel.ACK_LEVEL_SYNCED);
        try (Subject server = Subject.start(setup.start())) {
            server.awaitReady();
            try (TcpRelay tunnel = new TcpRelay(
                    () -> identity.trusting().createSocket(InetAddress.getLoopbackAddress(), server.port()), 1)) {
                vehicles.depart(tunnel.address());
                notes.expect(vehicles.awaitAcknowledged(1, PATIENCE_NANOS), "nothing goes over TLS");
                final byte[] half = halfHandshake();
                final Map<String, List<Pest>> kinds = new LinkedHashMap<>();
                kinds.put("half handshake", same(each, new Pest(server.port(), half, NOTHING)));
                kinds.put("handshake drip", same(each, new Pest(server.port(), half, new byte[] {0})));
                kinds.put("MQTT half handshake", same(each, new Pest(server.port("mqtt"), half, NOTHING)));
                final long before = vehicles.acknowledged();
                bother(kinds, notes, () -> TimeUnit.SECONDS.sleep(1));
                notes.expect(vehicles.acknowledged() > before, "vehicles over TLS stand still");
                notes.expect(vehicles.halt(PATIENCE_NANOS), "vehicles over TLS were not answered");
            }
            notes.expect(server.endsInOrder(), "the server with TLS did not end in order");
        }
        Books.of(setup.journal(), vehicles.ledgers()).troubles().forEach(line -> notes.trouble("TLS: " + line));
    }

    private static void bother(final Map<String, List<Pest>> kinds, final Outcome.Notes notes, final Beside beside)
            throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            final Map<String, List<Future<Double>>> running = new LinkedHashMap<>();
            kinds.forEach((kind, pests) ->
                    running.put(kind, pests.stream().map(threads::submit).toList()));
            beside.run();
            for (final Map.Entry<String, List<Future<Double>>> kind : running.entrySet()) {
                double longest = 0;
                int forgotten = 0;
                for (final Future<Double> pest : kind.getValue()) {
                    final double seconds = pest.get();
                    forgotten += seconds == Pest.FORGOTTEN ? 1 : 0;
                    longest = Math.max(longest, seconds);
                }
                if (forgotten > 0) {
                    notes.figure(kind.getKey() + " forgotten by the kernel", forgotten);
                }
                notes.figure(kind.getKey() + " at most s", "%.1f".formatted(longest))
                        .expect(longest <= HUNG_SECONDS, kind.getKey() + ": borne on and on")
                        .inTime(
                                longest <= LIMIT_SECONDS,
                                "%s: borne for %.1f s, at most %.1f are promised"
                                        .formatted(kind.getKey(), longest, LIMIT_SECONDS));
            }
        } catch (final ExecutionException e) {
            throw new IOException("a pest could not come in: " + e.getMessage(), e);
        }
    }

    private static Map<String, List<Pest>> kinds(final Subject server, final Random random, final int each)
            throws IOException {
        final int devices = server.port();
        final int http = server.port("http");
        final int mqtt = server.port("mqtt");
        final byte[] drip = {'a'};
        final byte[] head = "GET /livez HTTP/1.1\r\nhost: localhost\r\nx: ".getBytes(StandardCharsets.US_ASCII);
        final Map<String, List<Pest>> kinds = new LinkedHashMap<>();
        kinds.put("silent", same(each, new Pest(devices, NOTHING, NOTHING)));
        kinds.put("hello drip", same(each, new Pest(devices, new byte[] {100}, new byte[] {10})));
        final List<Pest> welcome = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            welcome.add(new Pest(devices, helloAndMore(i), new byte[] {0}));
        }
        kinds.put("frame drip", welcome);
        kinds.put("MQTT silent", same(each, new Pest(mqtt, NOTHING, NOTHING)));
        kinds.put("MQTT drip", same(each, new Pest(mqtt, new byte[] {0x10, 100}, new byte[] {0})));
        kinds.put("HTTP silent", same(each, new Pest(http, NOTHING, NOTHING)));
        kinds.put("HTTP head drip", same(each, new Pest(http, head, drip)));
        for (final Map.Entry<String, Integer> port : Map.of(
                        "garbage", devices, "MQTT garbage", mqtt, "HTTP garbage", http)
                .entrySet()) {
            final List<Pest> garbage = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                final byte[] bytes = new byte[GARBAGE_BYTES];
                random.nextBytes(bytes);
                garbage.add(new Pest(port.getValue(), bytes, NOTHING));
            }
            kinds.put(port.getKey(), garbage);
        }
        return kinds;
    }

    private static List<Pest> same(final int each, final Pest pest) {
        return Collections.nCopies(each, pest);
    }

    /** A good hello, and the first byte of a frame that never ends. */
    private static byte[] helloAndMore(final int pest) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        DeviceFrame.newBuilder()
                .setHello(Hello.newBuilder()
                        .setProtocol(1)
                        .setDeviceId("pest-" + pest)
                        .setRole(Role.ROLE_OBU)
                        .setBootEpoch(1)
                        .setAckLevel(AckLevel.ACK_LEVEL_SYNCED))
                .build()
                .writeDelimitedTo(out);
        out.write(100);
        return out.toByteArray();
    }

    /** The head of a TLS record that holds a hello of 512 bytes, and the first bytes of that. */
    private static byte[] halfHandshake() {
        return new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3};
    }

    private static long window(final Commuters vehicles) throws InterruptedException {
        final long before = vehicles.acknowledged();
        TimeUnit.SECONDS.sleep(WINDOW_SECONDS);
        return vehicles.acknowledged() - before;
    }
}
