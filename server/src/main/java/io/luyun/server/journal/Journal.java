package io.luyun.server.journal;

import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;

/** Not there yet. */
@SuppressWarnings("DoNotCallSuggester")
public final class Journal implements AutoCloseable {
    Journal() {}

    /** Opens the journal for writing, alone. */
    public static Journal open(
            final JournalConfig config,
            final EpochNanoClock clock,
            final Counters counters,
            final Latencies latencies,
            final ErrorHandler errors) {
        throw new UnsupportedOperationException();
    }

    /** Starts the sync and keeper threads; after {@link JournalWriter#observe}. */
    public Journal start() {
        throw new UnsupportedOperationException();
    }

    /** What the scan at opening found. */
    public ScanReport scan() {
        throw new UnsupportedOperationException();
    }

    /** Devices and sessions. */
    public DeviceTable devices() {
        throw new UnsupportedOperationException();
    }

    /** The writer. */
    public JournalWriter writer() {
        throw new UnsupportedOperationException();
    }

    /** A reader of this journal, live, from this sequence on; closed by the caller. */
    public JournalReader reader(final long fromSequence) {
        throw new UnsupportedOperationException();
    }

    /** Time of the last record when the journal was opened, 0 when it was empty; a server clock should not start below it. */
    public long lastTimeNs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
