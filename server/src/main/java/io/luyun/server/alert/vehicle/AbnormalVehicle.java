package io.luyun.server.alert.vehicle;

import static io.luyun.server.monitor.Settings.inRange;

import io.luyun.server.alert.life.Urgency;

/**
 * Thresholds of AVW.
 *
 * @param enabled whether it runs
 * @param urgency by the time until the subject would be there
 * @param minSpeedMps slower subjects are not warned
 * @param minClosingMps slower approaches are not warned of
 * @param rangeMetres no target further ahead is looked at
 * @param offRoadRangeMetres the same where the map does not tell the lane
 * @param sameLaneMetres distance across up to which a target is in the same lane
 * @param adjacentLaneMetres distance across up to which it is in the next lane: a caution at most
 * @param roadsideMetres who is told so far beyond the edge of the carriageway is parked; positions err
 * @param wrongWay whether vehicles that come against the direction of the subject's carriageway count
 * @param besideOwnMetres how far beside every carriageway that leads its way such a vehicle is, at least
 * @param headOnMetres or how near to the subject across: that one counts wherever it seems to be
 */
public record AbnormalVehicle(
        boolean enabled,
        Urgency urgency,
        double minSpeedMps,
        double minClosingMps,
        double rangeMetres,
        double offRoadRangeMetres,
        double sameLaneMetres,
        double adjacentLaneMetres,
        double roadsideMetres,
        boolean wrongWay,
        double besideOwnMetres,
        double headOnMetres) {
    /** The defaults, chosen here. */
    public static final AbnormalVehicle DEFAULT = new AbnormalVehicle(
            true, new Urgency(10, 5, 0, 1.3, 3, 1_500), 3, 1, 200, 100, 1.75, 5.25, 1, true, 1.75, 1.2);

    /** Checks the ranges. */
    public AbnormalVehicle {
        urgency.check("alert.abnormalVehicle");
        inRange("alert.abnormalVehicle.minSpeedMps", minSpeedMps, 0, 50);
        inRange("alert.abnormalVehicle.minClosingMps", minClosingMps, 0.1, 50);
        inRange("alert.abnormalVehicle.rangeMetres", rangeMetres, 10, 500);
        inRange("alert.abnormalVehicle.offRoadRangeMetres", offRoadRangeMetres, 5, 500);
        inRange("alert.abnormalVehicle.sameLaneMetres", sameLaneMetres, 0.5, 5);
        inRange("alert.abnormalVehicle.adjacentLaneMetres", adjacentLaneMetres, sameLaneMetres, 15);
        inRange("alert.abnormalVehicle.roadsideMetres", roadsideMetres, -5, 20);
        inRange("alert.abnormalVehicle.besideOwnMetres", besideOwnMetres, 0, 50);
        inRange("alert.abnormalVehicle.headOnMetres", headOnMetres, 0, 10);
    }
}
