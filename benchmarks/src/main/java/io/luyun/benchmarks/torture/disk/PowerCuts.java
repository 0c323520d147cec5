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
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * F3: the power goes at random instants. The server's disk is a file on XFS; a copy of that file that shares its blocks is what
 * had been given to the disk at that instant, and nothing of what was still in memory.
 */
final class PowerCuts implements Fault {
    /** Journals for disks of some hundred megabytes. */
    static final String SETTINGS = Setup.SMALL_JOURNAL.replace("{", "{diskLowMiB: 16, diskHighMiB: 24, ");

    private static final int VEHICLES = 20;
    private static final int CUTS_PER_LIFE = 4;
    private static final int MOST_ACKS = 20_000;
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long MOST_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MOST_START_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final double READY_SECONDS = 10;

    @Override
    public String id() {
        return "F3";
    }

    @Override
    public String what() {
        return "power cuts at random instants, by copies of the disk below ext4";
    }

    @Override
    public String promise() {
        return "0 of those acknowledged as SYNCED lost; a server comes up on what is left by itself within 10 s, takes messages,"
                + " and the books hold; APPENDED: what is lost is the last of each device";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final @Nullable String missing = Shell.missing("mkfs.xfs");
        if (missing != null) {
            return Outcome.leftOut(missing);
        }
        final Outcome.Notes notes = new Outcome.Notes();
        final Tally tally = new Tally();
        final Random random = trial.random();
        for (int cycle = 1; cycle <= trial.cycles(); ) {
            try (Undo undo = new Undo()) {
                final Rig rig = new Rig(undo, trial, random, notes, tally);
                while (cycle <= trial.cycles() && rig.room()) {
                    cycle += rig.life(Math.min(CUTS_PER_LIFE, trial.cycles() - cycle + 1), cycle);
                }
            }
        }
        final LooseCuts loose = new LooseCuts();
        for (int cycle = 1; cycle <= trial.cycles(); ) {
            try (Undo undo = new Undo()) {
                cycle += loose.run(undo, trial, trial.cycles() - cycle + 1, notes);
            }
        }
        tally.report(notes);
        loose.report(notes);
        return notes.inTime(
                        tally.ready <= READY_SECONDS,
                        "ready after %.1f s, at most 10 are promised".formatted(tally.ready))
                .outcome();
    }

    /** What all cuts together have come to. */
    private static final class Tally {
        private long cuts;
        private long early;
        private long acknowledged;
        private long damaged;
        private double ready;

        void report(final Outcome.Notes notes) {
            notes.figure("cuts", cuts)
                    .figure("of them while a server starts", early)
                    .figure("acknowledged before them", acknowledged)
                    .figure("damaged ranges", damaged)
                    .figure("ready max s", "%.1f".formatted(ready));
        }
    }

    /** One disk and the servers that live on it one after the other. */
    private static final class Rig {
        private final Undo undo;
        private final Path home;
        private final Consumer<String> say;
        private final Random random;
        private final Outcome.Notes notes;
        private final Tally tally;
        private final PowerBench bench;
        private final Setup setup;
        private final Convoy convoy = new Convoy(VEHICLES, AckLevel.ACK_LEVEL_SYNCED);

        Rig(final Undo undo, final Trial trial, final Random random, final Outcome.Notes notes, final Tally tally)
                throws IOException, InterruptedException {
            this.undo = undo;
            home = trial.directory();
            say = trial.say();
            this.random = random;
            this.notes = notes;
            this.tally = tally;
            bench = new PowerBench(undo, home);
            setup = new Setup(home, bench.inner().root().resolve("data"), SETTINGS);
        }

        boolean room() throws IOException {
            return bench.room();
        }

        /** A server's life: the first cut while it starts, the others under load. Returns how many there were. */
        int life(final int most, final int cycle) throws IOException, InterruptedException {
            try (Undo life = undo.nested();
                    Subject server = Subject.start(setup.start())) {
                life.add(server::kill);
                LockSupport.parkNanos(random.nextLong(MOST_START_NANOS));
                tally.early++;
                cutAndLook(cycle, true);
                server.awaitReady();
                for (int cut = 1; cut < most; cut++) {
                    convoy.depart(server.port());
                    if (!convoy.awaitAcknowledged(1 + random.nextInt(MOST_ACKS), MOST_WAIT_NANOS)) {
                        throw new IOException("few acknowledgements; " + convoy.breaks());
                    }
                    LockSupport.parkNanos(random.nextLong(MOST_AFTER_NANOS));
                    cutAndLook(cycle + cut, false);
                }
                return most;
            }
        }

        private void cutAndLook(final int cycle, final boolean early) throws IOException, InterruptedException {
            final int[] answered = convoy.answered();
            bench.cut();
            convoy.halt();
            tally.cuts++;
            try (Undo look = undo.nested()) {
                final Survivor survivor =
                        new Survivor(bench.left(look).root().resolve("data"), home.resolve("tried"), SETTINGS);
                final List<Ledger> ledgers = Survivor.growing(convoy.asOf(answered));
                final String label = "cut " + cycle + (early ? " (start)" : "") + ": ";
                tally.acknowledged +=
                        ledgers.stream().mapToLong(Ledger::promised).sum();
                notes.expect(
                        survivor.any() || ledgers.stream().allMatch(ledger -> ledger.promised() == 0),
                        label + "there is no journal");
                if (survivor.any()) {
                    final Account account = survivor.account(ledgers);
                    account.troubles().forEach(line -> notes.trouble(label + line));
                    tally.damaged += account.damaged();
                }
                tally.ready = Math.max(tally.ready, survivor.revive(look, ledgers));
                survivor.account(ledgers).troubles().forEach(line -> notes.trouble(label + "afterwards " + line));
                say.accept(label + notes.outcome().troubles().size() + " troubles so far");
            }
        }
    }
}
