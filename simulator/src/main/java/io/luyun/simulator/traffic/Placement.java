package io.luyun.simulator.traffic;

import org.jspecify.annotations.Nullable;

/** Makes the vehicles and puts them on the lanes, some alone and some in platoons. */
final class Placement {
    private static final int TRIES = 400;
    /** So far before their stops the vehicles of a line begin. */
    private static final double BEFORE_STOP_METRES = 150;

    private final RoadNetwork network;
    private final Zone zone;
    private final Rng rng;
    private final TrafficConfig config;

    Placement(final RoadNetwork network, final Zone zone, final Rng rng, final TrafficConfig config) {
        this.network = network;
        this.zone = zone;
        this.rng = rng;
        this.config = config;
    }

    Vehicle[] place(final int count, final long idSeed) {
        final Vehicle[] vehicles = new Vehicle[count];
        for (int i = 0; i < count; i++) {
            vehicles[i] = find(vehicle(i, Rng.mix(idSeed + i)), i == 0 ? null : vehicles[i - 1]);
        }
        for (final Lane lane : network.lanes) {
            setSpeeds(lane);
        }
        return vehicles;
    }

    private Vehicle vehicle(final int index, final long id) {
        final BusRoute route = route(index);
        final double kind = rng.nextDouble();
        final boolean bus = route != null || kind < config.busShare();
        final boolean truck = !bus && kind < config.busShare() + config.truckShare();
        final boolean speeder = rng.nextDouble() < config.speederShare();
        final double factor = !bus && speeder ? rng.between(1.25, 1.4) : rng.between(0.82, 0.97);
        final Lane anywhere = network.lanes[0];
        if (bus) {
            final Vehicle made = new Vehicle(index, id, 54, 12, 2.55, 3.1, factor, 1.0, anywhere);
            made.route = route;
            return made;
        }
        if (truck) {
            return new Vehicle(index, id, 25, rng.between(7, 10), 2.5, 3.4, factor, 0.9, anywhere);
        }
        final double accel = rng.between(1.3, 1.9);
        return new Vehicle(index, id, 10, rng.between(4.2, 5), rng.between(1.75, 1.9), 1.5, factor, accel, anywhere);
    }

    /** The vehicles of a line begin at stops that are evenly apart. */
    private @Nullable BusRoute route(final int index) {
        for (final Zone.BusLine line : zone.busLines()) {
            final int place = line.devices().indexOf(Traffic.nameOf(index));
            if (place >= 0) {
                final int stops = line.stops().size();
                return new BusRoute(
                        network, zone, line, place * stops / line.devices().size() % stops);
            }
        }
        return null;
    }

    private Vehicle find(final Vehicle vehicle, final @Nullable Vehicle before) {
        if (vehicle.route != null) {
            final Lane lane = vehicle.route.stop();
            for (double s = Math.max(20, lane.busStopM - BEFORE_STOP_METRES); s < lane.length - 40; s += 4) {
                if (put(vehicle, lane, s)) {
                    return vehicle;
                }
            }
        }
        if (before != null && rng.nextDouble() < 0.5) {
            final double s = before.s - (before.length + vehicle.length) / 2 - rng.between(16, 30);
            if (put(vehicle, before.lane, s)) {
                return vehicle;
            }
        }
        for (int i = 0; i < TRIES; i++) {
            final Lane lane = network.lanes[rng.below(network.lanes.length)];
            if (put(vehicle, lane, rng.between(20, lane.length - 40))) {
                return vehicle;
            }
        }
        for (final Lane lane : network.lanes) {
            for (double s = 20; s < lane.length - 40; s += 4) {
                if (put(vehicle, lane, s)) {
                    return vehicle;
                }
            }
        }
        throw new IllegalArgumentException("the zone has room for " + vehicle.index + " vehicles, not for more");
    }

    private static boolean put(final Vehicle vehicle, final Lane lane, final double s) {
        if (s < 15 || s > lane.length - 30) {
            return false;
        }
        final int behind = lane.behind(s);
        if ((behind > 0 && lane.queue[behind - 1].s - s < room(vehicle, lane.queue[behind - 1]))
                || (behind < lane.count && s - lane.queue[behind].s < room(vehicle, lane.queue[behind]))) {
            return false;
        }
        vehicle.s = s;
        lane.insert(vehicle);
        return true;
    }

    private static double room(final Vehicle a, final Vehicle b) {
        return (a.length + b.length) / 2 + 6;
    }

    /** As fast as leaves room to brake for the one ahead and for the end of the lane. */
    private static void setSpeeds(final Lane lane) {
        for (int i = 0; i < lane.count; i++) {
            final Vehicle vehicle = lane.queue[i];
            final double line = Math.max(0, lane.length - vehicle.s - vehicle.length / 2 - 4);
            double v = Math.min(0.9 * vehicle.desiredFactor * lane.limitMps, Math.sqrt(2 * 1.8 * line));
            if (i > 0) {
                final Vehicle ahead = lane.queue[i - 1];
                final double room = ahead.s - vehicle.s - (ahead.length + vehicle.length) / 2 - 3;
                v = Math.min(v, Math.sqrt(ahead.v * ahead.v + 2 * 2.0 * Math.max(0, room)));
            }
            vehicle.v = v;
        }
    }
}
