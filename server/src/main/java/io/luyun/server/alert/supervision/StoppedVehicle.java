package io.luyun.server.alert.supervision;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Stopped vehicle.
 *
 * @param enabled whether it runs
 * @param stopMps speed up to which a vehicle stands
 * @param moveMps speed from which one that stood moves again
 * @param standSeconds time without a reason to stand after which it is raised
 * @param waitSeconds the same where waiting is usual
 * @param edgeMetres how far from the edge of the carriageway, inwards, its middle must be
 * @param signalMetres way to a stop line with signals within which a light that is not green is a reason
 * @param queueGapMetres gap to the one ahead in the lane up to which that is the reason
 * @param laneOverlapMetres distance across at which that one is in the lane
 * @param junctionMetres way to the end of a link without signals within which waiting is usual
 * @param crossingMetres way to a crossing within which waiting is usual
 * @param busStopMetres distance along the road from a bus stop within which waiting is usual
 * @param holdMillis time it must move before it is cleared
 */
public record StoppedVehicle(
        boolean enabled,
        double stopMps,
        double moveMps,
        double standSeconds,
        double waitSeconds,
        double edgeMetres,
        double signalMetres,
        double queueGapMetres,
        double laneOverlapMetres,
        double junctionMetres,
        double crossingMetres,
        double busStopMetres,
        int holdMillis) {
    /** The defaults. */
    public static final StoppedVehicle DEFAULT =
            new StoppedVehicle(true, 0.5, 1.5, 30, 180, 0, 250, 20, 2, 40, 20, 30, 1_000);

    /** Checks the ranges. */
    public StoppedVehicle {
        inRange("alert.stoppedVehicle.stopMps", stopMps, 0, 5);
        inRange("alert.stoppedVehicle.moveMps", moveMps, stopMps, 10);
        inRange("alert.stoppedVehicle.standSeconds", standSeconds, 1, 3_600);
        inRange("alert.stoppedVehicle.waitSeconds", waitSeconds, standSeconds, 36_000);
        inRange("alert.stoppedVehicle.edgeMetres", edgeMetres, -5, 5);
        inRange("alert.stoppedVehicle.signalMetres", signalMetres, 0, 2_000);
        inRange("alert.stoppedVehicle.queueGapMetres", queueGapMetres, 0, 100);
        inRange("alert.stoppedVehicle.laneOverlapMetres", laneOverlapMetres, 0.5, 5);
        inRange("alert.stoppedVehicle.junctionMetres", junctionMetres, 0, 500);
        inRange("alert.stoppedVehicle.crossingMetres", crossingMetres, 0, 200);
        inRange("alert.stoppedVehicle.busStopMetres", busStopMetres, 0, 200);
        inRange("alert.stoppedVehicle.holdMillis", holdMillis, 0, 60_000);
    }
}
