package io.luyun.server.alert.roadside;

import static io.luyun.server.monitor.Settings.inRange;

import java.util.List;

/**
 * Hazardous location.
 *
 * @param enabled whether it runs
 * @param reachMetres way to an event beyond which it is not raised
 * @param reachSeconds time to arrival beyond which it is not raised, unless nearer than nearMetres
 * @param nearMetres way to an event within which it is raised whatever the speed
 * @param warningSeconds time to arrival below which it is a warning
 * @param clearFactor way and time must exceed their thresholds times this before it is over
 * @param minSpeedMps slower subjects are not warned anew
 * @param urgentPriority event priority from which each step is one higher
 * @param ignoredTypes event types that raise nothing
 * @param confirmReports reports in a row that must agree before a step up
 * @param holdMillis time a lower step must last before a step down
 */
public record HazardousLocation(
        boolean enabled,
        double reachMetres,
        double reachSeconds,
        double nearMetres,
        double warningSeconds,
        double clearFactor,
        double minSpeedMps,
        int urgentPriority,
        List<Integer> ignoredTypes,
        int confirmReports,
        int holdMillis) {
    /** The defaults. Jams (707 in deployed units) are the business of TJW. */
    public static final HazardousLocation DEFAULT =
            new HazardousLocation(true, 300, 15, 30, 5, 1.2, 1, 6, List.of(707), 2, 1_000);

    /** Checks the ranges. */
    public HazardousLocation {
        inRange("alert.hazardousLocation.reachMetres", reachMetres, 10, 4_000);
        inRange("alert.hazardousLocation.reachSeconds", reachSeconds, 1, 300);
        inRange("alert.hazardousLocation.nearMetres", nearMetres, 0, reachMetres);
        inRange("alert.hazardousLocation.warningSeconds", warningSeconds, 0, reachSeconds);
        inRange("alert.hazardousLocation.clearFactor", clearFactor, 1, 3);
        inRange("alert.hazardousLocation.minSpeedMps", minSpeedMps, 0, 50);
        inRange("alert.hazardousLocation.urgentPriority", urgentPriority, 0, 8);
        inRange("alert.hazardousLocation.confirmReports", confirmReports, 1, 50);
        inRange("alert.hazardousLocation.holdMillis", holdMillis, 0, 60_000);
        ignoredTypes = List.copyOf(ignoredTypes);
    }
}
