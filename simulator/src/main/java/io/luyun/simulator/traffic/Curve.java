package io.luyun.simulator.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A line of metres on the plane with its arc length; immutable. */
public final class Curve {
    private static final double SHORTEST_METRES = 0.01;

    final double[] x;
    final double[] y;
    /** Metres from the beginning to each vertex. */
    final double[] along;
    /** Direction at each vertex, clockwise from north, without jumps from vertex to vertex. */
    final double[] headingDeg;

    final double length;

    /** The line through these points, two or more. */
    public Curve(final double[] x, final double[] y) {
        this.x = x;
        this.y = y;
        final int n = x.length;
        along = new double[n];
        final double[] segment = new double[n];
        for (int i = 1; i < n; i++) {
            final double dx = x[i] - x[i - 1];
            final double dy = y[i] - y[i - 1];
            along[i] = along[i - 1] + Math.sqrt(dx * dx + dy * dy);
            segment[i] = unwrap(StrictMath.toDegrees(StrictMath.atan2(dx, dy)), i == 1 ? 0 : segment[i - 1]);
        }
        segment[0] = segment[1];
        headingDeg = new double[n];
        for (int i = 0; i < n; i++) {
            headingDeg[i] = i == n - 1 ? segment[i] : (segment[Math.max(1, i)] + segment[i + 1]) / 2;
        }
        length = along[n - 1];
    }

    static Curve of(final List<GeoPoint> line, final Plane plane) {
        final double[] x = new double[line.size()];
        final double[] y = new double[line.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = plane.x(line.get(i));
            y[i] = plane.y(line.get(i));
        }
        return new Curve(x, y);
    }

    private static double unwrap(final double degrees, final double near) {
        double result = degrees;
        while (result - near > 180) {
            result -= 360;
        }
        while (result - near < -180) {
            result += 360;
        }
        return result;
    }

