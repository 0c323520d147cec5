package io.luyun.simulator.traffic;

/**
 * Flat metres around a point: x east, y north. Radii of curvature of the WGS 84 ellipsoid at the point; what is drawn
 * and driven on it is consistent in itself, and its scale is right to 2 parts in 10,000 within 4 km.
 */
public final class Plane {
    private static final double A = 6_378_137;
    private static final double E2 = 0.00669437999014;

    private final GeoPoint origin;
    private final double metresPerLatE7;
    private final double metresPerLonE7;

    /** The plane around a point, which is its 0, 0. */
    public Plane(final GeoPoint origin) {
        this.origin = origin;
        final double lat = StrictMath.toRadians(origin.latE7() * 1e-7);
        final double w2 = 1 - E2 * StrictMath.sin(lat) * StrictMath.sin(lat);
        final double perE7 = StrictMath.toRadians(1e-7);
        metresPerLatE7 = A * (1 - E2) / (w2 * Math.sqrt(w2)) * perE7;
        metresPerLonE7 = A / Math.sqrt(w2) * StrictMath.cos(lat) * perE7;
    }

    public double x(final GeoPoint point) {
        return x(point.lonE7());
    }

    public double x(final int lonE7) {
        return (lonE7 - origin.lonE7()) * metresPerLonE7;
    }

    public double y(final GeoPoint point) {
        return y(point.latE7());
    }

    public double y(final int latE7) {
        return (latE7 - origin.latE7()) * metresPerLatE7;
    }

    public int latE7(final double y) {
        return origin.latE7() + (int) Math.round(y / metresPerLatE7);
    }

    public int lonE7(final double x) {
        return origin.lonE7() + (int) Math.round(x / metresPerLonE7);
    }

    /** The point so many metres east and north. */
    public GeoPoint point(final double x, final double y) {
        return new GeoPoint(latE7(y), lonE7(x));
    }
}
