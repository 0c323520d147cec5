package io.luyun.simulator.traffic;

import io.luyun.proto.v1.Alert;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Vehicles on a zone. A step works out every driver's acceleration from the state before it, then moves all, so that
 * the order of vehicles does not matter; the same zone, seed, number, configuration and steps give the same bits. Who comes
 * to an end of the network leaves it, and enters it elsewhere a little later as somebody else. Owned by the thread that steps it.
 */
public final class Traffic {
    private static final double LONGEST_STEP_S = 0.1;
    private static final long ENTRIES = 0x454E_5452_4945_5321L;
    private static final long WARNINGS = 0x5741_524E_494E_4753L;

    private final RoadNetwork network;
    private final Vehicle[] vehicles;
    private final Driver driver = new Driver();
    private final Routes routes;
    private final Incidents incidents;
    private final Entries entries;
    private final @Nullable Warnings warnings;
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
        entries = new Entries(network, new Rng(Rng.mix(seed ^ ENTRIES)));
        warnings = config.reacts() ? new Warnings(Rng.mix(seed ^ WARNINGS), vehicles) : null;
        if (vehicles > 0 && !entries.any()) {
            throw new IllegalArgumentException(zone.name() + ": no link leads to another, so nobody can drive");
        }
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

    /** A vehicle was told a step of an alert; its driver minds it when the configuration says so. */
    public void onAlert(final int vehicle, final Alert alert) {
        if (warnings != null) {
            warnings.onAlert(vehicle, alert, nowS);
        }
    }

    private void tick(final double dt) {
        nowS += dt;
        for (final Signal signal : network.signals) {
            signal.at(nowS);
        }
        incidents.step(vehicles, nowS);
        if (warnings != null) {
            warnings.step(vehicles, nowS);
        }
        decide(network.lanes, dt);
        decide(network.curves, dt);
        for (final Vehicle vehicle : vehicles) {
            final double v = Math.max(0, vehicle.v + vehicle.newAccel * dt);
            vehicle.accel = (v - vehicle.v) / dt;
            vehicle.s += (v + vehicle.v) / 2 * dt;
            vehicle.v = v;
        }
        for (final Vehicle vehicle : vehicles) {
            if (vehicle.present()) {
                moveOn(vehicle, dt);
            }
        }
        for (final Vehicle vehicle : vehicles) {
            if (vehicle.present()) {
                routes.changeLane(vehicle, nowS);
                vehicle.settle(network.plane, nowS, dt);
            } else if (entries.enter(vehicle, nowS)) {
                routes.choose(vehicle);
                vehicle.settle(network.plane, nowS, 0);
            }
        }
    }

    private void decide(final Lane[] lanes, final double dt) {
        for (final Lane lane : lanes) {
            for (int i = 0; i < lane.count; i++) {
                driver.decide(lane.queue[i], i, nowS, dt);
            }
        }
    }

    private void moveOn(final Vehicle vehicle, final double dt) {
        if (entries.givesUp(vehicle, dt)) {
            entries.leave(vehicle, nowS);
            return;
        }
        while (vehicle.s > vehicle.lane.length) {
            final Lane lane = vehicle.lane;
            final Lane next = lane.inNode ? lane.target : vehicle.next;
            if (next == null) {
                entries.leave(vehicle, nowS);
                return;
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
