package io.luyun.server.alert.geometry;

import io.luyun.proto.v1.Maneuver;
import io.luyun.server.world.Course;
import io.luyun.server.world.Link;
import io.luyun.server.world.Movement;
import io.luyun.server.world.Participant;

/** Who turns left across the way of somebody that comes from the other side of a junction. */
public final class LeftTurns {
    /** Cosine of 135 degrees: approaches that face each other. */
    private static final double FACING_COS = -0.7071;

    /** Sine of 15 degrees: who heads so far to the left of its approach is turning. */
    private static final double TURNING_SIN = 0.2588;

    private LeftTurns() {}

    /** Whether somebody may be about to turn left by what is known without its way; spares most the working out of that. */
    public static boolean possible(final Participant subject) {
        final Link on = subject.link();
        if (on == null || (subject.lights() & Lights.TURN) == Lights.LEFT_TURN) {
            return on != null;
        }
        if (on.connector()) {
            return !on.straight();
        }
        for (final Movement way : on.movements()) {
            if (way.maneuver() == Maneuver.MANEUVER_STRAIGHT_VALUE && way.serves(subject.lane())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether somebody that seems to turn left surely does: ways across a junction begin alike, so where its lane leads straight
     * on as well and it does not signal, it has to head to the left.
     */
    public static boolean sure(final Participant subject) {
        final Link on = subject.link();
        final Movement way = on == null ? null : on.movement();
        return on == null
                || way == null
                || (subject.lights() & Lights.TURN) == Lights.LEFT_TURN
                || leadsOnlyThere(way, on.fromLane(subject.lane()))
                || headsLeft(subject, way.from());
    }

    private static boolean leadsOnlyThere(final Movement way, final int lane) {
        for (final Movement other : way.from().movements()) {
            if (other != way && other.serves(lane)) {
                return false;
            }
        }
        return true;
    }

    private static boolean headsLeft(final Participant subject, final Link from) {
        final int end = from.points() - 1;
        final double dx = from.x(end) - from.x(end - 1);
        final double dy = from.y(end) - from.y(end - 1);
        return dx * subject.dirY() - dy * subject.dirX() > TURNING_SIN * Math.sqrt(dx * dx + dy * dy);
    }

    /**
     * Whether a road user turns left at the junction another one comes to from the other side, whichever way that goes on.
     *
     * @param way the subject's
     */
    public static boolean acrossOncoming(final Participant subject, final Course way, final Participant target) {
        final Link on = subject.link();
        if (way.turn() != Course.Turn.LEFT || on == null) {
            return false;
        }
        final Link from = on.origin();
        final Link other = target.link() == null ? null : target.link().origin();
        if (other == null) {
            return facing(from, target.dirX(), target.dirY());
        }
        final int end = other.points() - 1;
        final double dx = other.x(end) - other.x(end - 1);
        final double dy = other.y(end) - other.y(end - 1);
        final double length = Math.sqrt(dx * dx + dy * dy);
        return from.region() == other.region()
                && from.downstream() == other.downstream()
                && facing(from, dx / length, dy / length);
    }

    private static boolean facing(final Link from, final double ux, final double uy) {
        final int end = from.points() - 1;
        final double dx = from.x(end) - from.x(end - 1);
        final double dy = from.y(end) - from.y(end - 1);
        return dx * ux + dy * uy < FACING_COS * Math.sqrt(dx * dx + dy * dy);
    }
}
