package io.luyun.benchmarks.torture.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** A disk as a file. */
final class DiskImage implements AutoCloseable {
    /** What a disk writes whole or not at all. */
    private static final int SECTOR = 512;

    private final Path file;
    private final FileChannel channel;

    /** What is in the file already stays. */
    DiskImage(final Path file, final long mebibytes) throws IOException, InterruptedException {
        this.file = file;
        Shell.run("truncate", "-s", mebibytes + "M", file.toString());
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
    }

    void write(final long offset, final ByteBuffer bytes) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Writes some of the sectors only. */
    void tear(final long offset, final ByteBuffer bytes, final Random random) throws IOException {
        for (int at = 0; at < bytes.limit(); at += SECTOR) {
            if (random.nextBoolean()) {
                write(offset + at, bytes.slice(at, Math.min(SECTOR, bytes.limit() - at)));
            }
        }
    }

    /** Copies it as it is. */
    Path copy(final Path to) throws IOException, InterruptedException {
        Files.deleteIfExists(to);
        Shell.run("cp", "--sparse=always", file.toString(), to.toString());
        return to;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
