package io.luyun.server.alert.roadside;

import static io.luyun.server.monitor.Settings.inRange;

import java.util.List;

/**
 * Signs shown in the vehicle.
 *
 * @param enabled whether it runs
 * @param reachMetres way to a sign beyond which it is not shown
 * @param clearFactor the way must exceed that times this before a sign that was not reached is taken away
 * @param minSpeedMps slower subjects are not shown anything new
 * @param ignoredTypes sign types that are not shown
 * @param confirmReports reports in a row that must agree before a sign is shown
 * @param holdMillis time a sign must be out of the way before it is taken away
 */
public record InVehicleSignage(
        boolean enabled,
        double reachMetres,
        double clearFactor,
        double minSpeedMps,
        List<Integer> ignoredTypes,
        int confirmReports,
        int holdMillis) {
    /** The defaults. */
    public static final InVehicleSignage DEFAULT = new InVehicleSignage(true, 150, 1.2, 1, List.of(), 2, 2_000);

    /** Checks the ranges. */
    public InVehicleSignage {
        inRange("alert.inVehicleSignage.reachMetres", reachMetres, 10, 4_000);
        inRange("alert.inVehicleSignage.clearFactor", clearFactor, 1, 3);
        inRange("alert.inVehicleSignage.minSpeedMps", minSpeedMps, 0, 50);
        inRange("alert.inVehicleSignage.confirmReports", confirmReports, 1, 50);
        inRange("alert.inVehicleSignage.holdMillis", holdMillis, 0, 60_000);
        ignoredTypes = List.copyOf(ignoredTypes);
    }
}
