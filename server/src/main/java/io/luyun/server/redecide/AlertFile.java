package io.luyun.server.redecide;

import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.journal.JournalException;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An alert journal that is written anew: alerts with the times of their steps, since no server has decided on them at another. Safe
 * on the disk once it is closed. One thread.
 */
final class AlertFile implements AutoCloseable {
    private static final int NO_DEVICE = -1;
    private static final int SYNC_MICROS = 2_000;
    private static final int SYNC_RECORDS = 256;
    private static final int INTAKE_KIB = 64;
    private static final int BLOCK_MIB = 1;
    private static final int DISK_LOW_MIB = 1;
    private static final int CHECKPOINT_RECORDS = 1_000_000;

    private final Path directory;
    private final Journal journal;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final AtomicReference<@Nullable Throwable> error = new AtomicReference<>();

    /**
     * Begins one.
     *
     * @param directory where; made when absent
     * @param fromNs no step is before this time
     * @throws IllegalArgumentException when something is there already
     */
    AlertFile(final Path directory, final long fromNs) {
        this.directory = directory;
        refuseUnlessEmpty(directory);
        journal = Journal.open(
                new JournalConfig(
                        directory.toString(),
                        SYNC_MICROS,
                        SYNC_RECORDS,
                        INTAKE_KIB,
                        BLOCK_MIB,
                        "FAST_HOURLY",
                        DISK_LOW_MIB,
                        DISK_LOW_MIB,
                        0,
                        CHECKPOINT_RECORDS,
                        0),
                () -> fromNs,
                new Counters(),
                new Latencies(),
                found -> error.compareAndSet(null, found));
        journal.start();
    }

    private static void refuseUnlessEmpty(final Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> there = Files.list(directory)) {
            if (there.findAny().isPresent()) {
                throw new IllegalArgumentException(directory + ": must be empty or not there");
            }
        } catch (final IOException e) {
            throw new IllegalArgumentException(directory + ": must be a directory that can be read", e);
        }
    }

    /** Appends a step. */
    void append(final long atNs, final byte[] alert) {
        buffer.wrap(alert);
        journal.writer().append(RecordKind.RECORD_KIND_ALERT_VALUE, NO_DEVICE, 0, atNs, buffer, 0, alert.length);
    }

    /**
     * Makes all of it safe.
     *
     * @throws JournalException when it could not be written
     */
    @Override
    public void close() {
        journal.close();
        final Throwable found = error.get();
        if (found != null) {
            throw new JournalException("cannot write " + directory + ": " + found.getMessage(), found);
        }
    }
}
