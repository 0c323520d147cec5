package io.luyun.server.evidence;

import java.util.function.LongSupplier;

/**
 * How far the journals are written and how far that is on the disk, as sequences. Any thread.
 *
 * @param appended last sequence of the journal
 * @param synced last sequence of it that is on the disk
 * @param alertsAppended the same of the journal of alerts
 * @param alertsSynced the same
 */
public record SyncState(
        LongSupplier appended, LongSupplier synced, LongSupplier alertsAppended, LongSupplier alertsSynced) {
    /** Of journals that nobody writes. */
    public static SyncState still() {
        return new SyncState(() -> 0, () -> 0, () -> 0, () -> 0);
    }

    /** What has to be on the disk for all that is written now to be. */
    record Mark(long journal, long alerts) {}

    Mark mark() {
        return new Mark(appended.getAsLong(), alertsAppended.getAsLong());
    }

    boolean reached(final Mark mark) {
        return synced.getAsLong() >= mark.journal() && alertsSynced.getAsLong() >= mark.alerts();
    }
}
