package io.luyun.server.alert.vehicle;

import static io.luyun.server.monitor.Settings.inRange;

import io.luyun.server.alert.life.Urgency;

/**
 * Thresholds of EVW.
 *
 * @param enabled whether it runs
 * @param urgency by the time until the emergency vehicle is where the subject is, or both are where their ways cross
 * @param minSpeedMps slower emergency vehicles warn nobody
 * @param minClosingMps those behind that come nearer more slowly count only when near
 * @param nearMetres how near that is
 * @param rangeMetres nobody further ahead of it is warned
 * @param offRoadRangeMetres the same where the map does not tell the lane
 * @param besideMetres distance across up to which the subject is in its way, in whichever lane
 * @param crossing whether those are warned whose ways it crosses
 * @param minCrossingMps slower ones stand and let it pass
 * @param crossingSlackSeconds how long after the one has left where the ways cross the other may come
 */
public record EmergencyVehicle(
        boolean enabled,
        Urgency urgency,
        double minSpeedMps,
        double minClosingMps,
        double nearMetres,
        double rangeMetres,
        double offRoadRangeMetres,
        double besideMetres,
        boolean crossing,
        double minCrossingMps,
        double crossingSlackSeconds) {
    /** The defaults, chosen here. */
    public static final EmergencyVehicle DEFAULT =
            new EmergencyVehicle(true, new Urgency(12, 6, 0, 1.3, 3, 2_000), 1, 1, 60, 300, 150, 8, true, 2, 3);

    /** Checks the ranges. */
    public EmergencyVehicle {
        urgency.check("alert.emergencyVehicle");
        inRange("alert.emergencyVehicle.minSpeedMps", minSpeedMps, 0.5, 50);
        inRange("alert.emergencyVehicle.minClosingMps", minClosingMps, 0, 50);
        inRange("alert.emergencyVehicle.nearMetres", nearMetres, 0, 500);
        inRange("alert.emergencyVehicle.rangeMetres", rangeMetres, 10, 500);
        inRange("alert.emergencyVehicle.offRoadRangeMetres", offRoadRangeMetres, 5, 500);
        inRange("alert.emergencyVehicle.besideMetres", besideMetres, 1, 30);
        inRange("alert.emergencyVehicle.minCrossingMps", minCrossingMps, 0, 50);
        inRange("alert.emergencyVehicle.crossingSlackSeconds", crossingSlackSeconds, 0, 30);
    }
}
