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
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * F4: every write and flush a disk was given is replayed up to a flush, and of what followed until the next one any part in any
 * order: a disk may have kept that.
 */
final class LogReplays implements Fault {
    private static final int DISK_MIB = 128;
    private static final int VEHICLES = 10;
    private static final int LIVES = 2;
    private static final int ACKS = 15_000;
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int STARTED_EVERY = 4;
    private static final double READY_SECONDS = 10;

    @Override
    public String id() {
        return "F4";
    }

    @Override
    public String what() {
        return "what the disk was given, replayed: up to a flush, and parts of what followed, reordered and torn";
    }

    @Override
    public String promise() {
        return "0 of those acknowledged as SYNCED before the flush lost, none altered; the file system mounts; a server comes up on it"
                + " within 10 s";
    }

    @Override
    public Outcome run(final Trial trial) throws IOException, InterruptedException {
        final @Nullable String missing = Shell.missingForDrives();
        if (missing != null) {
            return Outcome.leftOut(missing);
        }
        final Path home = trial.directory();
        final Convoy convoy = new Convoy(VEHICLES, AckLevel.ACK_LEVEL_SYNCED);
        final Recording recording = record(home, convoy);
        try (Undo undo = new Undo();
                DriveLog log = new DriveLog(home.resolve("drive.log"))) {
            return new Replay(undo, trial, convoy, recording, log).run();
        }
    }

    /**
     * A time of a server's life.
     *
     * @param from the log when the file system was mounted
     * @param to the log when the last server had been killed
     */
    private record Recording(long from, long to, List<Timeline.Mark> marks) {}

    private static Recording record(final Path home, final Convoy convoy) throws IOException, InterruptedException {
        Files.deleteIfExists(home.resolve("drive.img"));
        try (Undo undo = new Undo()) {
            final Drive drive = new Drive(undo, home, DISK_MIB, true);
            final Volume volume = Volume.ext4(undo, drive.disk(), DISK_MIB, home.resolve("disk"));
            final Setup setup = new Setup(home, volume.root().resolve("data"), PowerCuts.SETTINGS);
            final long from = drive.logged();
            final Timeline timeline = new Timeline(convoy, drive::logged).start();
            try (timeline) {
                for (int life = 1; life <= LIVES; life++) {
                    try (Subject server = Subject.start(setup.start())) {
                        undo.add(server::kill);
                        server.awaitReady();
                        convoy.depart(server.port());
                        if (!convoy.awaitAcknowledged(ACKS, MOST_WAIT_NANOS)) {
                            throw new IOException("few acknowledgements; " + convoy.breaks());
                        }
                        server.kill();
                    }
                    convoy.join();
                }
            }
            return new Recording(from, drive.logged(), timeline.marks());
        }
    }

    /** What becomes of the writes behind the flush. */
    private enum Fate {
        /** None of them is there. */
        NONE,
        /** Some of them are there. */
        SOME,
        /** Some of them are there, later ones overwritten by earlier ones. */
        SHUFFLED,
        /** Some of them are there, of each some sectors. */
        TORN
    }

    /**
     * One image to look at.
     *
     * @param flush place of the flush among the entries
     */
    private record Moment(int flush, Fate fate) {}

    /** Makes images and looks at them. */
    private static final class Replay {
        private final Undo undo;
        private final Path home;
        private final int cycles;
        private final Trial trial;
        private final Random random;
        private final Convoy convoy;
        private final Recording recording;
        private final DriveLog log;
        private final Outcome.Notes notes = new Outcome.Notes();
        private final List<Integer> flushes = new ArrayList<>();
        private long damaged;
        private long checked;
        private double ready;

        Replay(final Undo undo, final Trial trial, final Convoy convoy, final Recording recording, final DriveLog log) {
            this.undo = undo;
            this.trial = trial;
            home = trial.directory();
            cycles = trial.cycles();
            random = trial.random();
            this.convoy = convoy;
            this.recording = recording;
            this.log = log;
            for (int i = 0; i < log.entries().size(); i++) {
                final DriveLog.Entry entry = log.entries().get(i);
                if (entry.flush() && entry.at() >= recording.from() && entry.end() <= recording.to()) {
                    flushes.add(i);
                }
            }
        }

