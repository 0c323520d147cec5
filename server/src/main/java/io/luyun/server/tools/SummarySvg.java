package io.luyun.server.tools;

import io.luyun.server.research.Records;
import io.luyun.server.research.Summary;
import java.util.Locale;
import java.util.Map;

/**
 * What records amount to as a picture: a self-contained SVG with a panel for each kind of record, messages a second over time, each
 * with a scale of its own since their rates differ by thousands; below a row for each kind of alert with a tick where one was raised.
 *
 * <pre>
 *   title
 *   BSM   |▁▃▅▇█▇▅   most a second
 *   RSM   |▂▂▃▃▃▂▂
 *   alerts raised
 *   FCW    | ||  |   how many
 *   HLW   |    | |
 *         +--+--+--  UTC
 * </pre>
 */
final class SummarySvg {
    private static final int WIDTH = 960;
    private static final int LEFT = 190;
    private static final int RIGHT = 870;
    private static final int HEAD = 92;
    private static final int PANEL = 46;
    private static final int PANEL_GAP = 14;
    private static final int ROW = 22;
    private static final int SECTION = 44;
    private static final int FOOT = 58;
    private static final int MOST_COLUMNS = 240;
    private static final int FEW_COLUMNS = 10;
    private static final int BINS_A_COLUMN = 4;
    private static final int MOST_TICKS = 7;
    private static final int TICK_COLUMNS = 340;
    private static final double LEAST_OPACITY = 0.45;
    private static final double NANOS = 1e9;
    /** Characters of the title that have room in a line; of a longer one the end is shown. */
    private static final int LONGEST = 76;

    private final Summary summary;
    private final String title;
    private final long spanNs;
    private final SvgSheet sheet;
    private int y = HEAD;

    private SummarySvg(final Summary summary, final String title) {
        this.summary = summary;
        this.title = title;
        spanNs = SummaryChart.spanNs(summary);
        sheet = new SvgSheet(WIDTH, height(summary), title);
    }

    /**
     * The picture.
     *
     * @param title what it is of, in plain text
     */
    static String of(final Summary summary, final String title) {
        return new SummarySvg(summary, title).draw();
    }

    private static int height(final Summary summary) {
        final long panels =
                summary.kinds().keySet().stream().filter(SummarySvg::drawn).count();
        final int alerts = summary.alerts().size();
        return HEAD + (int) panels * (PANEL + PANEL_GAP) + (alerts == 0 ? 0 : SECTION + alerts * ROW) + FOOT;
    }

    private String draw() {
        final int height = height(summary);
        head();
        if (summary.records() > 0) {
            final TimeAxis axis = TimeAxis.of(summary.firstNs(), spanNs, MOST_TICKS);
            grid(axis, HEAD - 8, height - FOOT);
            summary.kinds().forEach((kind, count) -> {
                if (drawn(kind)) {
                    panel(RecordText.kind(kind), count);
                }
            });
            alerts();
            axis(axis, height - FOOT);
        }
        return sheet.finished();
    }

    /** Messages of devices alone: the server's own records are few, and alerts have rows of their own. */
    private static boolean drawn(final int kind) {
        return kind < Records.CONTROL_KINDS;
    }

    private void head() {
        sheet.text(
                24,
                32,
                "ink title",
                "start",
                title.length() <= LONGEST ? title : "…" + title.substring(title.length() - LONGEST));
        sheet.text(
                24,
                54,
                "soft",
                "start",
                summary.records() == 0
                        ? "no records"
                        : String.format(
                                Locale.ROOT,
                                "%,d records, %s to %s (%.3f s)",
                                summary.records(),
                                RecordText.time(summary.firstNs()),
                                RecordText.time(summary.lastNs()),
                                (summary.lastNs() - summary.firstNs()) / NANOS));
        if (summary.records() > 0) {
            sheet.text(RIGHT + 8, HEAD - 14, "soft", "start", "most, 1/s");
            sheet.text(24, HEAD - 14, "soft", "start", "records a second");
        }
    }

