package io.luyun.simulator.source;

import io.luyun.server.exchange.place.FcdUser;

/** What a time step says of a road user; NaN for what it does not tell. */
record Fix(long atMillis, int latE7, int lonE7, double heightM, double angleDeg, double speedMps, double accelMps2) {
    static final double METRES_A_LAT_E7 = 0.0111320;

    /** Further than twice the way at its speed, and this, nobody gets: it was put there. */
    private static final double JUMP_METRES = 20;

    static Fix of(final FcdUser user, final long atMillis) {
        return new Fix(
                atMillis,
                user.latE7(),
                user.lonE7(),
                user.heightM(),
                user.angleDeg(),
                user.speedMps(),
                user.accelMps2());
    }

    double secondsTo(final Fix later) {
        return (later.atMillis - atMillis) / 1e3;
    }

    double northTo(final Fix other) {
        return ((double) other.latE7 - latE7) * METRES_A_LAT_E7;
    }

    double eastTo(final Fix other) {
        return ((double) other.lonE7 - lonE7) * METRES_A_LAT_E7 * narrow(latE7);
    }

    static double narrow(final double latE7) {
        return StrictMath.cos(StrictMath.toRadians(latE7 * 1e-7));
    }

    /** Whether somebody who drives cannot have come there from here. */
    boolean jumpsTo(final Fix later) {
        final double fastest = Math.max(told(speedMps, 50), told(later.speedMps, 50));
        return Math.hypot(northTo(later), eastTo(later)) > 2 * fastest * secondsTo(later) + JUMP_METRES;
    }

    static double told(final double value, final double otherwise) {
        return Double.isNaN(value) ? otherwise : value;
    }
}
