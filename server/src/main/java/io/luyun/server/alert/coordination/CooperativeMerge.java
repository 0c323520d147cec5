package io.luyun.server.alert.coordination;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Thresholds of CVM.
 *
 * @param enabled whether it runs
 * @param reachSeconds time to where they meet beyond which it is not raised
 * @param gapSeconds largest difference between the two
 * @param clearFactor these times this before it is over
 * @param minSpeedMps who is slower is left out
 * @param confirmReports reports in a row that must agree before a step up
 * @param holdMillis time a lower step must last before a step down
 */
public record CooperativeMerge(
        boolean enabled,
        double reachSeconds,
        double gapSeconds,
        double clearFactor,
        double minSpeedMps,
        int confirmReports,
        int holdMillis) {
    /** The defaults, chosen here. */
    public static final CooperativeMerge DEFAULT = new CooperativeMerge(true, 8, 1.5, 1.5, 2, 3, 1_000);

    /** Checks the ranges. */
    public CooperativeMerge {
        inRange("alert.cooperativeMerge.reachSeconds", reachSeconds, 1, 30);
        inRange("alert.cooperativeMerge.gapSeconds", gapSeconds, 0.1, 10);
        inRange("alert.cooperativeMerge.clearFactor", clearFactor, 1, 3);
        inRange("alert.cooperativeMerge.minSpeedMps", minSpeedMps, 0.1, 50);
        inRange("alert.cooperativeMerge.confirmReports", confirmReports, 1, 50);
        inRange("alert.cooperativeMerge.holdMillis", holdMillis, 0, 60_000);
    }
}
