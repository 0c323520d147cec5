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
 *
 * Light and dark as the viewer wants it; two hues of one brightness that all eyes tell apart, and nothing told by hue alone.
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

    private static final int REPLACEMENT = 0xFFFD;

    private static final String STYLE = """
            <style>
            .paper { fill: #ffffff } .ink { fill: #1f2328 } .soft { fill: #59636e }
            .line { stroke: #d1d9e0; stroke-width: 1; fill: none } .base { stroke: #818b98; stroke-width: 1; fill: none }
            .area { fill: #0072b2; fill-opacity: .22 } .edge { stroke: #0072b2; stroke-width: 1.5; fill: none; stroke-linejoin: round }
            .tick { stroke: #c44e00; stroke-width: 2 }
            text { font-family: system-ui, "DejaVu Sans", "Noto Sans", sans-serif; font-size: 12px }
            .title { font-size: 17px; font-weight: 600 } .number { font-variant-numeric: tabular-nums }
            @media (prefers-color-scheme: dark) {
            .paper { fill: #0d1117 } .ink { fill: #f0f6fc } .soft { fill: #9198a1 }
            .line { stroke: #2f3742 } .base { stroke: #656c76 }
            .area { fill: #56b4e9; fill-opacity: .25 } .edge { stroke: #56b4e9 }
            .tick { stroke: #f0a030 }
            }
            </style>
            """;

    private final Summary summary;
    private final String title;
    private final long spanNs;
    private final StringBuilder svg = new StringBuilder();
    private int y = HEAD;

    private SummarySvg(final Summary summary, final String title) {
        this.summary = summary;
        this.title = title;
        spanNs = SummaryChart.spanNs(summary);
    }

    /**
     * The picture.
     *
     * @param title what it is of, in plain text
     */
    static String of(final Summary summary, final String title) {
        return new SummarySvg(summary, title).draw();
    }

    private String draw() {
        final long panels =
                summary.kinds().keySet().stream().filter(SummarySvg::drawn).count();
        final int alerts = summary.alerts().size();
        final int plots = (int) panels * (PANEL + PANEL_GAP);
        final int height = HEAD + plots + (alerts == 0 ? 0 : SECTION + alerts * ROW) + FOOT;
        line(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">",
                WIDTH,
                height,
                WIDTH,
                height));
        line(String.format(Locale.ROOT, "<title>%s</title>", escaped(title)));
        svg.append(STYLE);
        line(String.format(Locale.ROOT, "<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", WIDTH, height));
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
        svg.append("</svg>\n");
        return svg.toString();
    }

    /** Messages of devices alone: the server's own records are few, and alerts have rows of their own. */
    private static boolean drawn(final int kind) {
        return kind < Records.CONTROL_KINDS;
    }

    private void head() {
        text(
                24,
                32,
                "ink title",
                "start",
                title.length() <= LONGEST ? title : "…" + title.substring(title.length() - LONGEST));
        text(
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
            text(RIGHT + 8, HEAD - 14, "soft", "start", "most, 1/s");
            text(24, HEAD - 14, "soft", "start", "records a second");
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
        line(String.format(Locale.ROOT, "<path class=\"area\" d=\"%sV%dH%dZ\"/>", edge, bottom, LEFT));
        line(String.format(Locale.ROOT, "<path class=\"edge\" d=\"%s\"/>", edge));
        line(String.format(Locale.ROOT, "<path class=\"base\" d=\"M%d %dH%d\"/>", LEFT, bottom, RIGHT));
        text(24, bottom - 18, "ink", "start", name);
        text(24, bottom - 3, "soft number", "start", String.format(Locale.ROOT, "%,d", count.records()));
        text(LEFT - 8, bottom, "soft number", "end", "0");
        text(RIGHT + 8, y + 10, "soft number", "start", SummaryChart.rate(most));
        y = bottom + PANEL_GAP;
    }

    private void alerts() {
        if (summary.alerts().isEmpty()) {
            return;
        }
        text(24, y + 24, "soft", "start", "alerts raised");
        text(RIGHT + 8, y + 24, "soft", "start", "raised");
        y += SECTION;
        for (final Map.Entry<String, Summary.Count> alert : summary.alerts().entrySet()) {
            final long[] counts = alert.getValue().rate().over(summary.firstNs(), spanNs, TICK_COLUMNS);
            long most = 1;
            for (final long count : counts) {
                most = Math.max(most, count);
            }
            line(String.format(Locale.ROOT, "<path class=\"line\" d=\"M%d %dH%d\"/>", LEFT, y + ROW / 2, RIGHT));
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    line(String.format(
                            Locale.ROOT,
                            "<path class=\"tick\" stroke-opacity=\"%.2f\" d=\"M%.1f %dv%d\"/>",
                            LEAST_OPACITY + (1 - LEAST_OPACITY) * counts[i] / most,
                            (x(i, TICK_COLUMNS) + x(i + 1, TICK_COLUMNS)) / 2,
                            y + 3,
                            ROW - 6));
                }
            }
            text(24, y + ROW / 2 + 4, "ink", "start", alert.getKey());
            text(
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
            line(String.format(Locale.ROOT, "<path class=\"line\" d=\"M%.1f %dV%d\"/>", x(tick), top, bottom));
        }
    }

    private void axis(final TimeAxis axis, final int top) {
        line(String.format(Locale.ROOT, "<path class=\"base\" d=\"M%d %dH%d\"/>", LEFT, top, RIGHT));
        for (final TimeAxis.Tick tick : axis.ticks()) {
            line(String.format(Locale.ROOT, "<path class=\"base\" d=\"M%.1f %dv5\"/>", x(tick), top));
            text(x(tick), top + 20, "soft number", "middle", tick.label());
        }
        text((LEFT + RIGHT) / 2.0, top + 40, "soft", "middle", axis.unit());
    }

    private double x(final TimeAxis.Tick tick) {
        return LEFT + (double) (tick.timeNs() - summary.firstNs()) / spanNs * (RIGHT - LEFT);
    }

    private static double x(final int column, final int columns) {
        return LEFT + (double) column / columns * (RIGHT - LEFT);
    }

    private void text(final double x, final int at, final String look, final String anchor, final String text) {
        line(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>",
                look,
                x,
                at,
                anchor,
                escaped(text)));
    }

    private void line(final String line) {
        svg.append(line).append('\n');
    }

    private static boolean shown(final int character) {
        return character >= ' '
                && Character.getType(character) != Character.SURROGATE
                && Character.getType(character) != Character.UNASSIGNED
                && Character.getType(character) != Character.CONTROL;
    }

    /** What XML cannot say at all is a replacement character. */
    private static String escaped(final String text) {
        final StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().map(c -> shown(c) ? c : REPLACEMENT).forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
