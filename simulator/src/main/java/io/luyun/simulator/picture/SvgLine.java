package io.luyun.simulator.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Points of a line of an SVG, without those that lie straight between others. */
public final class SvgLine {
    /** Pixels by which a point may lie beside the straight line. */
    private static final double STRAIGHT = 0.1;

    private record Point(double x, double y) {}

    private final List<Point> points = new ArrayList<>();

    /** One more point. */
    public void add(final double x, final double y) {
        final Point added = new Point(x, y);
        while (points.size() >= 2 && straight(points.get(points.size() - 2), points.getLast(), added)) {
            points.removeLast();
        }
        points.add(added);
    }

    private static boolean straight(final Point from, final Point between, final Point to) {
        final double dx = to.x - from.x;
        final double dy = to.y - from.y;
        final double bx = between.x - from.x;
        final double by = between.y - from.y;
        final double length = Math.sqrt(dx * dx + dy * dy);
        final double along = bx * dx + by * dy;
        return along >= 0
                && along <= length * length
                && Math.abs(bx * dy - by * dx) <= STRAIGHT * Math.max(length, STRAIGHT);
    }

    /** What stands in the attribute {@code points}. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(points.size() * 12);
        points.forEach(point -> text.append(String.format(Locale.ROOT, "%.1f,%.1f ", point.x, point.y)));
        return text.toString().stripTrailing();
    }
}
