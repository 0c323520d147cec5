package io.luyun.server.world;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * How the state of traffic is reckoned and when a queue is a jam. All figures are chosen here.
 *
 * @param updateMillis time between two reckonings
 * @param windowSeconds time constant of the means: what was that long ago counts 1/e
 * @param slowKmh slower vehicles stand in a queue
 * @param gapMetres largest distance between the middles of two vehicles of one queue, and from the stop line to its first
 * @param jamVehicles fewer vehicles in a lane are no jam
 * @param jamMetres a shorter queue is no jam
 * @param jamDensityPerKm thinner queues are no jam
 * @param signalQueueMetres a queue before a stop line with signals is a jam only when it reaches further back
 * @param jamSeconds how long a queue must last to be a jam
 * @param jamClearSeconds how long it must not be one before the jam is over
 */
public record TrafficConfig(
        int updateMillis,
        double windowSeconds,
        double slowKmh,
        double gapMetres,
        int jamVehicles,
        double jamMetres,
        double jamDensityPerKm,
        double signalQueueMetres,
        double jamSeconds,
        double jamClearSeconds) {
    /** The defaults. */
    public static final TrafficConfig DEFAULT = new TrafficConfig(1_000, 60, 15, 30, 5, 50, 30, 150, 20, 10);

    /** Checks the ranges. */
    public TrafficConfig {
        inRange("world.traffic.updateMillis", updateMillis, 100, 60_000);
        inRange("world.traffic.windowSeconds", windowSeconds, 1, 3_600);
        inRange("world.traffic.slowKmh", slowKmh, 1, 80);
        inRange("world.traffic.gapMetres", gapMetres, 5, 500);
        inRange("world.traffic.jamVehicles", jamVehicles, 1, 1_000);
        inRange("world.traffic.jamMetres", jamMetres, 0, 10_000);
        inRange("world.traffic.jamDensityPerKm", jamDensityPerKm, 0, 300);
        inRange("world.traffic.signalQueueMetres", signalQueueMetres, 0, 10_000);
        inRange("world.traffic.jamSeconds", jamSeconds, 0, 3_600);
        inRange("world.traffic.jamClearSeconds", jamClearSeconds, 0, 3_600);
    }
}
