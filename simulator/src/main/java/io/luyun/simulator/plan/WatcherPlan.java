package io.luyun.simulator.plan;

/**
 * Who looks on beside the load.
 *
 * @param count how many
 * @param radiusMetres radius of what each sees, round one of the zone's roadside units; 0 for everything
 * @param intervalMillis shortest time between two updates
 * @param readBytesPerSecond how slowly each reads; 0 for as fast as it comes
 */
public record WatcherPlan(int count, int radiusMetres, int intervalMillis, int readBytesPerSecond) {
    /** One who sees everything, twice a second. */
    public static final WatcherPlan OBSERVER = new WatcherPlan(1, 0, 500, 0);

    /** Checks the ranges. */
    public WatcherPlan {
        Range.check("count", count, 1, 10_000);
        Range.check("radiusMetres", radiusMetres, 0, 100_000);
        Range.check("intervalMillis", intervalMillis, 0, 60_000);
        Range.check("readBytesPerSecond", readBytesPerSecond, 0, 1_000_000_000);
    }
}
