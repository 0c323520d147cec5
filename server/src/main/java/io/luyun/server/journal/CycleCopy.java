package io.luyun.server.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Writes one file of a journal anew: a Chronicle file made in a directory of its own, of records as they are, whatever their
 * time. One thread. When it is closed the directory has gone.
 */
final class CycleCopy implements AutoCloseable {
    private final Path work;
    private final CycleAppender appender;
    private boolean ended;

    /**
     * Begins a file.
     *
     * @param work a directory that is not there yet
     */
    CycleCopy(final Path work) throws IOException {
        clear(work);
        this.work = Files.createDirectory(work);
        this.appender = new CycleAppender(
                JournalConfig.defaults(work.toString()), work, 0, 0, new CopyOnWriteArrayList<>(), false);
    }

    /** Appends the record a reader stands at; returns its length with what frames it. */
    int append(final JournalReader record) {
        return FileWalker.HEADER
                + appender.append(
                        record.sequence(),
                        record.receivedAtNs(),
                        record.number(),
                        record.bootEpoch(),
                        record.deviceIndex(),
                        record.kind(),
                        record.lag(),
                        record.buffer(),
                        record.payloadOffset(),
                        record.payloadLength());
    }

    /** Ends the file, which then is on the disk, and returns it; at least one record has been appended. */
    JournalFile end() throws IOException {
        final JournalFile file = appender.current();
        if (file == null) {
            throw new IllegalStateException("no record");
        }
        ended = true;
        appender.close();
        file.trim();
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        if (!ended) {
            appender.close();
        }
        clear(work);
    }

    /** Removes such a directory, if one was left. */
    static void clear(final Path work) throws IOException {
        if (Files.isDirectory(work)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(work)) {
                for (final Path entry : entries) {
                    Files.delete(entry);
                }
            }
            Files.delete(work);
        }
    }
}
