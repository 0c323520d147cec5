package io.luyun.server.world;

/** Points of a line on the plane of the zone, not to be changed. */
final class Line {
    final double[] xs;
    final double[] ys;

    Line(final double[] xs, final double[] ys) {
        this.xs = xs;
        this.ys = ys;
    }
}
