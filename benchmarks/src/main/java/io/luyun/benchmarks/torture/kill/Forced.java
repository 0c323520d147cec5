package io.luyun.benchmarks.torture.kill;

import io.luyun.benchmarks.torture.Convoy;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.proto.v1.AckLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks the kernel whether what was acknowledged is on the disk: when everybody has been answered and nothing more comes, no page of
 * the journal that the server has mapped may be dirty. Needs Linux, and a disk: in memory pages stay dirty.
 */
final class Forced {
    private static final Path MEMORY_MAPS = Path.of("/proc");
    private static final String QUIET = Setup.SMALL_JOURNAL.replace("{", "{tickMillis: 0, ");
    private static final int VEHICLES = 4;
    private static final int MESSAGES = 2_000;
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** Far below the thirty seconds after which the kernel writes by itself. */
    private static final long MOST_DIRTY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long LOOK_NANOS = 20_000_000;

    private final FaultAgent agent;
    private final List<Tamper> tampers;

    Forced(final FaultAgent agent, final List<Tamper> tampers) {
        this.agent = agent;
        this.tampers = tampers;
    }

    void run(final Path directory, final Outcome.Notes notes) throws IOException, InterruptedException {
        final Path own = Files.createDirectories(directory.resolve("forced")).toRealPath();
        final String disk = Files.getFileStore(own).type();
        if (disk.equals("tmpfs") || !Files.exists(MEMORY_MAPS.resolve("self/smaps"))) {
            notes.figure("dirty pages", "not known on " + disk);
            return;
        }
        final Setup setup = new Setup(own, own.resolve("data"), QUIET);
        final Convoy convoy = new Convoy(VEHICLES, AckLevel.ACK_LEVEL_SYNCED);
        try (Subject server = Subject.start(agent.tampered(setup.start(), tampers))) {
            server.awaitReady();
            convoy.depart(server.port());
            convoy.awaitAcknowledged(MESSAGES, MOST_WAIT_NANOS);
            convoy.halt();
            final Mapped before = Mapped.of(server.pid(), setup.journal());
            Mapped now = before;
            final long deadlineNs = System.nanoTime() + MOST_DIRTY_NANOS;
            while (now.dirtyKiB() > 0 && System.nanoTime() < deadlineNs) {
                LockSupport.parkNanos(LOOK_NANOS);
                now = Mapped.of(server.pid(), setup.journal());
            }
            server.kill();
            notes.figure("dirty KiB after acknowledgement", now.dirtyKiB())
                    .expect(now.kiB() > 0, "the server has mapped nothing of its journal: nothing is known of it")
                    .expect(now.dirtyKiB() == 0, now.dirtyKiB() + " KiB acknowledged as synced were not written");
        }
    }

    /**
     * What a process has mapped of the files of a journal.
     *
     * @param kiB how much of it is in memory
     * @param dirtyKiB how much of it the disk does not have
     */
    private record Mapped(long kiB, long dirtyKiB) {
        static Mapped of(final long pid, final Path journal) throws IOException {
            boolean ours = false;
            long kiB = 0;
            long dirty = 0;
            for (final String line : Files.readAllLines(MEMORY_MAPS.resolve(pid + "/smaps"))) {
                final String[] words = line.split("\\s+", 6);
                if (!words[0].endsWith(":")) {
                    ours = words.length == 6 && words[5].startsWith(journal + "/") && words[5].endsWith(".cq4");
                } else if (ours && words[0].equals("Rss:")) {
                    kiB += Long.parseLong(words[1]);
                } else if (ours && words[0].endsWith("_Dirty:")) {
                    dirty += Long.parseLong(words[1]);
                }
            }
            return new Mapped(kiB, dirty);
        }
    }
}
