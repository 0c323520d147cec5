package io.luyun.server.redecide;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.Severity;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** An alert that both sides have. Owned by {@link Comparison}. */
final class Pair {
    private static final String PARTICIPANT = "participant_id";
    /** When one side has told so much more than the other, they do not tell the same. */
    private static final int MOST_WAITING = 64;

    final Life recorded;
    final Life decided;
    private final boolean sameParticipants;
    private final TreeMap<String, Change> changes = new TreeMap<>();
    private boolean outOfStep;

    /** Two that are about the same. Their bytes are compared when both were raised at the same time. */
    Pair(final Life recorded, final Life decided, final boolean sameParticipants) {
        this.recorded = recorded;
        this.decided = decided;
        this.sameParticipants = sameParticipants;
    }

    long laterNs() {
        return decided.raisedNs() - recorded.raisedNs();
    }

    boolean inSpan() {
        return recorded.inSpan || decided.inSpan;
    }

    boolean cleared() {
        return recorded.cleared() && decided.cleared();
    }

    /** Compares the steps that both have by now. */
    void compare() {
        while (laterNs() == 0 && !outOfStep && !recorded.waiting.isEmpty() && !decided.waiting.isEmpty()) {
            final byte[] before = recorded.waiting.removeFirst().bytes;
            final byte[] now = decided.waiting.removeFirst().bytes;
            if (!Arrays.equals(before, now)) {
                differ(before, now);
            }
        }
        outOfStep |= isOver(recorded, decided) || isOver(decided, recorded);
        if (laterNs() != 0 || outOfStep) {
            recorded.waiting.clear();
            decided.waiting.clear();
        }
    }

    /** Whether one side has steps that the other will not have. */
    private static boolean isOver(final Life one, final Life other) {
        return other.waiting.size() > MOST_WAITING || (one.cleared() && !other.waiting.isEmpty());
    }

    private void differ(final byte[] before, final byte[] now) {
        final Map<String, Change> found = new TreeMap<>();
        try {
            Fields.compare("", Alert.parseFrom(before), Alert.parseFrom(now), found);
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("an alert is not what its checksum says", e);
        }
        if (found.isEmpty()) {
            found.put("bytes", new Change(before.length + " bytes", now.length + " bytes"));
        }
        if (!sameParticipants) {
            found.keySet().removeIf(name -> name.endsWith(PARTICIPANT));
        }
        found.forEach(changes::putIfAbsent);
    }

    /** Steps of the decided side from a time on that the recorded side does not have are left out; how many they were. */
    int leaveOut(final long fromNs) {
        if (laterNs() != 0 || outOfStep || !recorded.waiting.isEmpty()) {
            return 0;
        }
        int left = 0;
        while (!decided.waiting.isEmpty() && decided.waiting.getLast().atNs >= fromNs) {
            decided.waiting.removeLast();
            left++;
        }
        if (left > 0 && !recorded.cleared() && decided.clearedNs >= fromNs) {
            decided.clearedNs = Life.STANDS;
        }
        decided.steps -= left;
        return left;
    }

    /** Whether nothing differs; after the last step. */
    boolean same() {
        return laterNs() == 0
                && changes.isEmpty()
                && !outOfStep
                && recorded.waiting.isEmpty()
                && decided.waiting.isEmpty()
                && recorded.clearedNs == decided.clearedNs;
    }

    /** What differs, once it is not the same. */
    Difference difference() {
        final long laterNs = laterNs();
        if (recorded.severity != decided.severity) {
            changes.put("severity", new Change(severity(recorded), severity(decided)));
        }
        if (laterNs == 0 && recorded.steps != decided.steps) {
            changes.put("steps", new Change(Integer.toString(recorded.steps), Integer.toString(decided.steps)));
        }
        final Difference.Sort sort =
                laterNs == 0 ? Difference.Sort.CHANGED : laterNs < 0 ? Difference.Sort.EARLIER : Difference.Sort.LATER;
        return new Difference(sort, recorded.first, decided.first, recorded.clearedNs, decided.clearedNs, changes);
    }

    private static String severity(final Life life) {
        final Severity severity = Severity.forNumber(life.severity);
        return severity == null ? Integer.toString(life.severity) : severity.name();
    }
}
