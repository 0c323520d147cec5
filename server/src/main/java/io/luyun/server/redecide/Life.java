package io.luyun.server.redecide;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertState;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** One alert of one side, as far as its steps have been seen. Owned by {@link Comparison}. */
final class Life {
    static final long STANDS = Difference.STANDS;

    final boolean decided;
    final Alert first;
    final long seenNs;
    /** Steps that the other side has not had yet; they are not kept where bytes will not be compared. */
    final ArrayDeque<Step> waiting = new ArrayDeque<>();

    Alert last;
    long clearedNs = STANDS;
    int severity;
    int steps;
    boolean inSpan;

    @Nullable
    Pair pair;

    /** A step as it stands in a record. */
    static final class Step {
        final long atNs;
        final byte[] bytes;

        Step(final long atNs, final byte[] bytes) {
            this.atNs = atNs;
            this.bytes = bytes;
        }
    }

    Life(final boolean decided, final Alert first) {
        this.decided = decided;
        this.first = first;
        seenNs = first.getAtNs();
        last = first;
    }

    long id() {
        return first.getAlertId();
    }

    long raisedNs() {
        return first.getRaisedAtNs();
    }

    boolean cleared() {
        return clearedNs != STANDS;
    }

    /** Another step of it. */
    void add(final Alert step, final boolean counts) {
        steps++;
        last = step;
        inSpan |= counts;
        severity = Math.max(severity, step.getSeverityValue());
        if (step.getState() == AlertState.ALERT_STATE_CLEARED) {
            clearedNs = step.getAtNs();
        }
    }

    /** Whether both stood at some time. */
    boolean overlaps(final Life other) {
        return raisedNs() < other.clearedNs && other.raisedNs() < clearedNs;
    }
}
