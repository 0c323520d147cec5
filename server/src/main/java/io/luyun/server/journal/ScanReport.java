package io.luyun.server.journal;

import java.util.List;

/**
 * What the scan at opening found.
 *
 * @param lastSequence the last sequence of the journal, 0 when it was empty
 * @param checkpointSequence up to this sequence the checkpoint was trusted and nothing was read, 0 when there was none
 * @param records how many records were read and checked behind the checkpoint
 * @param devices how many devices the journal knows
 * @param nanos how long the scan took
 * @param damage the damaged ranges found, now sealed
 */
public record ScanReport(
        long lastSequence, long checkpointSequence, long records, int devices, long nanos, List<Damage> damage) {
    public ScanReport {
        damage = List.copyOf(damage);
    }
}
