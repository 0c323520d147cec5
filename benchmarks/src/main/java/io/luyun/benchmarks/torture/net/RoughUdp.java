package io.luyun.benchmarks.torture.net;

import com.google.protobuf.ByteString;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.benchmarks.torture.Trial;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.UperEncoder;
import io.luyun.proto.v1.Acceleration4Way;
import io.luyun.proto.v1.BrakeStatus;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.TransmissionState;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.proto.v1.VehicleSize;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The datagrams of F9: what the server says it lost, held against what was left out on the way. */
final class RoughUdp {
    private static final int SENDERS = 10;
    private static final int ROUNDS_A_CYCLE = 200;
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final double TOLERANCE = 0.001;
    private static final int COUNTS = 128;
    private static final int MINUTE_MILLIS = 60_000;
    private static final String RECEIVED = "udp_received";
    private static final int DROPS_COLUMN = 12;

    private final Trial trial;
    private final Outcome.Notes notes;
    private final UperEncoder encoder = new UperEncoder();

    RoughUdp(final Trial trial, final Outcome.Notes notes) {
        this.trial = trial;
        this.notes = notes;
    }

    void run() throws IOException, InterruptedException {
        final Map<String, List<UdpRelay>> legs = new LinkedHashMap<>();
        try {
            legs.put("loss 1 %", relays(new UdpRelay.Odds(0.01, 0, 0)));
            legs.put("loss 5 %, twice 5 %", relays(new UdpRelay.Odds(0.05, 0.05, 0)));
            legs.put("loss 30 %, swapped 10 %", relays(new UdpRelay.Odds(0.3, 0, 0.1)));
            final List<UdpRelay> all =
                    legs.values().stream().flatMap(List::stream).toList();
            final Path directory = Files.createDirectories(trial.directory().resolve("udp"));
            final Setup setup = Setup.exactly(directory, settings(directory, all));
            try (Subject server = Subject.start(setup.start());
                    Face face = face(server)) {
                for (final Map.Entry<String, List<UdpRelay>> leg : legs.entrySet()) {
                    leg(leg.getKey(), leg.getValue(), face, server.port("udp"));
                }
                notes.expect(server.endsInOrder(), "the server of the datagrams did not end in order");
            }
        } finally {
            legs.values().forEach(relays -> relays.forEach(UdpRelay::close));
        }
    }

