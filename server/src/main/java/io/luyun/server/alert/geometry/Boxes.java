package io.luyun.server.alert.geometry;

import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;

/** Who is somewhere along the straight way of a road user. A coarse look: visitors weigh what they are shown. */
public final class Boxes {
    private enum Of {
        ALL,
        PEOPLE,
        OBSTACLES
    }

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
        visit(world, from, reachMetres, besideMetres, Of.ALL, visitor);
    }

    /** The same of people on foot and on cycles alone, which is cheap where there are none. */
    public static void visitPeople(
            final World world,
            final Participant from,
            final double reachMetres,
            final double besideMetres,
            final ParticipantVisitor visitor) {
        visit(world, from, reachMetres, besideMetres, Of.PEOPLE, visitor);
    }

    /** The same of obstacles alone. */
    public static void visitObstacles(
            final World world,
            final Participant from,
            final double reachMetres,
            final double besideMetres,
            final ParticipantVisitor visitor) {
        visit(world, from, reachMetres, besideMetres, Of.OBSTACLES, visitor);
    }

    private static void visit(
            final World world,
            final Participant from,
            final double reachMetres,
            final double besideMetres,
            final Of of,
            final ParticipantVisitor visitor) {
        final double endX = from.x() + from.dirX() * reachMetres;
        final double endY = from.y() + from.dirY() * reachMetres;
        final double west = Math.min(from.x(), endX) - besideMetres;
        final double south = Math.min(from.y(), endY) - besideMetres;
        final double east = Math.max(from.x(), endX) + besideMetres;
        final double north = Math.max(from.y(), endY) + besideMetres;
        switch (of) {
            case ALL -> world.forEachIn(west, south, east, north, visitor);
            case PEOPLE -> world.forEachPersonIn(west, south, east, north, visitor);
            case OBSTACLES -> world.forEachObstacleIn(west, south, east, north, visitor);
        }
    }
}
