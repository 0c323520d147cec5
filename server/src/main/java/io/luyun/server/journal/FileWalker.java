package io.luyun.server.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Walks the records of one Chronicle file in place, through a mapped window, without Chronicle: what a reader must find
 * behind a damaged spot is exactly what Chronicle's own reader does not. One thread. The buffer is valid until the next
 * step; nothing is allocated but a new window every 64 MiB.
 *
 * <p>A Chronicle file is a row of documents, each at a multiple of four: a header of four bytes (30 bits of length, bit
 * 30 set for Chronicle's own data, bit 31 set while being written) and the content. Zero: nothing yet.
 */
final class FileWalker implements AutoCloseable {
    /** What a step found. */
    enum Step {
        /** A record; the accessors describe it. */
        RECORD,
        /** Nothing more, or nothing more yet. */
        END,
        /** Something that is not a record. */
        DAMAGE
    }

    private static final int NOT_COMPLETE = 0x8000_0000;
    private static final int META_DATA = 0x4000_0000;
    private static final int LENGTH_MASK = 0x3FFF_FFFF;
    static final int HEADER = 4;
    private static final long WINDOW = 64L << 20;
    private static final long GRANULE = 64 << 10;
    private static final int CHUNK = 1 << 20;

    private final JournalFile file;
    private final FileChannel channel;
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private @Nullable MappedByteBuffer window;
    private long windowStart;
    private long windowEnd;
    private long position;
    private int frame;
    private int payloadLength;
    private String finding = "";

    FileWalker(final JournalFile file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file.path(), StandardOpenOption.READ);
    }

    /**
     * The first readable record of a file; null when there is none.
     *
     * @param timeNs its receive time
     */
    record First(long sequence, long timeNs) {}

    /** Looks for the first readable record of a file. */
    static @Nullable First first(final JournalFile file) {
        try (FileWalker walker = new FileWalker(file)) {
            final Step step = walker.step();
            if (step == Step.RECORD || (step == Step.DAMAGE && walker.search(0, Long.MAX_VALUE))) {
                return new First(walker.sequence(), walker.view.getLong(walker.frame + Frame.TIME_OFFSET));
            }
            return null;
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read " + file.path(), e);
        }
    }

    JournalFile file() {
        return file;
    }

    /** Where the next step looks. */
    long position() {
        return position;
    }

    void position(final long newPosition) {
        position = newPosition;
    }

    /** What was wrong at the position, after DAMAGE, or what there is at the end, after END. */
    String finding() {
        return finding;
    }

    UnsafeBuffer buffer() {
        return view;
    }

    int frame() {
        return frame;
    }

    int payloadLength() {
        return payloadLength;
    }

    long sequence() {
        return view.getLong(frame + Frame.SEQUENCE_OFFSET);
    }

    /** Looks at the next record. */
    Step step() throws IOException {
        while (true) {
            if (!map(position, HEADER)) {
                finding = "the file ends";
                return Step.END;
            }
            final int header = view.getIntVolatile((int) (position - windowStart));
            if (header == 0 || (header & NOT_COMPLETE) != 0) {
                finding = header == 0 ? "no record header" : "an unfinished record";
                return Step.END;
            }
            final int length = header & LENGTH_MASK;
            if (!map(position, HEADER + length)) {
                finding = "a record longer than its file";
                return Step.DAMAGE;
            }
            if ((header & META_DATA) == 0) {
                if (!valid(position + HEADER, length)) {
                    return Step.DAMAGE;
                }
                position += HEADER + length;
                return Step.RECORD;
            }
            position += (HEADER + (long) length + 3) & ~3L;
        }
    }

    /**
     * Looks for the next record from the position on, whatever stands in between. A record whose Chronicle header is not
     * sound counts only when another record stands behind it: it may be the one its writer was killed in.
     *
     * @param after only records with a higher sequence count
     * @param before only records with a lower sequence count
     * @return true when one was found; the accessors describe it and the position is behind it
     */
    boolean search(final long after, final long before) throws IOException {
        final long from = position;
        long at = find(from + HEADER, after, before);
        if (at >= 0 && !committed(at)) {
            final long candidate = at;
            final long sequence = sequence();
            at = before != Long.MAX_VALUE || find(candidate + HEADER, sequence, before) >= 0 ? candidate : -1;
        }
        if (at < 0 || !check(at, after, before)) {
            position = from;
            return false;
        }
        position = at + Frame.frameLength(payloadLength);
        return true;
    }

    /** Whether a finished record stands at the position now; there may be one now where there was none before. */
    boolean arrived() throws IOException {
        if (!map(position, HEADER)) {
            return false;
        }
        final int header = view.getIntVolatile((int) (position - windowStart));
        return header != 0 && (header & NOT_COMPLETE) == 0;
    }

    @Override
    public void close() {
        unmap();
        try {
            channel.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean committed(final long at) throws IOException {
        return map(at - HEADER, HEADER)
                && view.getIntVolatile((int) (at - HEADER - windowStart)) == Frame.frameLength(payloadLength);
    }

    /** First place from here on at which a valid frame lies, or -1. Reads instead of mapping: most of it may be holes. */
    private long find(final long from, final long after, final long before) throws IOException {
        final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        long start = from;
        while (true) {
            chunk.clear();
            if (channel.read(chunk, start) <= 0) {
                return -1;
            }
            final int end = chunk.position() & ~3;
            if (end == 0) {
                return -1;
            }
            for (int i = 0; i < end; i += 4) {
                if (chunk.getInt(i) == Frame.MAGIC && check(start + i, after, before)) {
                    return start + i;
                }
            }
            start += end;
        }
    }

    private boolean check(final long at, final long after, final long before) throws IOException {
        if (!map(at, Frame.HEADER_LENGTH + Frame.CRC_LENGTH)) {
            return false;
        }
        final int length = view.getInt((int) (at - windowStart) + Frame.LENGTH_OFFSET);
        if (length < 0 || length > Frame.PAYLOAD_MAX || !map(at, Frame.frameLength(length))) {
            return false;
        }
        return valid(at, Frame.frameLength(length)) && sequence() > after && sequence() < before;
    }

    private boolean valid(final long at, final int length) {
        final int index = (int) (at - windowStart);
        if (length < Frame.HEADER_LENGTH + Frame.CRC_LENGTH || view.getInt(index) != Frame.MAGIC) {
            finding = "not a record";
            return false;
        }
        final int payload = view.getInt(index + Frame.LENGTH_OFFSET);
        if (payload < 0 || payload > Frame.PAYLOAD_MAX || Frame.frameLength(payload) != length) {
            finding = "a record with a wrong length";
            return false;
        }
        final MappedByteBuffer bytes = window;
        if (bytes == null
                || Frame.checksum(crc, bytes, index, payload, at) != view.getInt(index + length - Frame.CRC_LENGTH)) {
            finding = "a record with a wrong checksum";
            return false;
        }
        frame = index;
        payloadLength = payload;
        return true;
    }

    private boolean map(final long at, final long length) throws IOException {
        return (at >= windowStart && at + length <= windowEnd) || remap(at, length);
    }

    private boolean remap(final long at, final long length) throws IOException {
        final long size = channel.size();
        if (at < 0 || at + length > size) {
            return false;
        }
        unmap();
        windowStart = at & -GRANULE;
        windowEnd = Math.min(size, Math.max(at + length, windowStart + WINDOW));
        window = channel.map(FileChannel.MapMode.READ_ONLY, windowStart, windowEnd - windowStart);
        view.wrap(window);
        return true;
    }

    private void unmap() {
        final MappedByteBuffer old = window;
        window = null;
        windowStart = 0;
        windowEnd = 0;
        view.wrap(0, 0);
        IoUtil.unmap(old);
    }
}
