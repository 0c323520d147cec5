package io.luyun.server.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Holds a journal's directory for one writer; the kernel lets go of it when the process ends, however it ends. */
final class DirectoryLock implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String FORMAT = "format";
    private static final String FORMAT_LINE = "luyun journal 1\n";

    private final FileChannel channel;

    private DirectoryLock(final FileChannel channel) {
        this.channel = channel;
    }

    /** Whether a journal has ever been opened here. */
    static boolean marks(final Path directory) {
        return Files.exists(directory.resolve(FORMAT));
    }

    /** Says that here is a journal. */
    static void mark(final Path directory) throws IOException {
        writeFormat(directory.resolve(FORMAT));
    }

    static DirectoryLock take(final Path directory) throws IOException {
        final Path path = directory.resolve(LOCK);
        final FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new JournalException("the journal " + directory + " is in use by process "
                    + Files.readString(path).strip());
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        final DirectoryLock lock = new DirectoryLock(channel);
        lock.checkFormat(directory);
        return lock;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new JournalException("cannot release the journal: " + e.getMessage(), e);
        }
    }

    private void checkFormat(final Path directory) throws IOException {
        final Path path = directory.resolve(FORMAT);
        // Empty: the power went between the creation of the file and its first force.
        if (!Files.exists(path) || Files.size(path) == 0) {
            writeFormat(path);
            GroupCommit.ChannelForce.forceDirectory(directory);
            GroupCommit.ChannelForce.forceDirectory(directory.toAbsolutePath().getParent());
        } else if (!Files.readString(path).equals(FORMAT_LINE)) {
            close();
            throw new JournalException("the journal " + directory + " has another format: "
                    + Files.readString(path).strip());
        }
    }

    private static void writeFormat(final Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(FORMAT_LINE.getBytes(StandardCharsets.US_ASCII)));
            file.force(true);
        }
    }

    private static @Nullable FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException e) {
            return null;
        }
    }
}
