package io.luyun.server.alert.lanechange;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Thresholds of BSW.
 *
 * @param enabled whether it runs
 * @param minSpeedMps slower subjects are not warned
 * @param minTargetSpeedMps who is slower stands beside the way
 * @param movesMps speed across the road from which the subject moves to a side
 * @param behindMetres how far behind the subject's rear bumper the zone begins
 * @param aheadMetres how far before the subject's middle it ends
 * @param confirmReports reports in a row that must agree before a step up
 * @param holdMillis time a lower step must last before a step down
 */
public record BlindSpot(
        boolean enabled,
        double minSpeedMps,
        double minTargetSpeedMps,
        double movesMps,
        double behindMetres,
        double aheadMetres,
        int confirmReports,
        int holdMillis) {
    /** The defaults, chosen here. */
    public static final BlindSpot DEFAULT = new BlindSpot(true, 3, 1, 0.5, 4, 0, 2, 1_000);

    /** Checks the ranges. */
    public BlindSpot {
        inRange("alert.blindSpot.minSpeedMps", minSpeedMps, 0.5, 50);
        inRange("alert.blindSpot.minTargetSpeedMps", minTargetSpeedMps, 0, 50);
        inRange("alert.blindSpot.movesMps", movesMps, 0.2, 5);
        inRange("alert.blindSpot.behindMetres", behindMetres, 0, 20);
        inRange("alert.blindSpot.aheadMetres", aheadMetres, -5, 10);
        inRange("alert.blindSpot.confirmReports", confirmReports, 1, 50);
        inRange("alert.blindSpot.holdMillis", holdMillis, 0, 60_000);
    }
}
