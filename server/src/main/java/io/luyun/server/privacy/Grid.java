package io.luyun.server.privacy;

/**
 * Cells of one size over the earth, rows from the equator on, each row divided from the prime meridian on by what its middle latitude
 * makes of the size. A point becomes the middle of its cell, so that all points of a cell are one and nothing is told of where in it
 * they were. Immutable.
 */
final class Grid {
    private static final double E7 = 1e7;
    /** On a sphere with the equator of WGS 84. */
    private static final double METRES_A_DEGREE = Math.toRadians(6_378_137);

    private static final long POLE_E7 = 900_000_000L;
    private static final long LEAST_LON_E7 = -1_799_999_999L;
    private static final long MOST_LON_E7 = 1_800_000_000L;

    private final long rowE7;

    /**
     * Makes cells of this size.
     *
     * @param metres length of a side
     */
    Grid(final double metres) {
        rowE7 = Math.max(1, Math.round(metres / METRES_A_DEGREE * E7));
    }

    /** North latitude of the middle of a point's cell, 1e-7 degrees. */
    int lat(final int latE7) {
        return (int) Math.clamp(middle(latE7, rowE7), -POLE_E7, POLE_E7);
    }

    /** East longitude of the middle of a point's cell, 1e-7 degrees. */
    int lon(final int latE7, final int lonE7) {
        final double narrower = Math.cos(Math.toRadians(lat(latE7) / E7));
        final long columnE7 = Math.clamp(Math.round(rowE7 / Math.max(narrower, 1e-9)), 1, 2 * MOST_LON_E7);
        return (int) Math.clamp(middle(lonE7, columnE7), LEAST_LON_E7, MOST_LON_E7);
    }

    private static long middle(final long value, final long size) {
        return Math.floorDiv(value, size) * size + size / 2;
    }
}
