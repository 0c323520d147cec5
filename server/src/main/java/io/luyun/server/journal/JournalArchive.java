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
        try {
            final Checkpoint checkpoint = Checkpoint.read(directory);
            final JournalReader reader = new JournalReader(new Listing(JournalFile.list(directory)));
            if (checkpoint != null) {
                reader.knownLast(checkpoint.sequence());
            }
            return reader.seek(fromSequence);
        } catch (final IOException e) {
            throw new JournalException("cannot read the journal " + directory + ": " + e.getMessage(), e);
        }
    }

    /**
     * A reader that stands before the first record of this receive time or later, closed by the caller: of the files before it
     * nothing is read but how they begin.
     */
    public JournalReader readerAt(final long timeNs) {
        long from = 1;
        try {
            for (final JournalFile file : JournalFile.list(directory)) {
                if (file.firstTimeNs() != 0 && file.firstTimeNs() < timeNs) {
                    from = file.firstSequence();
                }
            }
        } catch (final IOException e) {
            throw new JournalException("cannot read the journal " + directory + ": " + e.getMessage(), e);
        }
        final JournalReader reader = reader(from);
        while (reader.next()) {
            if (reader.receivedAtNs() >= timeNs) {
                reader.holdIt();
                break;
            }
        }
        return reader;
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

    /** Receive time of the last record there is now; 0 for an empty journal. Reads the last file. */
    public long lastTimeNs() {
        long from = 1;
        for (final Entry entry : files()) {
            from = Math.max(from, entry.firstSequence());
        }
        long timeNs = 0;
        try (JournalReader reader = reader(from)) {
            while (reader.next()) {
                timeNs = reader.receivedAtNs();
            }
        }
        return timeNs;
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

    private record Listing(List<JournalFile> files) implements JournalReader.Source {
        @Override
        public long limit() {
            return Long.MAX_VALUE;
        }

        @Override
        public void onDamage(final Damage damage) {
            // The reader remembers it.
        }
    }
}
