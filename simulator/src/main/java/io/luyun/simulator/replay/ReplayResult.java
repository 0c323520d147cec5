package io.luyun.simulator.replay;

import io.luyun.server.journal.Damage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a replay.
 *
 * @param target where it went, as it was given
 * @param answers whether the target answers for messages
 * @param now whether times in messages moved to the time of sending
 * @param counts what became of the records
 * @param rate seconds of the journal in a second as asked at the end; infinite for as fast as the target takes it
 * @param pace how well that was kept
 * @param positionNs how far into what is played it ended, ns
 * @param finished false when it was ended before the end
 * @param broken why the target takes nothing more; null when it does
 * @param damage damaged ranges that were met
 */
public record ReplayResult(
        String target,
        boolean answers,
        boolean now,
        Counts counts,
        double rate,
        Pace pace,
        long positionNs,
        boolean finished,
        @Nullable String broken,
        List<Damage> damage) {
    /**
     * Records by kind and by what became of them.
     *
     * @param kinds by name of the kind
     * @param refusals messages the target refused, by reason
     * @param notSent messages that could not be handed to it, by reason
     * @param troubles connections that broke, by reason
     * @param bytes octets of the messages sent, without what is around them
     * @param reconnects sessions opened again
     * @param waited messages sent that waited for a connection: they were written later than the pace says
     */
    public record Counts(
            Map<String, Kind> kinds,
            Map<String, Long> refusals,
            Map<String, Long> notSent,
            Map<String, Long> troubles,
            long bytes,
            long reconnects,
            long waited) {}

    /**
     * One kind of record.
     *
     * @param sent handed to the target
     * @param acknowledged of these, those it has for good
     * @param refused of these, those it does not take
     * @param notCarried records the target has no form for
     * @param why of these how many for which reason
     */
    public record Kind(long sent, long acknowledged, long refused, long notCarried, Map<String, Long> why) {}

    /** Messages handed to the target. */
    public long sent() {
        return counts.kinds().values().stream().mapToLong(Kind::sent).sum();
    }

    /** Messages the target has for good. */
    public long acknowledged() {
        return counts.kinds().values().stream().mapToLong(Kind::acknowledged).sum();
    }

    /** Messages it does not take. */
    public long refused() {
        return counts.kinds().values().stream().mapToLong(Kind::refused).sum();
    }

    /** Messages that could not be handed to it. */
    public long notSent() {
        return counts.notSent().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Messages sent without an answer; 0 where there are none. */
    public long unanswered() {
        return answers ? sent() - acknowledged() - refused() : 0;
    }

    /** Whether all that was to be sent is with the target: acknowledged where it does that. */
    public boolean complete() {
        return broken == null && notSent() == 0 && refused() == 0 && unanswered() == 0;
    }
}
