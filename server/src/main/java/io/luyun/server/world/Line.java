package io.luyun.server.world;

/** Points of a line on the plane of the zone, not to be changed. */
final class Line {
    final double[] xs;
    final double[] ys;

    Line(final double[] xs, final double[] ys) {
        this.xs = xs;
        this.ys = ys;
    }

    /** Way from the first point to each. */
    double[] ways() {
        final double[] ways = new double[xs.length];
        for (int i = 1; i < xs.length; i++) {
            final double dx = xs[i] - xs[i - 1];
            final double dy = ys[i] - ys[i - 1];
            ways[i] = ways[i - 1] + StrictMath.sqrt(dx * dx + dy * dy);
        }
        return ways;
    }

    double lengthMetres() {
        return ways()[xs.length - 1];
    }
}
