package io.luyun.server.zone;

import java.util.ArrayList;
import java.util.List;

/** The reference line of an OpenDRIVE road: pieces of line, arc, clothoid and cubic, one after the other; immutable. */
final class PlanView {
    /** Steps in which a cubic's way is measured. */
    private static final int STEPS = 100;

    private static final double LONGEST_METRES = 1e6;

    private final List<Piece> pieces = new ArrayList<>();

    /** A place on the line and its direction, in radians counter-clockwise from east. */
    record Pose(double x, double y, double direction) {
        /** A point beside the line, to the left when positive. */
        double xBeside(final double left) {
            return x - left * StrictMath.sin(direction);
        }

        double yBeside(final double left) {
            return y + left * StrictMath.cos(direction);
        }
    }

    /** Where a piece has come to after a way, with its begin at 0,0 to the east. */
    private interface Shape {
        Pose at(double way);
    }

    private record Piece(double s, double length, Pose begin, Shape shape) {}

    /**
     * Reads a plan view.
     *
     * @param turned by how much the whole file is turned, in radians
     */
    PlanView(final XmlNode road, final double turned) throws ImportException {
        final List<XmlNode> geometries = road.grandchildren("planView", "geometry");
        if (geometries.isEmpty()) {
            throw road.fail("planView must have at least one geometry");
        }
        for (final XmlNode geometry : geometries) {
            final double x = geometry.number("x");
            final double y = geometry.number("y");
            final double s = geometry.number("s", 0, LONGEST_METRES);
            final double length = geometry.number("length", 0, LONGEST_METRES);
            if (!pieces.isEmpty() && s < pieces.getLast().s()) {
                throw geometry.fail("s", "must not be less than that of the geometry before");
            }
            final Pose begin = new Pose(
                    x * StrictMath.cos(turned) - y * StrictMath.sin(turned),
                    x * StrictMath.sin(turned) + y * StrictMath.cos(turned),
                    geometry.number("hdg") + turned);
            pieces.add(new Piece(s, length, begin, shape(geometry, length)));
        }
    }

    private static Shape shape(final XmlNode geometry, final double length) throws ImportException {
        for (final XmlNode kind : geometry.children) {
            switch (kind.name) {
                case "line" -> {
                    return way -> new Pose(way, 0, 0);
                }
                case "arc" -> {
                    final double curvature = kind.number("curvature", -10, 10);
                    return way -> clothoid(curvature, 0, way);
                }
                case "spiral" -> {
                    final double begin = kind.number("curvStart", -10, 10);
                    final double end = kind.number("curvEnd", -10, 10);
                    final double rate = length > 0 ? (end - begin) / length : 0;
                    return way -> clothoid(begin, rate, way);
                }
                case "poly3" -> {
                    final double[] v = {kind.number("a"), kind.number("b"), kind.number("c"), kind.number("d")};
                    return measured(new double[] {0, 1, 0, 0}, v, length, 0, kind);
                }
                case "paramPoly3" -> {
                    final double[] u = {kind.number("aU"), kind.number("bU"), kind.number("cU"), kind.number("dU")};
                    final double[] v = {kind.number("aV"), kind.number("bV"), kind.number("cV"), kind.number("dV")};
                    return switch (kind.text("pRange", "normalized")) {
                        case "arcLength" -> way -> cubic(u, v, way);
                        case "normalized" -> measured(u, v, 1, length, kind);
                        default -> throw kind.fail("pRange", "must be arcLength or normalized");
                    };
                }
                default -> {} // user data
            }
        }
        throw geometry.fail("it must be a line, arc, spiral, poly3 or paramPoly3");
    }

    /** Along a curvature that grows evenly, by Simpson's rule in pieces of at most half a metre and a fifth of a radian. */
    private static Pose clothoid(final double curvature, final double rate, final double way) {
        final double sharpest = Math.max(Math.abs(curvature), Math.abs(curvature + rate * way));
        final int steps = 1 + (int) Math.min(20_000, Math.ceil(way * Math.max(0.05, 5 * sharpest)));
        final double h = way / steps;
        double x = 0;
        double y = 0;
        for (int i = 0; i < steps; i++) {
            final double a = heading(curvature, rate, h * i);
            final double m = heading(curvature, rate, h * (i + 0.5));
            final double b = heading(curvature, rate, h * (i + 1));
            x += h / 6 * (StrictMath.cos(a) + 4 * StrictMath.cos(m) + StrictMath.cos(b));
            y += h / 6 * (StrictMath.sin(a) + 4 * StrictMath.sin(m) + StrictMath.sin(b));
        }
        return new Pose(x, y, heading(curvature, rate, way));
    }

    private static double heading(final double curvature, final double rate, final double way) {
        return curvature * way + rate * way * way / 2;
    }

    private static Pose cubic(final double[] u, final double[] v, final double p) {
        return new Pose(
                value(u, p),
                value(v, p),
                StrictMath.atan2(v[1] + p * (2 * v[2] + p * 3 * v[3]), u[1] + p * (2 * u[2] + p * 3 * u[3])));
    }

    private static double value(final double[] c, final double p) {
        return c[0] + p * (c[1] + p * (c[2] + p * c[3]));
    }

    /**
     * A cubic whose parameter is not its way: the parameter that belongs to a way is looked up.
     *
     * @param end where the parameter ends
     * @param length what the way up to there shall count for; 0 for what it is
     */
    private static Shape measured(
            final double[] u, final double[] v, final double end, final double length, final XmlNode kind)
            throws ImportException {
        final double[] ways = new double[STEPS + 1];
        for (int i = 1; i <= STEPS; i++) {
            final Pose before = cubic(u, v, end * (i - 1) / STEPS);
            final Pose now = cubic(u, v, end * i / STEPS);
            ways[i] = ways[i - 1] + StrictMath.hypot(now.x() - before.x(), now.y() - before.y());
        }
        final double whole = ways[STEPS];
        if (!(whole <= 1e9)) {
            throw kind.fail("the curve must not be longer than 1e9 m");
        }
        return way -> {
            final double wanted = length <= 0 ? way : way / length * whole;
            int i = 1;
            while (i < STEPS && ways[i] < wanted) {
                i++;
            }
            final double step = ways[i] - ways[i - 1];
            final double share = step <= 0 ? 0 : Math.clamp((wanted - ways[i - 1]) / step, 0, 1);
            return cubic(u, v, end * (i - 1 + share) / STEPS);
        };
    }

    /** The place after a way. */
    Pose at(final double s) {
        int low = 0;
        int high = pieces.size() - 1;
        while (low < high) {
            final int middle = (low + high + 1) / 2;
            if (pieces.get(middle).s() <= s) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        final Piece piece = pieces.get(low);
        final Pose there = piece.shape().at(Math.clamp(s - piece.s(), 0, piece.length()));
        final Pose begin = piece.begin();
        final double cos = StrictMath.cos(begin.direction());
        final double sin = StrictMath.sin(begin.direction());
        return new Pose(
                begin.x() + there.x() * cos - there.y() * sin,
                begin.y() + there.x() * sin + there.y() * cos,
                begin.direction() + there.direction());
    }
}
