package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalCheck;
import io.luyun.server.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server again and again, under load and while it starts. Who sends keeps the books in this process; the
 * journal is held against them at the end.
 */
final class KillTest {
    private static final int CYCLES = Integer.getInteger("luyun.kill.cycles", 10);
    private static final int DEVICES = 10;
    /** Each so many cycles the server is killed before it is ready. */
    private static final int START_KILLED_EVERY = 5;

    private static final int ACKS_MAX = 4_000;
    private static final int AFTER_ACKS_MAX_NANOS = 20_000_000;

    @TempDir
    private Path directory;

    private final List<Resender> devices = new ArrayList<>();
    private long startNanos;

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void whatIsAcknowledgedIsInTheJournalOnce() throws Exception {
        final long seed = System.nanoTime();
        System.out.println("KillTest seed " + seed);
        final Random random = new Random(seed);
        for (int i = 1; i <= DEVICES; i++) {
            devices.add(new Resender(i, i % 2 == 0 ? AckLevel.ACK_LEVEL_APPENDED : AckLevel.ACK_LEVEL_SYNCED));
        }
        final Path[] configs = {config("shared"), config("dedicated")};
        try (ExecutorService threads = Executors.newFixedThreadPool(DEVICES)) {
            for (int cycle = 1; cycle <= CYCLES; cycle++) {
                try (ServerProcess server =
                        ServerProcess.start(configs[random.nextInt(2)], directory.resolve("server.log"))) {
                    if (cycle % START_KILLED_EVERY == 0) {
                        server.killAfter(random.nextLong(startNanos));
                    } else {
                        loadAndKill(server, random, threads);
                    }
                }
            }
        }
        final long journaled = readJournal();
        System.out.printf(
                "KillTest kills %d, sent %d, again %d, acknowledged %d, journaled %d%n",
                CYCLES, sum(Resender::sent), sum(Resender::resent), sum(Resender::acknowledged), journaled);
        for (final Resender device : devices) {
            device.checkJournaled();
        }
        assertThat(sum(Resender::acknowledged)).isPositive();
    }

    /** Kills at an instant that has nothing to do with the answers: some of them have come, and then some time passes. */
    private void loadAndKill(final ServerProcess server, final Random random, final ExecutorService threads)
            throws Exception {
        final long beginNanos = System.nanoTime();
        final int port = server.awaitReady();
        startNanos = System.nanoTime() - beginNanos;
        final CountDownLatch acks = new CountDownLatch(random.nextInt(ACKS_MAX));
        final List<Future<?>> runs = new ArrayList<>();
        for (final Resender device : devices) {
            final boolean trusting = random.nextBoolean();
            runs.add(threads.submit(() -> {
                device.run(port, trusting, acks);
                return null;
            }));
        }
        try {
            acks.await();
            server.killAfter(random.nextInt(AFTER_ACKS_MAX_NANOS));
        } finally {
            server.close();
            for (final Future<?> run : runs) {
                run.get();
            }
        }
    }

    /** Reads what the last kill has left, as it lies there; returns the number of messages. */
    private long readJournal() throws IOException {
        final Map<String, Resender> byId = new HashMap<>();
        devices.forEach(device -> byId.put(device.id(), device));
        final Map<Integer, Resender> byIndex = new HashMap<>();
        final Path journal = directory.resolve("data/journal");
        try (JournalReader reader = Journal.openReadOnly(journal).reader(1)) {
            while (reader.next()) {
                final byte[] payload = new byte[reader.payloadLength()];
                reader.buffer().getBytes(reader.payloadOffset(), payload);
                if (reader.kind() == RecordKind.RECORD_KIND_SESSION_OPENED_VALUE) {
                    final String id = SessionOpened.parseFrom(payload).getDeviceId();
                    byIndex.put(reader.deviceIndex(), byId.get(id));
                } else if (reader.kind() == RecordKind.RECORD_KIND_BSM_VALUE) {
                    byIndex.get(reader.deviceIndex()).onJournaled(reader.number(), payload);
                }
            }
        }
        final JournalCheck check = Journal.openReadOnly(journal).check();
        assertThat(check.sound()).as("%s", check).isTrue();
        return check.messages();
    }

    private long sum(final ToLongFunction<Resender> what) {
        return devices.stream().mapToLong(what).sum();
    }

    /** Small blocks and frequent checkpoints, so that kills meet their ends and beginnings. */
    private Path config(final String mode) throws IOException {
        return Files.writeString(directory.resolve(mode + ".yaml"), """
                data: data
                net: {port: 0, insecure: true, mode: %s}
                ops: {port: 0}
                # a message sent again after some starts is as old as that
                session: {clockToleranceMillis: 29999}
                journal: {blockMiB: 1, touchAheadMiB: 1, checkpointRecords: 1000}
                """.formatted(mode));
    }
}
