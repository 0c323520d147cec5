package io.luyun.server.alert.collision;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Forward collision.
 *
 * @param enabled whether it runs
 * @param cautionSeconds time to collision below which it is raised
 * @param warningSeconds below which it is a warning; 2.7 s is the middle of what is in use
 * @param criticalSeconds below which it is critical
 * @param clearFactor a step is left only when the time to collision exceeds its threshold times this
 * @param minSpeedMps slower subjects are not warned
 * @param minClosingMps slower approaches are not warned of
 * @param lackingMps2 deceleration that the subject must still lack to stay clear; with less a stop is on its way
 * @param rangeMetres no target further ahead is looked at
 * @param offRoadRangeMetres the same where the map does not tell the lane
 * @param laneOverlapMetres distance across at which a target counts as in the same lane
 * @param confirmReports reports in a row that must agree before a step up
 * @param holdMillis time a lower step must last before a step down
 */
public record ForwardCollision(
        boolean enabled,
        double cautionSeconds,
        double warningSeconds,
        double criticalSeconds,
        double clearFactor,
        double minSpeedMps,
        double minClosingMps,
        double lackingMps2,
        double rangeMetres,
        double offRoadRangeMetres,
        double laneOverlapMetres,
        int confirmReports,
        int holdMillis) {
    /** The defaults. */
    public static final ForwardCollision DEFAULT =
            new ForwardCollision(true, 4, 2.7, 1.6, 1.3, 2, 1, 1, 150, 80, 1.6, 3, 500);

    /** Checks the ranges. */
    public ForwardCollision {
        inRange("alert.forwardCollision.cautionSeconds", cautionSeconds, 0.5, 20);
        inRange("alert.forwardCollision.warningSeconds", warningSeconds, 0.3, cautionSeconds);
        inRange("alert.forwardCollision.criticalSeconds", criticalSeconds, 0.1, warningSeconds);
        inRange("alert.forwardCollision.clearFactor", clearFactor, 1, 3);
        inRange("alert.forwardCollision.minSpeedMps", minSpeedMps, 0, 50);
        inRange("alert.forwardCollision.minClosingMps", minClosingMps, 0, 50);
        inRange("alert.forwardCollision.lackingMps2", lackingMps2, 0, 10);
        inRange("alert.forwardCollision.rangeMetres", rangeMetres, 10, 500);
        inRange("alert.forwardCollision.offRoadRangeMetres", offRoadRangeMetres, 5, 500);
        inRange("alert.forwardCollision.laneOverlapMetres", laneOverlapMetres, 0.5, 5);
        inRange("alert.forwardCollision.confirmReports", confirmReports, 1, 50);
        inRange("alert.forwardCollision.holdMillis", holdMillis, 0, 60_000);
    }
}
