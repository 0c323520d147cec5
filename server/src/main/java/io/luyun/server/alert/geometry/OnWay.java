package io.luyun.server.alert.geometry;

import io.luyun.server.world.Course;
import io.luyun.server.world.Participant;
import io.luyun.server.world.World;

/**
 * Where one road user is on the way another is expected to take, whatever it heads for itself. One object for each rule, its
 * fields are the last answer.
 */
public final class OnWay {
    private final Course way = new Course();
    /** From middle to middle along the way. */
    public double alongMetres;
    /** From the way to its middle. */
    public double acrossMetres;
    /** Cosine of the angle between its heading and the way there; 0 when it has none. */
    public double cosine;

    /** Works it out. False when it is behind or beyond the reach. */
    public boolean look(
            final World world, final Participant subject, final Participant target, final double reachMetres) {
        way.of(world, subject, reachMetres);
        acrossMetres = Double.POSITIVE_INFINITY;
        alongMetres = -1;
        for (int i = 1; i < way.points(); i++) {
            lookAt(i, target);
        }
        return alongMetres > 0 && alongMetres < way.length();
    }

    /** One stretch, by the point it ends at. */
    private void lookAt(final int i, final Participant target) {
        final double length = way.wayMetres(i) - way.wayMetres(i - 1);
        final double ux = (way.x(i) - way.x(i - 1)) / length;
        final double uy = (way.y(i) - way.y(i - 1)) / length;
        final double rx = target.x() - way.x(i - 1);
        final double ry = target.y() - way.y(i - 1);
        final double along = Math.max(0, Math.min(length, rx * ux + ry * uy));
        final double dx = rx - along * ux;
        final double dy = ry - along * uy;
        final double off = Math.sqrt(dx * dx + dy * dy);
        if (off < acrossMetres) {
            acrossMetres = off;
            alongMetres = way.wayMetres(i - 1) + along;
            cosine = ux * target.dirX() + uy * target.dirY();
        }
    }
}
