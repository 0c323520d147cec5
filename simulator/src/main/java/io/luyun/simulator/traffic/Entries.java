package io.luyun.simulator.traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes vehicles out of the network where it ends, and lets them in where it begins: on links that nothing leads to, or anywhere when
 * there are none. Draws random numbers only for those who have left, so that a network without ends knows nothing of it. Owned by its
 * traffic.
 */
final class Entries {
    /** Longer than a server knows somebody whom it does not hear, by default 2 s: who comes back is somebody else. */
    private static final double AWAY_S = 3;

    /** Who stands so long at the end of a lane, and finds no gap in the one beside it, leaves as well. */
    private static final double PATIENCE_S = 15;

    private static final double STUCK_S = 150;
    private static final double AT_END_METRES = 12;
    private static final int TRIES = 20;
    private static final double ROOM_METRES = 15;
    private static final double ROOM_BEHIND_METRES = 60;

    private final List<Lane> lanes;
    private final boolean inMidst;
    private final Rng rng;

    Entries(final RoadNetwork network, final Rng rng) {
        this.rng = rng;
        final List<Lane> sources = new ArrayList<>();
        final List<Lane> others = new ArrayList<>();
        for (final Lane lane : network.lanes) {
            if (lane.linkLeadsOn) {
                (lane.linkLedTo ? others : sources).add(lane);
            }
        }
        inMidst = sources.isEmpty();
        lanes = inMidst ? others : sources;
    }

    /** Whether there is anywhere to begin. */
    boolean any() {
        return !lanes.isEmpty();
    }

    /**
     * Whether the driver gives up waiting: at the end of a lane that leads nowhere, beside one that does; and in a network with ends
     * anywhere, after longer than a light is red, since lanes of real networks also meet where nobody gives way here.
     */
    boolean givesUp(final Vehicle vehicle, final double dt) {
        vehicle.waitedS = vehicle.v < 0.1 ? vehicle.waitedS + dt : 0;
        final Lane lane = vehicle.lane;
        final boolean atEnd = !lane.inNode && vehicle.next == null && lane.length - vehicle.s < AT_END_METRES;
        return vehicle.waitedS > (atEnd ? PATIENCE_S : STUCK_S) && (atEnd || !inMidst);
    }

    /** Takes a vehicle out. */
    void leave(final Vehicle vehicle, final double nowS) {
        vehicle.lane.remove(vehicle);
        vehicle.s = 0;
        vehicle.v = 0;
        vehicle.accel = 0;
        vehicle.newAccel = 0;
        vehicle.waitedS = 0;
        vehicle.hardUntilS = 0;
        vehicle.lateUntilS = 0;
        vehicle.dwellUntilS = 0;
        vehicle.next = null;
        vehicle.backAtS = nowS + AWAY_S;
    }

    /** Lets a vehicle in that has been away long enough, as another one, when somewhere there is room. */
    boolean enter(final Vehicle vehicle, final double nowS) {
        if (nowS < vehicle.backAtS) {
            return false;
        }
        for (int i = 0; i < TRIES; i++) {
            final Lane lane = lanes.get(rng.below(lanes.size()));
            final double s = inMidst ? lane.length * rng.nextDouble() : Math.min(lane.length, vehicle.length / 2);
            if (room(vehicle, lane, s)) {
                vehicle.id = Rng.mix(vehicle.id);
                vehicle.s = s;
                vehicle.v = speed(vehicle, lane);
                vehicle.backAtS = Double.NEGATIVE_INFINITY;
                vehicle.changeBeganS = Double.NEGATIVE_INFINITY;
                vehicle.decision = Vehicle.Decision.NONE;
                vehicle.stopServed = false;
                lane.insert(vehicle);
                return true;
            }
        }
        return false;
    }

    private boolean room(final Vehicle vehicle, final Lane lane, final double s) {
        final int behind = lane.behind(s);
        if (behind > 0) {
            final Vehicle ahead = lane.queue[behind - 1];
            if (ahead.s - s - (ahead.length + vehicle.length) / 2 < ROOM_METRES) {
                return false;
            }
        }
        if (!inMidst) {
            return behind == lane.count;
        }
        // nobody comes round the corner into it either
        return s > ROOM_BEHIND_METRES && (behind == lane.count || s - lane.queue[behind].s > ROOM_BEHIND_METRES);
    }

    /** As fast as it can still stop within the room there is ahead. */
    private static double speed(final Vehicle vehicle, final Lane lane) {
        final double rest = Math.max(0, lane.length - vehicle.s - vehicle.length / 2 - 4);
        return Math.min(
                0.6 * vehicle.desiredFactor * lane.limitMps, Math.sqrt(2 * 2.0 * Math.min(rest, ROOM_METRES - 5)));
    }
}
