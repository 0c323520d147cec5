package io.luyun.server.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the scan at opening found.
 *
 * @param lastSequence the last sequence of the journal, 0 when it was empty
 * @param checkpointSequence up to this sequence the checkpoint was trusted and nothing was read, 0 when there was none
 * @param records how many records were read and checked behind the checkpoint
 * @param devices how many devices the journal knows
 * @param nanos how long the scan took
 * @param damage the damaged ranges found, now sealed
 * @param unsynced records that a loss of power took before they were synced, with those behind them; null when there are none
 */
public record ScanReport(
        long lastSequence,
        long checkpointSequence,
        long records,
        int devices,
        long nanos,
        List<Damage> damage,
        @Nullable Missing unsynced) {
    public ScanReport {
        damage = List.copyOf(damage);
    }
}
