package io.luyun.server.journal;

import io.luyun.server.monitor.Counters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A journal as it lies on the disk, for reading; it may be a copy or one that is being written. Any thread. */
public final class JournalArchive {
    private final Path directory;

    JournalArchive(final Path directory) {
        if (!Files.isDirectory(directory) || !(DirectoryLock.marks(directory) || hasRuns(directory))) {
            throw new JournalException("no journal at " + directory);
        }
        this.directory = directory;
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
                entries.add(new Entry(file.name(), Files.size(file.path()), file.firstSequence()));
            }
            return entries;
        } catch (final IOException e) {
            throw new JournalException("cannot read the journal " + directory + ": " + e.getMessage(), e);
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
            throw new JournalException("cannot read the journal " + directory + ": " + e.getMessage(), e);
        }
    }

    /**
     * Ids of the devices by their numbers in records, of all that have opened a session by now. Reads what lies behind the
     * checkpoint.
     */
    public List<String> deviceIds() {
        try {
            final DeviceTable devices = new DeviceTable();
            Scan.of(directory, JournalFile.list(directory), Checkpoint.read(directory), devices, new Counters());
            return devices.ids();
        } catch (final IOException e) {
            throw new JournalException("cannot read the journal " + directory + ": " + e.getMessage(), e);
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
            return JournalCheck.of(reader);
        }
    }

    /** Why the checkpoint cannot be used, or null when it can. */
    public @Nullable String checkpointFinding() {
        try {
            return Files.exists(directory.resolve(Checkpoint.NAME)) && Checkpoint.read(directory) == null
                    ? "the checkpoint is not sound; the next opening reads everything"
                    : null;
        } catch (final IOException e) {
            throw new JournalException("cannot read the journal " + directory + ": " + e.getMessage(), e);
        }
    }

    private static boolean hasRuns(final Path directory) {
        try {
            return !JournalFile.list(directory).isEmpty();
        } catch (final IOException e) {
            throw new JournalException("cannot read the journal " + directory + ": " + e.getMessage(), e);
        }
    }
}
