package io.luyun.server.world;

/** A surface on the plane of the zone: an outer ring and holes. Immutable. */
final class Polygon {
    final double west;
    final double south;
    final double east;
    final double north;
    private final Line[] rings;

    Polygon(final Line[] rings) {
        this.rings = rings;
        double minX = Double.POSITIVE_INFINITY;
        double minY = Double.POSITIVE_INFINITY;
        double maxX = Double.NEGATIVE_INFINITY;
        double maxY = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < rings[0].xs.length; i++) {
            minX = Math.min(minX, rings[0].xs[i]);
            maxX = Math.max(maxX, rings[0].xs[i]);
            minY = Math.min(minY, rings[0].ys[i]);
            maxY = Math.max(maxY, rings[0].ys[i]);
        }
        west = minX;
        south = minY;
        east = maxX;
        north = maxY;
    }

    /** Whether a point lies within: a ray from it to the east meets the rings an odd number of times. */
    boolean contains(final double x, final double y) {
        if (!(x >= west && x <= east && y >= south && y <= north)) {
            return false;
        }
        boolean inside = false;
        for (final Line ring : rings) {
            final double[] xs = ring.xs;
            final double[] ys = ring.ys;
            for (int i = 0, j = xs.length - 1; i < xs.length; j = i++) {
                if (ys[i] > y != ys[j] > y && x < (xs[j] - xs[i]) * (y - ys[i]) / (ys[j] - ys[i]) + xs[i]) {
                    inside = !inside;
                }
            }
        }
        return inside;
    }

    /** Whether a point lies within or no further than a margin from an edge. */
    boolean contains(final double x, final double y, final double margin) {
        if (!(x >= west - margin && x <= east + margin && y >= south - margin && y <= north + margin)) {
            return false;
        }
        if (contains(x, y)) {
            return true;
        }
        for (final Line ring : rings) {
            for (int i = 1; i < ring.xs.length; i++) {
                if (near(ring, i, x, y, margin)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean near(final Line ring, final int to, final double x, final double y, final double margin) {
        final double ux = ring.xs[to] - ring.xs[to - 1];
        final double uy = ring.ys[to] - ring.ys[to - 1];
        final double dx = x - ring.xs[to - 1];
        final double dy = y - ring.ys[to - 1];
        final double squared = ux * ux + uy * uy;
        final double t = squared == 0 ? 0 : Math.max(0, Math.min(1, (dx * ux + dy * uy) / squared));
        final double offX = dx - t * ux;
        final double offY = dy - t * uy;
        return offX * offX + offY * offY <= margin * margin;
    }
}
