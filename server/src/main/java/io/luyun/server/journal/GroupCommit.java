package io.luyun.server.journal;

import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.monitor.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Forces appended records to the disk, a group at a time: when the oldest one has waited so long or so many wait. The
 * sync thread owns it; the line thread only publishes the last sequence and wakes it. Forcing is FileChannel.force on the
 * file itself, which on Linux writes back what is dirty in every mapping of it, and needs no appender of Chronicle's on
 * this thread; of a new file its directory is forced too.
 *
 * <p>A failed sync is the end: the kernel may have dropped what it could not write, and would report the next one as good.
 */
final class GroupCommit implements Runnable, AutoCloseable {
    private static final long IDLE_PARK_NS = 100_000_000;

    private final List<JournalFile> files;
    private final Health health;
    private final Counters counters;
    private final Latencies latencies;
    private final NanoClock clock;
    private final JournalGround.Force force;
    private final long maxDelayNs;
    private final long maxRecords;
    private volatile long appended;
    private volatile long synced;
    private volatile boolean idle;
    private volatile boolean running = true;
    private volatile @Nullable Thread thread;
    private SyncObserver observer = sequence -> {};
    private int fileIndex;
    private volatile long oldestNs;

    GroupCommit(
            final JournalConfig config,
            final List<JournalFile> files,
            final long sequence,
            final JournalGround ground,
            final Health health,
            final Counters counters,
            final Latencies latencies) {
        this.files = files;
        this.fileIndex = files.size();
        this.appended = sequence;
        this.synced = sequence;
        this.force = ground.force();
        this.clock = ground.ticks();
        this.health = health;
        this.counters = counters;
        this.latencies = latencies;
        this.maxDelayNs = config.syncMaxDelayMicros() * 1_000L;
        this.maxRecords = config.syncMaxRecords();
    }

    void observe(final SyncObserver syncs) {
        observer = syncs;
    }

    long appended() {
        return appended;
    }

    long synced() {
        return synced;
    }

    /** How long the oldest record has waited that is not safe yet; 0 when there is none. Any thread. */
    long waitingNs() {
        final long sinceNs = oldestNs;
        return sinceNs == 0 || appended == synced ? 0 : clock.nanoTime() - sinceNs;
    }

    /** Line thread: records up to this one are in the file. */
    void onAppended(final long sequence) {
        final long before = appended;
        appended = sequence;
        if (idle || (before - synced < maxRecords && sequence - synced >= maxRecords)) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (running) {
            final long waitNs;
            try {
                waitNs = duty();
            } catch (final Throwable e) {
                // without this thread nothing would be acknowledged any more, and nobody would know why
                health.fail("the sync thread of the journal has failed", e);
                return;
            }
            if (waitNs > 0) {
                LockSupport.parkNanos(this, waitNs);
            }
        }
    }

    /** One step of the sync thread: syncs when it is time; returns how long to wait before the next step. */
    long duty() {
        if (health.failed()) {
            return IDLE_PARK_NS;
        }
        if (appended == synced) {
            oldestNs = 0;
            idle = true;
            return appended == synced ? IDLE_PARK_NS : 0;
        }
        idle = false;
        final long nowNs = clock.nanoTime();
        if (oldestNs == 0) {
            oldestNs = nowNs;
        }
        final long waitNs = oldestNs + maxDelayNs - nowNs;
        if (waitNs > 0 && appended - synced < maxRecords) {
            return waitNs;
        }
        sync();
        return 0;
    }

    /** Syncs what has been appended. */
    void sync() {
        final long nextOldestNs = clock.nanoTime();
        final long target = appended;
        if (target == synced || health.failed()) {
            return;
        }
        try {
            final int count = files.size();
            for (int i = fileIndex; i < count; i++) {
                final JournalFile file = files.get(i);
                force.force(file.path(), file.end());
                if (i < count - 1) {
                    force.done(file.path());
                }
            }
            fileIndex = Math.max(0, count - 1);
        } catch (final IOException e) {
            health.fail("cannot sync the journal", e);
            return;
        }
        counters.increment(Counter.JOURNAL_SYNCS);
        latencies.record(Stage.APPEND_SYNC, clock.nanoTime() - (oldestNs == 0 ? nextOldestNs : oldestNs));
        oldestNs = nextOldestNs;
        synced = target;
        observer.onSynced(target);
    }

    /** Ends the thread's loop; the caller joins it, then may sync once more. */
    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
    }

    /** The real thing. */
    static final class ChannelForce implements JournalGround.Force {
        private static final int RENEWED_AT_ONCE = 64 << 10;

        private @Nullable Path current;
        private @Nullable FileChannel channel;

        @Override
        public void force(final Path file, final long end) throws IOException {
            FileChannel open = channel;
            if (open == null || !file.equals(current)) {
                try {
                    open = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                } catch (final NoSuchFileException e) {
                    if (retired(file)) {
                        return;
                    }
                    throw e;
                }
                channel = open;
                current = file;
                open.force(true);
                final Path path = file.toAbsolutePath();
                forceDirectory(path.getParent());
                forceDirectory(path.resolveSibling("..").normalize());
                return;
            }
            open.force(false);
        }

        @Override
        public void renew(final Path file, final long from, final long end) throws IOException {
            try (FileChannel both = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                final ByteBuffer part = ByteBuffer.allocateDirect(RENEWED_AT_ONCE);
                for (long at = from; at < end; ) {
                    part.clear().limit((int) Math.min(RENEWED_AT_ONCE, end - at));
                    if (both.read(part, at) < 0) {
                        return;
                    }
                    part.flip();
                    while (part.hasRemaining()) {
                        at += both.write(part, at);
                    }
                }
            }
        }

        @Override
        public void done(final Path file) {
            final FileChannel open = channel;
            channel = null;
            current = null;
            if (open != null) {
                try {
                    open.close();
                } catch (final IOException e) {
                    throw new JournalException("cannot close " + file, e);
                }
            }
        }

        /** Whether the file has gone since it need not be kept, before its turn came. */
        private static boolean retired(final Path file) throws IOException {
            final Path journal = file.toAbsolutePath().resolveSibling("..").normalize();
            return new MissingFile(journal)
                            .retired(journal.relativize(file.toAbsolutePath()).toString())
                    != null;
        }

        static void forceDirectory(final @Nullable Path directory) throws IOException {
            if (directory != null) {
                try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
                    entry.force(true);
                }
            }
        }
    }
}
