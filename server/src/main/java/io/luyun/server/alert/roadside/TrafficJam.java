package io.luyun.server.alert.roadside;

import static io.luyun.server.monitor.Settings.inRange;

import java.util.List;

/**
 * Traffic jam ahead. When a queue is a jam the settings {@code world.traffic} say.
 *
 * @param enabled whether it runs
 * @param eventTypes event types of RSI that are jams; hazardousLocation.ignoredTypes leaves them out there
 * @param detects whether it warns of jams no event tells of, from the queues on the road
 * @param detectedType event type such a jam is told with
 * @param reachMetres way to a jam beyond which it is not raised
 * @param reachSeconds time to arrival beyond which it is not raised, unless nearer than nearMetres
 * @param nearMetres way within which it is raised whatever the speed
 * @param warningSeconds time to arrival below which it is a warning
 * @param clearFactor way and time must exceed their thresholds times this before it is over
 * @param minSpeedMps slower subjects are not warned anew: they stand in it
 * @param confirmReports reports in a row that must agree before a step up
 * @param holdMillis time a lower step must last before a step down
 */
public record TrafficJam(
        boolean enabled,
        List<Integer> eventTypes,
        boolean detects,
        int detectedType,
        double reachMetres,
        double reachSeconds,
        double nearMetres,
        double warningSeconds,
        double clearFactor,
        double minSpeedMps,
        int confirmReports,
        int holdMillis) {
    /** The defaults. 707 is the code of a jam in deployed units; the standard's table may differ. */
    public static final TrafficJam DEFAULT =
            new TrafficJam(true, List.of(707), true, 707, 500, 30, 50, 6, 1.2, 4.2, 2, 2_000);

    /** Checks the ranges. */
    public TrafficJam {
        inRange("alert.trafficJam.detectedType", detectedType, 0, 65_535);
        inRange("alert.trafficJam.reachMetres", reachMetres, 10, 4_000);
        inRange("alert.trafficJam.reachSeconds", reachSeconds, 1, 300);
        inRange("alert.trafficJam.nearMetres", nearMetres, 0, reachMetres);
        inRange("alert.trafficJam.warningSeconds", warningSeconds, 0, reachSeconds);
        inRange("alert.trafficJam.clearFactor", clearFactor, 1, 3);
        inRange("alert.trafficJam.minSpeedMps", minSpeedMps, 0, 50);
        inRange("alert.trafficJam.confirmReports", confirmReports, 1, 50);
        inRange("alert.trafficJam.holdMillis", holdMillis, 0, 60_000);
        eventTypes = List.copyOf(eventTypes);
    }
}
