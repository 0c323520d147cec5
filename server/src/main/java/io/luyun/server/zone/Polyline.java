package io.luyun.server.zone;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** A line of at least two points in metres of the plane of its file, x to the east and y to the north; immutable. */
final class Polyline {
    /** Points of two lines at about the same share of their ways are taken for the same place. */
    private static final double SAME_SHARE = 0.03;

    /** At a sharp bend the shifted line is cut off rather than drawn to a needle. */
    private static final double MOST_MITRE = 2;

    final double[] x;
    final double[] y;
    /** Way to each point. */
    final double[] ways;

    Polyline(final double[] x, final double[] y) {
        this.x = x;
        this.y = y;
        ways = new double[x.length];
        for (int i = 1; i < x.length; i++) {
            ways[i] = ways[i - 1] + StrictMath.hypot(x[i] - x[i - 1], y[i] - y[i - 1]);
        }
    }

    double length() {
        return ways[ways.length - 1];
    }

    double xAt(final double way) {
        return at(x, way);
    }

    double yAt(final double way) {
        return at(y, way);
    }

    private double at(final double[] values, final double way) {
        int i = 0;
        while (i < ways.length - 2 && ways[i + 1] < way) {
            i++;
        }
        final double step = ways[i + 1] - ways[i];
        final double share = step <= 0 ? 0 : Math.clamp((way - ways[i]) / step, 0, 1);
        return values[i] + (values[i + 1] - values[i]) * share;
    }

    /** Direction of the first or the last piece that has a length, in radians counter-clockwise from east. */
    double direction(final boolean atEnd) {
        int i = atEnd ? x.length - 1 : 1;
        while (ways[i] == ways[i - 1] && (atEnd ? i > 1 : i < x.length - 1)) {
            i += atEnd ? -1 : 1;
        }
        return StrictMath.atan2(y[i] - y[i - 1], x[i] - x[i - 1]);
    }

    /** The line half way between two that go the same way. */
    static Polyline middle(final Polyline a, final Polyline b) {
        final double[] shares = shares(a, b);
        final double[] x = new double[shares.length];
        final double[] y = new double[shares.length];
        for (int i = 0; i < shares.length; i++) {
            x[i] = (a.xAt(shares[i] * a.length()) + b.xAt(shares[i] * b.length())) / 2;
            y[i] = (a.yAt(shares[i] * a.length()) + b.yAt(shares[i] * b.length())) / 2;
        }
        return new Polyline(x, y);
    }

    /** Where either line has a point, as shares of the way. */
    private static double[] shares(final Polyline a, final Polyline b) {
        final double[] all = new double[a.x.length + b.x.length];
        for (int i = 0; i < a.x.length; i++) {
            all[i] = a.length() > 0 ? a.ways[i] / a.length() : 0;
        }
        for (int i = 0; i < b.x.length; i++) {
            all[a.x.length + i] = b.length() > 0 ? b.ways[i] / b.length() : 0;
        }
        Arrays.sort(all);
        final double[] kept = new double[all.length];
        int count = 1;
        for (final double share : all) {
            if (share - kept[count - 1] > SAME_SHARE && share < 1 - SAME_SHARE) {
                kept[count++] = share;
            }
        }
        kept[count++] = 1;
        return Arrays.copyOf(kept, count);
    }

    /** The same line so many metres to the right, or to the left when negative. */
    Polyline shifted(final double right) {
        if (right == 0) {
            return this;
        }
        final Polyline clean = apart(1e-6);
        final int n = clean.x.length;
        final double[] sx = new double[n];
        final double[] sy = new double[n];
        for (int i = 0; i < n; i++) {
            final int before = Math.max(1, i);
            final int after = Math.min(n - 1, i + 1);
            final double first = clean.pieceDirection(before);
            final double turn = StrictMath.IEEEremainder(clean.pieceDirection(after) - first, 2 * Math.PI);
            final double across = first + turn / 2 - Math.PI / 2;
            final double mitre = Math.min(MOST_MITRE, 1 / Math.max(1e-3, StrictMath.cos(turn / 2)));
            sx[i] = clean.x[i] + right * mitre * StrictMath.cos(across);
            sy[i] = clean.y[i] + right * mitre * StrictMath.sin(across);
        }
        return new Polyline(sx, sy);
    }

    private double pieceDirection(final int end) {
        return StrictMath.atan2(y[end] - y[end - 1], x[end] - x[end - 1]);
    }

    /** Without points that lie closer than a distance behind the one before; the ends stay. */
    Polyline apart(final double metres) {
        final int n = x.length;
        final double[] kx = new double[n];
        final double[] ky = new double[n];
        kx[0] = x[0];
        ky[0] = y[0];
        int count = 1;
        for (int i = 1; i < n - 1; i++) {
            if (StrictMath.hypot(x[i] - kx[count - 1], y[i] - ky[count - 1]) > metres
                    && StrictMath.hypot(x[i] - x[n - 1], y[i] - y[n - 1]) > metres) {
                kx[count] = x[i];
                ky[count++] = y[i];
            }
        }
        kx[count] = x[n - 1];
        ky[count++] = y[n - 1];
        return new Polyline(Arrays.copyOf(kx, count), Arrays.copyOf(ky, count));
    }

