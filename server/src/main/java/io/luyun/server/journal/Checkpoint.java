package io.luyun.server.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says up to one record, so that an opening reads only what lies behind it: devices, highest numbers,
 * and where that record stands. Written (beside, forced, renamed) only when everything it covers has been synced.
 *
 * <p>The rule: what lies behind the checkpoint is read and checked at each opening; what lies before it was checked when
 * it was written or scanned, is checked again by every reader that reads it, and as a whole by {@link JournalCheck}. The
 * opening checks of it only that the files are there, as long as they were, and end with the record the checkpoint names;
 * otherwise everything is scanned.
 *
 * @param sequence the last record it covers
 * @param timeNs time of that record
 * @param file its file, relative to the journal's directory
 * @param position where in the file its frame lies
 * @param end where in the file the next record begins
 * @param lastRun highest run so far
 * @param files names of all files up to it
 * @param ends how long each of these files is at least
 * @param devices device ids by number
 * @param once highest numbers
 */
record Checkpoint(
        long sequence,
        long timeNs,
        String file,
        long position,
        long end,
        long lastRun,
        List<String> files,
        List<Long> ends,
        List<String> devices,
        OnceTable once) {
    static final String NAME = "checkpoint";
    /** The same of what has been removed, so that nothing is forgotten when there is no checkpoint to be trusted. */
    static final String CARRIED = "carried";

    private static final long MAGIC = 0x4C59_4A43_4845_434BL; // "LYJCHECK"
    private static final int VERSION = 1;

    void write(final Path directory) throws IOException {
        write(directory, NAME);
    }

    private void write(final Path directory, final String name) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(MAGIC);
        out.writeInt(VERSION);
        out.writeLong(sequence);
        out.writeLong(timeNs);
        out.writeUTF(file);
        out.writeLong(position);
        out.writeLong(end);
        out.writeLong(lastRun);
        out.writeInt(files.size());
        for (int i = 0; i < files.size(); i++) {
            out.writeUTF(files.get(i));
            out.writeLong(ends.get(i));
        }
        out.writeInt(devices.size());
        for (final String device : devices) {
            out.writeUTF(device);
        }
        out.writeInt(once.size());
        for (int slot = 0; slot < once.size(); slot++) {
            out.writeInt(once.device(slot));
            out.writeLong(once.epoch(slot));
            out.writeLong(once.highest(slot));
        }
        final CRC32C crc = new CRC32C();
        crc.update(bytes.toByteArray());
        out.writeInt((int) crc.getValue());
        SafeFile.write(directory.resolve(name), bytes.toByteArray());
    }

    /** Writes what records that are no longer there said: only devices and highest numbers count. */
    static void writeCarried(final Path directory, final List<String> devices, final OnceTable once)
            throws IOException {
        new Checkpoint(0, 0, "", 0, 0, 0, List.of(), List.of(), devices, once).write(directory, CARRIED);
    }

    /** The checkpoint of a journal, or null when there is none or it is not sound. */
    static @Nullable Checkpoint read(final Path directory) throws IOException {
        return read(directory, NAME);
    }

    /** What records that are no longer there said: devices and highest numbers; null when there is none, or it is not sound. */
    static @Nullable Checkpoint carried(final Path directory) throws IOException {
        return read(directory, CARRIED);
    }

    /**
     * The highest numbers of records that are no longer there, for who writes them anew; none when there is no such file.
     *
     * @throws JournalException when it is not sound: what it said must not be taken for nothing
     */
    static OnceTable carriedOnce(final Path directory) throws IOException {
        final Checkpoint carried = carried(directory);
        if (carried == null && Files.exists(directory.resolve(CARRIED))) {
            throw new JournalException(
                    "the file " + directory.resolve(CARRIED) + " is not sound: what was removed before is not known");
        }
        return carried == null ? new OnceTable() : carried.once();
    }

    private static @Nullable Checkpoint read(final Path directory, final String name) throws IOException {
        final Path path = directory.resolve(name);
        if (!Files.exists(path)) {
            return null;
        }
        final byte[] bytes = Files.readAllBytes(path);
        if (bytes.length < Long.BYTES + Integer.BYTES) {
            return null;
        }
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - Integer.BYTES);
        if (ByteBuffer.wrap(bytes).getInt(bytes.length - Integer.BYTES) != (int) crc.getValue()) {
            return null;
        }
        final DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readLong() != MAGIC || in.readInt() != VERSION) {
            return null;
        }
        final long sequence = in.readLong();
        final long timeNs = in.readLong();
        final String file = in.readUTF();
        final long position = in.readLong();
        final long end = in.readLong();
        final long lastRun = in.readLong();
        final List<String> files = new ArrayList<>();
        final List<Long> ends = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            files.add(in.readUTF());
            ends.add(in.readLong());
        }
        final List<String> devices = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            devices.add(in.readUTF());
        }
        final OnceTable once = new OnceTable();
        for (int i = in.readInt(); i > 0; i--) {
            final int slot = once.slot(in.readInt(), in.readLong());
            once.raise(slot, in.readLong());
        }
        return new Checkpoint(sequence, timeNs, file, position, end, lastRun, files, ends, devices, once);
    }
}
