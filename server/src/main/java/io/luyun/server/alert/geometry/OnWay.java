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
    /** The same, less than 0 to the left of the way. */
    public double rightMetres;
    /** Cosine of the angle between its heading and the way there; 0 when it has none. */
    public double cosine;

    /** Works it out. False when it is behind or beyond the reach. */
    public boolean look(
            final World world, final Participant subject, final Participant target, final double reachMetres) {
        way.of(world, subject, reachMetres);
        return look(way, target);
    }

    /** The same on a way that is worked out already. False when the target is behind or beyond its end. */
    public boolean look(final Course course, final Participant target) {
        acrossMetres = Double.POSITIVE_INFINITY;
        alongMetres = -1;
        for (int i = 1; i < course.points(); i++) {
            lookAt(course, i, target);
        }
        return alongMetres > 0 && alongMetres < course.length();
    }

    /** One stretch, by the point it ends at. */
    private void lookAt(final Course course, final int i, final Participant target) {
        final double length = course.wayMetres(i) - course.wayMetres(i - 1);
        final double ux = (course.x(i) - course.x(i - 1)) / length;
        final double uy = (course.y(i) - course.y(i - 1)) / length;
        final double rx = target.x() - course.x(i - 1);
        final double ry = target.y() - course.y(i - 1);
        final double along = Math.max(0, Math.min(length, rx * ux + ry * uy));
        final double dx = rx - along * ux;
        final double dy = ry - along * uy;
        final double off = Math.sqrt(dx * dx + dy * dy);
        if (off < acrossMetres) {
            acrossMetres = off;
            rightMetres = dx * uy - dy * ux >= 0 ? off : -off;
            alongMetres = course.wayMetres(i - 1) + along;
            cosine = ux * target.dirX() + uy * target.dirY();
        }
    }
}
