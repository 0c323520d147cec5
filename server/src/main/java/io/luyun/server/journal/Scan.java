package io.luyun.server.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.SessionOpened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** The reading of a journal when it is opened: from the checkpoint on, see there for the rule. The opening thread. */
final class Scan implements JournalReader.Source {
    private final Path directory;
    private final List<JournalFile> files;
    private final MissingFile missing;
    private final DeviceTable devices = new DeviceTable();
    private final List<Damage> damage = new ArrayList<>();
    private OnceTable once = new OnceTable();
    private long sequence;
    private long lastRead;
    private long synced;
    private Place confirmed = new Place(0, 0, 0);
    private @Nullable Place candidate;
    private long timeNs;
    private long records;
    private long checkpointSequence;
    private String file = "";
    private long position;
    private long end;
    private int firstIndex;

    private Scan(final Path directory, final List<JournalFile> files) {
        this.directory = directory;
        this.missing = new MissingFile(directory);
        this.files = files;
    }

    static Scan of(final Path directory, final List<JournalFile> files, final @Nullable Checkpoint checkpoint)
            throws IOException {
        return of(directory, files, checkpoint, 0);
    }

    /**
     * Reads.
     *
     * @param known records up to this sequence are known to have been synced, whatever is found
     */
    static Scan of(
            final Path directory,
            final List<JournalFile> files,
            final @Nullable Checkpoint checkpoint,
            final long known)
            throws IOException {
        final Scan scan = new Scan(directory, files);
        scan.synced = Math.max(known, checkpoint == null ? 0 : checkpoint.sequence());
        scan.read(checkpoint);
        return scan;
    }

    /**
     * Behind a record.
     *
     * @param file index of its file
     * @param position where in it the record ends
     */
    record Place(int file, long position, long sequence) {}

    @Override
    public List<JournalFile> files() {
        return files;
    }

    @Override
    public long limit() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean readsAhead() {
        return true;
    }

    @Override
    public MissingFile missing() {
        return missing;
    }

    @Override
    public void onDamage(final Damage found) {
        damage.add(found);
    }

    /**
     * What was found.
     *
     * @param unsynced what was lost with the power and then cut off; null when nothing was
     */
    ScanReport report(final long nanos, final @Nullable Missing unsynced) {
        return new ScanReport(sequence, checkpointSequence, records, devices.size(), nanos, damage, unsynced);
    }

    List<Damage> damage() {
        return damage;
    }

    DeviceTable devices() {
        return devices;
    }

    /** Up to here records are proven to have been synced. */
    long synced() {
        return synced;
    }

    /** Everything behind this place may be in memory only. */
    Place syncedPlace() {
        return confirmed;
    }

    /** The last record read that was there, 0 when none was. */
    long lastRead() {
        return lastRead;
    }

    /**
     * The first place where records are missing that may never have been synced, with others behind it: a loss of power leaves
     * this, since the system writes back in any order what it was not told to sync. Null when there is none.
     */
    @Nullable
    Damage hole() {
        for (final Damage found : damage) {
            if (found.firstSequence() <= found.lastSequence()
                    && found.lastSequence() > synced
                    && found.lastSequence() < lastRead) {
                return found;
            }
        }
        return null;
    }

    OnceTable once() {
        return once;
    }

    long sequence() {
        return sequence;
    }

    long timeNs() {
        return timeNs;
    }

    String file() {
        return file;
    }

    long position() {
        return position;
    }

    long end() {
        return end;
    }

    /** Index of the first file that was read. */
    int firstIndex() {
        return firstIndex;
    }

    /** How many records were read. */
    long records() {
        return records;
    }

