package io.luyun.benchmarks.torture.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * A change of a file that nobody made on purpose, and the way back.
 *
 * @param what in a few words, with the place
 * @param from the first byte that is another, or no longer there
 * @param to behind the last one; equal when nothing is other than it was
 * @param before what stood from there to the end of the file or of the change
 * @param truncated whether the file ends at {@code from}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Change(String what, Path file, long from, long to, byte[] before, boolean truncated) {
    private static final int PAGE = 4_096;

    /** What can happen. */
    enum Kind {
        /** One bit is another. */
        FLIP,
        /** A page of the file is zeros. */
        ZERO_PAGE,
        /** The file ends early. */
        TRUNCATE
    }

    /** Makes a change at a random place before the limit. */
    static Change make(final Kind kind, final Path file, final long limit, final Random random) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final long at = random.nextLong(limit);
            return switch (kind) {
                case FLIP -> flip(file, channel, at, 1 << random.nextInt(Byte.SIZE));
                case ZERO_PAGE -> zero(file, channel, at - at % PAGE);
                case TRUNCATE -> {
                    final byte[] before = read(channel, at, (int) (channel.size() - at));
                    channel.truncate(at);
                    yield new Change("cut at " + at, file, at, at + before.length, before, true);
                }
            };
        }
    }

    private static Change flip(final Path file, final FileChannel channel, final long at, final int bit)
            throws IOException {
        final byte[] before = read(channel, at, 1);
        write(channel, at, new byte[] {(byte) (before[0] ^ bit)});
        return new Change("bit " + bit + " of byte " + at + " flipped", file, at, at + 1, before, false);
    }

    private static Change zero(final Path file, final FileChannel channel, final long page) throws IOException {
        final byte[] before = read(channel, page, (int) Math.min(PAGE, channel.size() - page));
        write(channel, page, new byte[before.length]);
        return new Change("page at " + page + " zeroed", file, page, page + before.length, before, false);
    }

    /** Whether one of these bytes is another than it was. */
    boolean alters(final long start, final long end) {
        if (truncated) {
            return end > from;
        }
        for (long at = Math.max(start, from); at < Math.min(end, to); at++) {
            if (before.length == 1 || before[(int) (at - from)] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Puts back what stood there. */
    void undo() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            write(channel, from, before);
        }
    }

    private static byte[] read(final FileChannel channel, final long at, final int count) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
            // Until all is there.
        }
        return bytes.array();
    }

    private static void write(final FileChannel channel, final long at, final byte[] content) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
            channel.write(bytes, at + bytes.position());
        }
    }
}
