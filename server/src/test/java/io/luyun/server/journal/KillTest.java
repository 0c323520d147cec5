package io.luyun.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that appends, at random instants; what it had acknowledged before is in the journal, once. */
final class KillTest {
    private static final int KILLS = 6;
    private static final int KILLS_AT_LEAST = 4;
    private static final long BUDGET_NS = 20_000_000_000L;
    private static final String DEVICE = "obu-1";

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void keepsWhatItAcknowledged() throws Exception {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final Path journal = directory.resolve("journal");
        final Set<Long> acknowledged = new HashSet<>();
        long acknowledgedUpTo = 0;
        final long startNs = System.nanoTime();
        int kills = 0;
        Process next = start(journal);
        // On a machine that is busy with other things fewer kills must do.
        while (kills < KILLS && (kills < KILLS_AT_LEAST || System.nanoTime() - startNs < BUDGET_NS)) {
            kills++;
            final Process process = next;
            next = start(journal);
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            try (BufferedReader ledger =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
                String line = ledger.readLine();
                assertThat(line).as("the child's first line").startsWith("ready");
                final long deadlineNs = System.nanoTime() + random.nextInt(300_000_000);
                while (line != null) {
                    if (line.startsWith("acked ")) {
                        final long upTo = Long.parseLong(line.substring(6));
                        for (long number = acknowledgedUpTo + 1; number <= upTo; number++) {
                            acknowledged.add(number);
                        }
                        acknowledgedUpTo = Math.max(acknowledgedUpTo, upTo);
                    }
                    if (process.isAlive() && System.nanoTime() > deadlineNs) {
                        process.toHandle().destroyForcibly();
                    }
                    line = ledger.readLine();
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        next.destroyForcibly().waitFor();
        final JournalCheck check = Journal.openReadOnly(journal).check();
        assertThat(check.damage()).isEmpty();
        assertThat(check.duplicates()).isZero();
        final List<Long> journaled = new ArrayList<>();
        try (JournalReader reader = Journal.openReadOnly(journal).reader(1)) {
            while (reader.next()) {
                if (reader.kind() == Rig.BSM) {
                    assertThat(reader.payloadLength())
                            .isEqualTo(Rig.payload(reader.deviceIndex(), reader.number()).length);
                    journaled.add(reader.number());
                }
            }
        }
        System.out.println(
                "kills " + kills + ", acknowledged " + acknowledged.size() + ", journaled " + journaled.size());
        assertThat(acknowledged.size()).isGreaterThan(100);
        final Set<Long> once = new HashSet<>(journaled);
        assertThat(once).hasSameSizeAs(journaled);
        // Not AssertJ's containsAll, which looks through all for each.
        assertThat(acknowledged.stream().filter(number -> !once.contains(number)))
                .isEmpty();
    }

    private static Process start(final Path journal) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String argument :
                java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--") || argument.startsWith("-Dchronicle")) {
                command.add(argument);
            }
        }
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        command.addAll(List.of(
                journal.toString(),
                journal.resolveSibling("warm-" + System.nanoTime()).toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** When told to, appends the numbers behind those that are there already, as fast as it can, and prints what is synced. */
    static final class Child {
        private Child() {}

        public static void main(final String[] arguments) throws IOException {
            // Loads the classes while the process before still runs.
            try (Rig warm = new Rig(Path.of(arguments[1])).open()) {
                warm.message(warm.session(DEVICE, 1), 1);
                warm.work();
                warm.read();
            }
            if (System.in.read() < 0) {
                return;
            }
            final JournalConfig config = Rig.config(Path.of(arguments[0]), 100);
            final Journal journal = Journal.open(
                    config, new SystemEpochNanoClock(), new Counters(), new Latencies(), Throwable::printStackTrace);
            final JournalWriter writer = journal.writer();
            final long[] numbers = new long[1];
            final long[] numberOf = new long[1 << 20];
            final long[] first = {journal.scan().lastSequence()};
            final AtomicBoolean ready = new AtomicBoolean();
            writer.observe(
                    (session, kind, number, sequence, duplicate) -> {
                        if (kind == Rig.OPENED) {
                            numbers[0] = number;
                        }
                        numberOf[(int) (sequence - first[0])] = number;
                    },
                    sequence -> {
                        // the sync of the opening may come before the line that says what it found
                        if (!ready.get()) {
                            return;
                        }
                        long number = 0;
                        for (long at = sequence; number == 0 && at > first[0]; at--) {
                            number = numberOf[(int) (at - first[0])];
                        }
                        System.out.println("acked " + number);
                    });
            journal.start();
            final long session = journal.devices().newSessionId();
            final int device = journal.devices().indexOf(DEVICE);
            final byte[] opened = SessionOpened.newBuilder()
                    .setSessionId(session)
                    .setDeviceId(DEVICE)
                    .setBootEpoch(1)
                    .build()
                    .toByteArray();
            writer.offer(
                    Rig.OPENED,
                    device,
                    0,
                    session,
                    System.currentTimeMillis(),
                    new UnsafeBuffer(opened),
                    0,
                    opened.length);
            writer.doWork();
            System.out.println("ready " + numbers[0]);
            ready.set(true);
            final UnsafeBuffer payload = new UnsafeBuffer(0, 0);
            long number = numbers[0];
            while (writer.appendedSequence() - first[0] < numberOf.length - 1_000) {
                for (int i = 0; i < 20; i++) {
                    payload.wrap(Rig.payload(device, ++number));
                    writer.offer(Rig.BSM, device, number, session, 1, payload, 0, payload.capacity());
                }
                // a resend now and then
                writer.offer(Rig.BSM, device, number, session, 1, payload, 0, payload.capacity());
                writer.doWork();
            }
        }
    }
}