    /** Without points that lie within a distance of the line through the others. */
    Polyline simplified(final double metres) {
        final int n = x.length;
        final boolean[] kept = new boolean[n];
        kept[0] = true;
        kept[n - 1] = true;
        final Deque<int[]> open = new ArrayDeque<>();
        open.push(new int[] {0, n - 1});
        while (!open.isEmpty()) {
            final int[] part = open.pop();
            int farthest = -1;
            double most = metres;
            for (int i = part[0] + 1; i < part[1]; i++) {
                final double off = offChord(part[0], part[1], i);
                if (off > most) {
                    most = off;
                    farthest = i;
                }
            }
            if (farthest >= 0) {
                kept[farthest] = true;
                open.push(new int[] {part[0], farthest});
                open.push(new int[] {farthest, part[1]});
            }
        }
        final int[] left = IntStream.range(0, n).filter(i -> kept[i]).toArray();
        return new Polyline(
                Arrays.stream(left).mapToDouble(i -> x[i]).toArray(),
                Arrays.stream(left).mapToDouble(i -> y[i]).toArray());
    }

    private double offChord(final int from, final int to, final int point) {
        final double dx = x[to] - x[from];
        final double dy = y[to] - y[from];
        final double px = x[point] - x[from];
        final double py = y[point] - y[from];
        final double square = dx * dx + dy * dy;
        final double along = square <= 0 ? 0 : Math.clamp((px * dx + py * dy) / square, 0, 1);
        return StrictMath.hypot(px - along * dx, py - along * dy);
    }

    Polyline reversed() {
        final int n = x.length;
        final double[] rx = new double[n];
        final double[] ry = new double[n];
        for (int i = 0; i < n; i++) {
            rx[i] = x[n - 1 - i];
            ry[i] = y[n - 1 - i];
        }
        return new Polyline(rx, ry);
    }

    /** One line after the other. */
    static Polyline chain(final List<Polyline> parts) {
        final int n = parts.stream().mapToInt(part -> part.x.length).sum();
        final double[] x = new double[n];
        final double[] y = new double[n];
        int count = 0;
        for (final Polyline part : parts) {
            System.arraycopy(part.x, 0, x, count, part.x.length);
            System.arraycopy(part.y, 0, y, count, part.y.length);
            count += part.x.length;
        }
        return new Polyline(x, y).apart(1e-3);
    }

    /** A cubic from the end of one line to the beginning of another, tangent to both; where they meet a short straight. */
    static Polyline join(final Polyline from, final Polyline to) {
        final int points = 9;
        final int last = from.x.length - 1;
        final double gap = StrictMath.hypot(to.x[0] - from.x[last], to.y[0] - from.y[last]);
        final double handle = 0.37 * gap;
        final double out = from.direction(true);
        if (gap < ZoneDraft.SHORTEST_METRES) {
            final double dx = ZoneDraft.SHORTEST_METRES / 2 * StrictMath.cos(out);
            final double dy = ZoneDraft.SHORTEST_METRES / 2 * StrictMath.sin(out);
            return new Polyline(
                    new double[] {from.x[last] - dx, from.x[last] + dx},
                    new double[] {from.y[last] - dy, from.y[last] + dy});
        }
        final double in = to.direction(false);
        final double[] bx = {
            from.x[last], from.x[last] + handle * StrictMath.cos(out), to.x[0] - handle * StrictMath.cos(in), to.x[0]
        };
        final double[] by = {
            from.y[last], from.y[last] + handle * StrictMath.sin(out), to.y[0] - handle * StrictMath.sin(in), to.y[0]
        };
        final double[] x = new double[points];
        final double[] y = new double[points];
        for (int i = 0; i < points; i++) {
            final double t = i / (points - 1.0);
            x[i] = cubic(bx, t);
            y[i] = cubic(by, t);
        }
        return new Polyline(x, y);
    }

    private static double cubic(final double[] b, final double t) {
        final double u = 1 - t;
        return u * u * u * b[0] + 3 * u * u * t * b[1] + 3 * u * t * t * b[2] + t * t * t * b[3];
    }

    /** The same line about its middle, stretched to a length when it is shorter. */
    Polyline atLeast(final double metres) {
        if (length() >= metres) {
            return this;
        }
        final double direction = StrictMath.atan2(y[y.length - 1] - y[0], x[x.length - 1] - x[0]);
        final double dx = StrictMath.cos(direction) * metres / 2;
        final double dy = StrictMath.sin(direction) * metres / 2;
        final double cx = (x[0] + x[x.length - 1]) / 2;
        final double cy = (y[0] + y[y.length - 1]) / 2;
        return new Polyline(new double[] {cx - dx, cx + dx}, new double[] {cy - dy, cy + dy});
    }
}
