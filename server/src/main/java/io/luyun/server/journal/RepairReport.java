package io.luyun.server.journal;

import java.util.List;

/**
 * What a repair did.
 *
 * @param records how many records the copy has
 * @param bytes how long they are, with what frames them
 * @param damage what was damaged, as found while copying; ranges of which the first is above the last lost no record
 * @param missing all that is known to be missing from the copy, also from before
 */
public record RepairReport(long records, long bytes, List<Damage> damage, List<Missing> missing) {
    public RepairReport {
        damage = List.copyOf(damage);
        missing = List.copyOf(missing);
    }

    /** Whether every record that was not known to be missing is in the copy. */
    public boolean complete() {
        return damage.stream()
                .allMatch(found -> found.lastSequence() != 0 && found.firstSequence() > found.lastSequence());
    }
}
