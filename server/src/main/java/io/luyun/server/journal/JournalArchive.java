package io.luyun.server.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/** A journal as it lies on the disk, for reading; it may be a copy or one that is being written. Any thread. */
public final class JournalArchive {
    private final Path directory;

    JournalArchive(final Path directory) {
        if (!at(directory)) {
            throw new JournalException("no journal at " + directory);
        }
        this.directory = directory;
        try {
            DirectoryLock.refuseOther(directory);
        } catch (final IOException e) {
            throw cannotRead(e);
        }
    }

    static boolean at(final Path directory) {
        return Files.isDirectory(directory) && (DirectoryLock.marks(directory) || hasRuns(directory));
    }

    /**
     * One file of the journal.
     *
     * @param name relative to the journal's directory
     * @param bytes disk size as listed
     * @param firstSequence sequence of its first record, 0 when it has none
     */
    public record Entry(String name, long bytes, long firstSequence) {}

    /** The files in order. */
    public List<Entry> files() {
        try {
            final List<Entry> entries = new ArrayList<>();
            for (final JournalFile file : JournalFile.list(directory)) {
                if (Files.exists(file.path())) {
                    entries.add(new Entry(file.name(), Files.size(file.path()), file.firstSequence()));
                }
            }
            return entries;
        } catch (final IOException e) {
            throw cannotRead(e);
        }
    }

    /**
     * A file of the journal and what stands in it; sequences and times are 0 when it has no record.
     *
     * @param bytes disk size as listed
     * @param lastSequence that of its last sound record
     */
    public record Span(
            String name, long bytes, long firstSequence, long lastSequence, long firstTimeNs, long lastTimeNs) {
        /** Whether it has a record. */
        public boolean used() {
            return firstSequence > 0;
        }
    }

    /** The files in order, each with its first and its last record: these are sought, the others are not read. */
    public List<Span> spans() {
        try {
            final List<Span> spans = new ArrayList<>();
            for (final JournalFile file : JournalFile.list(directory)) {
                if (Files.exists(file.path())) {
                    final FrameFinder.Place first = FrameFinder.first(file);
                    final FrameFinder.Place last = first == null ? null : Seek.last(file);
                    final long bytes = Files.size(file.path());
                    spans.add(
                            first == null || last == null
                                    ? new Span(file.name(), bytes, 0, 0, 0, 0)
                                    : new Span(
                                            file.name(),
                                            bytes,
                                            first.sequence(),
                                            last.sequence(),
                                            first.timeNs(),
                                            last.timeNs()));
                }
            }
            return spans;
        } catch (final IOException e) {
            throw cannotRead(e);
        }
    }

    /** Whether a process has it open for writing; false where the system does not tell (it needs /proc/locks). */
    public boolean live() {
        try {
            return DirectoryLock.held(directory);
        } catch (final IOException e) {
            throw cannotRead(e);
        }
    }

    /** A reader up to what the journal holds now, from this sequence on; closed by the caller. */
    public JournalReader reader(final long fromSequence) {
        return reader(Seek.Key.SEQUENCE, fromSequence, false);
    }

    /** A reader up to what the journal holds now, from the first record of this receive time or later on; closed by the caller. */
    public JournalReader readerAt(final long timeNs) {
        return reader(Seek.Key.TIME, timeNs, false);
    }

    /**
     * A reader that goes on for as long as the journal is written, by whatever process; closed by the caller. Its
     * {@link JournalReader#next} says false when there is nothing yet, and may be asked again: it goes on behind records that
     * have come, in files that have come, and in the run of a process that has come. It takes no lock that a writer would feel.
     *
     * @param fromSequence from here on; it need not be there yet
     */
    public JournalReader follow(final long fromSequence) {
        return reader(Seek.Key.SEQUENCE, fromSequence, true);
    }

    /** A reader as by {@link #follow}, from the first record of this receive time or later on. */
    public JournalReader followAt(final long timeNs) {
        return reader(Seek.Key.TIME, timeNs, true);
    }

    private JournalReader reader(final Seek.Key key, final long from, final boolean following) {
        try {
            final Checkpoint checkpoint = Checkpoint.read(directory);
            final JournalReader reader =
                    new JournalReader(following ? ArchiveFiles.following(directory) : ArchiveFiles.now(directory));
            if (checkpoint != null) {
                reader.knownLast(checkpoint.sequence());
            }
            return reader.seek(key, from);
        } catch (final IOException e) {
            throw cannotRead(e);
        }
    }

