package io.luyun.server.alert.collision;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Emergency brake of a vehicle ahead.
 *
 * @param enabled whether it runs
 * @param hardBrakingMps2 deceleration that counts as hard; 0.4 g is in use for the event flag
 * @param clearBrakingMps2 deceleration below which it has ended
 * @param minSpeedMps slower subjects are not warned
 * @param minTargetSpeedMps slower targets raise nothing new: who stands does not brake
 * @param rangeMetres no target further ahead is looked at
 * @param offRoadRangeMetres the same where the map does not tell the lane
 * @param maxHeadwaySeconds gap in time beyond which it is not raised
 * @param sameLaneMetres distance across at which a target counts as in the same lane
 * @param adjacentLaneMetres distance across up to which it counts as in the next lane
 * @param criticalSeconds gap in time below which braking in the same lane is critical
 * @param confirmReports reports in a row that must agree where there is a deceleration but no event flag
 * @param holdMillis time it must be over before it is cleared
 */
public record EmergencyBrake(
        boolean enabled,
        double hardBrakingMps2,
        double clearBrakingMps2,
        double minSpeedMps,
        double minTargetSpeedMps,
        double rangeMetres,
        double offRoadRangeMetres,
        double maxHeadwaySeconds,
        double sameLaneMetres,
        double adjacentLaneMetres,
        double criticalSeconds,
        int confirmReports,
        int holdMillis) {
    /** The defaults. */
    public static final EmergencyBrake DEFAULT =
            new EmergencyBrake(true, 3.92, 2, 5, 1, 150, 80, 5, 1.75, 5.25, 1.5, 2, 1_500);

    /** Checks the ranges. */
    public EmergencyBrake {
        inRange("alert.emergencyBrake.hardBrakingMps2", hardBrakingMps2, 1, 20);
        inRange("alert.emergencyBrake.clearBrakingMps2", clearBrakingMps2, 0, hardBrakingMps2);
        inRange("alert.emergencyBrake.minSpeedMps", minSpeedMps, 0, 50);
        inRange("alert.emergencyBrake.minTargetSpeedMps", minTargetSpeedMps, 0, 50);
        inRange("alert.emergencyBrake.rangeMetres", rangeMetres, 10, 500);
        inRange("alert.emergencyBrake.offRoadRangeMetres", offRoadRangeMetres, 5, 500);
        inRange("alert.emergencyBrake.maxHeadwaySeconds", maxHeadwaySeconds, 0.5, 60);
        inRange("alert.emergencyBrake.sameLaneMetres", sameLaneMetres, 0.5, 5);
        inRange("alert.emergencyBrake.adjacentLaneMetres", adjacentLaneMetres, sameLaneMetres, 15);
        inRange("alert.emergencyBrake.criticalSeconds", criticalSeconds, 0, maxHeadwaySeconds);
        inRange("alert.emergencyBrake.confirmReports", confirmReports, 1, 50);
        inRange("alert.emergencyBrake.holdMillis", holdMillis, 0, 60_000);
    }
}
