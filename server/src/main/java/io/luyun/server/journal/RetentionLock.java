package io.luyun.server.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Lets one at a time change what a journal holds of the past: retention for the instant in which it puts or removes a file,
 * whoever adds or removes a hold, a server for as long as it reads the journal at its start. The kernel lets go of it when the
 * process ends. Never held by the line.
 */
final class RetentionLock implements AutoCloseable {
    private static final String NAME = "retention.lock";
    private static final String RUN_NAME = "retention.run.lock";
    private static final String UID = "unix:uid";
    private static final Path SELF = Path.of("/proc/self");

    private final Path directory;
    private final FileChannel channel;

    private RetentionLock(final Path directory, final FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Fails for whoever is not the owner of a journal, as the administrator may be: the server could not open the files that were left
     * behind, first of all the lock.
     */
    static void requireOwner(final Path directory) {
        try {
            if (!Files.getAttribute(directory, UID).equals(Files.getAttribute(SELF, UID))) {
                throw new JournalException(directory + " belongs to " + Files.getOwner(directory)
                        + ": must be changed as that user, whose server could not open files of another");
            }
        } catch (final IllegalArgumentException | UnsupportedOperationException _) {
            // no file system of Unix: nobody knows, and retention needs Linux anyway
        } catch (final IOException e) {
            throw new JournalException("cannot tell whose " + directory + " is: " + e.getMessage(), e);
        }
    }

    /** Waits for it. */
    static RetentionLock take(final Path directory) {
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(directory.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            taken = true;
            return new RetentionLock(directory, channel);
        } catch (final OverlappingFileLockException e) {
            throw new JournalException("another thread of this process changes the past of " + directory, e);
        } catch (final IOException e) {
            throw new JournalException("cannot lock " + directory.resolve(NAME) + ": " + e.getMessage(), e);
        } finally {
            if (channel != null && !taken) {
                close(channel);
            }
        }
    }

    /** Takes the lock of a whole turn of retention, in which nobody else waits; fails when another turn is at work. */
    static RetentionLock turn(final Path directory) {
        final Path path = directory.resolve(RUN_NAME);
        requireOwner(directory);
        try {
            final FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!taken(channel)) {
                channel.close();
                throw new JournalException("another retention is at work on " + directory);
            }
            return new RetentionLock(directory, channel);
        } catch (final IOException e) {
            throw new JournalException("cannot lock " + path + ": " + e.getMessage(), e);
        }
    }

    private static boolean taken(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (final OverlappingFileLockException e) {
            return false;
        }
    }

    /** Fails unless it is that of this journal. */
    void require(final Path journal) {
        if (!directory.equals(journal) || !channel.isOpen()) {
            throw new IllegalStateException("not locked: " + journal);
        }
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(final FileChannel channel) {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new JournalException("cannot release a lock: " + e.getMessage(), e);
        }
    }
}
