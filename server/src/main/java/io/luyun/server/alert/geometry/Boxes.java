package io.luyun.server.alert.geometry;

import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;

/** Who is somewhere along the straight way of a road user. A coarse look: visitors weigh what they are shown. */
public final class Boxes {
    private Boxes() {}

    /**
     * Shows all road users in the upright box around a stretch of the way, itself among them.
     *
     * @param reachMetres length of the stretch, behind it where negative
     * @param besideMetres room on all sides
     */
    public static void visit(
            final World world,
            final Participant from,
            final double reachMetres,
            final double besideMetres,
            final ParticipantVisitor visitor) {
        visit(world, from, reachMetres, besideMetres, false, visitor);
    }

    /** The same of people on foot and on cycles alone, which is cheap where there are none. */
    public static void visitPeople(
            final World world,
            final Participant from,
            final double reachMetres,
            final double besideMetres,
            final ParticipantVisitor visitor) {
        visit(world, from, reachMetres, besideMetres, true, visitor);
    }

    private static void visit(
            final World world,
            final Participant from,
            final double reachMetres,
            final double besideMetres,
            final boolean peopleOnly,
            final ParticipantVisitor visitor) {
        final double endX = from.x() + from.dirX() * reachMetres;
        final double endY = from.y() + from.dirY() * reachMetres;
        final double west = Math.min(from.x(), endX) - besideMetres;
        final double south = Math.min(from.y(), endY) - besideMetres;
        final double east = Math.max(from.x(), endX) + besideMetres;
        final double north = Math.max(from.y(), endY) + besideMetres;
        if (peopleOnly) {
            world.forEachPersonIn(west, south, east, north, visitor);
        } else {
            world.forEachIn(west, south, east, north, visitor);
        }
    }
}
