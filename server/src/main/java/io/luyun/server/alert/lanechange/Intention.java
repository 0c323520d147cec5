package io.luyun.server.alert.lanechange;

import io.luyun.server.alert.geometry.Beside;
import io.luyun.server.alert.geometry.Lights;
import io.luyun.server.alert.life.PerRoadUser;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import org.jspecify.annotations.Nullable;

/** Where to the side a road user means to go, by its lights and its motion. See the package. */
final class Intention extends PerRoadUser.Memory {
    /** Sine of 1.2 degrees: less is noise of the heading. */
    private static final double MIN_SINE = 0.02;
    /** Part of the speed across at which it still moves there. */
    private static final double GOES_ON = 0.5;

    /** So near before a junction a signal tells of the way across it. */
    private static final double SIGNAL_METRES = 60;
    /** So near to the ends of a link one still turns, or begins to. */
    private static final double TURNING_METRES = 25;

    private static final double DEFAULT_LANE_METRES = 3.5;
    /** Parts of a lane: how far it has come when it is in the next one, and when it goes on to the one after. */
    private static final double ARRIVED = 0.75;

    private static final double BEYOND = 1.3;
    private static final long SETTLED_NS = 1_000_000_000L;
    private static final long NEVER = Long.MIN_VALUE;

    /** Parts of a lane beside where it began, between which the next lane lies; and for who is in it already. */
    private static final double NEAR = 0.5;

    private static final double FAR = 1.5;
    private static final double HELD_NEAR = 0.25;
    private static final double HELD_FAR = 1.75;

    /** 1 to the right, -1 to the left, 0 to neither. */
    private int side;

    private boolean moves;
    private double beganMetres;
    private double lateralMetres;
    private double laneMetres;
    private long arrivedNs;
    private @Nullable Link link;

    @Override
    protected void forget() {
        side = 0;
        moves = false;
        beganMetres = 0;
        lateralMetres = 0;
        arrivedNs = NEVER;
        link = null;
    }

    /**
     * It has reported.
     *
     * @param movesMps speed across from which it moves to a side
     */
    void take(final Participant p, final double movesMps, final long atNs) {
        follow(p);
        final int moved = movesTo(p, movesMps);
        final int now = moved != 0 ? moved : isBeforeJunction(p, SIGNAL_METRES) ? 0 : signals(p.lights());
        moves = moved != 0;
        if (now != side) {
            side = now;
            beganMetres = lateralMetres;
            arrivedNs = NEVER;
        }
        settle(atNs);
    }

    /** The line of another link lies elsewhere; it has not moved aside for that. */
    private void follow(final Participant p) {
        final double lateral = p.link() == null ? 0 : p.lateralMetres();
        if (p.link() != link) {
            link = p.link();
            beganMetres += lateral - lateralMetres;
        }
        lateralMetres = lateral;
        laneMetres = link == null ? DEFAULT_LANE_METRES : link.laneWidthMetres();
    }

    /** Whether it is in a junction, or comes to one within so many metres. */
    private boolean isBeforeJunction(final Participant p, final double metres) {
        return link != null
                && (link.connector()
                        || (link.movements().length > 0 && link.lengthMetres() - p.alongMetres() < metres));
    }

    private int movesTo(final Participant p, final double movesMps) {
        if (link == null || p.alongMetres() < TURNING_METRES || isBeforeJunction(p, TURNING_METRES)) {
            return 0;
        }
        final double right = p.acrossMps();
        final double needed = moves && right * side > 0 ? movesMps * GOES_ON : movesMps;
        return Math.abs(right) < Math.max(needed, MIN_SINE * p.speedMps()) ? 0 : right > 0 ? 1 : -1;
    }

    private static int signals(final int lights) {
        if ((lights & Lights.HAZARD) != 0) {
            return 0;
        }
        return switch (lights & Lights.TURN) {
            case Lights.RIGHT_TURN -> 1;
            case Lights.LEFT_TURN -> -1;
            default -> 0;
        };
    }

    private void settle(final long atNs) {
        final double moved = movedMetres();
        if (side == 0 || moved < ARRIVED * laneMetres) {
            arrivedNs = NEVER;
        } else if (moved > BEYOND * laneMetres) {
            beganMetres = lateralMetres;
        } else if (moves || arrivedNs == NEVER) {
            arrivedNs = atNs;
        } else if (atNs - arrivedNs >= SETTLED_NS) {
            beganMetres = lateralMetres;
            arrivedNs = NEVER;
        }
    }

    private double movedMetres() {
        return side * (lateralMetres - beganMetres);
    }

    /** Whether it means to go to a side. */
    boolean any() {
        return side != 0;
    }

    /** Whether it moves there. */
    boolean moves() {
        return moves;
    }

    /** Whether it moves nearer to somebody beside it: what both seem to do in a bend is none. */
    boolean nears(final Participant of, final Participant target, final double movesMps) {
        return side * (of.acrossMps() - target.acrossMps()) >= movesMps * GOES_ON;
    }

    /**
     * Whether somebody is in the lane it means to go to.
     *
     * @param held whether that was so before
     */
    boolean concerns(final Beside beside, final boolean held) {
        final double across = side * beside.rightMetres + movedMetres();
        return across >= (held ? HELD_NEAR : NEAR) * laneMetres && across <= (held ? HELD_FAR : FAR) * laneMetres;
    }
}
