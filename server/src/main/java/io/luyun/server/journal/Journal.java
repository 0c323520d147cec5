package io.luyun.server.journal;

import io.luyun.proto.v1.DamageSealed;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A journal open for writing, by this process alone. Opening reads what lies behind the checkpoint, reports and seals
 * damage, and begins a new run: nothing is ever appended behind a place that cannot be read. {@link #start} starts its two
 * threads (sync, keeper); the writer's line thread and the readers' threads are the caller's. {@link #close} after they
 * have stopped.
 */
public final class Journal implements AutoCloseable {
    private static final long JOIN_MILLIS = 10_000;

    static {
        System.setProperty("chronicle.analytics.disable", "true");
    }

    private final Path directory;
    private final DirectoryLock lock;
    private final CopyOnWriteArrayList<JournalFile> files;
    private final DeviceTable devices;
    private final ScanReport scan;
    private final long lastTimeNs;
    private final Health health;
    private final CycleAppender appender;
    private final GroupCommit commit;
    private final JournalWriter writer;
    private final TouchAhead touchAhead;
    private final Keeper keeper;
    private final Counters counters;
    private final Thread syncThread;
    private final Thread keeperThread;
    private boolean started;
    private boolean closed;

    private Journal(
            final JournalConfig config,
            final Path directory,
            final DirectoryLock lock,
            final EpochNanoClock clock,
            final JournalGround ground,
            final long used,
            final Counters counters,
            final Latencies latencies,
            final ErrorHandler errors)
            throws IOException {
        this.directory = directory;
        this.lock = lock;
        this.counters = counters;
        final long startNs = System.nanoTime();
        final Checkpoint checkpoint = Checkpoint.read(directory);
        files = new CopyOnWriteArrayList<>(JournalFile.list(directory));
        final Instant now = Instant.EPOCH.plusNanos(clock.nanoTime());
        final Recovery recovery = Recovery.of(directory, files, checkpoint, ground.force(), used, now);
        final Scan read = recovery.scan();
        devices = read.devices();
        scan = read.report(System.nanoTime() - startNs, recovery.unsynced());
        counters.add(Counter.JOURNAL_DAMAGE, scan.damage().size());
        lastTimeNs = read.timeNs();
        final long run = 1 + Math.max(JournalFile.lastRun(directory), checkpoint == null ? 0 : checkpoint.lastRun());
        devices.startRun(run);
        final Path runDirectory = Files.createDirectory(directory.resolve(JournalFile.runName(run)));
        GroupCommit.ChannelForce.forceDirectory(directory);
        health = new Health(ground.usableBytes(), config.diskLowMiB() << 20, config.diskHighMiB() << 20, errors);
        health.check();
        appender = new CycleAppender(config, runDirectory, run, Math.max(lastTimeNs, clock.nanoTime()), files, true);
        commit = new GroupCommit(config, files, read.sequence(), ground, health, counters, latencies);
        writer = new JournalWriter(
                config, appender, commit, health, read, devices, files, run, clock, counters, latencies);
        touchAhead = new TouchAhead(files, run, config.touchAheadMiB());
        keeper = new Keeper(directory, health, writer, touchAhead);
        syncThread = daemon(commit, "journal-sync-" + directory.getFileName());
        keeperThread = daemon(keeper, "journal-keeper-" + directory.getFileName());
        seal(read.damage(), clock.nanoTime());
    }

    /** Opens the journal for writing, alone. */
    public static Journal open(
            final JournalConfig config,
            final EpochNanoClock clock,
            final Counters counters,
            final Latencies latencies,
            final ErrorHandler errors) {
        final Path directory = Path.of(config.directory());
        return open(config, clock, JournalGround.of(directory), 0, counters, latencies, errors);
    }

    /**
     * The same on another ground.
     *
     * @param used sequences up to this one are known elsewhere to have been given out, and are not used again, whether or not
     *     their records are there; 0 when nothing is known
     */
    public static Journal open(
            final JournalConfig config,
            final EpochNanoClock clock,
            final JournalGround ground,
            final long used,
            final Counters counters,
            final Latencies latencies,
            final ErrorHandler errors) {
        final Path directory = Path.of(config.directory());
        DirectoryLock lock = null;
        try {
            Files.createDirectories(directory);
            refuseNetwork(directory);
            lock = DirectoryLock.take(directory);
            // What it reads now must not go meanwhile.
            try (RetentionLock past = RetentionLock.take(directory)) {
                past.require(directory);
                final Journal journal =
                        new Journal(config, directory, lock, clock, ground, used, counters, latencies, errors);
                lock = null;
                return journal;
            }
        } catch (final IOException | UncheckedIOException e) {
            throw new JournalException("cannot open the journal " + directory + ": " + e.getMessage(), e);
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }

    /** Whether there is a journal in this directory. */
    public static boolean existsAt(final Path directory) {
        return JournalArchive.at(directory);
    }

    /** Opens a journal for reading: a copy, or one that is being written. */
    public static JournalArchive openReadOnly(final Path directory) {
        return new JournalArchive(directory);
    }

    /** Starts the sync and keeper threads; after {@link JournalWriter#observe}. */
    public Journal start() {
        started = true;
        syncThread.start();
        keeperThread.start();
        return this;
    }

    /** What the scan at opening found. */
    public ScanReport scan() {
        return scan;
    }

    /** Devices and sessions. */
    public DeviceTable devices() {
        return devices;
    }

    /** The writer. */
    public JournalWriter writer() {
        return writer;
    }

    /** A reader of this journal, live, from this sequence on; closed by the caller, before the journal. */
    public JournalReader reader(final long fromSequence) {
        try {
            return new JournalReader(new LiveFiles(directory, files, commit, counters, health))
                    .seek(Seek.Key.SEQUENCE, fromSequence);
        } catch (final IOException e) {
            throw new JournalException("cannot read the journal " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Time of the last record when the journal was opened, 0 when it was empty; a server clock should not start below. */
    public long lastTimeNs() {
        return lastTimeNs;
    }

    /** One step of the sync thread, for who drives a journal that has not been started; returns after how many nanoseconds the next is due. */
    public long syncDuty() {
        return commit.duty();
    }

    /** One step of the keeper thread, for who drives a journal that has not been started. */
    public void keeperDuty() {
        keeper.duty();
    }

    /** For tests that drive the journal by hand. */
    GroupCommit commit() {
        return commit;
    }

    Keeper keeper() {
        return keeper;
    }

    /** Stops the threads, syncs, writes a checkpoint, lets go of the directory. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        commit.close();
        keeper.close();
        if (started) {
            join(syncThread);
            join(keeperThread);
        }
        try {
            commit.sync();
            final Checkpoint checkpoint = writer.checkpoint();
            if (checkpoint != null && writer.syncedSequence() >= checkpoint.sequence()) {
                checkpoint.write(directory);
            }
            final JournalFile used = appender.current();
            touchAhead.close();
            appender.close();
            if (used != null) {
                used.trim();
            }
        } catch (final IOException | RuntimeException e) {
            health.onError(e);
        } finally {
            lock.close();
        }
    }

    private void seal(final List<Damage> damage, final long nowNs) throws IOException {
        for (final Damage found : damage) {
            final DamageSealed.Builder sealed = DamageSealed.newBuilder()
                    .setFirstSequence(found.firstSequence())
                    .setFile(found.file())
                    .setOffset(found.offset())
                    .setFinding(found.finding());
            if (found.lastSequence() != 0) {
                sealed.setLastSequence(found.lastSequence());
            }
            final byte[] payload = sealed.build().toByteArray();
            writer.append(
                    RecordKind.RECORD_KIND_DAMAGE_SEALED_VALUE,
                    -1,
                    0,
                    nowNs,
                    new UnsafeBuffer(payload),
                    0,
                    payload.length);
        }
        commit.sync();
        final Checkpoint checkpoint = scan.records() + damage.size() > 0 ? writer.checkpoint() : null;
        if (checkpoint != null && writer.syncedSequence() >= checkpoint.sequence()) {
            checkpoint.write(directory);
        }
    }

    private static Thread daemon(final Runnable work, final String name) {
        final Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void join(final Thread thread) {
        try {
            thread.join(JOIN_MILLIS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuseNetwork(final Path directory) throws IOException {
        final FileStore store = Files.getFileStore(directory);
        if (store.type().startsWith("nfs")
                || store.type().startsWith("smb")
                || store.type().equals("cifs")) {
            throw new JournalException(
                    "the journal " + directory + " lies on " + store.type() + "; it needs a local file system");
        }
    }
}