    /** The same line so many metres to the right. */
    public Curve shifted(final double right) {
        final double[] sx = new double[x.length];
        final double[] sy = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            final double h = StrictMath.toRadians(headingDeg[i]);
            sx[i] = x[i] + right * StrictMath.cos(h);
            sy[i] = y[i] - right * StrictMath.sin(h);
        }
        return new Curve(sx, sy);
    }

    /** So many points at equal distances from one place to another. */
    Curve part(final double from, final double to, final int points) {
        final double[] px = new double[points];
        final double[] py = new double[points];
        for (int i = 0; i < points; i++) {
            final double s = from + (to - from) * i / (points - 1);
            px[i] = xAt(s);
            py[i] = yAt(s);
        }
        return new Curve(px, py);
    }

    /** The same line the other way. */
    public Curve reversed() {
        final int n = x.length;
        final double[] rx = new double[n];
        final double[] ry = new double[n];
        for (int i = 0; i < n; i++) {
            rx[i] = x[n - 1 - i];
            ry[i] = y[n - 1 - i];
        }
        return new Curve(rx, ry);
    }

    /** Cubic from the end of one line to the beginning of another, tangent to both; about an arc for a right angle. */
    public static Curve join(final Curve from, final Curve to, final int points) {
        final int last = from.x.length - 1;
        final double x0 = from.x[last];
        final double y0 = from.y[last];
        final double h0 = StrictMath.toRadians(from.headingDeg[last]);
        // lines that meet in a point have at least a direction there
        final boolean meet = Math.hypot(to.x[0] - x0, to.y[0] - y0) < SHORTEST_METRES;
        final double x3 = meet ? x0 + SHORTEST_METRES * StrictMath.sin(h0) : to.x[0];
        final double y3 = meet ? y0 + SHORTEST_METRES * StrictMath.cos(h0) : to.y[0];
        final double h3 = StrictMath.toRadians(to.headingDeg[0]);
        final double chord = Math.sqrt((x3 - x0) * (x3 - x0) + (y3 - y0) * (y3 - y0));
        final double turn = Math.abs(unwrap(StrictMath.toDegrees(h3 - h0), 0));
        final double handle = chord * (turn > 45 ? 0.39 : 0.34);
        final double x1 = x0 + handle * StrictMath.sin(h0);
        final double y1 = y0 + handle * StrictMath.cos(h0);
        final double x2 = x3 - handle * StrictMath.sin(h3);
        final double y2 = y3 - handle * StrictMath.cos(h3);
        final double[] x = new double[points];
        final double[] y = new double[points];
        for (int i = 0; i < points; i++) {
            final double t = (double) i / (points - 1);
            final double u = 1 - t;
            x[i] = u * u * u * x0 + 3 * u * u * t * x1 + 3 * u * t * t * x2 + t * t * t * x3;
            y[i] = u * u * u * y0 + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t * t * t * y3;
        }
        return new Curve(x, y);
    }

    /** Vertex at or before a place; a hint from an earlier call near by makes it quick. */
    int segmentAt(final double s, final int hint) {
        int i = Math.max(0, Math.min(hint, x.length - 2));
        while (i > 0 && along[i] > s) {
            i--;
        }
        while (i < x.length - 2 && along[i + 1] < s) {
            i++;
        }
        return i;
    }

    private int segmentOf(final double s) {
        final int found = Arrays.binarySearch(along, s);
        return Math.clamp(found >= 0 ? found - 1 : -found - 2, 0, x.length - 2);
    }

    double fraction(final double s, final int i) {
        final double step = along[i + 1] - along[i];
        return step <= 0 ? 0 : Math.max(0, Math.min(1, (s - along[i]) / step));
    }

    /** East of a place so many metres from the beginning. */
    public double xAt(final double s) {
        final int i = segmentOf(s);
        return x[i] + (x[i + 1] - x[i]) * fraction(s, i);
    }

    /** North of a place so many metres from the beginning. */
    public double yAt(final double s) {
        final int i = segmentOf(s);
        return y[i] + (y[i + 1] - y[i]) * fraction(s, i);
    }

    /** Direction at a place, clockwise from north; may lie outside 0 to 360. */
    public double headingAt(final double s) {
        final int i = segmentOf(s);
        return headingDeg[i] + (headingDeg[i + 1] - headingDeg[i]) * fraction(s, i);
    }

    /** Metres from its beginning to its end. */
    public double lengthMetres() {
        return length;
    }

    /** The one line and then the other, whose beginning may be where the first ends. */
    public Curve then(final Curve next) {
        final int skip = Math.hypot(next.x[0] - x[x.length - 1], next.y[0] - y[y.length - 1]) < 0.01 ? 1 : 0;
        final double[] jx = Arrays.copyOf(x, x.length + next.x.length - skip);
        final double[] jy = Arrays.copyOf(y, jx.length);
        System.arraycopy(next.x, skip, jx, x.length, next.x.length - skip);
        System.arraycopy(next.y, skip, jy, y.length, next.y.length - skip);
        return new Curve(jx, jy);
    }

    /** Smallest radius on the line, at least 1 m. */
    double smallestRadius() {
        double radius = 1e6;
        for (int i = 1; i < x.length - 1; i++) {
            final double turn = Math.abs(headingDeg[i + 1] - headingDeg[i - 1]);
            if (turn > 1e-3) {
                radius = Math.min(radius, (along[i + 1] - along[i - 1]) / StrictMath.toRadians(turn));
            }
        }
        return Math.max(1, radius);
    }

    /** Whether the two lines come closer than a distance, measured at their vertices. */
    boolean near(final Curve other, final double distance) {
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < other.x.length; j++) {
                final double dx = x[i] - other.x[j];
                final double dy = y[i] - other.y[j];
                if (dx * dx + dy * dy < distance * distance) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Its vertices on the ground. */
    public List<GeoPoint> points(final Plane plane) {
        final List<GeoPoint> points = new ArrayList<>(x.length);
        for (int i = 0; i < x.length; i++) {
            points.add(plane.point(x[i], y[i]));
        }
        return points;
    }
}
