package io.luyun.server.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
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
    private final DeviceTable devices;
    private final Counters counters;
    private final List<Damage> damage = new ArrayList<>();
    private OnceTable once = new OnceTable();
    private long sequence;
    private long timeNs;
    private long records;
    private long checkpointSequence;
    private String file = "";
    private long position;
    private long end;
    private int firstIndex;

    private Scan(
            final Path directory, final List<JournalFile> files, final DeviceTable devices, final Counters counters) {
        this.directory = directory;
        this.missing = new MissingFile(directory);
        this.files = files;
        this.devices = devices;
        this.counters = counters;
    }

    static Scan of(
            final Path directory,
            final List<JournalFile> files,
            final @Nullable Checkpoint checkpoint,
            final DeviceTable devices,
            final Counters counters)
            throws IOException {
        final Scan scan = new Scan(directory, files, devices, counters);
        scan.read(checkpoint);
        return scan;
    }

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
        counters.increment(Counter.JOURNAL_DAMAGE);
        damage.add(found);
    }

    ScanReport report(final long nanos) {
        return new ScanReport(sequence, checkpointSequence, records, devices.size(), nanos, damage);
    }

    List<Damage> damage() {
        return damage;
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

    /** The files of which something was read. */
    List<JournalFile> scanned() {
        return records == 0 ? List.of() : files.subList(firstIndex, files.size());
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
        once = checkpoint.once();
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
        timeNs = Math.max(timeNs, reader.receivedAtNs());
        file = reader.file();
        position = reader.recordPosition();
        end = reader.nextPosition();
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
