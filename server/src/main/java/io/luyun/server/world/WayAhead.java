package io.luyun.server.world;

import org.jspecify.annotations.Nullable;

/**
 * The way a road user has before it, link by link, as far as it is the only one from its lane. One object for a rule, begun
 * for one road user after another. Allocates nothing.
 *
 * <pre>{@code for (boolean on = way.begin(world, p); on; on = way.next()) { way.link() … }}</pre>
 */
public final class WayAhead {
    /** Links and connectors followed. */
    private static final int MAX_LINKS = 12;

    @Nullable
    private World world;

    @Nullable
    private Link link;

    private int lane;
    private int links;
    private double metres;

    /** Begins on the link of a road user; false when it is on none. */
    public boolean begin(final World of, final Participant participant) {
        world = of;
        link = participant.link;
        links = 1;
        // the lanes of a connector are pairs of lanes
        lane = link != null && link.connector ? link.fromLane(participant.lane) : participant.lane;
        metres = -participant.alongMetres;
        return link != null;
    }

    /** Goes on to the link that follows; false when there is none, or a choice. */
    public boolean next() {
        final Link from = link;
        final World of = world;
        if (from == null || of == null || ++links > MAX_LINKS) {
            return false;
        }
        final Link to = onward(from, of);
        link = to;
        if (to != null) {
            // ground that no connector covers
            final double gap = from.connector || to.connector ? 0 : RoadNetwork.gapMetres(from, to);
            metres += from.lengthMetres() + gap;
        }
        return to != null;
    }

    private @Nullable Link onward(final Link from, final World of) {
        if (from.movement != null) {
            lane = from.movement.onwardLane(lane);
            return from.movement.to;
        }
        if (from.movements.length == 0) {
            lane = 0;
            return from.successors.length == 1 ? of.link(from.successors[0]) : null;
        }
        Movement only = null;
        for (final Movement movement : from.movements) {
            if (movement.serves(lane)) {
                if (only != null) {
                    return null;
                }
                only = movement;
            }
        }
        if (only == null || only.connector != null) {
            return only == null ? null : only.connector;
        }
        lane = only.onwardLane(lane);
        return only.to;
    }

    /** The link it has come to. */
    public Link link() {
        final Link here = link;
        if (here == null) {
            throw new IllegalStateException("no link");
        }
        return here;
    }

    /** The lane there, of a connector that of the link before it; 0 when it is not known. */
    public int lane() {
        return lane;
    }

    /** Way from the road user to the begin of that link; negative on its own. */
    public double metres() {
        return metres;
    }

    /**
     * Way of a road user to where an event or sign holds; of one that is not on a link, straight ahead.
     *
     * @param reachMetres what lies further away is not looked at
     * @return 0 inside, NaN when it does not hold on the only way ahead
     */
    public double metresTo(
            final World of, final RoadEventState event, final Participant participant, final double reachMetres) {
        if (participant.link == null || !event.reach.mapped()) {
            return event.distanceMetres(participant, reachMetres);
        }
        for (boolean on = begin(of, participant); on && metres <= reachMetres; on = next()) {
            final Link here = link();
            final double way = event.reach.metresOn(here, here.connector ? 0 : lane, -metres);
            if (!Double.isNaN(way)) {
                return way <= reachMetres ? way : Double.NaN;
            }
        }
        return Double.NaN;
    }
}
