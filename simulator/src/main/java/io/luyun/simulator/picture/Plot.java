package io.luyun.simulator.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines over two axes, as an {@code svg} element to stand in a page. Confined to one thread.
 *
 * <pre>
 *   ── ack p50   ╌╌ ack p99          legend: each line has a dash of its own besides its colour
 *   10 ms |        ╭─╮
 *         |   ╭────╯ ╰──────
 *    1 ms |───╯
 *         +----+----+----+--
 *         0    10   20   seconds
 * </pre>
 *
 * The page gives its colours by the classes {@code grid}, {@code axis}, {@code tick}, {@code line} and {@code c0} to {@code c7}.
 */
public final class Plot {
    /** Looks of lines that are told apart. */
    public static final int LOOKS = 8;

    private static final int WIDTH = 960;
    private static final int LEFT = 78;
    private static final int RIGHT = 916;
    private static final int LEGEND_ROW = 20;
    private static final int HIGH = 210;
    private static final int FOOT = 44;
    private static final int SAMPLE = 26;
    private static final double CHARACTER = 7.2;
    private static final String[] DASHES = {"", "7 3", "2 3", "9 3 2 3", "14 4", "4 4", "1 4", "12 3 2 3 2 3"};

    private record Line(String name, int look, List<SvgLine> pieces) {}

    private final String title;
    private final Axis x;
    private final Axis y;
    private final List<Line> lines = new ArrayList<>();

    /** An empty one; the title is read out by those who cannot see it. */
    public Plot(final String title, final Axis x, final Axis y) {
        this.title = title;
        this.x = x;
        this.y = y;
    }

    /** One more line; it is broken where a value is no number. One without any value is left out. */
    public Plot line(final String name, final double[] xs, final double[] ys) {
        final List<SvgLine> pieces = new ArrayList<>();
        boolean open = false;
        for (int i = 0; i < xs.length; i++) {
            if (Double.isNaN(ys[i])) {
                open = false;
                continue;
            }
            if (!open) {
                pieces.add(new SvgLine());
                open = true;
            }
            pieces.getLast().add(LEFT + x.share(xs[i]) * (RIGHT - LEFT), HIGH * (1 - y.share(ys[i])));
        }
        if (!pieces.isEmpty()) {
            lines.add(new Line(name, lines.size() % LOOKS, pieces));
        }
        return this;
    }

    /** Whether there is nothing to see. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The element. */
    public String svg() {
        final StringBuilder legend = new StringBuilder(512);
        final int rows = legend(legend);
        final int top = rows * LEGEND_ROW + 12;
        final StringBuilder svg = new StringBuilder(8_192);
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                top + HIGH + FOOT,
                Markup.escaped(title)));
        svg.append(legend);
        svg.append(String.format(Locale.ROOT, "<g transform=\"translate(0 %d)\">%n", top));
        axes(svg);
        lines.forEach(line -> line.pieces().forEach(piece -> piece(svg, line, piece)));
        return svg.append("</g>\n</svg>\n").toString();
    }

    /** A piece of one point alone would not be seen as a line. */
    private static void piece(final StringBuilder svg, final Line line, final SvgLine piece) {
        final String points = piece.toString();
        final int comma = points.indexOf(',');
        if (points.indexOf(' ') < 0) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle class=\"dot c%d\" cx=\"%s\" cy=\"%s\" r=\"2\"/>%n",
                    line.look(),
                    points.substring(0, comma),
                    points.substring(comma + 1)));
        } else {
            svg.append(String.format(
                    Locale.ROOT,
                    "<polyline class=\"line c%d\"%s points=\"%s\"/>%n",
                    line.look(),
                    dash(line.look()),
                    points));
        }
    }

    private static String dash(final int look) {
        return DASHES[look].isEmpty() ? "" : " stroke-dasharray=\"" + DASHES[look] + "\"";
    }

    /** Draws it; the rows it takes. */
    private int legend(final StringBuilder svg) {
        double at = LEFT;
        int row = 0;
        for (final Line line : lines) {
            final double wide = SAMPLE + 8 + line.name().length() * CHARACTER + 18;
            if (at + wide > RIGHT && at > LEFT) {
                at = LEFT;
                row++;
            }
            final int high = row * LEGEND_ROW + 12;
            svg.append(String.format(
                    Locale.ROOT,
                    "<path class=\"line c%d\"%s d=\"M%.1f %dh%d\"/>"
                            + "<text class=\"tick\" x=\"%.1f\" y=\"%d\">%s</text>%n",
                    line.look(),
                    dash(line.look()),
                    at,
                    high,
                    SAMPLE,
                    at + SAMPLE + 8,
                    high + 4,
                    Markup.escaped(line.name())));
            at += wide;
        }
        return row + 1;
    }

    private void axes(final StringBuilder svg) {
        for (final Axis.Tick tick : y.ticks()) {
            final double at = HIGH * (1 - y.share(tick.at()));
            svg.append(String.format(Locale.ROOT, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, at, RIGHT));
            text(svg, LEFT - 8, at + 4, "end", tick.label());
        }
        for (final Axis.Tick tick : x.ticks()) {
            final double at = LEFT + x.share(tick.at()) * (RIGHT - LEFT);
            svg.append(String.format(Locale.ROOT, "<path class=\"grid\" d=\"M%.1f 0V%d\"/>", at, HIGH));
            text(svg, at, HIGH + 18, "middle", tick.label());
        }
        svg.append(String.format(Locale.ROOT, "<path class=\"axis\" d=\"M%d 0V%dH%d\"/>%n", LEFT, HIGH, RIGHT));
        text(svg, (LEFT + RIGHT) / 2.0, HIGH + 38, "middle", x.label());
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"tick\" text-anchor=\"middle\" transform=\"translate(14 %d) rotate(-90)\">%s</text>%n",
                HIGH / 2,
                Markup.escaped(y.label())));
    }

    private static void text(
            final StringBuilder svg, final double at, final double high, final String anchor, final String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                at,
                high,
                anchor,
                Markup.escaped(text)));
    }
}
