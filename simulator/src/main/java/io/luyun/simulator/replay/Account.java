package io.luyun.simulator.replay;

import io.luyun.server.research.RecordLines;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.Int2ObjectHashMap;

/** What became of the records, by kind. Confined to the player's loop. */
final class Account {
    private final Int2ObjectHashMap<Kind> kinds = new Int2ObjectHashMap<>();
    private final Map<String, Long> refusals = new TreeMap<>();
    private final Map<String, Long> notSent = new TreeMap<>();
    private final Map<String, Long> troubles = new TreeMap<>();
    private long bytes;
    private long sent;
    private long acknowledged;
    private long reconnects;
    private long waited;

    /** Counts of one kind. */
    private static final class Kind {
        private long sent;
        private long acknowledged;
        private long refused;
        private long notCarried;
        private final Map<String, Long> why = new TreeMap<>();

        ReplayResult.Kind result() {
            return new ReplayResult.Kind(sent, acknowledged, refused, notCarried, new TreeMap<>(why));
        }
    }

    private Kind of(final int kind) {
        return kinds.computeIfAbsent(kind, _ -> new Kind());
    }

    /** A message was handed to the target. */
    void sent(final int kind, final int length) {
        of(kind).sent++;
        sent++;
        bytes += length;
    }

    /** A message that was handed to the target is not written yet: its connection is not open, or takes no more now. */
    void waits() {
        waited++;
    }

    /** The target has it for good. */
    void acknowledged(final int kind) {
        of(kind).acknowledged++;
        acknowledged++;
    }

    /** The target does not take it. */
    void refused(final int kind, final String why) {
        of(kind).refused++;
        refusals.merge(why, 1L, Long::sum);
    }

    /** The target has no form for it. */
    void notCarried(final int kind, final String why) {
        final Kind found = of(kind);
        found.notCarried++;
        found.why.merge(why, 1L, Long::sum);
    }

    /** It could not be handed to the target, which is closed to its device. */
    void notSent(final int kind, final String why) {
        of(kind);
        notSent.merge(why, 1L, Long::sum);
    }

    /** A connection broke. */
    void troubled(final String why) {
        troubles.merge(why, 1L, Long::sum);
    }

    /** A session was opened again. */
    void reconnected() {
        reconnects++;
    }

    long sentSoFar() {
        return sent;
    }

    long acknowledgedSoFar() {
        return acknowledged;
    }

    /** Adds what was counted to a result. */
    ReplayResult.Counts counts() {
        final Map<String, ReplayResult.Kind> results = new TreeMap<>();
        kinds.forEach((kind, counts) -> results.put(RecordLines.kind(kind), counts.result()));
        return new ReplayResult.Counts(
                results,
                new TreeMap<>(refusals),
                new TreeMap<>(notSent),
                new TreeMap<>(troubles),
                bytes,
                reconnects,
                waited);
    }
}
