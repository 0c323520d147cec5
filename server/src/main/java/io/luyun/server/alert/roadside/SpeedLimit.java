package io.luyun.server.alert.roadside;

import static io.luyun.server.monitor.Settings.inRange;

import java.util.List;

/**
 * Speed limit.
 *
 * @param enabled whether it runs
 * @param tolerancePercent excess in percent of the limit that is let pass
 * @param toleranceKmh excess that is let pass; the larger of the two holds
 * @param clearKmh how far below the raising speed it is over
 * @param warningPercent excess in percent from which it is a warning
 * @param criticalPercent excess in percent from which it is critical
 * @param truckClasses vehicle classes that limits for trucks concern
 * @param nightFromHour local hour at which limits for the night begin
 * @param nightToHour local hour at which they end
 * @param utcOffsetMinutes local time against UTC
 * @param signs signs that say a limit
 * @param confirmReports reports in a row that must agree before a step up
 * @param holdMillis time a lower step must last before a step down
 */
public record SpeedLimit(
        boolean enabled,
        double tolerancePercent,
        double toleranceKmh,
        double clearKmh,
        double warningPercent,
        double criticalPercent,
        List<Integer> truckClasses,
        int nightFromHour,
        int nightToHour,
        int utcOffsetMinutes,
        List<Sign> signs,
        int confirmReports,
        int holdMillis) {
    /**
     * The defaults. The code of the speed limit sign is an assumption; the table of codes in use belongs into the
     * configuration.
     */
    public static final SpeedLimit DEFAULT = new SpeedLimit(
            true,
            5,
            3,
            2,
            20,
            50,
            List.of(20, 21, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35),
            20,
            6,
            480,
            List.of(new Sign(85, "(\\d{1,3})", 0, "all")),
            3,
            1_000);

    /** Checks the ranges. */
    public SpeedLimit {
        inRange("alert.speedLimit.tolerancePercent", tolerancePercent, 0, 100);
        inRange("alert.speedLimit.toleranceKmh", toleranceKmh, 0, 50);
        inRange("alert.speedLimit.clearKmh", clearKmh, 0, 50);
        inRange("alert.speedLimit.warningPercent", warningPercent, 0, 500);
        inRange("alert.speedLimit.criticalPercent", criticalPercent, warningPercent, 1_000);
        inRange("alert.speedLimit.nightFromHour", nightFromHour, 0, 24);
        inRange("alert.speedLimit.nightToHour", nightToHour, 0, 24);
        inRange("alert.speedLimit.utcOffsetMinutes", utcOffsetMinutes, -840, 840);
        inRange("alert.speedLimit.confirmReports", confirmReports, 1, 50);
        inRange("alert.speedLimit.holdMillis", holdMillis, 0, 60_000);
        truckClasses = List.copyOf(truckClasses);
        signs = List.copyOf(signs);
    }
}
