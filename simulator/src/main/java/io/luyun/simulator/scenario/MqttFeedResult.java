package io.luyun.simulator.scenario;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a recording of topics.
 *
 * @param lines lines in the file
 * @param reached lines whose time had come when the run ended
 * @param taken messages acknowledged
 * @param refusedByReason messages the server refused, by reason
 * @param notSentByReason lines that could not be published, by reason
 * @param closed why the connection was lost, null when it was not
 * @param seconds how long it took
 */
public record MqttFeedResult(
        int lines,
        int reached,
        int taken,
        Map<String, Long> refusedByReason,
        Map<String, Long> notSentByReason,
        @Nullable String closed,
        double seconds) {
    /** Messages the server refused. */
    public long refused() {
        return sum(refusedByReason);
    }

    /** Lines that could not be published. */
    public long notSent() {
        return sum(notSentByReason);
    }

    /** Messages sent without an answer. */
    public long unanswered() {
        return reached - taken - refused() - notSent();
    }

    /** Whether every line was answered for. */
    public boolean complete() {
        return lines == taken + refused() + notSent();
    }

    private static long sum(final Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
