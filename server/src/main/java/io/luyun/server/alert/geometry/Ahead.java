package io.luyun.server.alert.geometry;

import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.World;

/** Where one road user is as seen from another behind it. One object for each rule, its fields are the last answer. */
public final class Ahead {
    /** Cosine of 45 degrees: who heads elsewhere is not ahead in the lane. */
    private static final double SAME_WAY_COS = 0.7071;

    private final World world;
    private final double rangeMetres;
    private final double offRoadRangeMetres;
    /** Way from middle to middle. */
    public double alongMetres;
    /** Distance across the lane. */
    public double acrossMetres;
    /** Way from bumper to bumper; 0 and less when the bodies would overlap. */
    public double gapMetres;
    /** How fast that distance grows where both are on different ways across a junction, which part; 0 elsewhere. */
    public double partingMps;

    public Ahead(final World world, final double rangeMetres, final double offRoadRangeMetres) {
        this.world = world;
        this.rangeMetres = rangeMetres;
        this.offRoadRangeMetres = offRoadRangeMetres;
    }

    /** Works it out. False when the target is not ahead on the subject's way. */
    public boolean look(final Participant subject, final Participant target) {
        final boolean headed = target.dirX() != 0 || target.dirY() != 0;
        if (headed && subject.dirX() * target.dirX() + subject.dirY() * target.dirY() < SAME_WAY_COS) {
            return false;
        }
        final Link from = subject.link();
        final Link to = target.link();
        partingMps = 0;
        if (from == null || to == null) {
            lookInOwnFrame(subject, target);
        } else if (from == to) {
            alongMetres = target.alongMetres() - subject.alongMetres();
            acrossMetres = Math.abs(target.lateralMetres() - subject.lateralMetres());
            if (from.connector() && from.straight()) {
                // its way parts from this one later on, or its driver cuts the corner
                partingMps = partingMps(subject, target);
            }
        } else if (!lookAlongRoad(subject, from, target, to)) {
            return false;
        }
        gapMetres = alongMetres - (subject.lengthMetres() + target.lengthMetres()) * 0.5;
        return alongMetres > 0 && alongMetres <= rangeMetres;
    }

    private boolean lookAlongRoad(final Participant subject, final Link from, final Participant target, final Link to) {
        final double way = world.wayMetres(subject, target);
        final boolean throughJunction = from.connector() || to.connector();
        if (Double.isNaN(way) && !throughJunction) {
            return false;
        }
        if (!Double.isNaN(way) && way > rangeMetres) {
            return false;
        }
        final boolean entered = to.connector() && to.origin() == from;
        if (Double.isNaN(way) || (!entered && (throughJunction || from.lanes() != to.lanes()))) {
            lookInOwnFrame(subject, target);
            if (Double.isNaN(way)) {
                partingMps = partingMps(subject, target);
            }
            return true;
        }
        alongMetres = way;
        acrossMetres = Math.abs(target.lateralMetres() - subject.lateralMetres());
        return true;
    }

    private static double partingMps(final Participant subject, final Participant target) {
        final double across = (target.x() - subject.x()) * subject.dirY() - (target.y() - subject.y()) * subject.dirX();
        final double rate = target.speedMps() * (target.dirX() * subject.dirY() - target.dirY() * subject.dirX());
        return across >= 0 ? rate : -rate;
    }

    /** On an arc the line between two vehicles in one lane has the mean of their headings. */
    private void lookInOwnFrame(final Participant subject, final Participant target) {
        double ux = subject.dirX() + target.dirX();
        double uy = subject.dirY() + target.dirY();
        final double length = Math.sqrt(ux * ux + uy * uy);
        ux /= length;
        uy /= length;
        final double dx = target.x() - subject.x();
        final double dy = target.y() - subject.y();
        final double along = dx * ux + dy * uy;
        alongMetres = along <= offRoadRangeMetres ? along : Double.POSITIVE_INFINITY;
        acrossMetres = Math.abs(dx * uy - dy * ux);
    }
}
