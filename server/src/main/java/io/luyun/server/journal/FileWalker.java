package io.luyun.server.journal;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
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

    private final JournalFile file;
    private final boolean readsAhead;
    private final OpenFile open;
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private @Nullable FrameFinder finder;
    private @Nullable MappedByteBuffer window;
    private long windowStart;
    private long windowEnd;
    private long position;
    private long stepStart;
    private int frame;
    private int payloadLength;
    private String finding = "";

    /**
     * Opens a file.
     *
     * @param readsAhead whether the system is told ahead what will be read when one window follows another; not for the line,
     *     which would wait for it
     */
    FileWalker(final JournalFile file, final boolean readsAhead) throws IOException {
        this.file = file;
        this.readsAhead = readsAhead;
        this.open = OpenFile.open(file.path());
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

    /**
     * Looks at the next record. What is not one leaves the position where it was, before what Chronicle keeps for itself
     * there: a wrong header may be what makes it look so.
     */
    Step step() throws IOException {
        stepStart = position;
        long at = position;
        while (true) {
            if (!map(at, HEADER)) {
                finding = "the file ends";
                return Step.END;
            }
            final int header = view.getIntVolatile((int) (at - windowStart));
            if (header == 0 || (header & NOT_COMPLETE) != 0) {
                finding = header == 0 ? "no record header" : "an unfinished record";
                return Step.END;
            }
            final int length = header & LENGTH_MASK;
            if (!map(at, HEADER + length)) {
                finding = "a record longer than its file";
                return Step.DAMAGE;
            }
            if ((header & META_DATA) == 0) {
                if (!valid(at + HEADER, length)) {
                    return Step.DAMAGE;
                }
                position = at + HEADER + length;
                return Step.RECORD;
            }
            at += (HEADER + (long) length + 3) & ~3L;
        }
    }

    /**
     * Looks for the next record from the position on, whatever stands in between. A record whose Chronicle header is not
     * sound counts only when it is known to have been written, or another record stands behind it: it may be the one its
     * writer was killed in.
     *
     * @param after only records with a higher sequence count
     * @param before only records with a lower sequence count
     * @param written records up to this sequence are known to have been written
     * @return where its frame lies, or -1; nothing else has changed
     */
    long search(final long after, final long before, final long written) throws IOException {
        final FrameFinder finds = finder();
        final long at = finds.findFirst(position + HEADER, Long.MAX_VALUE, after, before);
        if (at < 0) {
            return at;
        }
        final long sequence = finds.sequence();
        final boolean certain = before != Long.MAX_VALUE || sequence <= written || committed(at, finds.length());
        return certain || finds.findFirst(at + HEADER, Long.MAX_VALUE, sequence, before) >= 0 ? at : -1;
    }

    /**
     * Looks for records that the last step stepped over, since a wrong header made them look like something of Chronicle's
     * own.
     *
     * @param after only records with a higher sequence count
     * @return where the first frame of these lies, or -1; nothing else has changed
     */
    long searchSkipped(final long after) throws IOException {
        final long at = position - Frame.frameLength(payloadLength);
        return stepStart == at - HEADER ? -1 : finder().findFirst(stepStart + HEADER, at, after, sequence());
    }

    /** Where the last step began. */
    long stepStart() {
        return stepStart;
    }

    /** Stands behind the frame that was found at this place; false when it is there no longer. */
    boolean standAt(final long at) throws IOException {
        if (!map(at, Frame.HEADER_LENGTH + Frame.CRC_LENGTH)) {
            return false;
        }
        final int length = Frame.frameLength(view.getInt((int) (at - windowStart) + Frame.LENGTH_OFFSET));
        if (!map(at, length) || !valid(at, length)) {
            return false;
        }
        position = at + length;
        return true;
    }

    /** Whether a record stands at the position now; there may be one now where there was none before. */
    boolean arrived() throws IOException {
        final long from = position;
        final boolean record = step() == Step.RECORD;
        position = from;
        return record;
    }

    @Override
    public void close() {
        unmap();
        if (finder != null) {
            finder.close();
        }
        open.close();
    }

    private boolean committed(final long at, final int length) throws IOException {
        return map(at - HEADER, HEADER) && view.getIntVolatile((int) (at - HEADER - windowStart)) == length;
    }

    private FrameFinder finder() {
        FrameFinder finds = finder;
        if (finds == null) {
            finds = new FrameFinder(open);
            finder = finds;
        }
        return finds;
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
        final long size = open.channel().size();
        if (at < 0 || at + length > size) {
            return false;
        }
        final boolean goingOn = windowEnd > 0 && at >= windowStart && at <= windowEnd;
        unmap();
        windowStart = at & -GRANULE;
        windowEnd = Math.min(size, Math.max(at + length, windowStart + WINDOW));
        window = open.channel().map(FileChannel.MapMode.READ_ONLY, windowStart, windowEnd - windowStart);
        view.wrap(window);
        if (goingOn && readsAhead) {
            open.readAhead(windowEnd, Math.min(size, windowEnd + WINDOW));
        }
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
