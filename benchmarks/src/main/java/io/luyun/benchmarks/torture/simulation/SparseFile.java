package io.luyun.benchmarks.torture.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Files that are mostly holes: read up to their last data, written without what is zero. */
final class SparseFile {
    private static final int PAGE = 4_096;

    private SparseFile() {}

    /** What is in a file up to its last octet that is not zero. */
    static byte[] read(final Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            final ByteBuffer all = ByteBuffer.allocate((int) channel.size());
            while (all.hasRemaining() && channel.read(all) >= 0) {
                // until the end
            }
            int end = all.position();
            while (end >= Long.BYTES && all.getLong(end - Long.BYTES) == 0) {
                end -= Long.BYTES;
            }
            while (end > 0 && all.get(end - 1) == 0) {
                end--;
            }
            return Arrays.copyOf(all.array(), end);
        }
    }

    /** Makes a file of this length with these octets at its beginning. */
    static void write(final Path path, final byte[] data, final long length) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int from = 0; from < data.length; from += PAGE) {
                final int count = Math.min(PAGE, data.length - from);
                if (!zero(data, from, count)) {
                    final ByteBuffer page = ByteBuffer.wrap(data, from, count);
                    while (page.hasRemaining()) {
                        channel.write(page, page.position());
                    }
                }
            }
            if (channel.size() < length) {
                channel.write(ByteBuffer.wrap(new byte[1]), length - 1);
            }
        }
    }

    static void copy(final Path from, final Path to) throws IOException {
        write(to, read(from), Files.size(from));
    }

    private static boolean zero(final byte[] data, final int from, final int count) {
        for (int i = from; i < from + count; i++) {
            if (data[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
