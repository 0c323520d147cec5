package io.luyun.simulator.scenario;

import io.luyun.simulator.measure.Totals;
import java.util.Map;

/**
 * What became of a recording: every frame is counted in exactly one of the middle five.
 *
 * @param frames frames in the file
 * @param framesDone frames whose time had come when the run ended
 * @param empty frames without a message
 * @param journaled frames of which every message was acknowledged
 * @param refused frames of which the server refused a message
 * @param refusedHere frames of which a message could not be expressed and was not sent
 * @param unanswered frames sent of which a message has no answer
 * @param refusedHereByReason messages not sent, by reason
 * @param unknownLeftOut values left out: those that mean "unknown", and wrong headings where asked
 * @param restamped whether the times in the messages were stamped anew
 * @param totals messages and latencies
 * @param seconds how long it took
 */
public record FeedResult(
        int frames,
        int framesDone,
        int empty,
        int journaled,
        int refused,
        int refusedHere,
        int unanswered,
        Map<String, Long> refusedHereByReason,
        int unknownLeftOut,
        boolean restamped,
        Totals totals,
        double seconds) {
    /** Whether every frame was answered for: journaled, refused with its reason, or empty. */
    public boolean complete() {
        return frames == empty + journaled + refused + refusedHere;
    }
}
