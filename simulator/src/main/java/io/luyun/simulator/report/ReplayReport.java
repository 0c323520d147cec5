package io.luyun.simulator.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.journal.Damage;
import io.luyun.simulator.replay.Pace;
import io.luyun.simulator.replay.ReplayPlan;
import io.luyun.simulator.replay.ReplayResult;
import io.luyun.simulator.replay.ReplayView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of a replay, in words and as JSON. */
public final class ReplayReport {
    private static final double NS_PER_SECOND = 1e9;
    private static final double NS_PER_MS = 1e6;

    private ReplayReport() {}

    /** One JSON object on one line. */
    public static String json(final ReplayResult run) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("target", run.target());
        node.put("clock", run.now() ? "now" : "original");
        node.put("finished", run.finished());
        node.put("complete", run.complete());
        node.put("sent", run.sent());
        if (run.answers()) {
            node.put("acknowledged", run.acknowledged());
            node.put("unanswered", run.unanswered());
        }
        node.put("notSent", run.notSent());
        node.put("bytes", run.counts().bytes());
        final ObjectNode kinds = node.putObject("kinds");
        run.counts().kinds().forEach((name, kind) -> {
            if (kind.sent() > 0) {
                final ObjectNode counts = kinds.putObject(name).put("sent", kind.sent());
                if (run.answers()) {
                    counts.put("acknowledged", kind.acknowledged());
                }
                counts.put("refused", kind.refused());
            }
        });
        node.set("refusedBy", Numbers.counts(run.counts().refusals()));
        node.set("notSentBy", Numbers.counts(run.counts().notSent()));
        final ObjectNode notCarried = node.putObject("notCarried");
        run.counts().kinds().forEach((name, kind) -> {
            if (kind.notCarried() > 0) {
                notCarried.set(name, Numbers.counts(kind.why()));
            }
        });
        node.set("closed", Numbers.counts(run.counts().troubles()));
        node.put("reconnects", run.counts().reconnects());
        if (run.broken() != null) {
            node.put("broken", run.broken());
        }
        pace(run, node.putObject("pace"));
        final ArrayNode damage = node.putArray("damage");
        for (final Damage found : run.damage()) {
            damage.add(found.toString());
        }
        return node.toString();
    }

    private static void pace(final ReplayResult run, final ObjectNode node) {
        final Pace pace = run.pace();
        if (run.rate() < ReplayPlan.MAX_RATE) {
            node.put("rate", run.rate());
        } else {
            node.put("rate", "max");
        }
        node.put("achievedRate", rounded(pace.achievedRate(), 1e6));
        node.put("errorPercent", rounded(pace.errorPercent(), 1e5));
        node.put("seconds", Numbers.seconds(pace.seconds()));
        node.put("positionSeconds", Numbers.seconds(run.positionNs() / NS_PER_SECOND));
        node.put("waitedForConnection", run.counts().waited());
        node.set("offScheduleMicros", Numbers.micros(pace.offNs()));
    }

    private static double rounded(final double value, final double steps) {
        return Math.round(value * steps) / steps;
    }

    /** One line while it runs. */
    public static String progress(final ReplayView now) {
        return String.format(
                Locale.ROOT,
                "%-8s %9.1f s  rate %s  %,d messages%s  lag %.1f ms",
                now.state(),
                now.positionNs() / NS_PER_SECOND,
                rate(now.rate()),
                now.sent(),
                now.acknowledged() > 0 ? String.format(Locale.ROOT, ", %,d acknowledged", now.acknowledged()) : "",
                now.lagNs() / NS_PER_MS);
    }

    private static String rate(final double rate) {
        if (rate == ReplayPlan.MAX_RATE) {
            return "max";
        }
        return rate == Math.rint(rate) ? Long.toString((long) rate) : Double.toString(rate);
    }

    /** The table at the end. */
    public static List<String> summary(final ReplayResult run) {
        final List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-8s %12s%s",
                "kind",
                "sent",
                run.answers() ? String.format(Locale.ROOT, " %12s %12s", "acknowledged", "refused") : ""));
        run.counts().kinds().forEach((name, kind) -> {
            if (kind.sent() > 0) {
                lines.add(row(run, name, kind.sent(), kind.acknowledged(), kind.refused()));
            }
        });
        lines.add(row(run, "all", run.sent(), run.acknowledged(), run.refused()));
        counts(lines, "refused", run.counts().refusals());
        counts(lines, "not sent", run.counts().notSent());
        counts(lines, "connection lost", run.counts().troubles());
        run.counts()
                .kinds()
                .forEach((name, kind) -> kind.why()
                        .forEach((why, count) ->
                                lines.add(String.format(Locale.ROOT, "not carried: %s, %s: %,d", name, why, count))));
        lines.add(paceLine(run));
        if (run.pace().offNs().getTotalCount() > 0) {
            lines.add("off schedule: " + Numbers.millis(run.pace().offNs()));
        }
        if (run.counts().waited() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%,d messages waited for a connection and were later than the pace says",
                    run.counts().waited()));
        }
        return lines;
    }

    private static String row(
            final ReplayResult run, final String name, final long sent, final long acknowledged, final long refused) {
        return run.answers()
                ? String.format(Locale.ROOT, "%-8s %,12d %,12d %,12d", name, sent, acknowledged, refused)
                : String.format(Locale.ROOT, "%-8s %,12d", name, sent);
    }

    private static void counts(final List<String> lines, final String what, final Map<String, Long> counts) {
        counts.forEach((why, count) -> lines.add(String.format(Locale.ROOT, "%s: %s: %,d", what, why, count)));
    }

    private static String paceLine(final ReplayResult run) {
        final Pace pace = run.pace();
        final double seconds = pace.seconds();
        final String asked = run.rate() < ReplayPlan.MAX_RATE
                ? String.format(Locale.ROOT, ", error %+.4f %%", pace.errorPercent())
                : "";
        return String.format(
                Locale.ROOT,
                "pace: rate %s, achieved %.4f%s; %.3f s, %,.0f messages a second",
                rate(run.rate()),
                pace.achievedRate(),
                asked,
                seconds,
                seconds > 0 ? run.sent() / seconds : 0);
    }

    /** Why it is not complete, in a line. */
    public static String incomplete(final ReplayResult run) {
        if (run.broken() != null) {
            return run.broken();
        }
        return String.format(
                Locale.ROOT,
                "%,d of %,d messages were not %s: %,d refused, %,d without an answer, %,d not sent",
                run.refused() + run.unanswered() + run.notSent(),
                run.sent() + run.notSent(),
                run.answers() ? "acknowledged" : "taken",
                run.refused(),
                run.unanswered(),
                run.notSent());
    }
}
