package io.luyun.server.redecide;

import io.luyun.proto.v1.ServerStarted;
import io.luyun.server.journal.Damage;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What deciding anew came to.
 *
 * @param beginning where it began
 * @param kinds by number of AlertKind
 * @param otherZones what servers said when they started whose zone file was another one, each once
 * @param records how many records were taken, the warm-up and what is looked at beyond the span among them
 * @param firstNs receive time of the first of them
 * @param lastNs of the last
 * @param elapsedNs how long it took
 * @param notLookedAt steps decided at the end of a run that no server may have come to: no differences
 * @param beyond recorded steps of later records than the last one of their run that is there: no differences
 * @param errors records that rules failed at, of the core that failed at most: at least so many are there
 * @param firstError the first of them in one line, empty for none
 * @param damage damaged ranges of the journal
 * @param alertDamage damaged ranges of the alert journal
 */
public record Result(
        Beginning beginning,
        SortedMap<Integer, KindCount> kinds,
        List<ServerStarted> otherZones,
        long records,
        long firstNs,
        long lastNs,
        long elapsedNs,
        long notLookedAt,
        long beyond,
        long errors,
        String firstError,
        List<Damage> damage,
        List<Damage> alertDamage) {
    public Result {
        kinds = Collections.unmodifiableSortedMap(new TreeMap<>(kinds));
        otherZones = List.copyOf(otherZones);
        damage = List.copyOf(damage);
        alertDamage = List.copyOf(alertDamage);
    }

    /** Whether every alert is the same. */
    public boolean nothingDiffers() {
        return kinds.values().stream().allMatch(KindCount::nothingDiffers);
    }

    /** All kinds together. */
    public KindCount all() {
        final KindCount sum = new KindCount();
        kinds.values().forEach(sum::addAll);
        return sum;
    }

    /** How much faster than the journal was written. */
    public double timesRealTime() {
        return (double) (lastNs - firstNs) / Math.max(1, elapsedNs);
    }
}
