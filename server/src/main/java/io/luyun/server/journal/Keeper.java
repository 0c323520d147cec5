package io.luyun.server.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The housekeeping of a journal, on a thread of its own so that the line never waits for it: looks at the free space,
 * writes checkpoints that have been synced, makes pages ready ahead of the writer.
 */
final class Keeper implements Runnable, AutoCloseable {
    private static final long PERIOD_NS = 20_000_000;

    private final Path directory;
    private final Health health;
    private final JournalWriter writer;
    private final TouchAhead touchAhead;
    private volatile boolean running = true;
    private volatile @Nullable Thread thread;
    private long checkpointedSequence;

    Keeper(final Path directory, final Health health, final JournalWriter writer, final TouchAhead touchAhead) {
        this.directory = directory;
        this.health = health;
        this.writer = writer;
        this.touchAhead = touchAhead;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (running) {
            duty();
            LockSupport.parkNanos(this, PERIOD_NS);
        }
    }

    /** One round. */
    void duty() {
        try {
            health.check();
            if (!health.halted()) {
                touchAhead.duty();
            }
            final Checkpoint pending = writer.pendingCheckpoint();
            if (pending != null
                    && pending.sequence() > checkpointedSequence
                    && writer.syncedSequence() >= pending.sequence()) {
                pending.write(directory);
                checkpointedSequence = pending.sequence();
            }
        } catch (final IOException | RuntimeException e) {
            health.onError(e);
        }
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
    }
}
