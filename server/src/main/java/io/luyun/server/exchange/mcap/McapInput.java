package io.luyun.server.exchange.mcap;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** A file that is read from its beginning to its end, with its place and its checksum. Reads nothing that the file does not have. */
final class McapInput implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final CRC32 crc = new CRC32();
    private final long size;
    private final byte[] some = new byte[BUFFER];
    private long position;

    /** Begins at that octet. */
    McapInput(final Path file, final long from) throws IOException {
        final SeekableByteChannel channel = Files.newByteChannel(file);
        size = channel.size();
        position = from;
        in = new BufferedInputStream(Channels.newInputStream(channel.position(from)), BUFFER);
    }

    /** Octets that are left. */
    long remaining() {
        return size - position;
    }

    long position() {
        return position;
    }

    /** Checksum of all so far. */
    int crc() {
        return (int) crc.getValue();
    }

    /** Reads so many; there must be as many left. */
    void read(final byte[] into, final int count) throws IOException {
        int got = 0;
        while (got < count) {
            final int more = in.read(into, got, count - got);
            if (more < 0) {
                throw new McapException("the file has become shorter");
            }
            got += more;
        }
        crc.update(into, 0, count);
        position += count;
    }

    void skip(final long count) throws IOException {
        long left = count;
        while (left > 0) {
            final int step = (int) Math.min(left, some.length);
            read(some, step);
            left -= step;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
