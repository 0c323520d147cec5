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
        final double endX = from.x() + from.dirX() * reachMetres;
        final double endY = from.y() + from.dirY() * reachMetres;
        world.forEachIn(
                Math.min(from.x(), endX) - besideMetres,
                Math.min(from.y(), endY) - besideMetres,
                Math.max(from.x(), endX) + besideMetres,
                Math.max(from.y(), endY) + besideMetres,
                visitor);
    }
}
