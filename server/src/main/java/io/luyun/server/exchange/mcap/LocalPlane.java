package io.luyun.server.exchange.mcap;

/**
 * Metres to the east and north of an origin, along the ellipsoid's radii of curvature there (WGS 84). Made for pictures: 20 km from the
 * origin things are some 10 m off, all alike.
 */
final class LocalPlane {
    private static final double SEMI_MAJOR_METRES = 6_378_137.0;
    private static final double ECCENTRICITY_SQUARED = 0.006_694_379_990_141_3;
    private static final double RADIANS_AN_E7 = Math.PI / 180 / 1e7;

    private static final double STEPS_A_METRE = 1_024;

    private final int originLatE7;
    private final int originLonE7;
    private final double eastMetresAnE7;
    private final double northMetresAnE7;

    LocalPlane(final int originLatE7, final int originLonE7) {
        this.originLatE7 = originLatE7;
        this.originLonE7 = originLonE7;
        final double sine = Math.sin(originLatE7 * RADIANS_AN_E7);
        final double w = 1 - ECCENTRICITY_SQUARED * sine * sine;
        northMetresAnE7 = SEMI_MAJOR_METRES * (1 - ECCENTRICITY_SQUARED) / (w * Math.sqrt(w)) * RADIANS_AN_E7;
        eastMetresAnE7 = SEMI_MAJOR_METRES / Math.sqrt(w) * Math.cos(originLatE7 * RADIANS_AN_E7) * RADIANS_AN_E7;
    }

    double eastMetres(final int lonE7) {
        return coarse((lonE7 - (long) originLonE7) * eastMetresAnE7);
    }

    double northMetres(final int latE7) {
        return coarse((latE7 - (long) originLatE7) * northMetresAnE7);
    }

    /** To a millimetre, in few binary digits: more do not compress, and the positions themselves have no more. */
    private static double coarse(final double metres) {
        return Math.rint(metres * STEPS_A_METRE) / STEPS_A_METRE;
    }

    int originLatE7() {
        return originLatE7;
    }

    int originLonE7() {
        return originLonE7;
    }
}
