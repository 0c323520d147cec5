package io.luyun.server.world;

/**
 * A tangent plane in metres: x to the east, y to the north of a reference point. Distances within a few kilometres of it
 * are right to about one part in ten thousand. Immutable.
 */
public final class LocalPlane {
    private static final double E7 = 1e-7;
    /** WGS 84: half major axis and first eccentricity squared. */
    private static final double AXIS_METRES = 6_378_137.0;

    private static final double ECCENTRICITY2 = 6.69437999014e-3;

    private final int refLatE7;
    private final int refLonE7;
    private final double metresPerLatE7;
    private final double metresPerLonE7;

    /** Lays the plane at a point given in 1e-7 degrees. */
    public LocalPlane(final int refLatE7, final int refLonE7) {
        this.refLatE7 = refLatE7;
        this.refLonE7 = refLonE7;
        final double lat = StrictMath.toRadians(refLatE7 * E7);
        final double sin = StrictMath.sin(lat);
        final double w2 = 1 - ECCENTRICITY2 * sin * sin;
        final double w = StrictMath.sqrt(w2);
        final double meridian = AXIS_METRES * (1 - ECCENTRICITY2) / (w2 * w);
        final double vertical = AXIS_METRES / w;
        metresPerLatE7 = StrictMath.toRadians(meridian) * E7;
        metresPerLonE7 = StrictMath.toRadians(vertical * StrictMath.cos(lat)) * E7;
    }

    /** Metres to the east. */
    public double x(final int lonE7) {
        long difference = (long) lonE7 - refLonE7;
        if (difference > 1_800_000_000L) {
            difference -= 3_600_000_000L;
        } else if (difference < -1_800_000_000L) {
            difference += 3_600_000_000L;
        }
        return difference * metresPerLonE7;
    }

    /** Metres to the north. */
    public double y(final int latE7) {
        return ((long) latE7 - refLatE7) * metresPerLatE7;
    }

    /** Latitude in 1e-7 degrees of a point of the plane. */
    public int latE7(final double y) {
        return (int) Math.rint(refLatE7 + y / metresPerLatE7);
    }

    /** Longitude in 1e-7 degrees of a point of the plane. */
    public int lonE7(final double x) {
        return (int) Math.rint(refLonE7 + x / metresPerLonE7);
    }
}