    private List<UdpRelay> relays(final UdpRelay.Odds odds) throws IOException {
        final List<UdpRelay> relays = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            relays.add(new UdpRelay(odds, trial.seed() + sender));
        }
        return relays;
    }

    private void leg(final String name, final List<UdpRelay> relays, final Face face, final int port)
            throws IOException, InterruptedException {
        final Map<String, Long> before = face.counters();
        final long dropsBefore = kernelDrops(port);
        send(relays, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        final long target = before.getOrDefault(RECEIVED, 0L) + sum(relays, UdpRelay::sent) + dropsBefore;
        final Map<String, Long> since = new HashMap<>(settled(face, port, target));
        since.replaceAll((counter, value) -> value - before.getOrDefault(counter, 0L));
        judge(name, relays, since, kernelDrops(port) - dropsBefore);
        trial.say().accept(name + ": done");
    }

    private static Face face(final Subject server) throws IOException, InterruptedException {
        // the port is known from then on
        server.awaitReady();
        return new Face(server.port("http"));
    }

    private static String settings(final Path directory, final List<UdpRelay> relays) throws IOException {
        final StringBuilder registry = new StringBuilder("devices:\n");
        for (final UdpRelay relay : relays) {
            registry.append(String.format(
                    Locale.ROOT,
                    "  - {id: udp-%d, role: OBU, dialect: phase2, udp: {source: 127.0.0.1, port: %d}}%n",
                    relay.port(),
                    relay.port()));
        }
        final Path file = Files.writeString(directory.resolve("registry.yaml"), registry);
        return """
                net: {port: 0, insecure: true, registry: %s}
                ops: {port: 0}
                evidence: {enabled: false}
                session: {clockToleranceMillis: 29999}
                udp: {enabled: true, port: 0, receiveBufferKiB: 4096}
                """.formatted(file) + Setup.SMALL_JOURNAL;
    }

    private void send(final List<UdpRelay> relays, final InetSocketAddress server) throws IOException {
        final int rounds = ROUNDS_A_CYCLE * trial.cycles();
        long dueNs = System.nanoTime();
        for (int round = 0; round <= rounds; round++) {
            for (int sender = 0; sender < relays.size(); sender++) {
                final byte[] datagram = bsm(sender, round);
                relays.get(sender).to(server);
                if (round == 0 || round == rounds) {
                    relays.get(sender).pass(datagram);
                } else {
                    relays.get(sender).toss(datagram);
                }
            }
            dueNs += ROUND_NANOS;
            LockSupport.parkNanos(dueNs - System.nanoTime());
        }
    }

    /** Counters once everything that came through the kernel has been read. */
    private static Map<String, Long> settled(final Face face, final int port, final long target)
            throws IOException, InterruptedException {
        final long deadlineNs = System.nanoTime() + SETTLE_NANOS;
        Map<String, Long> counters = face.counters();
        while (counters.getOrDefault(RECEIVED, 0L) + kernelDrops(port) < target && System.nanoTime() < deadlineNs) {
            TimeUnit.MILLISECONDS.sleep(20);
            counters = face.counters();
        }
        return counters;
    }

    private void judge(
            final String name, final List<UdpRelay> relays, final Map<String, Long> counters, final long kernelDrops) {
        final long sent = sum(relays, UdpRelay::sent);
        final long dropped = sum(relays, UdpRelay::dropped) + kernelDrops;
        final long lost = counters.getOrDefault("udp_lost", 0L) - counters.getOrDefault("udp_late", 0L);
        final long received = counters.getOrDefault(RECEIVED, 0L);
        notes.figure(name + ": dropped", dropped)
                .figure(name + ": of them by the kernel", kernelDrops)
                .figure(name + ": counted as lost", lost)
                .expect(
                        received + kernelDrops == sent,
                        "%s: %d datagrams left the relay, %d came and the kernel dropped %d"
                                .formatted(name, sent, received, kernelDrops))
                .expect(
                        // of what the kernel dropped behind the last that came nobody can hear
                        Math.abs(lost - dropped) <= TOLERANCE * dropped + kernelDrops,
                        "%s: %d were dropped, %d are counted as lost".formatted(name, dropped, lost));
        if (kernelDrops == 0) {
            expectCount(name, "came twice", sum(relays, UdpRelay::doubled), counters, "udp_repeated");
            expectCount(name, "were swapped", sum(relays, UdpRelay::swapped), counters, "udp_late");
        }
        expectCount(name, "were refused", 0, counters, "udp_refused");
    }

    private void expectCount(
            final String name,
            final String what,
            final long expected,
            final Map<String, Long> counters,
            final String counter) {
        final long counted = counters.getOrDefault(counter, -1L);
        notes.expect(counted == expected, "%s: %d %s, %s is %d".formatted(name, expected, what, counter, counted));
    }

    private static long sum(final List<UdpRelay> relays, final ToLongFunction<UdpRelay> what) {
        return relays.stream().mapToLong(what).sum();
    }

    /** What the kernel has dropped because nobody read the socket in time. */
    private static long kernelDrops(final int port) throws IOException {
        final String suffix = String.format(Locale.ROOT, ":%04X", port);
        long drops = 0;
        for (final String line : Files.readAllLines(Path.of("/proc/net/udp"))) {
            final String[] columns = line.trim().split("\\s+");
            if (columns.length > DROPS_COLUMN && columns[1].endsWith(suffix)) {
                drops += Long.parseLong(columns[DROPS_COLUMN]);
            }
        }
        return drops;
    }

    private byte[] bsm(final int sender, final int round) {
        final Bsm bsm = Bsm.newBuilder()
                .setMsgCnt(round % COUNTS)
                .setId(ByteString.copyFrom(
                        ByteBuffer.allocate(Long.BYTES).putLong(1 + sender).array()))
                .setSecMark((int) (System.currentTimeMillis() % MINUTE_MILLIS))
                .setPos(Position.newBuilder().setLat(296_000_000 + round).setLon(1_063_000_000 + 10_000 * sender))
                .setTransmission(TransmissionState.TRANSMISSION_FORWARD_GEARS)
                .setSpeed(500)
                .setHeading(0)
                .setAccel(Acceleration4Way.newBuilder().setYawRate(0))
                .setBrakes(BrakeStatus.newBuilder().setBrakePedal(1))
                .setSize(VehicleSize.newBuilder().setWidth(180).setLength(450))
                .setVehicleClass(VehicleClassification.newBuilder().setClassification(10))
                .build();
        final UnsafeBuffer canonical = new UnsafeBuffer(bsm.toByteArray());
        final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
        final int length = encoder.encode(
                Dialect.PHASE_2, MessageKind.MESSAGE_KIND_BSM_VALUE, canonical, 0, canonical.capacity(), out, 0);
        if (length < 0) {
            throw new IllegalStateException(String.valueOf(encoder.violation()));
        }
        return Arrays.copyOf(out.byteArray(), length);
    }
}
