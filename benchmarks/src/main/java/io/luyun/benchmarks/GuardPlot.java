package io.luyun.benchmarks;

import io.luyun.server.tools.SvgSheet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The history of the guard as a picture: a cell for each stage, the releases from left to right, each panel with a scale of its
 * own from zero; what is allowed is a broken line.
 *
 * <pre>
 *   Stage.method            | Stage.method
 *   times Reference.method  | …
 *   | - - - limit    | - -  |
 *   |  .__.--.       |  .   |
 *   +---------       +----  |
 *    ratio            bytes
 * </pre>
 */
final class GuardPlot {
    private static final int WIDTH = 960;
    private static final int HEAD = 118;
    private static final int CELL_WIDTH = 456;
    private static final int CELL_HEIGHT = 122;
    private static final int COLUMNS = 2;
    private static final int MARGIN = 24;
    private static final int PANEL_TOP = 48;
    private static final int PANEL_HEIGHT = 48;
    private static final int RATIO_WIDTH = 190;
    private static final int BYTES_LEFT = 268;
    private static final int BYTES_WIDTH = 110;
    private static final int LABEL_GAP = 6;
    private static final int LABEL_DROP = 4;
    private static final int LABEL_HEIGHT = 14;
    /** Room of the highest value or limit below the upper edge of its panel. */
    private static final double HEADROOM = 1.15;

    private final List<GuardRun> runs;
    private final List<String> names;
    private final SvgSheet sheet;

    /** One stage's values, oldest release first; absent where a release has none. */
    private record Row(List<@Nullable Double> values, List<@Nullable Double> limits, String unit) {}

    /** Where a panel lies. */
    private record Panel(int left, int top, int width) {
        double x(final int index, final int count) {
            return left + (index + 0.5) * width / count;
        }

        double y(final double value, final double most) {
            return top + PANEL_HEIGHT * (1 - value / most);
        }
    }

    private GuardPlot(final List<GuardRun> runs) {
        this.runs = runs;
        names = names(runs);
        final int rows = (names.size() + COLUMNS - 1) / COLUMNS;
        sheet = new SvgSheet(WIDTH, HEAD + rows * CELL_HEIGHT + MARGIN, "Luyun: what the stages cost, by release");
    }

    /**
     * The picture.
     *
     * @param runs at least one, the oldest release first
     */
    static String of(final List<GuardRun> runs) {
        return new GuardPlot(runs).draw();
    }

    /** The stages of the newest run in its order, then those that are no more. */
    private static List<String> names(final List<GuardRun> runs) {
        final Set<String> names = new LinkedHashSet<>();
        for (final GuardRun run : runs.reversed()) {
            run.stages().forEach(stage -> names.add(stage.name()));
        }
        return List.copyOf(names);
    }

    private String draw() {
        final GuardRun newest = runs.getLast();
        sheet.text(MARGIN, 32, "ink title", "start", "What the stages cost, by release");
        sheet.text(
                MARGIN,
                54,
                "soft",
                "start",
                "Left the time as a multiple of the bare reference, right bytes allocated for an operation; broken lines are limits.");
        sheet.text(
                MARGIN,
                74,
                "soft",
                "start",
                "Releases " + runs.getFirst().version() + (runs.size() == 1 ? "" : " to " + newest.version())
                        + " from left to right. Newest: " + newest.form() + " form, "
                        + newest.machine().cores() + " cores, "
                        + newest.machine().cpu());
        if (newest.note() != null) {
            sheet.text(MARGIN, 94, "soft", "start", newest.note());
        }
        for (int i = 0; i < names.size(); i++) {
            cell(names.get(i), MARGIN + i % COLUMNS * CELL_WIDTH, HEAD + i / COLUMNS * CELL_HEIGHT);
        }
        return sheet.finished();
    }

