package io.luyun.server.alert.geometry;

import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.World;

/**
 * Where one road user is beside another that goes the same way, ahead or behind. One object for each rule, its fields are the
 * last answer.
 */
public final class Beside {
    /** Cosine of 25 degrees: more than any change of lanes takes. */
    private static final double SAME_WAY_COS = 0.9063;

    private static final double SECONDS_A_NS = 1e-9;

    private final World world;
    private final double rangeMetres;
    private final double offRoadRangeMetres;
    /** From middle to middle along the road, negative behind. */
    public double aheadMetres;
    /** Distance across to the right, negative to the left. */
    public double rightMetres;

    /**
     * Looks no further.
     *
     * @param offRoadRangeMetres the same where the map does not tell the way
     */
    public Beside(final World world, final double rangeMetres, final double offRoadRangeMetres) {
        this.world = world;
        this.rangeMetres = rangeMetres;
        this.offRoadRangeMetres = offRoadRangeMetres;
    }

    /**
     * Works it out for the time of the subject's report; both have headings and speeds. False when the target is on another
     * way, or too far.
     */
    public boolean look(final Participant subject, final Participant target) {
        final boolean mapped = subject.link() != null && target.link() != null;
        if (CrossingPaths.onOtherLevels(subject, target)
                || !(mapped ? lookOnLinks(subject, target) : lookInOwnFrame(subject, target))) {
            return false;
        }
        aheadMetres += target.speedMps() * (subject.placedAtNs() - target.placedAtNs()) * SECONDS_A_NS;
        return Math.abs(aheadMetres) <= (mapped ? rangeMetres : offRoadRangeMetres);
    }

    private boolean lookOnLinks(final Participant subject, final Participant target) {
        final Link from = subject.link();
        final Link to = target.link();
        if (from == null || to == null) {
            return false;
        }
        if (from == to) {
            aheadMetres = target.alongMetres() - subject.alongMetres();
            rightMetres = target.lateralMetres() - subject.lateralMetres();
            return true;
        }
        return lookAlongRoad(subject, from, target, to);
    }

    private boolean lookAlongRoad(final Participant subject, final Link from, final Participant target, final Link to) {
        final double behind = world.wayMetres(target, subject);
        final double way = Double.isNaN(behind) ? world.wayMetres(subject, target) : -behind;
        if (Double.isNaN(way)) {
            return false;
        }
        if (from.connector() || to.connector() || from.lanes() != to.lanes()) {
            return lookInOwnFrame(subject, target);
        }
        aheadMetres = way;
        rightMetres = target.lateralMetres() - subject.lateralMetres();
        return true;
    }

    /** On an arc the line between two vehicles in one lane has the mean of their headings. */
    private boolean lookInOwnFrame(final Participant subject, final Participant target) {
        if (subject.dirX() * target.dirX() + subject.dirY() * target.dirY() < SAME_WAY_COS) {
            return false;
        }
        double ux = subject.dirX() + target.dirX();
        double uy = subject.dirY() + target.dirY();
        final double length = Math.sqrt(ux * ux + uy * uy);
        ux /= length;
        uy /= length;
        final double dx = target.x() - subject.x();
        final double dy = target.y() - subject.y();
        aheadMetres = dx * ux + dy * uy;
        rightMetres = dx * uy - dy * ux;
        return true;
    }
}
