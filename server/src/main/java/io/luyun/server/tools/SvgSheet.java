package io.luyun.server.tools;

import java.util.Locale;

/**
 * A self-contained SVG that grows element by element: paper, a style for light and dark as the viewer wants it, and text in
 * which whatever a name holds does no harm. Two hues of one brightness that all eyes tell apart; whoever draws tells nothing by
 * hue alone. One thread.
 *
 * <p>Classes: {@code ink}, {@code soft} and {@code title} for text, with {@code number} where digits stand below each other;
 * {@code line} and {@code base} for what is read against, {@code area}, {@code edge} and {@code dot} for what is shown, {@code
 * tick} and {@code limit} in the other hue.
 */
public final class SvgSheet {
    private static final int REPLACEMENT = 0xFFFD;

    private static final String STYLE = """
            <style>
            .paper { fill: #ffffff } .ink { fill: #1f2328 } .soft { fill: #59636e }
            .line { stroke: #d1d9e0; stroke-width: 1; fill: none } .base { stroke: #818b98; stroke-width: 1; fill: none }
            .area { fill: #0072b2; fill-opacity: .22 } .edge { stroke: #0072b2; stroke-width: 1.5; fill: none; stroke-linejoin: round }
            .tick { stroke: #c44e00; stroke-width: 2 } .dot { fill: #0072b2 }
            .limit { stroke: #c44e00; stroke-width: 1.5; fill: none; stroke-dasharray: 5 3 }
            text { font-family: system-ui, "DejaVu Sans", "Noto Sans", sans-serif; font-size: 12px }
            .title { font-size: 17px; font-weight: 600 } .number { font-variant-numeric: tabular-nums }
            @media (prefers-color-scheme: dark) {
            .paper { fill: #0d1117 } .ink { fill: #f0f6fc } .soft { fill: #9198a1 }
            .line { stroke: #2f3742 } .base { stroke: #656c76 }
            .area { fill: #56b4e9; fill-opacity: .25 } .edge { stroke: #56b4e9 }
            .tick { stroke: #f0a030 } .dot { fill: #56b4e9 } .limit { stroke: #f0a030 }
            }
            </style>
            """;

    private final StringBuilder svg = new StringBuilder();

    /**
     * An empty sheet.
     *
     * @param width in pixels
     * @param height in pixels
     * @param title what it is of, in plain text
     */
    public SvgSheet(final int width, final int height, final String title) {
        element(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">",
                width,
                height,
                width,
                height));
        element(String.format(Locale.ROOT, "<title>%s</title>", escaped(title)));
        svg.append(STYLE);
        element(String.format(Locale.ROOT, "<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", width, height));
    }

    /**
     * Plain text.
     *
     * @param look its classes
     * @param anchor start, middle or end
     */
    public void text(final double x, final int y, final String look, final String anchor, final String text) {
        element(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>",
                look,
                x,
                y,
                anchor,
                escaped(text)));
    }

    /** One element, complete; text of unknown origin in it has been {@linkplain #escaped escaped}. */
    public void element(final String element) {
        svg.append(element).append('\n');
    }

    /** The sheet; nothing is added after it. */
    public String finished() {
        return svg.append("</svg>\n").toString();
    }

    /** The text as it may stand in an element; what XML cannot say at all is a replacement character. */
    public static String escaped(final String text) {
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

    private static boolean shown(final int character) {
        return character >= ' '
                && Character.getType(character) != Character.SURROGATE
                && Character.getType(character) != Character.UNASSIGNED
                && Character.getType(character) != Character.CONTROL;
    }
}
