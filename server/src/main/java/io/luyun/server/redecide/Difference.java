package io.luyun.server.redecide;

import io.luyun.proto.v1.Alert;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An alert that is not the same on both sides.
 *
 * @param sort how it differs
 * @param recorded its first step that was looked at on the recorded side; null for ONLY_DECIDED
 * @param decided the same on the decided side; null for ONLY_RECORDED
 * @param recordedClearedNs when it was cleared, record time; {@link #STANDS} when it was not, or there is none
 * @param decidedClearedNs the same on the decided side
 * @param changes by name of the field, for CHANGED: the first change of each; for EARLIER and LATER the highest severity alone
 */
public record Difference(
        Sort sort,
        @Nullable Alert recorded,
        @Nullable Alert decided,
        long recordedClearedNs,
        long decidedClearedNs,
        SortedMap<String, Change> changes) {
    /** Time of clearing of an alert that stands to the end. */
    public static final long STANDS = Long.MAX_VALUE;

    /** How an alert differs. */
    public enum Sort {
        /** Raised by the same record, but bytes differ. */
        CHANGED,
        /** Decided now, it is raised earlier than it was. */
        EARLIER,
        /** Later. */
        LATER,
        /** Not decided now. */
        ONLY_RECORDED,
        /** Not recorded. */
        ONLY_DECIDED
    }

    public Difference {
        changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
        if (recorded == null && decided == null) {
            throw new IllegalArgumentException("a difference of nothing");
        }
    }

    /** The alert decided now, or the recorded one when there is none. */
    public Alert alert() {
        final Alert one = decided == null ? recorded : decided;
        if (one == null) {
            throw new IllegalStateException("a difference of nothing");
        }
        return one;
    }

    /** How much later than recorded it is raised now, ns; negative for earlier, 0 for one that only one side has. */
    public long raisedLaterNs() {
        return recorded == null || decided == null ? 0 : decided.getRaisedAtNs() - recorded.getRaisedAtNs();
    }

    /** Whether both sides have cleared it, at different times. */
    public boolean clearedApart() {
        return recordedClearedNs != STANDS && decidedClearedNs != STANDS && recordedClearedNs != decidedClearedNs;
    }

    /** How much later than recorded it is cleared now, ns; 0 unless both sides have cleared it. */
    public long clearedLaterNs() {
        return clearedApart() ? decidedClearedNs - recordedClearedNs : 0;
    }
}
