package io.luyun.server.alert.lanechange;

import static io.luyun.server.monitor.Settings.inRange;

import io.luyun.server.alert.life.Urgency;

/**
 * Thresholds of LCW.
 *
 * @param enabled whether it runs
 * @param urgency by the time until the other vehicle is beside
 * @param minSpeedMps slower subjects are not warned
 * @param minClosingMps who comes nearer more slowly is no case
 * @param movesMps speed across the road from which the subject moves to a side
 * @param rangeMetres nobody further behind is looked at
 * @param offRoadRangeMetres the same where the map does not tell the way
 */
public record LaneChange(
        boolean enabled,
        Urgency urgency,
        double minSpeedMps,
        double minClosingMps,
        double movesMps,
        double rangeMetres,
        double offRoadRangeMetres) {
    /** The defaults, chosen here. */
    public static final LaneChange DEFAULT =
            new LaneChange(true, new Urgency(3.5, 2, 0, 1.3, 2, 1_000), 3, 1.5, 0.5, 150, 100);

    /** Checks the ranges. */
    public LaneChange {
        urgency.check("alert.laneChange");
        inRange("alert.laneChange.minSpeedMps", minSpeedMps, 0.5, 50);
        inRange("alert.laneChange.minClosingMps", minClosingMps, 0.1, 50);
        inRange("alert.laneChange.movesMps", movesMps, 0.2, 5);
        inRange("alert.laneChange.rangeMetres", rangeMetres, 10, 500);
        inRange("alert.laneChange.offRoadRangeMetres", offRoadRangeMetres, 5, 500);
    }
}
