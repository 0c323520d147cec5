package io.luyun.simulator.traffic;

import io.luyun.simulator.traffic.Program.Light;
import io.luyun.simulator.traffic.Vehicle.Decision;
import org.jspecify.annotations.Nullable;

/**
 * How fast a driver wants to go: the Intelligent Driver Model (Treiber, Hennecke, Helbing 2000) towards the vehicle
 * ahead, the stop line and the bus stop, under the safe speed of Gipps (1981) with emergency braking, which keeps a
 * late braker from touching anything. Only additions, products, divisions and square roots, so that every JVM comes to
 * the same bits. Parameters chosen here within the usual ranges of the model.
 */
final class Driver {
    private static final double LOOK_AHEAD_METRES = 130;
    private static final double STANDSTILL_METRES = 3.0;
    private static final double HEADWAY_S = 1.3;
    private static final double COMFORTABLE = 1.3;
    /** Where following alone stops to brake harder; the safe speed may ask for more. */
    private static final double FIRM = -3.8;
    /** Deceleration the safe speed reckons with, for the own vehicle and the one ahead. */
    private static final double EMERGENCY = 7.0;

    private static final double STRONGEST = -8.5;
    private static final double HARD_BRAKING = -6.5;
    private static final double SAFE_MARGIN_METRES = 1.0;
    private static final double LINE_MARGIN_METRES = 1.0;
    /** A driver stops at yellow when this suffices. */
    private static final double YELLOW_STOP = 3.4;
    /** A driver that was warned stops at yellow or red when this does. */
    private static final double WARNED_STOP = 6;

    private static final double BUS_STOP_S = 12;

    private double gap;
    private double leaderSpeed;
    private double following;
    private double safe;

    /** Sets the acceleration the vehicle takes in the coming step. */
    void decide(final Vehicle me, final int place, final double nowS, final double dt) {
        final Lane lane = me.lane;
        findLeader(me, place);
        me.leaderGap = gap;
        me.leaderSpeed = leaderSpeed;
        following = 0;
        safe = Double.POSITIVE_INFINITY;
        if (gap < LOOK_AHEAD_METRES) {
            obstacle(me, gap, leaderSpeed, STANDSTILL_METRES, dt);
        }
        final double line = lane.length - me.s - me.length / 2 - LINE_MARGIN_METRES;
        if (!lane.inNode && me.next != null && lane.length - me.s < LOOK_AHEAD_METRES && mustStop(me, me.next, line)) {
            obstacle(me, line + 0.5, 0, 0.5, dt);
        }
        if (!lane.inNode && me.next == null && lane.linkLeadsOn && lane.length - me.s < LOOK_AHEAD_METRES) {
            // only lanes beside this one lead on
            obstacle(me, line + 0.5, 0, 0.5, dt);
        }
        busStop(me, nowS, dt);
        double accel;
        if (nowS < me.hardUntilS && me.v > 1) {
            accel = HARD_BRAKING;
        } else {
            accel = free(me, wantedSpeed(me));
            if (nowS >= me.lateUntilS) {
                accel = Math.max(FIRM, accel - me.maxAccel * following);
            }
        }
        if (me.v > 0) {
            accel = Math.min(accel, me.warnedAccel);
        }
        final double needed = (safe - me.v) / dt;
        if (needed < accel) {
            accel = needed;
            if (needed < FIRM) {
                me.lateUntilS = 0;
            }
        }
        me.newAccel = Math.max(STRONGEST, accel);
    }

    private double wantedSpeed(final Vehicle me) {
        final Lane lane = me.lane;
        // Drivers above the limit take curves like everybody else.
        double wanted = lane.inNode
                ? Math.min(lane.limitMps, me.desiredFactor * lane.limitMps)
                : lane.limitMps * me.desiredFactor;
        final Lane next = me.next;
        if (next != null && next.inNode) {
            wanted = Math.min(wanted, Math.sqrt(next.limitMps * next.limitMps + 2 * 1.4 * (lane.length - me.s)));
        }
        return Math.min(wanted, me.warnedSpeed);
    }

    private static double free(final Vehicle me, final double wanted) {
        if (me.v > wanted) {
            return -Math.min(3, 1.5 * (me.v - wanted));
        }
        final double ratio = me.v / wanted;
        return me.maxAccel * (1 - ratio * ratio * ratio * ratio);
    }