    /**
     * Ids of the devices by their numbers in records, of all that have opened a session by now. Reads what lies behind the
     * checkpoint.
     */
    public List<String> deviceIds() {
        try {
            return Scan.of(directory, JournalFile.list(directory), Checkpoint.read(directory))
                    .devices()
                    .ids();
        } catch (final IOException e) {
            throw cannotRead(e);
        }
    }

    /** Receive time of the first record; 0 for an empty journal. */
    public long firstTimeNs() {
        try (JournalReader reader = reader(1)) {
            return reader.next() ? reader.receivedAtNs() : 0;
        }
    }

    /** Receive time of the last record there is now; 0 for an empty journal. */
    public long lastTimeNs() {
        final FrameFinder.Place last = last();
        return last == null ? 0 : last.timeNs();
    }

    /** Sequence of the last record there is now; 0 for an empty journal. */
    public long lastSequence() {
        final FrameFinder.Place last = last();
        return last == null ? 0 : last.sequence();
    }

    private FrameFinder.@Nullable Place last() {
        try (JournalReader reader = reader(Long.MAX_VALUE)) {
            while (reader.next()) {
                // None is so high.
            }
            return reader.passed();
        }
    }

    /** Reads and checks everything; see {@link JournalCheck}. */
    public JournalCheck check() {
        try (JournalReader reader = reader(1)) {
            return JournalCheck.of(reader, missing());
        }
    }

    /** What is known to be missing, in the order of sequences. */
    public List<Missing> missing() {
        try {
            return new MissingFile(directory)
                    .entries().stream()
                            .filter(entry -> entry.records() > 0 || entry.lastSequence() == 0)
                            .toList();
        } catch (final IOException e) {
            throw cannotRead(e);
        }
    }

    /**
     * Writes a copy with every sound record as it is and a list of what is missing; this journal is only read, and may be one
     * that is being written.
     *
     * @param target where the copy goes: a directory that is empty or not there yet
     * @throws JournalException when there is something, or it cannot be written
     */
    public RepairReport repair(final Path target, final EpochNanoClock clock) {
        try {
            return new JournalRepair(directory, this, clock).to(target);
        } catch (final IOException e) {
            throw new JournalException("cannot write " + target + ": " + e.getMessage(), e);
        }
    }

    /**
     * Lets go of what the rules say, or tells what it would let go of. The journal may be one that is being written; what somebody
     * reads, what is under a hold and the file that is written stay.
     *
     * @param apply whether it is done
     * @param told hears of each file as it is done
     * @throws JournalException when the journal cannot be read or changed, or another retention is at work
     */
    public RetentionReport retain(
            final RetentionRules rules,
            final boolean apply,
            final EpochNanoClock clock,
            final Consumer<RetentionStep> told) {
        return retain(rules, apply, clock, what -> {}, told);
    }

    RetentionReport retain(
            final RetentionRules rules,
            final boolean apply,
            final EpochNanoClock clock,
            final CycleChange.Steps hook,
            final Consumer<RetentionStep> told) {
        try {
            return Retention.run(this, directory, rules, apply, clock, hook, told);
        } catch (final IOException e) {
            throw new JournalException("cannot retire from " + directory + ": " + e.getMessage(), e);
        }
    }

    /** What is wrong with what stands beside the records, a line each; none of it makes the records unsound. */
    public List<String> findings() {
        try {
            final List<String> findings = new ArrayList<>();
            if (!DirectoryLock.known(directory)) {
                findings.add("the file format is not sound; a server does not start on this journal");
            }
            if (Files.exists(directory.resolve(Checkpoint.NAME)) && Checkpoint.read(directory) == null) {
                findings.add("the checkpoint is not sound; the next opening reads everything");
            }
            if (Files.exists(directory.resolve(Checkpoint.CARRIED)) && Checkpoint.carried(directory) == null) {
                findings.add(
                        "the file carried is not sound: devices and numbers of records that were removed are lost");
            }
            for (final String finding : new MissingFile(directory).findings()) {
                findings.add("the file missing is not sound, " + finding + ": what it named counts as damaged");
            }
            return findings;
        } catch (final IOException e) {
            throw cannotRead(e);
        }
    }

    private JournalException cannotRead(final IOException e) {
        return new JournalException("cannot read the journal " + directory + ": " + e.getMessage(), e);
    }

    private static boolean hasRuns(final Path directory) {
        try {
            return !JournalFile.list(directory).isEmpty();
        } catch (final IOException e) {
            throw new JournalException("cannot read the journal " + directory + ": " + e.getMessage(), e);
        }
    }
}
