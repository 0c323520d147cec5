package io.luyun.simulator.traffic;

import java.util.Locale;

/**
 * Vehicles on a zone. A step works out every driver's acceleration from the state before it, then moves all, so that
 * the order of vehicles does not matter; the same zone, seed, number, configuration and steps give the same bits.
 * Owned by the thread that steps it.
 */
public final class Traffic {
    private static final double LONGEST_STEP_S = 0.1;

    private final RoadNetwork network;
    private final Vehicle[] vehicles;
    private final Driver driver = new Driver();
    private final Routes routes;
    private final Incidents incidents;
    private double nowS;

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
        final Rng rng = new Rng(Rng.mix(seed ^ 0x5452414646494343L));
        network = new RoadNetwork(zone);
        this.vehicles = new Placement(network, zone, rng, config).place(vehicles, rng.nextLong());
        routes = new Routes(new Rng(rng.nextLong()));
        incidents = new Incidents(new Rng(rng.nextLong()), config);
        for (final Vehicle vehicle : this.vehicles) {
            routes.choose(vehicle);
            vehicle.settle(network.plane, nowS, 0);
        }
        step(config.settleSeconds());
    }

    /** Id of a vehicle in the registry; a bus line of the zone is served by the vehicles it names. */
    public static String nameOf(final int index) {
        return String.format(Locale.ROOT, "veh-%04d", index + 1);
    }

    /** Moves everything on; longer times are cut into steps of at most 0.1 s. */
    public void step(final double seconds) {
        final int steps = (int) Math.ceil(seconds / LONGEST_STEP_S - 1e-9);
        for (int i = 0; i < steps; i++) {
            tick(seconds / steps);
        }
    }

    private void tick(final double dt) {
        nowS += dt;
        for (final Signal signal : network.signals) {
            signal.at(nowS);
        }
        incidents.step(vehicles, nowS);
        decide(network.lanes, dt);
        decide(network.curves, dt);
        for (final Vehicle vehicle : vehicles) {
            final double v = Math.max(0, vehicle.v + vehicle.newAccel * dt);
            vehicle.accel = (v - vehicle.v) / dt;
            vehicle.s += (v + vehicle.v) / 2 * dt;
            vehicle.v = v;
        }
        for (final Vehicle vehicle : vehicles) {
            moveOn(vehicle);
        }
        for (final Vehicle vehicle : vehicles) {
            routes.changeLane(vehicle, nowS);
            vehicle.settle(network.plane, nowS, dt);
        }
    }

    private void decide(final Lane[] lanes, final double dt) {
        for (final Lane lane : lanes) {
            for (int i = 0; i < lane.count; i++) {
                driver.decide(lane.queue[i], i, nowS, dt);
            }
        }
    }

    private void moveOn(final Vehicle vehicle) {
        while (vehicle.s > vehicle.lane.length) {
            final Lane lane = vehicle.lane;
            final Lane next = lane.inNode ? lane.target : vehicle.next;
            if (next == null) {
                throw new IllegalStateException(
                        "lane " + lane.number + " of link " + lane.link.linkId() + " leads nowhere");
            }
            lane.remove(vehicle);
            vehicle.s -= lane.length;
            next.insert(vehicle);
            vehicle.decision = Vehicle.Decision.NONE;
            vehicle.stopServed = false;
            if (next.inNode) {
                vehicle.next = next.target;
            } else {
                routes.choose(vehicle);
            }
        }
    }

    /** Simulated seconds since the start; the signals go by it. */
    public double timeS() {
        return nowS;
    }

    public int size() {
        return vehicles.length;
    }

    /** The live view of a vehicle, the same object every time. */
    public VehicleView vehicle(final int index) {
        return vehicles[index];
    }

    RoadNetwork network() {
        return network;
    }
}
