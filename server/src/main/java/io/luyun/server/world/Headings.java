package io.luyun.server.world;

/**
 * Directions of headings in 0.0125 degrees, from a table of a quarter turn. {@code StrictMath} gives the same bits on
 * every machine, so that a replay elsewhere decides the same, but allocates 64 bytes for a direction.
 */
final class Headings {
    /** A full turn. */
    static final int TURN = 28_800;

    private static final int QUARTER = TURN / 4;
    private static final int HALF = TURN / 2;
    private static final double DEGREES = 360.0 / TURN;
    private static final double[] SINES = new double[QUARTER + 1];

    static {
        for (int i = 0; i <= QUARTER; i++) {
            SINES[i] = StrictMath.sin(StrictMath.toRadians(i * DEGREES));
        }
    }

    private Headings() {}

    /** East part of the unit vector of a heading, which is not negative. */
    static double sin(final int heading) {
        final int within = heading % TURN;
        return within <= HALF ? half(within) : -half(within - HALF);
    }

    /** Its north part. */
    static double cos(final int heading) {
        return sin(heading + QUARTER);
    }

    /** Degrees clockwise from north of a unit vector, 0 to 360. */
    static double degrees(final double east, final double north) {
        final double degrees = StrictMath.toDegrees(StrictMath.atan2(east, north));
        return degrees < 0 ? degrees + 360 : degrees;
    }

    private static double half(final int within) {
        return SINES[within <= QUARTER ? within : HALF - within];
    }
}
