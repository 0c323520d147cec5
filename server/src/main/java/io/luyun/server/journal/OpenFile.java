package io.luyun.server.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A file of a journal, open for reading. While it is open it has a share of the file's lock, which needs no right to write
 * and which the kernel takes back from a process that dies: retention sees by it that somebody reads here. One thread.
 */
final class OpenFile implements AutoCloseable {
    private final FileChannel channel;
    private final @Nullable Descriptor descriptor;

    private OpenFile(final FileChannel channel, final @Nullable Descriptor descriptor) {
        this.channel = channel;
        this.descriptor = descriptor;
    }

    /** Opens the file that stands there; not one that is replaced at this instant. */
    static OpenFile open(final Path path) throws IOException {
        while (true) {
            final @Nullable Object before = key(path);
            final Descriptor descriptor = Descriptor.open(path);
            FileChannel channel = null;
            boolean same = false;
            try {
                if (descriptor != null) {
                    descriptor.lockShared();
                }
                channel = FileChannel.open(path, StandardOpenOption.READ);
                same = before == null || before.equals(key(path));
                if (same) {
                    return new OpenFile(channel, descriptor);
                }
            } finally {
                if (!same) {
                    close(channel, descriptor);
                }
            }
        }
    }

    FileChannel channel() {
        return channel;
    }

    /** Where, from here on, the file next may have data: its end when only holes follow. */
    long nextData(final long from) throws IOException {
        return descriptor == null ? from : descriptor.nextData(from, channel.size());
    }

    /** These bytes will be read soon: the system may begin to bring them into memory. */
    void readAhead(final long from, final long end) {
        if (descriptor != null) {
            descriptor.readAhead(from, end);
        }
    }

    @Override
    public void close() {
        try {
            close(channel, descriptor);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(final @Nullable FileChannel channel, final @Nullable Descriptor descriptor)
            throws IOException {
        if (descriptor != null) {
            descriptor.close();
        }
        if (channel != null) {
            channel.close();
        }
    }

    private static @Nullable Object key(final Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
