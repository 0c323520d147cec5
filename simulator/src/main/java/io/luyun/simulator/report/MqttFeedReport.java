package io.luyun.simulator.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.simulator.scenario.MqttFeedResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What became of a recording of topics, in words and as JSON. */
public final class MqttFeedReport {
    private MqttFeedReport() {}

    /** One JSON object on one line. */
    public static String json(final MqttFeedResult run) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("lines", run.lines());
        node.put("acknowledged", run.taken());
        node.put("refusedMessages", run.refused());
        node.put("notSent", run.notSent());
        node.put("unanswered", run.unanswered());
        node.put("notReached", run.lines() - run.reached());
        node.put("complete", run.complete());
        node.set("refused", Numbers.counts(run.refusedByReason()));
        node.set("notSentBy", Numbers.counts(run.notSentByReason()));
        node.put("closed", run.closed());
        node.put("seconds", Numbers.seconds(run.seconds()));
        return node.toString();
    }

    /** One line while it runs. */
    public static String progress(final MqttFeedResult run) {
        return String.format(
                Locale.ROOT,
                "%5.0f s  line %,d of %,d  acknowledged %,d  refused %,d  not sent %,d",
                run.seconds(),
                run.reached(),
                run.lines(),
                run.taken(),
                run.refused(),
                run.notSent());
    }

    /** The table at the end. */
    public static List<String> summary(final MqttFeedResult run) {
        final List<String> lines = new ArrayList<>();
        lines.add(row("lines", run.lines()));
        lines.add(row("  acknowledged", run.taken()));
        lines.add(row("  refused by the server", run.refused()));
        lines.add(row("  not to be published", run.notSent()));
        lines.add(row("  unanswered", run.unanswered()));
        lines.add(row("  not reached", run.lines() - (long) run.reached()));
        run.refusedByReason().forEach((reason, count) -> lines.add(row("refused: " + reason, count)));
        run.notSentByReason().forEach((reason, count) -> lines.add(row("not sent: " + reason, count)));
        if (run.closed() != null) {
            lines.add("connection lost: " + run.closed());
        }
        return lines;
    }

    private static String row(final String name, final long count) {
        return String.format(Locale.ROOT, "%-72s %,10d", name, count);
    }
}
