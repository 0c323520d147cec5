package io.luyun.server.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the still empty part of the file ahead of the writer, so that the kernel has its pages in memory before the
 * writer first touches them: otherwise that touch waits until the device's whole read-ahead, up to 8 MiB of a hole, has
 * been filled. Takes no disk space. Keeper thread.
 */
final class TouchAhead implements AutoCloseable {
    private static final int STEP = 1 << 20;

    private final List<JournalFile> files;
    private final long run;
    private final long aheadBytes;
    private final ByteBuffer sink = ByteBuffer.allocateDirect(STEP);
    private @Nullable JournalFile current;
    private @Nullable FileChannel channel;
    private long touchedTo;

    TouchAhead(final List<JournalFile> files, final long run, final int aheadMiB) {
        this.files = files;
        this.run = run;
        this.aheadBytes = (long) aheadMiB << 20;
    }

    /** Brings the part ahead up to its size. */
    void duty() throws IOException {
        if (aheadBytes == 0 || files.isEmpty()) {
            return;
        }
        final JournalFile newest = files.getLast();
        final long end = newest.end();
        if (newest.run() != run || end == 0) {
            return;
        }
        FileChannel open = channel;
        if (open == null || newest != current) {
            close();
            open = FileChannel.open(newest.path(), StandardOpenOption.READ);
            channel = open;
            current = newest;
            touchedTo = 0;
        }
        final long goal = Math.min(end + aheadBytes, open.size());
        touchedTo = Math.max(touchedTo, end & -STEP);
        while (touchedTo < goal) {
            sink.clear();
            if (open.read(sink, touchedTo) <= 0) {
                return;
            }
            touchedTo += sink.position();
        }
    }

    @Override
    public void close() throws IOException {
        final FileChannel open = channel;
        channel = null;
        current = null;
        if (open != null) {
            open.close();
        }
    }
}
