package io.luyun.server.alert.coordination;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Thresholds of DLM.
 *
 * @param enabled whether it runs
 * @param reachMetres way to the stretch beyond which it is not raised
 * @param clearFactor that times this before it is over
 * @param confirmReports reports in a row that must agree before a step up
 * @param holdMillis time a lower step must last before a step down
 */
public record LaneManagement(
        boolean enabled, double reachMetres, double clearFactor, int confirmReports, int holdMillis) {
    /** The defaults, chosen here. */
    public static final LaneManagement DEFAULT = new LaneManagement(true, 200, 1.2, 3, 1_000);

    /** Checks the ranges. */
    public LaneManagement {
        inRange("alert.laneManagement.reachMetres", reachMetres, 5, 1_000);
        inRange("alert.laneManagement.clearFactor", clearFactor, 1, 3);
        inRange("alert.laneManagement.confirmReports", confirmReports, 1, 50);
        inRange("alert.laneManagement.holdMillis", holdMillis, 0, 60_000);
    }
}
