package io.luyun.server.alert.collision;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Thresholds of VRUSP.
 *
 * @param enabled whether it runs
 * @param reachMetres way to the crossing beyond which it is not raised
 * @param reachSeconds time to the crossing beyond which it is not raised
 * @param clearFactor the way must exceed its threshold times this before it is over
 * @param minSpeedMps slower subjects are not warned anew
 * @param confirmReports reports in a row that must agree before a step up
 * @param holdMillis time a lower step must last before a step down
 */
public record CrossingAhead(
        boolean enabled,
        double reachMetres,
        double reachSeconds,
        double clearFactor,
        double minSpeedMps,
        int confirmReports,
        int holdMillis) {
    /** The defaults, chosen here. */
    public static final CrossingAhead DEFAULT = new CrossingAhead(true, 100, 8, 1.2, 2, 2, 1_000);

    /** Checks the ranges. */
    public CrossingAhead {
        inRange("alert.crossingAhead.reachMetres", reachMetres, 5, 500);
        inRange("alert.crossingAhead.reachSeconds", reachSeconds, 1, 60);
        inRange("alert.crossingAhead.clearFactor", clearFactor, 1, 3);
        inRange("alert.crossingAhead.minSpeedMps", minSpeedMps, 0, 50);
        inRange("alert.crossingAhead.confirmReports", confirmReports, 1, 50);
        inRange("alert.crossingAhead.holdMillis", holdMillis, 0, 60_000);
    }
}
