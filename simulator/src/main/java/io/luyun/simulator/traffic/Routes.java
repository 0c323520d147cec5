package io.luyun.simulator.traffic;

import org.jspecify.annotations.Nullable;

/** Random turns, and the lane changes they need. Owned by its traffic. */
final class Routes {
    /** Nearer to the stop line than this nobody changes lanes any more. */
    private static final double LAST_CHANGE_METRES = 80;

    private static final double FIRST_CHANGE_METRES = 25;

    private final Rng rng;

    Routes(final Rng rng) {
        this.rng = rng;
    }

    /** Chooses the way on for a vehicle that has come onto a lane of a link. */
    void choose(final Vehicle vehicle) {
        final Lane lane = vehicle.lane;
        if (vehicle.route != null) {
            vehicle.wanted = vehicle.route.wayOn(lane);
            vehicle.next = wayOn(lane, vehicle.wanted);
            return;
        }
        Lane first = lane;
        while (first.left != null) {
            first = first.left;
        }
        double total = 0;
        for (Lane from = first; from != null; from = from.right) {
            for (final Lane way : from.out) {
                total += weight(vehicle, from, way);
            }
        }
        double at = total * rng.nextDouble();
        Lane wanted = null;
        for (Lane from = first; from != null; from = from.right) {
            for (final Lane way : from.out) {
                final double weight = weight(vehicle, from, way);
                if (weight > 0 && at >= 0) {
                    wanted = way;
                }
                at -= weight;
            }
        }
        vehicle.wanted = wanted == null ? anyFrom(first) : wanted;
        vehicle.next = wayOn(lane, vehicle.wanted);
    }

    /** The first way from a link, for those who would take none of it. */
    private static @Nullable Lane anyFrom(final Lane first) {
        for (Lane from = first; from != null; from = from.right) {
            if (from.out.length > 0) {
                return from.out[0];
            }
        }
        return null;
    }

    private static double weight(final Vehicle vehicle, final Lane from, final Lane way) {
        if (vehicle.bus()) {
            return from.right == null ? 1 : 0;
        }
        // Staying in the lane is more likely than changing it.
        final double stay = from == vehicle.lane ? 3 : 1;
        return stay * (way.maneuver == Zone.Maneuver.STRAIGHT ? 2 : 1);
    }

    /** The wanted way when the lane has it, one that turns like it otherwise, any as a last choice. */
    private static @Nullable Lane wayOn(final Lane lane, final @Nullable Lane wanted) {
        Lane found = null;
        for (final Lane way : lane.out) {
            if (way == wanted) {
                return way;
            }
            if (found == null || (wanted != null && way.maneuver == wanted.maneuver)) {
                found = way;
            }
        }
        return found;
    }

    /** Moves a vehicle one lane towards the wanted one when there is room. */
    void changeLane(final Vehicle vehicle, final double nowS) {
        final Lane lane = vehicle.lane;
        final Lane wanted = vehicle.wanted;
        if (lane.inNode || wanted == null || wanted.number == lane.number) {
            return;
        }
        if (vehicle.changing(nowS) || vehicle.dwellUntilS > nowS) {
            return;
        }
        // who is on a lane that ends changes wherever there is room
        final boolean must = vehicle.next == null;
        if (!must && (vehicle.v < 3 || vehicle.s < FIRST_CHANGE_METRES)) {
            return;
        }
        if (!must && lane.length - vehicle.s < LAST_CHANGE_METRES) {
            vehicle.wanted = vehicle.next;
            return;
        }
        final boolean toRight = wanted.number > lane.number;
        if (!toRight && vehicle.bus() && lane.busStopM > vehicle.s) {
            return;
        }
        final Lane other = toRight ? lane.right : lane.left;
        if (other == null) {
            return;
        }
        final double s = vehicle.s * (other.length / lane.length);
        if (!room(vehicle, other, s)) {
            return;
        }
        lane.remove(vehicle);
        vehicle.s = s;
        other.insert(vehicle);
        vehicle.changeBeganS = nowS;
        vehicle.changeFrom = toRight ? -lane.link.laneWidthM() : lane.link.laneWidthM();
        vehicle.decision = Vehicle.Decision.NONE;
        vehicle.next = wayOn(other, wanted);
    }

    private static boolean room(final Vehicle vehicle, final Lane lane, final double s) {
        final int behind = lane.behind(s);
        if (behind > 0) {
            final Vehicle ahead = lane.queue[behind - 1];
            final double gap = ahead.s - s - (ahead.length + vehicle.length) / 2;
            if (gap < 4 + 0.6 * vehicle.v + 4 * Math.max(0, vehicle.v - ahead.v)) {
                return false;
            }
        }
        if (behind < lane.count) {
            final Vehicle follower = lane.queue[behind];
            final double gap = s - follower.s - (follower.length + vehicle.length) / 2;
            return gap >= 5 + 0.9 * follower.v + 4 * Math.max(0, follower.v - vehicle.v) && follower.lateUntilS <= 0;
        }
        return true;
    }
}
