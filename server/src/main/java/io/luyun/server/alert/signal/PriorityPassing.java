package io.luyun.server.alert.signal;

import static io.luyun.server.monitor.Settings.inRange;

import java.util.List;

/**
 * Signal priority for buses and emergency vehicles.
 *
 * @param enabled whether it runs
 * @param classes vehicle classes whose requests are taken on
 * @param emergencyClasses those of them that are urgent
 * @param reachMetres way to the stop line beyond which a request waits
 * @param confirmReports reports in a row that must agree before it is raised
 * @param holdMillis time a request must be over before it is cleared
 */
public record PriorityPassing(
        boolean enabled,
        List<Integer> classes,
        List<Integer> emergencyClasses,
        double reachMetres,
        int confirmReports,
        int holdMillis) {
    /** The defaults. */
    public static final PriorityPassing DEFAULT = new PriorityPassing(
            true,
            List.of(50, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69),
            List.of(60, 61, 62, 63, 64, 65, 66, 67, 68, 69),
            500,
            1,
            1_000);

    /** Checks the ranges. */
    public PriorityPassing {
        inRange("alert.priorityPassing.reachMetres", reachMetres, 10, 4_000);
        inRange("alert.priorityPassing.confirmReports", confirmReports, 1, 50);
        inRange("alert.priorityPassing.holdMillis", holdMillis, 0, 60_000);
        classes = List.copyOf(classes);
        emergencyClasses = List.copyOf(emergencyClasses);
    }
}