    /** Something ahead to keep away from. */
    private void obstacle(
            final Vehicle me, final double distance, final double speed, final double standstill, final double dt) {
        final double approach = me.v * (me.v - speed) / (2 * Math.sqrt(me.maxAccel * COMFORTABLE));
        final double headway = speed > 0 ? HEADWAY_S * me.v : 0.5 * me.v;
        final double desired = standstill + Math.max(0, headway + approach);
        final double ratio = desired / Math.max(0.1, distance);
        following = Math.max(following, ratio * ratio);
        final double room = distance - Math.min(SAFE_MARGIN_METRES, standstill);
        if (room <= 0) {
            safe = 0;
            return;
        }
        final double reaction = EMERGENCY * dt;
        final double reach = reaction * reaction + speed * speed + 2 * EMERGENCY * room;
        safe = Math.min(safe, Math.max(0, Math.sqrt(reach) - reaction));
    }

    private static boolean mustStop(final Vehicle me, final Lane way, final double line) {
        final Signal signal = way.signal;
        final double needed = line <= 0 ? Double.POSITIVE_INFINITY : me.v * me.v / (2 * line);
        if (signal == null || signal.light == Light.GREEN) {
            me.decision = Decision.NONE;
            return occupied(way) && needed < 5 && line > -0.5;
        }
        if (me.decision != Decision.STOP) {
            final boolean standing = me.v < 1 && line > -1;
            if (needed <= (me.warnedOfLight ? WARNED_STOP : YELLOW_STOP)
                    || standing
                    || (me.decision == Decision.NONE && signal.light == Light.RED && line > 0)) {
                me.decision = Decision.STOP;
            } else {
                me.decision = Decision.GO;
            }
        }
        return me.decision == Decision.STOP;
    }

    /** Whether somebody from another link is still on a curve that crosses. */
    private static boolean occupied(final Lane way) {
        for (final Lane other : way.conflicts) {
            if (other.count > 0) {
                return true;
            }
        }
        return false;
    }

    private void busStop(final Vehicle me, final double nowS, final double dt) {
        final Lane lane = me.lane;
        if (!me.bus() || lane.busStopM < 0 || me.stopServed || nowS < me.dwellUntilS) {
            if (nowS < me.dwellUntilS) {
                safe = 0;
            }
            return;
        }
        final double distance = lane.busStopM - me.s;
        if (distance < -2) {
            me.stopServed = true;
        } else if (me.v < 0.3 && distance < 3) {
            me.stopServed = true;
            me.dwellUntilS = nowS + BUS_STOP_S;
        } else if (distance < 100 && me.v * me.v < 2 * 4 * (distance + 2)) {
            obstacle(me, Math.max(0.2, distance + 1), 0, 1, dt);
        }
    }

    private void findLeader(final Vehicle me, final int place) {
        gap = Double.POSITIVE_INFINITY;
        leaderSpeed = 0;
        final Lane lane = me.lane;
        if (place > 0) {
            final Vehicle ahead = lane.queue[place - 1];
            take(me, ahead, ahead.s - me.s);
        }
        if (lane.inNode) {
            diverging(me, lane, -me.s, me.s);
            merging(me, lane, lane.length - me.s);
        }
        if (place > 0) {
            return;
        }
        double ahead = lane.length - me.s;
        @Nullable Lane next = me.next;
        while (next != null && ahead < LOOK_AHEAD_METRES) {
            final Vehicle last = next.last();
            if (last != null) {
                take(me, last, ahead + last.s);
            }
            if (next.inNode) {
                diverging(me, next, ahead, 0);
            }
            if (last != null) {
                return;
            }
            ahead += next.length;
            // beyond the next link the way is known where there is but one
            next = next.inNode ? next.target : next.out.length == 1 ? next.out[0] : null;
        }
    }

    /** Vehicles that left my lane by another way and whose tail is still in it. */
    private void diverging(final Vehicle me, final Lane way, final double ahead, final double from) {
        for (final Lane sibling : way.siblings) {
            final Vehicle last = sibling.last();
            if (last != null && last.s > from && last.s - last.length / 2 < 6) {
                take(me, last, ahead + last.s);
            }
        }
    }

    /** Vehicles on other ways that will come into my lane before me; only for who is past the line already. */
    private void merging(final Vehicle me, final Lane way, final double myRest) {
        for (final Lane other : way.merging) {
            for (int i = 0; i < other.count; i++) {
                final double rest = other.length - other.queue[i].s;
                if (rest < myRest) {
                    take(me, other.queue[i], myRest - rest);
                }
            }
        }
    }

    private void take(final Vehicle me, final Vehicle other, final double distance) {
        final double found = distance - (me.length + other.length) / 2;
        if (found < gap) {
            gap = found;
            leaderSpeed = other.v;
        }
    }
}
