package io.luyun.server.evidence;

import io.luyun.server.research.Area;

/**
 * Somewhere on the earth, in 1e-7 degrees. Distances are those of a plane at its latitude, right to some thousandths within a
 * few kilometres, which is what a radius around an incident needs.
 */
public record Place(int latE7, int lonE7) {
    private static final double E7 = 1e7;
    private static final double METRES_A_DEGREE = 111_195.0;

    /** One given in degrees. */
    public static Place of(final double latDeg, final double lonDeg) {
        return new Place((int) Math.rint(latDeg * E7), (int) Math.rint(lonDeg * E7));
    }

    public double latDeg() {
        return latE7 / E7;
    }

    public double lonDeg() {
        return lonE7 / E7;
    }

    double metresTo(final int otherLatE7, final int otherLonE7) {
        final double north = ((double) otherLatE7 - latE7) / E7 * METRES_A_DEGREE;
        final double east = ((double) otherLonE7 - lonE7) / E7 * METRES_A_DEGREE * Math.cos(Math.toRadians(latE7 / E7));
        return Math.hypot(north, east);
    }

    double metresTo(final Place other) {
        return metresTo(other.latE7, other.lonE7);
    }

    /** All that is no farther away. */
    Area within(final double radiusMetres) {
        return (lat, lon) -> metresTo(lat, lon) <= radiusMetres;
    }
}
