package io.luyun.server.alert.vehicle;

import static io.luyun.server.monitor.Settings.inRange;

import io.luyun.server.alert.life.Urgency;

/**
 * Thresholds of CLW.
 *
 * @param enabled whether it runs
 * @param urgency by the time until the subject would be where the target is now, or they would meet
 * @param minSpeedMps slower subjects are not warned
 * @param rangeMetres no target further ahead is looked at
 * @param offRoadRangeMetres the same where the map does not tell the lane
 * @param sameLaneMetres distance across up to which a target is in the same lane
 * @param adjacentLaneMetres distance across up to which it is in the next lane: a caution at most
 * @param oncomingMetres distance across up to which an oncoming or skidding target counts
 */
public record ControlLoss(
        boolean enabled,
        Urgency urgency,
        double minSpeedMps,
        double rangeMetres,
        double offRoadRangeMetres,
        double sameLaneMetres,
        double adjacentLaneMetres,
        double oncomingMetres) {
    /** The defaults, chosen here. */
    public static final ControlLoss DEFAULT =
            new ControlLoss(true, new Urgency(8, 4, 0, 1.3, 1, 1_500), 3, 300, 150, 1.75, 5.25, 5.5);

    /** Checks the ranges. */
    public ControlLoss {
        urgency.check("alert.controlLoss");
        inRange("alert.controlLoss.minSpeedMps", minSpeedMps, 0.5, 50);
        inRange("alert.controlLoss.rangeMetres", rangeMetres, 10, 500);
        inRange("alert.controlLoss.offRoadRangeMetres", offRoadRangeMetres, 5, 500);
        inRange("alert.controlLoss.sameLaneMetres", sameLaneMetres, 0.5, 5);
        inRange("alert.controlLoss.adjacentLaneMetres", adjacentLaneMetres, sameLaneMetres, 15);
        inRange("alert.controlLoss.oncomingMetres", oncomingMetres, 0, 30);
    }
}
