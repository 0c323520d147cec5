package io.luyun.server.tools;

import io.luyun.server.research.Bins;
import io.luyun.server.research.Summary;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What records amount to as a picture of characters: a row of bars for each kind of record, each with a scale of its own since their
 * rates differ by thousands; below a row for each kind of alert that says where so many were raised; and the time.
 *
 * <pre>
 *   BSM                    ▁▃▅▇█▇▇▇▇▇▇▇▇▇▇    610.0   the most a second
 *   FCW                    ...|....2......        3   how many
 *                          -+----+----+---
 *                           02:53:40  02:53:50
 * </pre>
 *
 * Immutable.
 *
 * @param width characters of a line
 * @param plain whether characters of ASCII alone are used
 */
record SummaryChart(int width, boolean plain) {
    static final int LEAST_WIDTH = 50;
    static final int MOST_WIDTH = 500;
    static final int USUAL_WIDTH = 80;

    private static final String BARS = " ▁▂▃▄▅▆▇█";
    private static final String PLAIN_BARS = " .:-=+*#@";
    private static final int NAME = 22;
    private static final int NUMBER = 10;
    private static final int LABEL = 14;
    private static final long LEAST_SPAN_NS = 1_000_000_000L;
    private static final long MOST_DIGIT = 9;
    private static final double NANOS_A_SECOND = 1e9;
    private static final double MANY = 1_000;
    private static final double FEW = 0.1;
    /** What is below so many records in a column is there by rounding; of one record in a bin as wide as 50 columns each has more. */
    private static final double LEAST_RECORDS = 0.01;

    /** That of a terminal so wide that takes this encoding. */
    static SummaryChart of(final int width, final Charset encoding) {
        return new SummaryChart(width, !encoding.equals(StandardCharsets.UTF_8));
    }

    /** What a picture of them covers, ns; never so little that one record would be a rate of thousands. */
    static long spanNs(final Summary summary) {
        return Math.max(LEAST_SPAN_NS, summary.lastNs() - summary.firstNs() + 1);
    }

    /** The lines of it; none for no records. */
    List<String> lines(final Summary summary) {
        final List<String> lines = new ArrayList<>();
        if (summary.records() == 0) {
            return lines;
        }
        final int columns = width - NAME - NUMBER - 1;
        lines.add(line("over time", "", columns, "most, 1/s"));
        summary.kinds()
                .forEach((kind, count) -> lines.add(bars(RecordText.kind(kind), count.rate(), summary, columns)));
        lines.add(bars("all", summary.rate(), summary, columns));
        if (!summary.alerts().isEmpty()) {
            lines.add(line("alerts", "", columns, "raised"));
            summary.alerts()
                    .forEach((kind, count) -> lines.add(line(
                            kind,
                            marks(count.rate(), summary, columns),
                            columns,
                            String.format(Locale.ROOT, "%,d", count.records()))));
        }
        lines.addAll(axis(summary, columns));
        return lines;
    }

    private static String line(final String name, final String row, final int columns, final String number) {
        return String.format("%-" + NAME + "s %-" + columns + "s%" + NUMBER + "s", name, row, number)
                .stripTrailing();
    }

    /** The highest bar is the most of this row, and what is there at all is seen. */
    private String bars(final String name, final Bins bins, final Summary summary, final int columns) {
        final double[] rates = bins.rates(summary.firstNs(), spanNs(summary), columns);
        final double most = Arrays.stream(rates).max().orElse(0);
        final String scale = plain ? PLAIN_BARS : BARS;
        final double leastRate = LEAST_RECORDS * columns / (spanNs(summary) / NANOS_A_SECOND);
        final StringBuilder row = new StringBuilder(columns);
        for (final double rate : rates) {
            final int level = (int) Math.round(rate / most * (scale.length() - 1));
            row.append(scale.charAt(rate < leastRate ? 0 : Math.max(1, level)));
        }
        return line(name, row.toString(), columns, rate(most));
    }

    /** A rate for people: rare things have two digits that say something. */
    static String rate(final double perSecond) {
        final String form = perSecond >= MANY ? "%,.0f" : perSecond >= FEW || perSecond == 0 ? "%.1f" : "%.2g";
        return String.format(Locale.ROOT, form, perSecond);
    }

    private static String marks(final Bins bins, final Summary summary, final int columns) {
        final StringBuilder row = new StringBuilder(columns);
        for (final long count : bins.over(summary.firstNs(), spanNs(summary), columns)) {
            if (count <= 1) {
                row.append(count == 0 ? '.' : '|');
            } else {
                row.append(count > MOST_DIGIT ? "*" : Long.toString(count));
            }
        }
        return row.toString();
    }

    private static List<String> axis(final Summary summary, final int columns) {
        final TimeAxis axis = TimeAxis.of(summary.firstNs(), spanNs(summary), columns / LABEL);
        final StringBuilder rule = new StringBuilder("-".repeat(columns));
        final StringBuilder labels = new StringBuilder();
        for (final TimeAxis.Tick tick : axis.ticks()) {
            final double part = (double) (tick.timeNs() - summary.firstNs()) / spanNs(summary);
            final int column = Math.min((int) (part * columns), columns - 1);
            rule.setCharAt(column, '+');
            // The last one may go on below the numbers, no further.
            if (column >= labels.length() && column + tick.label().length() <= columns + NUMBER) {
                labels.append(" ".repeat(column - labels.length()))
                        .append(tick.label())
                        .append(' ');
            }
        }
        return List.of(
                line("", rule.toString(), columns, ""),
                String.format(
                        "%-" + NAME + "s %s", axis.unit(), labels.toString().stripTrailing()));
    }
}
