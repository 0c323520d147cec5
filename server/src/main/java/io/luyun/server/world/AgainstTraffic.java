package io.luyun.server.world;

import org.jspecify.annotations.Nullable;

/**
 * The carriageway a road user is on although it leads the other way, which {@link Participant#link} never is. One object for
 * a rule, filled by {@link #find} for one road user after another. Allocates nothing.
 */
public final class AgainstTraffic {
    /** Cosine of 45 degrees: a carriageway that leads the road user's way. */
    private static final double OWN_COS = 0.7071;
    /** Cosine of 30 degrees: one that leads the other way. */
    private static final double AGAINST_COS = 0.866;
    /** How far beyond the ends of a segment a road user still is beside it. */
    private static final double OVERSHOOT_METRES = 1;

    private final double edgeMetres;

    @Nullable
    private Link link;

    private double alongMetres;
    private double lateralMetres;
    private double besideMetres;
    /** From the middle of its carriageway to the road user. */
    private double fromCentreX;

    private double fromCentreY;
    /** The same of the nearest carriageway that leads its way, and how far beside that it is. */
    private double ownX;

    private double ownY;
    private double ownHalfMetres;
    private double ownMetres;

    /** With carriageways that end at their edges. */
    public AgainstTraffic() {
        this(0);
    }

    /**
     * With carriageways that are wider on the side that is away from the road user's own.
     *
     * @param edgeMetres by how much
     */
    public AgainstTraffic(final double edgeMetres) {
        this.edgeMetres = edgeMetres;
    }

    /** Looks; false when the road user is on no carriageway that leads the other way, or on one that leads its way. */
    public boolean find(final World world, final Participant p) {
        link = null;
        if (p.link != null && Math.abs(p.lateralMetres) <= p.link.halfWidthMetres()) {
            return false;
        }
        besideMetres = edgeMetres;
        ownMetres = Double.POSITIVE_INFINITY;
        final RoadNetwork network = world.network();
        for (final int segment : network.segmentsNear(p.x, p.y)) {
            look(network.linkOf(segment), network.pointOf(segment), p);
        }
        return link != null && ownMetres > 0 && (besideMetres < 0 || ownMetres - besideMetres > link.halfWidthMetres());
    }

    private void look(final Link of, final int point, final Participant p) {
        final double length = of.ways[point + 1] - of.ways[point];
        if (length <= 0) {
            return;
        }
        final double ux = (of.xs[point + 1] - of.xs[point]) / length;
        final double uy = (of.ys[point + 1] - of.ys[point]) / length;
        final double rx = p.x - of.xs[point];
        final double ry = p.y - of.ys[point];
        final double along = rx * ux + ry * uy;
        if (along < -OVERSHOOT_METRES || along > length + OVERSHOOT_METRES) {
            return;
        }
        final double cos = ux * p.dirX + uy * p.dirY;
        final double lateral = rx * uy - ry * ux;
        final double beside = Math.abs(lateral) - of.halfWidthMetres();
        if (cos >= OWN_COS && beside < ownMetres) {
            ownMetres = beside;
            ownHalfMetres = of.halfWidthMetres();
            ownX = lateral * uy;
            ownY = -lateral * ux;
        } else if (cos <= -AGAINST_COS && !of.connector && beside < besideMetres) {
            link = of;
            besideMetres = beside;
            alongMetres = of.ways[point] + along;
            lateralMetres = lateral;
            fromCentreX = lateral * uy;
            fromCentreY = -lateral * ux;
        }
    }

    /** The link whose carriageway it is on; null when there is none. */
    public @Nullable Link link() {
        return link;
    }

    /** Way from that link's begin. */
    public double alongMetres() {
        return alongMetres;
    }

    /** To the right of that link's line. */
    public double lateralMetres() {
        return lateralMetres;
    }

    /** How far it is beside the nearest carriageway that leads its way; infinite where there is none. */
    public double besideOwnMetres() {
        return ownMetres;
    }

    /** Ground between that carriageway and the nearest one beside it that leads the road user's way; infinite for none. */
    public double gapMetres() {
        if (link == null || ownMetres == Double.POSITIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        final double dx = ownX - fromCentreX;
        final double dy = ownY - fromCentreY;
        return Math.sqrt(dx * dx + dy * dy) - ownHalfMetres - link.halfWidthMetres();
    }
}
