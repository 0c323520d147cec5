package io.luyun.benchmarks.torture.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link Drive} was given, in order.
 *
 * <pre>
 *   0   1          9        13
 *   +---+----------+--------+---//---+
 *   | W | offset   | length | bytes  |     a write; F and zeros: a flush
 *   +---+----------+--------+---//---+     big-endian
 * </pre>
 */
final class DriveLog implements AutoCloseable {
    private static final int HEAD = 13;

    private final FileChannel channel;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * A write or a flush.
     *
     * @param at place of its bytes in the log
     * @param offset place of its bytes on the disk
     */
    record Entry(boolean flush, long at, long offset, int length) {
        /** Place in the log behind it. */
        long end() {
            return at + length;
        }
    }

    DriveLog(final Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        final ByteBuffer head = ByteBuffer.allocate(HEAD);
        long at = 0;
        while (at + HEAD <= channel.size()) {
            read(head.clear(), at);
            final boolean flush = head.get() == 'F';
            final Entry entry = new Entry(flush, at + HEAD, head.getLong(), head.getInt());
            if (entry.end() > channel.size()) {
                break;
            }
            entries.add(entry);
            at = entry.end();
        }
    }

    List<Entry> entries() {
        return entries;
    }

    /** Bytes of a write. */
    ByteBuffer bytes(final Entry write) throws IOException {
        return read(ByteBuffer.allocate(write.length()), write.at());
    }

    private ByteBuffer read(final ByteBuffer into, final long at) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, at + into.position()) < 0) {
                throw new EOFException("the drive's log ends at " + channel.size());
            }
        }
        return into.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
