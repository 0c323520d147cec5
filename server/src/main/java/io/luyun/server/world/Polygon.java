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
}