    private void read(final @Nullable Checkpoint checkpoint) throws IOException {
        final Checkpoint carried = Checkpoint.carried(directory);
        if (carried != null) {
            restoreDevices(carried);
            once = carried.once();
        }
        try (JournalReader reader = new JournalReader(this)) {
            if (checkpoint != null) {
                restoreDevices(checkpoint);
                reader.knownLast(checkpoint.sequence());
            }
            if (checkpoint != null && trusted(checkpoint)) {
                resume(reader, checkpoint);
            }
            int index = reader.fileIndex();
            firstIndex = index;
            confirmed = new Place(index, end, sequence);
            while (reader.next()) {
                if (reader.fileIndex() != index) {
                    files.get(index).end(end);
                    index = reader.fileIndex();
                }
                take(reader);
            }
            if (records > 0) {
                files.get(index).end(end);
            }
            // Behind a damaged end nothing is numbered anew, nor what is known to be missing there.
            sequence = Math.max(sequence, reader.sequence());
        }
    }

    private void resume(final JournalReader reader, final Checkpoint checkpoint) throws IOException {
        // Into a table of its own: the checkpoint's may be read once more.
        once = new OnceTable();
        once.raise(checkpoint.once());
        sequence = checkpoint.sequence();
        checkpointSequence = sequence;
        timeNs = checkpoint.timeNs();
        file = checkpoint.file();
        position = checkpoint.position();
        end = checkpoint.end();
        for (int i = 0; i < files.size(); i++) {
            final int known = checkpoint.files().indexOf(files.get(i).name());
            if (known >= 0) {
                files.get(i).end(checkpoint.ends().get(known));
            }
            if (files.get(i).name().equals(file)) {
                reader.resume(i, end, sequence);
            }
        }
    }

    private void restoreDevices(final Checkpoint checkpoint) {
        for (int i = 0; i < checkpoint.devices().size(); i++) {
            devices.restore(i, checkpoint.devices().get(i));
        }
    }

    /** Whether the files are as the checkpoint left them. */
    private boolean trusted(final Checkpoint checkpoint) throws IOException {
        for (int i = 0; i < checkpoint.files().size(); i++) {
            final Path path = directory.resolve(checkpoint.files().get(i));
            if ((!Files.exists(path) || Files.size(path) < checkpoint.ends().get(i))
                    && missing.retired(checkpoint.files().get(i)) == null) {
                return false;
            }
        }
        for (final JournalFile candidate : files) {
            if (candidate.name().equals(checkpoint.file())) {
                try (FileWalker walker = new FileWalker(candidate, false)) {
                    walker.position(checkpoint.position() - FileWalker.HEADER);
                    return walker.step() == FileWalker.Step.RECORD
                            && walker.sequence() == checkpoint.sequence()
                            && walker.position() == checkpoint.end();
                }
            }
        }
        return false;
    }

    private void take(final JournalReader reader) {
        records++;
        sequence = reader.sequence();
        lastRead = sequence;
        synced = Math.max(synced, Frame.synced(sequence, reader.lag()));
        timeNs = Math.max(timeNs, reader.receivedAtNs());
        file = reader.file();
        position = reader.recordPosition();
        end = reader.nextPosition();
        if (candidate != null && candidate.sequence() <= synced) {
            confirmed = candidate;
            candidate = null;
        }
        if (candidate == null) {
            candidate = new Place(reader.fileIndex(), end, sequence);
        }
        final int device = reader.deviceIndex();
        final int kind = reader.kind();
        if (device >= 0) {
            devices.reserve(device);
        }
        if (kind < JournalWriter.CONTROL_KINDS && device >= 0) {
            once.raise(once.slot(device, reader.bootEpoch()), reader.number());
        } else if (kind == RecordKind.RECORD_KIND_SESSION_OPENED_VALUE && device >= 0) {
            final SessionOpened opened = sessionOpened(reader.buffer(), reader.payloadOffset(), reader.payloadLength());
            if (opened.hasDeviceId()) {
                devices.restore(device, opened.getDeviceId());
            }
        }
    }

    /** Reads the payload of a SESSION_OPENED record; an empty one when it cannot be read. */
    static SessionOpened sessionOpened(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        try {
            return SessionOpened.parseFrom(bytes);
        } catch (final InvalidProtocolBufferException e) {
            return SessionOpened.getDefaultInstance();
        }
    }
}
