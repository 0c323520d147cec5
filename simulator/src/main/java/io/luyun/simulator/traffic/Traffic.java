package io.luyun.simulator.traffic;

/** Vehicles on a zone. Owned by the thread that steps it. */
public final class Traffic {
    private final int size;
    private double timeS;

    /** Traffic of so many vehicles with {@link TrafficConfig#DEFAULT}. */
    public Traffic(final Zone zone, final long seed, final int vehicles) {
        this(zone, seed, vehicles, TrafficConfig.DEFAULT);
    }

    /**
     * Traffic of so many vehicles, spread over the zone.
     *
     * @throws IllegalArgumentException when the zone has no room for them
     */
    public Traffic(final Zone zone, final long seed, final int vehicles, final TrafficConfig config) {
        this.size = vehicles;
        this.timeS = 0;
    }

    /** Moves everything on; longer times are cut into steps of at most 0.1 s. */
    public void step(final double seconds) {
        timeS += seconds;
    }

    /** Simulated seconds since the start; the signals go by it. */
    public double timeS() {
        return timeS;
    }

    public int size() {
        return size;
    }

    /** The live view of a vehicle, the same object every time. */
    public VehicleView vehicle(final int index) {
        throw new IndexOutOfBoundsException(index);
    }
}
