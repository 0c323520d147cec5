package io.luyun.benchmarks.torture.disk;

import io.luyun.benchmarks.torture.Account;
import io.luyun.benchmarks.torture.Convoy;
import io.luyun.benchmarks.torture.Fault;
import io.luyun.benchmarks.torture.Ledger;
import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Subject;
import io.luyun.benchmarks.torture.Trial;
import io.luyun.proto.v1.AckLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** F7: a disk that answers EIO to writes or flushes from an instant on, and one that takes two seconds for a flush. */
final class FailingDisks implements Fault {
    private static final int DISK_MIB = 256;
    private static final int VEHICLES = 20;
    private static final int MOST_ACKS = 20_000;
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int END_SECONDS = 20;
    private static final int IMPATIENT = 4;
    private static final int WINDOW = 100_000;
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(12);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MOST_GROWTH_KIB = 128 << 10;
    private static final String ANONYMOUS = "RssAnon:";

    @Override
    public String id() {
        return "F7";
    }

    @Override
    public String what() {
        return "the disk answers EIO to writes or to flushes, or takes 2 s for each flush";
    }

    @Override
    public String promise() {
        return "EIO: nothing more is acknowledged, the server ends with 3, a new start on the disk as it is goes on, 0 acknowledged"
                + " lost; slow: senders are held back, memory grows by at most 128 MiB, nothing is lost";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final @Nullable String missing = Shell.missingForDrives();
        if (missing != null) {
            return Outcome.leftOut(missing);
        }
        final Outcome.Notes notes = new Outcome.Notes();
        final Tally tally = new Tally();
        final Random random = trial.random();
        for (int cycle = 1; cycle <= trial.cycles(); cycle++) {
            for (final String order : List.of("fail-flushes", "fail-writes")) {
                try (Undo undo = new Undo()) {
                    fail(undo, trial.directory(), order, random, notes, tally);
                }
                trial.say()
                        .accept("cycle " + cycle + ", " + order + ": troubles so far "
                                + notes.outcome().troubles().size());
            }
        }
        try (Undo undo = new Undo()) {
            slow(undo, trial.directory(), notes, tally);
        }
        return notes.figure("failures", 2L * trial.cycles())
                .figure("acknowledged before them", tally.acknowledged)
                .figure("ended within s, most", "%.2f".formatted(tally.ended))
                .figure("slow: acknowledged", tally.slowAcknowledged)
                .figure("not acknowledged at most", tally.waiting)
                .figure("memory grew MiB", tally.grownKib >> 10)
                .outcome();
    }

    /** What all cycles together have come to. */
    private static final class Tally {
        private long acknowledged;
        private double ended;
        private long slowAcknowledged;
        private long waiting;
        private long grownKib;
    }

    private static void fail(
            final Undo undo,
            final Path home,
            final String order,
            final Random random,
            final Outcome.Notes notes,
            final Tally tally)
            throws IOException, InterruptedException {
        final Drive drive = drive(undo, home);
        final Path root = home.resolve("disk");
        final Convoy convoy = new Convoy(VEHICLES, AckLevel.ACK_LEVEL_SYNCED);
        try (Undo mounted = undo.nested()) {
            final Volume volume = Volume.ext4(mounted, drive.disk(), DISK_MIB, root);
            final Setup setup = new Setup(home, volume.root().resolve("data"), PowerCuts.SETTINGS);
            mounted.add(() -> drive.order("well"));
            try (Subject server = Subject.start(setup.start())) {
                mounted.add(server::kill);
                server.awaitReady();
                convoy.depart(server.port());
                if (!convoy.awaitAcknowledged(1 + random.nextInt(MOST_ACKS), MOST_WAIT_NANOS)) {
                    throw new IOException("few acknowledgements; " + convoy.breaks());
                }
                final long beginNs = System.nanoTime();
                drive.order(order);
                final int code = server.awaitEnd(END_SECONDS);
                tally.ended = Math.max(tally.ended, (System.nanoTime() - beginNs) * 1e-9);
                notes.expect(code == Subject.FAIL_STOP, order + ": the server ended with " + code);
            }
            convoy.join();
        }
        try (Undo again = undo.nested()) {
            Volume.mount(again, drive.disk(), root);
            final Survivor survivor = new Survivor(root.resolve("data"), home.resolve("tried"), PowerCuts.SETTINGS);
            final List<Ledger> ledgers = Survivor.growing(convoy.ledgers());
            final Account account = survivor.account(ledgers);
            tally.acknowledged += account.promised();
            account.troubles().forEach(line -> notes.trouble(order + ": " + line));
            survivor.revive(again, ledgers);
            survivor.account(ledgers).troubles().forEach(line -> notes.trouble(order + ": afterwards " + line));
        }
    }

    private static void slow(final Undo undo, final Path home, final Outcome.Notes notes, final Tally tally)
            throws IOException, InterruptedException {
        final Drive drive = drive(undo, home);
        final Volume volume = Volume.ext4(undo, drive.disk(), DISK_MIB, home.resolve("disk"));
        final Setup setup = new Setup(home, volume.root().resolve("data"), PowerCuts.SETTINGS);
        final Convoy convoy = Convoy.impatient(IMPATIENT, AckLevel.ACK_LEVEL_SYNCED, WINDOW);
        undo.add(() -> drive.order("well"));
        try (Subject server = Subject.start(setup.start())) {
            undo.add(server::kill);
            server.awaitReady();
            convoy.depart(server.port());
            convoy.awaitAcknowledged(1, MOST_WAIT_NANOS);
            drive.order("slow-flushes 2000");
            final long before = anonymousKib(server.pid());
            final long acknowledgedBefore = convoy.acknowledged();
            final long deadlineNs = System.nanoTime() + SLOW_NANOS;
            while (System.nanoTime() < deadlineNs && server.alive()) {
                tally.grownKib = Math.max(tally.grownKib, anonymousKib(server.pid()) - before);
                tally.waiting = Math.max(tally.waiting, convoy.sum(ledger -> ledger.sent() - ledger.acknowledged()));
                LockSupport.parkNanos(LOOK_NANOS);
            }
            tally.slowAcknowledged = convoy.acknowledged() - acknowledgedBefore;
            drive.order("well");
            convoy.halt();
            notes.expect(server.alive(), "slow: the server has ended")
                    .expect(tally.slowAcknowledged > 0, "slow: nothing was acknowledged any more")
                    .expect(
                            tally.grownKib <= MOST_GROWTH_KIB,
                            "slow: memory grew by " + (tally.grownKib >> 10) + " MiB");
            convoy.breaks().forEach(line -> notes.trouble("slow: " + line));
            server.terminate();
        }
        new Survivor(volume.root().resolve("data"), home, PowerCuts.SETTINGS)
                .account(convoy.ledgers())
                .troubles()
                .forEach(line -> notes.trouble("slow: " + line));
    }

    private static Drive drive(final Undo undo, final Path home) throws IOException, InterruptedException {
        Files.deleteIfExists(home.resolve("drive.img"));
        return new Drive(undo, home, DISK_MIB, false);
    }

    /** Memory of a process that is not a mapped file. */
    private static long anonymousKib(final long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith(ANONYMOUS))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
