package io.luyun.server.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * What a journal stands on besides its directory: a simulation puts a disk and a time of its own below it.
 *
 * @param force brings what has been written to the disk
 * @param usableBytes free space
 * @param ticks passing of time, by which syncs are grouped
 */
public record JournalGround(Force force, LongSupplier usableBytes, NanoClock ticks) {
    /** Brings files to the disk. The thread that syncs. */
    public interface Force {
        /**
         * What has been written to the file survives a loss of power when this returns.
         *
         * @param end where its last record ends, as far as known
         */
        void force(Path file, long end) throws IOException;

        /**
         * The next force brings this part of the file to the disk, whether or not it has been written before, as far as anybody
         * knows: it is written anew. After a sync that failed the system takes for written what is only in memory.
         *
         * @param from where it begins
         * @param end where it ends
         */
        void renew(Path file, long from, long end) throws IOException;

        /** Nothing more is to come for this one. */
        void done(Path file);
    }

    /** The machine's own, for a journal in this directory. */
    public static JournalGround of(final Path directory) {
        return new JournalGround(new GroupCommit.ChannelForce(), freeSpace(directory), SystemNanoClock.INSTANCE);
    }

    /** Looks for the file system once: doing so reads the table of all mounts, which the keeper must not at each look. */
    private static LongSupplier freeSpace(final Path directory) {
        final AtomicReference<@Nullable FileStore> found = new AtomicReference<>();
        return () -> {
            try {
                FileStore store = found.get();
                if (store == null) {
                    store = Files.getFileStore(directory);
                    found.set(store);
                }
                return store.getUsableSpace();
            } catch (final IOException e) {
                throw new UncheckedIOException("cannot tell the free space of " + directory, e);
            }
        };
    }
}
