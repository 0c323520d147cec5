package io.luyun.server.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Finds sound frames in a file wherever they begin: each starts at a multiple of four with the magic and ends with a
 * checksum that has its place mixed in. Reads instead of mapping, little at first, and steps over holes: looking at a few
 * places of a large file costs a few small reads, and the empty end of a sparse file next to nothing. One thread.
 */
final class FrameFinder implements AutoCloseable {
    private static final int FIRST_READ = 4 << 10;
    private static final int GROWTH = 4;
    /** Longer than any frame. */
    private static final int BUFFER = 256 << 10;

    private final OpenFile file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private int frame;

    FrameFinder(final OpenFile file) {
        this.file = file;
    }

    /**
     * A sound record.
     *
     * @param timeNs its receive time
     * @param end where in its file it ends
     */
    record Place(long sequence, long timeNs, long end) {}

    /** Looks for the first sound record of a file; null when there is none, or the file has gone. */
    static @Nullable Place first(final JournalFile file) {
        try (OpenFile open = OpenFile.open(file.path());
                FrameFinder finder = new FrameFinder(open)) {
            final long at = finder.findFirst(0, Long.MAX_VALUE, 0, Long.MAX_VALUE);
            return at < 0 ? null : finder.place(at);
        } catch (final NoSuchFileException e) {
            return null;
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read " + file.path(), e);
        }
    }

    /**
     * The first place at which a sound frame begins, or -1; the accessors describe it.
     *
     * @param from where to look first, a multiple of four
     * @param until frames that begin here or later do not count
     */
    long find(final long from, final long until) throws IOException {
        final long size = file.channel().size();
        long start = from;
        int wanted = FIRST_READ;
        while (start < Math.min(until, size)) {
            final int end = read(start, wanted) & ~3;
            int looked = 0;
            int bits = 0;
            boolean cut = false;
            while (looked < end && start + looked < until && !cut) {
                final int word = buffer.getInt(looked);
                bits |= word;
                if (word == Frame.MAGIC) {
                    cut = (looked > 0 || wanted < BUFFER) && cut(looked, end);
                    if (!cut && sound(looked, end, start + looked)) {
                        return start + looked;
                    }
                }
                looked += cut ? 0 : 4;
            }
            if (looked == 0 && !cut) {
                return -1;
            }
            start += looked;
            if (bits == 0) {
                start = Math.max(start, file.nextData(start) & ~3);
            }
            wanted = cut ? BUFFER : Math.min(BUFFER, wanted * GROWTH);
        }
        return -1;
    }

    /**
     * The first place at which a sound frame begins with a sequence between these, or -1; also in a file that is being
     * written. There, by the time a frame is seen, frames may have come where nothing was when it was looked at: looks again.
     */
    long findFirst(final long from, final long until, final long after, final long before) throws IOException {
        long found = -1;
        long end = until;
        while (true) {
            long at = find(from, end);
            while (at >= 0 && (sequence() <= after || sequence() >= before)) {
                at = find(at + FileWalker.HEADER, end);
            }
            if (at < 0) {
                // The accessors describe it again.
                return found < 0 ? found : find(found, until);
            }
            found = at;
            end = at;
        }
    }

    long sequence() {
        return buffer.getLong(frame + Frame.SEQUENCE_OFFSET);
    }

    long timeNs() {
        return buffer.getLong(frame + Frame.TIME_OFFSET);
    }

    int length() {
        return Frame.frameLength(buffer.getInt(frame + Frame.LENGTH_OFFSET));
    }

    /** The frame found there. */
    Place place(final long at) {
        return new Place(sequence(), timeNs(), at + length());
    }

    @Override
    public void close() {
        BufferUtil.free(buffer);
    }

    private int read(final long from, final int count) throws IOException {
        buffer.clear().limit(count);
        int last = 0;
        while (buffer.hasRemaining() && last >= 0) {
            last = file.channel().read(buffer, from + buffer.position());
        }
        final int read = buffer.position();
        buffer.clear();
        return read;
    }

    /** Whether the frame that begins here goes on behind what has been read. */
    private boolean cut(final int index, final int end) {
        if (end - index < Frame.HEADER_LENGTH) {
            return true;
        }
        final int payload = buffer.getInt(index + Frame.LENGTH_OFFSET);
        return payload >= 0 && payload <= Frame.PAYLOAD_MAX && Frame.frameLength(payload) > end - index;
    }

    private boolean sound(final int index, final int end, final long position) {
        if (end - index < Frame.HEADER_LENGTH + Frame.CRC_LENGTH || cut(index, end)) {
            return false;
        }
        final int payload = buffer.getInt(index + Frame.LENGTH_OFFSET);
        if (payload < 0 || payload > Frame.PAYLOAD_MAX) {
            return false;
        }
        final int checksum = buffer.getInt(index + Frame.frameLength(payload) - Frame.CRC_LENGTH);
        if (Frame.checksum(crc, buffer, index, payload, position) != checksum) {
            return false;
        }
        frame = index;
        return true;
    }
}