    private void panel(final String name, final Summary.Count count) {
        final long bins = Math.max(1, spanNs / summary.rate().widthNs());
        final int columns = (int) Math.clamp(bins / BINS_A_COLUMN, Math.min(bins, FEW_COLUMNS), MOST_COLUMNS);
        final double[] rates = count.rate().rates(summary.firstNs(), spanNs, columns);
        double most = 0;
        for (final double rate : rates) {
            most = Math.max(most, rate);
        }
        final int bottom = y + PANEL;
        final StringBuilder edge = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            final double top = bottom - rates[i] / Math.max(most, Double.MIN_NORMAL) * PANEL;
            edge.append(String.format(
                    Locale.ROOT, "%s%.1f %.1fH%.1f", i == 0 ? "M" : "L", x(i, columns), top, x(i + 1, columns)));
        }
        sheet.element(String.format(Locale.ROOT, "<path class=\"area\" d=\"%sV%dH%dZ\"/>", edge, bottom, LEFT));
        sheet.element(String.format(Locale.ROOT, "<path class=\"edge\" d=\"%s\"/>", edge));
        sheet.element(String.format(Locale.ROOT, "<path class=\"base\" d=\"M%d %dH%d\"/>", LEFT, bottom, RIGHT));
        sheet.text(24, bottom - 18, "ink", "start", name);
        sheet.text(24, bottom - 3, "soft number", "start", String.format(Locale.ROOT, "%,d", count.records()));
        sheet.text(LEFT - 8, bottom, "soft number", "end", "0");
        sheet.text(RIGHT + 8, y + 10, "soft number", "start", SummaryChart.rate(most));
        y = bottom + PANEL_GAP;
    }

    private void alerts() {
        if (summary.alerts().isEmpty()) {
            return;
        }
        sheet.text(24, y + 24, "soft", "start", "alerts raised");
        sheet.text(RIGHT + 8, y + 24, "soft", "start", "raised");
        y += SECTION;
        for (final Map.Entry<String, Summary.Count> alert : summary.alerts().entrySet()) {
            final long[] counts = alert.getValue().rate().over(summary.firstNs(), spanNs, TICK_COLUMNS);
            long most = 1;
            for (final long count : counts) {
                most = Math.max(most, count);
            }
            sheet.element(
                    String.format(Locale.ROOT, "<path class=\"line\" d=\"M%d %dH%d\"/>", LEFT, y + ROW / 2, RIGHT));
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    sheet.element(String.format(
                            Locale.ROOT,
                            "<path class=\"tick\" stroke-opacity=\"%.2f\" d=\"M%.1f %dv%d\"/>",
                            LEAST_OPACITY + (1 - LEAST_OPACITY) * counts[i] / most,
                            (x(i, TICK_COLUMNS) + x(i + 1, TICK_COLUMNS)) / 2,
                            y + 3,
                            ROW - 6));
                }
            }
            sheet.text(24, y + ROW / 2 + 4, "ink", "start", alert.getKey());
            sheet.text(
                    RIGHT + 8,
                    y + ROW / 2 + 4,
                    "soft number",
                    "start",
                    String.format(Locale.ROOT, "%,d", alert.getValue().records()));
            y += ROW;
        }
    }

    private void grid(final TimeAxis axis, final int top, final int bottom) {
        for (final TimeAxis.Tick tick : axis.ticks()) {
            sheet.element(String.format(Locale.ROOT, "<path class=\"line\" d=\"M%.1f %dV%d\"/>", x(tick), top, bottom));
        }
    }

    private void axis(final TimeAxis axis, final int top) {
        sheet.element(String.format(Locale.ROOT, "<path class=\"base\" d=\"M%d %dH%d\"/>", LEFT, top, RIGHT));
        for (final TimeAxis.Tick tick : axis.ticks()) {
            sheet.element(String.format(Locale.ROOT, "<path class=\"base\" d=\"M%.1f %dv5\"/>", x(tick), top));
            sheet.text(x(tick), top + 20, "soft number", "middle", tick.label());
        }
        sheet.text((LEFT + RIGHT) / 2.0, top + 40, "soft", "middle", axis.unit());
    }

    private double x(final TimeAxis.Tick tick) {
        return LEFT + (double) (tick.timeNs() - summary.firstNs()) / spanNs * (RIGHT - LEFT);
    }

    private static double x(final int column, final int columns) {
        return LEFT + (double) column / columns * (RIGHT - LEFT);
    }
}
