package io.luyun.server.exchange.mcap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** A file that is written from its beginning to its end, with its place and its checksum. */
final class McapOutput implements AutoCloseable {
    private final OutputStream out;
    private final CRC32 crc = new CRC32();
    private long position;

    McapOutput(final Path file) throws IOException {
        out = Files.newOutputStream(file);
    }

    void write(final byte[] bytes, final int length) throws IOException {
        crc.update(bytes, 0, length);
        out.write(bytes, 0, length);
        position += length;
    }

    void write(final Octets octets) throws IOException {
        write(octets.array(), octets.length());
    }

    /** Where the next octet goes. */
    long position() {
        return position;
    }

    /** Checksum of all since the last {@link #startCrc}. */
    int crc() {
        return (int) crc.getValue();
    }

    void startCrc() {
        crc.reset();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
