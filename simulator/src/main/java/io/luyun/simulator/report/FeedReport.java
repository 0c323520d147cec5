package io.luyun.simulator.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.simulator.measure.Totals;
import io.luyun.simulator.scenario.FeedResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What became of a recording, in words and as JSON. */
public final class FeedReport {
    private FeedReport() {}

    /** One JSON object on one line. */
    public static String json(final FeedResult run) {
        final Totals totals = run.totals();
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("frames", run.frames());
        node.put("journaled", run.journaled());
        node.put("refusedFrames", run.refused());
        node.put("refusedHere", run.refusedHere());
        node.put("empty", run.empty());
        node.put("unanswered", run.unanswered());
        node.put("unsent", run.frames() - run.framesDone());
        node.put("complete", run.complete());
        node.put("sent", totals.sent());
        node.put("acked", totals.acked());
        node.put("unacked", totals.unacked());
        node.set("refused", Numbers.counts(totals.refusedByReason()));
        node.set("refusedHereBy", Numbers.counts(run.refusedHereByReason()));
        node.put("unknownLeftOut", run.unknownLeftOut());
        node.put("secMark", run.restamped() ? "restamped" : "recorded");
        node.putObject("latencyMicros").set("ack", Numbers.micros(totals.ack()));
        node.put("sentAgain", totals.sentAgain());
        node.put("reconnects", totals.reconnects());
        node.set("closed", Numbers.counts(totals.closedByReason()));
        node.put("seconds", Numbers.seconds(run.seconds()));
        return node.toString();
    }

    /** One line while it runs. */
    public static String progress(final FeedResult run) {
        return String.format(
                Locale.ROOT,
                "%5.0f s  frame %,d of %,d  journaled %,d  refused %,d  empty %,d",
                run.seconds(),
                run.framesDone(),
                run.frames(),
                run.journaled(),
                run.refused() + run.refusedHere(),
                run.empty());
    }

    /** The table at the end. */
    public static List<String> summary(final FeedResult run) {
        final Totals totals = run.totals();
        final List<String> lines = new ArrayList<>();
        lines.add(row("frames", run.frames()));
        lines.add(row("  journaled", run.journaled()));
        lines.add(row("  refused by the server", run.refused()));
        lines.add(row("  not expressible, not sent", run.refusedHere()));
        lines.add(row("  empty", run.empty()));
        lines.add(row("  unanswered", run.unanswered()));
        lines.add(row("  not reached", run.frames() - run.framesDone()));
        lines.add(row("messages sent", totals.sent()));
        lines.add(row("  acknowledged", totals.acked()));
        totals.refusedByReason().forEach((reason, count) -> lines.add(row("  refused: " + reason, count)));
        run.refusedHereByReason().forEach((reason, count) -> lines.add(row("not sent: " + reason, count)));
        totals.closedByReason().forEach((reason, count) -> lines.add(row("connection lost: " + reason, count)));
        lines.add(row("values left out: \"unknown\", or as asked", run.unknownLeftOut()));
        if (run.restamped()) {
            lines.add("secMark was stamped anew: each frame with the time it was due");
        }
        lines.add("acknowledgement, from the intended send time: " + Numbers.millis(totals.ack()));
        return lines;
    }

    private static String row(final String name, final long count) {
        return String.format(Locale.ROOT, "%-72s %,10d", name, count);
    }
}
