package io.luyun.simulator.traffic;

/**
 * How often what happens; all values chosen here so that a minute of a few hundred vehicles shows each kind of alert.
 *
 * @param speederShare share of vehicles that drive a quarter and more above the limit, 0..1
 * @param busShare share of buses, 0..1; with the trucks at most 1
 * @param truckShare share of trucks, 0..1
 * @param hardBrakingsPerMinute emergency brakings a minute in the whole zone, 0..600
 * @param lateBrakersPerMinute drivers a minute that notice a slower vehicle ahead at the last moment, 0..600
 * @param settleSeconds how long it has been driving when it is first seen: vehicles are placed without a look ahead, and the
 *     first seconds are full of brakes
 * @param reacts whether drivers mind the alerts they get
 */
public record TrafficConfig(
        double speederShare,
        double busShare,
        double truckShare,
        double hardBrakingsPerMinute,
        double lateBrakersPerMinute,
        double settleSeconds,
        boolean reacts) {
    /** What a demonstration takes. */
    public static final TrafficConfig DEFAULT = new TrafficConfig(0.06, 0.05, 0.08, 12, 12, 0, false);

    /** Everybody behaves. */
    public static final TrafficConfig CALM = new TrafficConfig(0, 0.05, 0.08, 0, 0, 30, false);

    public TrafficConfig {
        range("speederShare", speederShare, 1);
        range("busShare", busShare, 1);
        range("truckShare", truckShare, 1 - busShare);
        range("hardBrakingsPerMinute", hardBrakingsPerMinute, 600);
        range("lateBrakersPerMinute", lateBrakersPerMinute, 600);
        range("settleSeconds", settleSeconds, 3_600);
    }

    /** The same drivers, who mind the alerts they get. */
    public TrafficConfig reacting() {
        return new TrafficConfig(
                speederShare, busShare, truckShare, hardBrakingsPerMinute, lateBrakersPerMinute, settleSeconds, true);
    }

    private static void range(final String key, final double value, final double max) {
        if (!(value >= 0 && value <= max)) {
            throw new IllegalArgumentException(key + " " + value + " lies outside 0.." + max);
        }
    }
}