    private void cell(final String name, final int left, final int top) {
        final int slash = name.indexOf(" / ");
        sheet.text(left, top + 16, "ink", "start", slash < 0 ? name : name.substring(0, slash));
        sheet.text(left, top + 32, "soft", "start", slash < 0 ? "bytes alone" : "against " + name.substring(slash + 3));
        if (slash >= 0) {
            panel(
                    new Panel(left, top + PANEL_TOP, RATIO_WIDTH),
                    row(name, GuardRun.Stage::ratio, GuardRun.Stage::maxRatio, "×"));
        }
        panel(
                new Panel(left + BYTES_LEFT, top + PANEL_TOP, BYTES_WIDTH),
                row(name, GuardRun.Stage::bytes, GuardRun.Stage::maxBytes, " B"));
    }

    private Row row(
            final String name,
            final Function<GuardRun.Stage, @Nullable Double> value,
            final Function<GuardRun.Stage, @Nullable Double> limit,
            final String unit) {
        final List<@Nullable Double> values = new ArrayList<>();
        final List<@Nullable Double> limits = new ArrayList<>();
        for (final GuardRun run : runs) {
            final GuardRun.Stage stage = run.stages().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElse(null);
            values.add(stage == null ? null : value.apply(stage));
            limits.add(stage == null ? null : limit.apply(stage));
        }
        return new Row(values, limits, unit);
    }

    private void panel(final Panel panel, final Row row) {
        final double most = HEADROOM * Math.max(highest(row.values()), highest(row.limits()));
        final int bottom = panel.top() + PANEL_HEIGHT;
        sheet.element(String.format(
                Locale.ROOT, "<path class=\"base\" d=\"M%d %dh%d\"/>", panel.left(), bottom, panel.width()));
        final int count = runs.size();
        final StringBuilder edge = new StringBuilder();
        final StringBuilder limit = new StringBuilder();
        for (int i = 0; i < count; i++) {
            final Double allowed = row.limits().get(i);
            if (allowed != null) {
                limit.append(String.format(
                        Locale.ROOT,
                        "M%.1f %.1fh%.1f",
                        panel.left() + (double) i * panel.width() / count,
                        panel.y(allowed, most),
                        (double) panel.width() / count));
            }
            final Double value = row.values().get(i);
            if (value != null) {
                edge.append(edge.isEmpty() ? "M" : "L")
                        .append(String.format(Locale.ROOT, "%.1f %.1f", panel.x(i, count), panel.y(value, most)));
            }
        }
        sheet.element("<path class=\"limit\" d=\"" + limit + "\"/>");
        sheet.element("<path class=\"edge\" d=\"" + edge + "\"/>");
        for (int i = 0; i < count; i++) {
            dot(panel, row, i, most);
        }
        labels(panel, row, most);
    }

    /** The newest value and its limit behind the panel, apart even where the one is at the other. */
    private void labels(final Panel panel, final Row row, final double most) {
        final int right = panel.left() + panel.width() + LABEL_GAP;
        final Double limit = row.limits().getLast();
        final Double value = row.values().getLast();
        final int limitY = limit == null ? panel.top() : (int) panel.y(limit, most) + LABEL_DROP;
        if (limit != null) {
            sheet.text(right, limitY, "soft number", "start", number(limit) + row.unit());
        }
        if (value != null) {
            final int valueY = (int) panel.y(value, most) + LABEL_DROP;
            final boolean over = limit != null && value > limit;
            final int apart = over ? Math.min(valueY, limitY - LABEL_HEIGHT) : Math.max(valueY, limitY + LABEL_HEIGHT);
            sheet.text(right, apart, "ink number", "start", number(value) + row.unit());
        }
    }

    private static double highest(final List<@Nullable Double> values) {
        double highest = Double.MIN_NORMAL;
        for (final Double value : values) {
            highest = value == null ? highest : Math.max(highest, value);
        }
        return highest;
    }

    /** Two digits that count. */
    private static String number(final double value) {
        if (value >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : value >= 0.1 ? "%.2f" : "%.3f", value);
    }

    /** What cannot be read off the picture is told by whoever points at it. */
    private void dot(final Panel panel, final Row row, final int index, final double most) {
        final Double value = row.values().get(index);
        if (value != null) {
            sheet.element(String.format(
                    Locale.ROOT,
                    "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%s: %s</title></circle>",
                    panel.x(index, runs.size()),
                    panel.y(value, most),
                    SvgSheet.escaped(runs.get(index).version()),
                    SvgSheet.escaped(number(value) + row.unit())));
        }
    }
}
