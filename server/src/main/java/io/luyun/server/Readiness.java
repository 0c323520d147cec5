package io.luyun.server;

import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalWriter;
import io.luyun.server.monitor.Counter;
import io.luyun.server.net.DeviceServer;
import io.luyun.server.ops.NotReady;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server takes messages and acknowledges them, and why not: asked of its parts each time, so that nobody has to
 * remember to tell. Any thread.
 */
final class Readiness {
    private final int slowMillis;
    private volatile @Nullable NotReady waitsFor = starting("the journal is being scanned");
    private volatile @Nullable Parts parts;

    private record Parts(Journal journal, Journal alerts, LinePulse pulse) {}

    private volatile @Nullable DeviceServer devices;

    /** @param slowMillis longest wait for a sync of a server that is ready */
    Readiness(final int slowMillis) {
        this.slowMillis = slowMillis;
    }

    /** The journals are open. */
    void opened(final Journal journal, final Journal alerts, final LinePulse pulse) {
        parts = new Parts(journal, alerts, pulse);
        waitsFor = starting("the device port is being opened");
    }

    /** Everything runs. */
    void running(final DeviceServer started) {
        devices = started;
        waitsFor = null;
    }

    /** It is being closed. */
    void closing() {
        waitsFor = new NotReady(Counter.NOT_READY_STOPPING, "shutting down: what has been taken is being acknowledged");
    }

    /** Whether a journal has failed for good. */
    boolean failed() {
        final Parts open = parts;
        return open != null
                && (open.journal.writer().failed() || open.alerts.writer().failed());
    }

    /** Whether the line does its work; true before it has begun and when it is to end. */
    boolean turns() {
        final Parts open = parts;
        return waitsFor != null || open == null || open.pulse.turns();
    }

    /** Why not; null when it is ready. */
    @Nullable
    NotReady notReady() {
        final NotReady reason = waitsFor;
        final Parts open = parts;
        final DeviceServer opened = devices;
        return reason != null || open == null || opened == null ? reason : fault(open, opened);
    }

    /** The worst first. */
    private @Nullable NotReady fault(final Parts open, final DeviceServer opened) {
        NotReady found = refusal("journal", open.journal.writer());
        found = found != null ? found : refusal("journal of alerts", open.alerts.writer());
        found = found != null ? found : open.pulse.complaint();
        found = found != null ? found : slow("journal", open.journal.writer());
        found = found != null ? found : slow("journal of alerts", open.alerts.writer());
        final String shut = found == null ? opened.shut() : null;
        return shut == null ? found : new NotReady(Counter.NOT_READY_PORT_CLOSED, shut);
    }

    private static @Nullable NotReady refusal(final String name, final JournalWriter writer) {
        final String refusal = writer.refusal();
        if (refusal == null) {
            return null;
        }
        return writer.failed()
                ? new NotReady(Counter.NOT_READY_JOURNAL_FAILED, "the " + name + " has failed: " + refusal)
                : new NotReady(Counter.NOT_READY_DISK_LOW, refusal);
    }

    private @Nullable NotReady slow(final String name, final JournalWriter writer) {
        final long waitMillis = TimeUnit.NANOSECONDS.toMillis(writer.unsyncedNs());
        return waitMillis <= slowMillis
                ? null
                : new NotReady(
                        Counter.NOT_READY_SYNC_SLOW,
                        "the " + name + " has waited for the disk for " + waitMillis + " ms");
    }

    private static NotReady starting(final String what) {
        return new NotReady(Counter.NOT_READY_STARTING, "starting: " + what);
    }
}