        Outcome run() throws IOException, InterruptedException {
            final List<Moment> moments = moments();
            int done = 0;
            try (DiskImage image = new DiskImage(home.resolve("replayed.img"), DISK_MIB)) {
                int next = 0;
                for (final Moment moment : moments) {
                    while (next <= moment.flush()) {
                        final DriveLog.Entry entry = log.entries().get(next++);
                        if (!entry.flush()) {
                            image.write(entry.offset(), log.bytes(entry));
                        }
                    }
                    look(image, moment, done++ % STARTED_EVERY == 0);
                }
            }
            return notes.figure("writes and flushes", log.entries().size())
                    .figure("flushes", flushes.size())
                    .figure("images", moments.size())
                    .figure("acknowledged, over all images", checked)
                    .figure("damaged ranges", damaged)
                    .figure("ready max s", "%.1f".formatted(ready))
                    .inTime(ready <= READY_SECONDS, "ready after %.1f s, at most 10 are promised".formatted(ready))
                    .outcome();
        }

        /** So many of each fate, in the order of the log. */
        private List<Moment> moments() {
            final List<Moment> moments = new ArrayList<>();
            for (final Fate fate : Fate.values()) {
                final List<Integer> some = new ArrayList<>(flushes);
                Collections.shuffle(some, random);
                for (int i = 0; i < cycles; i++) {
                    if (i < some.size()) {
                        moments.add(new Moment(some.get(i), fate));
                    } else if (fate != Fate.NONE) {
                        moments.add(new Moment(some.get(i % some.size()), fate));
                    }
                }
            }
            moments.sort(Comparator.comparingInt(Moment::flush));
            return moments;
        }

        private void look(final DiskImage image, final Moment moment, final boolean start)
                throws IOException, InterruptedException {
            final Path file = image.copy(home.resolve("moment.img"));
            try (DiskImage copy = new DiskImage(file, DISK_MIB)) {
                befall(copy, moment);
            }
            final String label = "flush " + moment.flush() + ", " + moment.fate() + " of what followed: ";
            final List<Ledger> ledgers = Survivor.growing(
                    convoy.asOf(answered(log.entries().get(moment.flush()).end())));
            checked += ledgers.stream().mapToLong(Ledger::promised).sum();
            try (Undo looked = undo.nested()) {
                final Volume volume = Volume.mount(looked, file, home.resolve("moment"));
                final Survivor survivor =
                        new Survivor(volume.root().resolve("data"), home.resolve("tried"), PowerCuts.SETTINGS);
                notes.expect(
                        survivor.any() || ledgers.stream().allMatch(ledger -> ledger.promised() == 0),
                        label + "there is no journal");
                if (survivor.any()) {
                    final Account account = survivor.account(ledgers);
                    account.troubles().forEach(line -> notes.trouble(label + line));
                    damaged += account.damaged();
                }
                if (start) {
                    ready = Math.max(ready, survivor.revive(looked, ledgers));
                    survivor.account(ledgers).troubles().forEach(line -> notes.trouble(label + "afterwards " + line));
                }
            } catch (final IOException e) {
                notes.trouble(label + e.getMessage());
            }
            trial.say().accept(label + notes.outcome().troubles().size() + " troubles so far");
        }

        private void befall(final DiskImage image, final Moment moment) throws IOException {
            final List<DriveLog.Entry> writes = new ArrayList<>();
            for (int i = moment.flush() + 1;
                    i < log.entries().size() && !log.entries().get(i).flush();
                    i++) {
                if (moment.fate() != Fate.NONE && random.nextBoolean()) {
                    writes.add(log.entries().get(i));
                }
            }
            if (moment.fate() == Fate.SHUFFLED) {
                Collections.shuffle(writes, random);
            }
            for (final DriveLog.Entry write : writes) {
                if (moment.fate() == Fate.TORN) {
                    image.tear(write.offset(), log.bytes(write), random);
                } else {
                    image.write(write.offset(), log.bytes(write));
                }
            }
        }

        /** What had been answered, at least, when the log was so long. */
        private int[] answered(final long position) {
            int[] answered = new int[VEHICLES];
            for (final Timeline.Mark mark : recording.marks()) {
                if (mark.position() > position) {
                    break;
                }
                answered = mark.answered();
            }
            return answered;
        }
    }
}
