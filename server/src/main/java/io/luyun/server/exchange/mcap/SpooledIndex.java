package io.luyun.server.exchange.mcap;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The index of chunks, which stands at the end of the file and grows with it: kept beside the file until then, so that memory stays
 * the same however long the journal is.
 */
final class SpooledIndex implements AutoCloseable {
    private final Path file;
    private final OutputStream out;
    private final Octets record = new Octets(1_024);
    private long count;
    private long length;

    /** Kept beside the file it belongs to. */
    SpooledIndex(final Path beside) throws IOException {
        final Path name = beside.toAbsolutePath();
        file = Files.createTempFile(name.getParent(), String.valueOf(name.getFileName()), ".index");
        out = new BufferedOutputStream(Files.newOutputStream(file));
    }

    /** Takes the content of one record. */
    void add(final Octets content) throws IOException {
        record.length(0);
        final int begun = record.begin(Opcode.CHUNK_INDEX);
        record.bytes(content.array(), 0, content.length());
        record.end(begun);
        out.write(record.array(), 0, record.length());
        length += record.length();
        count++;
    }

    /** How many there are. */
    long count() {
        return count;
    }

    /** Octets of all. */
    long length() {
        return length;
    }

    /** Copies all of them; nothing may be added any more. */
    void copy(final McapOutput to) throws IOException {
        out.close();
        final byte[] some = new byte[1 << 16];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int read = in.read(some); read > 0; read = in.read(some)) {
                to.write(some, read);
            }
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }
}
