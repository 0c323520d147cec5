package io.luyun.simulator.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.simulator.measure.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reports and comparisons for a terminal, and as JSON on one line. Stateless. */
public final class RunText {
    private static final int LONGEST = 60;

    private RunText() {}

    /** One run, or several with their medians and spread: a table of figures, the ledger, and loudly what is wrong. */
    public static List<String> summary(final Runs runs) {
        final List<String> lines = new ArrayList<>();
        final boolean one = runs.reports().size() == 1;
        loud(lines, "NOT VALID", runs.reasons());
        loud(lines, "NOT ALIKE", runs.unlike());
        if (one) {
            latencies(lines, runs.reports().getFirst().latencyMicros());
            lines.add("");
            runs.figures()
                    .forEach((figure, spread) ->
                            lines.add(row(figure.name(), Numbers.figure(figure.unit(), spread.median()))));
        } else {
            lines.add(row("figure of " + runs.reports().size() + " runs", "median", "least", "most"));
            runs.spreads()
                    .forEach((figure, spread) -> lines.add(row(
                            figure.name(),
                            Numbers.figure(figure.unit(), spread.median()),
                            Numbers.figure(figure.unit(), spread.least()),
                            Numbers.figure(figure.unit(), spread.most()))));
        }
        ledger(lines, runs.ledger());
        return lines;
    }

    /** What became of demands, one line each. */
    public static List<String> verdicts(final List<Assertions.Verdict> verdicts) {
        return verdicts.stream()
                .map(verdict -> (verdict.holds() ? "holds          " : "does not hold  ") + verdict.text())
                .toList();
    }

    /** Two runs: first in what they are not alike, then figure by figure. */
    public static List<String> comparison(final Comparison comparison) {
        final List<String> lines = new ArrayList<>();
        loud(lines, "NOT ALIKE", comparison.unlike());
        loud(lines, "NOT VALID", comparison.invalid());
        lines.add("A  " + comparison.nameA());
        lines.add("B  " + comparison.nameB());
        lines.add(row("figure", "A", "B", "B/A"));
        for (final Comparison.Row row : comparison.rows()) {
            final String ratio = row.ratio().isPresent()
                    ? String.format(Locale.ROOT, "%.3f", row.ratio().getAsDouble())
                    : "";
            lines.add(row(row.name(), row.text(row.a()), row.text(row.b()), ratio));
        }
        return lines;
    }

    /** The summary for programs. */
    public static String json(final Runs runs, final List<Assertions.Verdict> verdicts) {
        final ObjectNode root = JsonNodeFactory.instance.objectNode();
        final ArrayNode names = root.putArray("runs");
        runs.names().forEach(names::add);
        root.put("valid", runs.reasons().isEmpty());
        texts(root, "reasons", runs.reasons());
        texts(root, "unlike", runs.unlike());
        final ObjectNode figures = root.putObject("figures");
        runs.spreads()
                .forEach((figure, spread) -> figures.putObject(named(figure.name(), figure.unit()))
                        .put("median", spread.median())
                        .put("least", spread.least())
                        .put("most", spread.most()));
        texts(root, "open", runs.ledger().open());
        final ArrayNode judged = root.putArray("assertions");
        verdicts.forEach(
                verdict -> judged.addObject().put("holds", verdict.holds()).put("text", verdict.text()));
        return root.toString();
    }

    /** The comparison for programs. */
    public static String json(final Comparison comparison, final List<String> worse) {
        final ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("a", comparison.nameA()).put("b", comparison.nameB());
        texts(root, "unlike", comparison.unlike());
        texts(root, "invalid", comparison.invalid());
        final ObjectNode figures = root.putObject("figures");
        for (final Comparison.Row row : comparison.rows()) {
            final ObjectNode node = figures.putObject(named(row.name(), row.unit()));
            if (row.a() != null) {
                node.put("a", row.a());
            }
            if (row.b() != null) {
                node.put("b", row.b());
            }
            row.ratio().ifPresent(ratio -> node.put("ratio", Math.round(ratio * 1e4) / 1e4));
        }
        texts(root, "worse", worse);
        return root.toString();
    }

    private static String named(final String name, final Figure.Unit unit) {
        return unit == Figure.Unit.MICROS ? name + ".micros" : name;
    }

    private static void texts(final ObjectNode root, final String name, final List<String> texts) {
        final ArrayNode array = root.putArray(name);
        texts.forEach(array::add);
    }

    private static void latencies(final List<String> lines, final Map<String, Latency> latencies) {
        lines.add(row("latency", "count", "p50", "p90", "p99", "p99.9", "max"));
        latencies.forEach((name, latency) -> lines.add(
                latency.count() == 0
                        ? row(name, "0")
                        : row(
                                name,
                                Numbers.count(latency.count()),
                                Numbers.time(latency.p50()),
                                Numbers.time(latency.p90()),
                                Numbers.time(latency.p99()),
                                Numbers.time(latency.p999()),
                                Numbers.time(latency.max()))));
    }

    private static void ledger(final List<String> lines, final Ledger ledger) {
        final Map<String, Long> refused = ledger.answers().refused();
        refused.forEach((reason, count) -> lines.add("refused " + Numbers.count(count) + "  " + shown(reason)));
        final List<String> open = ledger.open();
        lines.add(
                open.isEmpty()
                        ? "ledger         closes: every message is accounted for"
                                + (ledger.journal() == null ? ", but the journal was not looked at" : "")
                        : "ledger         DOES NOT CLOSE");
        open.forEach(text -> lines.add("  " + shown(text)));
    }

    private static void loud(final List<String> lines, final String what, final List<String> reasons) {
        reasons.forEach(reason -> lines.add(what + "  " + shown(reason)));
    }

    /** Text out of a file, without what would play with the terminal. */
    private static String shown(final String text) {
        return text.replaceAll("\\p{C}", "?");
    }

    private static String row(final String name, final String... values) {
        final StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "%-24s", shown(name.length() <= LONGEST ? name : name.substring(0, LONGEST))));
        for (final String value : values) {
            line.append(String.format(Locale.ROOT, " %11s", shown(value)));
        }
        return line.toString().stripTrailing();
    }
}
