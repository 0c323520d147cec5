package io.luyun.simulator.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.simulator.measure.Totals;
import io.luyun.simulator.scenario.JournalCheck;
import io.luyun.simulator.scenario.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A load run in words and as JSON. */
public final class LoadReport {
    private LoadReport() {}

    /** One JSON object on one line; what the journal holds only where it was looked at. */
    public static String json(final RunResult run, final @Nullable JournalCheck journal) {
        final Totals totals = run.totals();
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("sent", totals.sent());
        node.put("acked", totals.acked());
        if (journal != null) {
            node.put("journaled", journal.journaled());
            node.put("duplicates", journal.duplicates());
            node.put("lost", journal.lost(totals));
        }
        node.set("refused", Numbers.counts(totals.refusedByReason()));
        node.put("unacked", totals.unacked());
        node.set("alerts", Numbers.counts(run.alerts()));
        final ObjectNode latency = node.putObject("latencyMicros");
        latency.set("ack", Numbers.micros(totals.ack()));
        latency.set("alert", Numbers.micros(totals.alert()));
        latency.set("alertFromSend", Numbers.micros(totals.alertFromSend()));
        latency.set("generatorLag", Numbers.micros(totals.lag()));
        node.put("sentAgain", totals.sentAgain());
        node.put("shed", totals.shed());
        node.put("reconnects", totals.reconnects());
        node.set("closed", Numbers.counts(totals.closedByReason()));
        node.put("seconds", Numbers.seconds(run.seconds()));
        return node.toString();
    }

    /** What happened in the second since {@code before}, or since the start. */
    public static String progress(final RunResult now, final @Nullable RunResult before) {
        final Totals totals = now.totals();
        final long sent = totals.sent() - (before == null ? 0 : before.totals().sent());
        final double seconds = now.seconds() - (before == null ? 0 : before.seconds());
        final StringBuilder line = new StringBuilder(160);
        line.append(String.format(
                Locale.ROOT,
                "%5.0f s  %,7.0f msg/s  acked %,10d",
                now.seconds(),
                seconds <= 0 ? 0 : sent / seconds,
                totals.acked()));
        final Histogram ack = totals.recent().ack();
        if (ack.getTotalCount() > 0) {
            line.append(String.format(
                    Locale.ROOT,
                    "  p50 %6.2f  p99 %6.2f ms  lag %.2f ms",
                    ack.getValueAtPercentile(50) / 1e6,
                    ack.getValueAtPercentile(99) / 1e6,
                    totals.recent().lag().getValueAtPercentile(99) / 1e6));
        }
        final RunResult.Road road = now.road();
        if (road != null) {
            line.append(String.format(
                    Locale.ROOT,
                    "  road: %d users, %d signals, %d events",
                    road.users(),
                    road.signals(),
                    road.events()));
        }
        line.append("  alerts: ").append(kinds(now.alerts()));
        if (totals.refused() > 0) {
            line.append("  refused ").append(Numbers.count(totals.refused()));
        }
        if (totals.reconnects() > 0) {
            line.append("  reconnects ").append(Numbers.count(totals.reconnects()));
        }
        return line.toString();
    }

    /** The end of a run, a few lines. */
    public static List<String> summary(final RunResult run, final @Nullable JournalCheck journal) {
        final Totals totals = run.totals();
        final List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "messages       sent %,d in %.1f s (%,.0f/s), acknowledged %,d, refused %,d, unanswered %,d",
                totals.sent(),
                run.seconds(),
                totals.sent() / Math.max(1e-3, run.seconds()),
                totals.acked(),
                totals.refused(),
                totals.unacked()));
        totals.refusedByReason()
                .forEach((reason, count) -> lines.add("  refused " + Numbers.count(count) + "  " + reason));
        totals.closedByReason()
                .forEach((reason, count) -> lines.add("  connection lost " + Numbers.count(count) + "  " + reason));
        if (totals.sentAgain() + totals.shed() > 0) {
            lines.add("  sent again " + Numbers.count(totals.sentAgain())
                    + ", never sent because too much was outstanding " + Numbers.count(totals.shed()));
        }
        if (journal != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "journal        %,d messages, %,d duplicates, %,d lost",
                    journal.journaled(),
                    journal.duplicates(),
                    journal.lost(totals)));
        }
        lines.add("alerts raised  " + kinds(run.alerts()));
        lines.add("latency        acknowledgement, from the intended send time: " + Numbers.millis(totals.ack()));
        lines.add("               alert at the vehicle, from the server's receipt of its cause: "
                + Numbers.millis(totals.alert()));
        lines.add("               the same, from the intended send time of the cause: "
                + Numbers.millis(totals.alertFromSend()));
        lines.add("               generator behind its schedule: " + Numbers.millis(totals.lag()));
        return lines;
    }

    private static String kinds(final Map<String, Long> alerts) {
        return alerts.isEmpty()
                ? "none"
                : alerts.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + Numbers.count(entry.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
