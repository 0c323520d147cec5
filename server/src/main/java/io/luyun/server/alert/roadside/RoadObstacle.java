package io.luyun.server.alert.roadside;

import static io.luyun.server.monitor.Settings.inRange;

import io.luyun.server.alert.life.Urgency;

/**
 * Obstacles on the road.
 *
 * @param enabled whether it runs
 * @param urgency by the time until it is reached
 * @param minSpeedMps slower subjects are not warned
 * @param rangeMetres how far ahead obstacles are looked for
 * @param marginMetres room beside the vehicle that an obstacle has to leave; less than 0: overlap that is none
 */
public record RoadObstacle(
        boolean enabled, Urgency urgency, double minSpeedMps, double rangeMetres, double marginMetres) {
    /** The defaults, chosen here. */
    public static final RoadObstacle DEFAULT = new RoadObstacle(true, new Urgency(8, 4, 0, 1.3, 5, 1_500), 2, 200, 0);

    /** Checks the ranges. */
    public RoadObstacle {
        urgency.check("alert.roadObstacle");
        inRange("alert.roadObstacle.minSpeedMps", minSpeedMps, 0.5, 50);
        inRange("alert.roadObstacle.rangeMetres", rangeMetres, 10, 500);
        inRange("alert.roadObstacle.marginMetres", marginMetres, -2, 5);
    }
}
