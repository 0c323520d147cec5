package io.luyun.simulator.score;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Notice;
import io.luyun.simulator.truth.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Scores for people and for programs. */
public final class ScoreReport {
    private static final int MOST_LINES = 12;
    private static final String NOBODY = "nobody known";
    private static final double NS_A_MILLI = 1e6;

    private ScoreReport() {}

    /** A table, one line an application. */
    public static List<String> table(final ScoreBench.Result result) {
        final List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-17s %6s %6s %6s %6s %6s  %9s %7s  %-16s %8s  %-17s %s",
                "app",
                "scenes",
                "quiet",
                "due",
                "missed",
                "wrong",
                "precision",
                "recall",
                "lead p5/50/95 s",
                "wrong/h",
                "delay p50/p99 ms",
                "clean/h"));
        for (final Tally tally : result.tallies()) {
            final double[] leads = tally.leads();
            final double[] delays = tally.delays();
            lines.add(String.format(
                    Locale.ROOT,
                    "%-17s %6d %6d %6d %6d %6d  %9.3f %7.3f  %-16s %8.2f  %-17s %s",
                    tally.application().name(),
                    tally.verdicts().size(),
                    tally.quiet(),
                    tally.due(),
                    tally.due() - tally.hits(),
                    tally.wrong(),
                    tally.precision(),
                    tally.recall(),
                    leads.length == 0
                            ? "-"
                            : String.format(
                                    Locale.ROOT,
                                    "%.1f/%.1f/%.1f",
                                    Tally.quantile(leads, 0.05),
                                    Tally.quantile(leads, 0.5),
                                    Tally.quantile(leads, 0.95)),
                    tally.falseAnHour(),
                    String.format(
                            Locale.ROOT,
                            "%.1f/%.1f",
                            Tally.quantile(delays, 0.5) / NS_A_MILLI,
                            Tally.quantile(delays, 0.99) / NS_A_MILLI),
                    clean(result, tally)));
        }
        lines.add(String.format(
                Locale.ROOT,
                "%,d messages, sent late by %.1f ms (p99 of the worst batch)",
                result.messages(),
                result.lagNs() / NS_A_MILLI));
        if (result.clean().vehicleHours() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%.1f vehicle-hours of clean traffic, sent late by %.1f ms (p99)",
                    result.clean().vehicleHours(),
                    result.clean().lagNs() / NS_A_MILLI));
        }
        return lines;
    }

    private static String clean(final ScoreBench.Result result, final Tally tally) {
        final boolean counts = result.clean().vehicleHours() > 0
                && Double.isFinite(tally.application().goals().cleanAnHour());
        return counts
                ? String.format(
                        Locale.ROOT,
                        "%.2f",
                        result.clean().anHour(tally.application().name()))
                : "-";
    }

    /** What went wrong where, the first ones of each application. */
    public static List<String> troubles(final ScoreBench.Result result) {
        final List<String> lines = new ArrayList<>();
        for (final Tally tally : result.tallies()) {
            final List<String> all = new ArrayList<>();
            for (final Verdict verdict : tally.verdicts()) {
                verdict.missed().forEach(missed -> all.add(missed(verdict, missed)));
                verdict.wrong().forEach(warning -> all.add(wrong(verdict, warning)));
            }
            all.stream().limit(MOST_LINES).forEach(lines::add);
            if (all.size() > MOST_LINES) {
                lines.add("  and " + (all.size() - MOST_LINES) + " more of "
                        + tally.application().name());
            }
        }
        return lines;
    }

    private static String missed(final Verdict verdict, final Case missed) {
        return String.format(
                Locale.ROOT,
                "  missed %s: %s, due %.1f to %.1f s",
                verdict.scene().label(),
                who(missed),
                missed.dueFromS(),
                missed.dueToS());
    }

    /** Who is warned of what, for people. */
    static String who(final Case one) {
        final Actor target = one.target();
        final Notice notice = one.notice();
        if (target != null) {
            return one.subject().name() + " → " + target.name() + blank(one.reason());
        }
        return one.subject().name() + (notice == null ? " " + one.reason() : " → notice " + notice.index());
    }

    private static String blank(final String reason) {
        return reason.isEmpty() ? reason : " " + reason;
    }

    private static String wrong(final Verdict verdict, final Warning warning) {
        return String.format(
                Locale.ROOT,
                "  wrong  %s: %s → %s at %.1f s%s",
                verdict.scene().label(),
                warning.subject() == null ? NOBODY : warning.subject().name(),
                warning.target() != Warning.NONE
                        ? name(verdict, warning.target()) + blank(warning.reason())
                        : warning.notice() != Warning.NONE ? "notice " + warning.notice() : warning.reason(),
                warning.atS(),
                allowed(verdict));
    }

    private static String allowed(final Verdict verdict) {
        if (verdict.quiet()) {
            return "";
        }
        final Case first = verdict.cases().getFirst();
        return String.format(Locale.ROOT, " (allowed %.1f to %.1f s)", first.allowedFromS(), first.allowedToS());
    }

    private static String name(final Verdict verdict, final int actor) {
        return actor >= 0 && actor < verdict.scene().actors().size()
                ? verdict.scene().actors().get(actor).name()
                : NOBODY;
    }

    /** All in one object, on one line. */
    public static String json(final ScoreBench.Result result) {
        final ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("messages", result.messages());
        root.put("lagMillis", rounded(result.lagNs() / NS_A_MILLI, 10));
        final ObjectNode apps = root.putObject("apps");
        for (final Tally tally : result.tallies()) {
            apps.set(tally.application().name(), app(tally));
        }
        if (result.clean().vehicleHours() > 0) {
            final ObjectNode clean = root.putObject("clean");
            clean.put("vehicleHours", rounded(result.clean().vehicleHours(), 1e3));
            clean.put("lagMillis", rounded(result.clean().lagNs() / NS_A_MILLI, 10));
            final ObjectNode raised = clean.putObject("raised");
            result.clean().raised().forEach(raised::put);
        }
        final ArrayNode failures = root.putArray("failures");
        result.failures().forEach(failures::add);
        return root.toString();
    }

    private static ObjectNode app(final Tally tally) {
        final ObjectNode app = JsonNodeFactory.instance.objectNode();
        app.put("scenes", tally.verdicts().size());
        app.put("quiet", tally.quiet());
        app.put("due", tally.due());
        app.put("hits", tally.hits());
        app.put("wrong", tally.wrong());
        app.put("precision", rounded(tally.precision(), 1e4));
        app.put("recall", rounded(tally.recall(), 1e4));
        app.put("falseAnHour", rounded(tally.falseAnHour(), 1e3));
        final double[] leads = tally.leads();
        if (leads.length > 0) {
            app.putObject("leadSeconds")
                    .put("p5", rounded(Tally.quantile(leads, 0.05), 1e3))
                    .put("p50", rounded(Tally.quantile(leads, 0.5), 1e3))
                    .put("p95", rounded(Tally.quantile(leads, 0.95), 1e3));
        }
        final double[] delays = tally.delays();
        if (delays.length > 0) {
            app.putObject("delayMicros")
                    .put("p50", Math.round(Tally.quantile(delays, 0.5) / 1e3))
                    .put("p99", Math.round(Tally.quantile(delays, 0.99) / 1e3))
                    .put("max", Math.round(delays[delays.length - 1] / 1e3));
        }
        final ArrayNode troubles = app.putArray("troubles");
        for (final Verdict verdict : tally.verdicts()) {
            if (!verdict.right()) {
                troubles.add(verdict.scene().label());
            }
        }
        return app;
    }

    private static double rounded(final double value, final double steps) {
        return Math.round(value * steps) / steps;
    }
}
