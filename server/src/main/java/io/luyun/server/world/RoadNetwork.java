package io.luyun.server.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The links of the zone, how they join, and which of them a road user drives on. Owned by {@link World}; matching allocates
 * nothing, taking in a MAP does.
 *
 * <p>A road user is matched to the segment with the least of: distance beside the carriageway, a tenth of the distance from
 * its centre line, five times one minus the cosine between headings; the link it was on before and those that link leads to
 * from its lane have a lead, so that noise does not make it jump. Of a connector the nearest of its lanes counts, and headings
 * count eight times as much. The lane is {@link LaneMatch}'s.
 */
final class RoadNetwork {
    private static final double CELL_METRES = 40;
    /** How far beyond the ends of a link a road user still counts as on it. */
    private static final double OVERSHOOT_METRES = 2;

    private static final double CENTRE_WEIGHT = 0.1;
    private static final double HEADING_WEIGHT = 5;
    /** The ways on from a stop line part by heading first. */
    private static final double CONNECTOR_HEADING_WEIGHT = 40;

    private static final double SAME_LINK_LEAD = 1.5;
    private static final double NEXT_LINK_LEAD = 1;
    /** Another way on from the stop line it came from is as good but for this. */
    private static final double SIBLING_LEAD = 1.3;

    private static final int[] NONE = {};

    final List<Link> links = new ArrayList<>();
    private final int zoneRegion;
    final double matchMetres;
    private final double matchCos;
    private final Map<String, Link> byId = new HashMap<>();
    private final Map<String, Link> byNodes = new HashMap<>();
    /** Links that begin at a node, by region and node, connectors left out. */
    private final Long2ObjectHashMap<List<Link>> byUpstream = new Long2ObjectHashMap<>();

    private final Long2ObjectHashMap<int[]> cells = new Long2ObjectHashMap<>();
    private int[] segmentLink = new int[64];
    private int[] segmentPoint = new int[64];
    private int segments;
    private final LaneMatch.Candidate best = new LaneMatch.Candidate();

    RoadNetwork(final ZoneMap zone, final WorldConfig config) {
        zoneRegion = zone.region();
        matchMetres = config.matchMetres();
        matchCos = StrictMath.cos(StrictMath.toRadians(config.matchHeadingDeg()));
        for (final Road road : zone.roads()) {
            final Link link = new Link(links.size(), road);
            links.add(link);
            if (!link.connector) {
                byId.put(link.linkId, link);
                putByNodes(link);
            }
        }
        for (int i = 0; i < links.size(); i++) {
            final Road.Way way = zone.roads().get(i).way();
            if (way != null) {
                connect(links.get(i), way);
            }
            index(links.get(i));
        }
        joinByNodes();
    }

    private void connect(final Link connector, final Road.Way way) {
        final Link from = byId(way.fromLink());
        final Link to = byId(way.toLink());
        final Movement movement = new Movement(from, to, connector, to.downstream, way.maneuver(), way.phaseId());
        movement.join(way.lanes());
        from.add(movement);
        connector.movement = movement;
        connector.layLanes(from, to);
        join(from, connector);
        join(connector, to);
    }

    /** A link of the zone file. */
    Link byId(final String linkId) {
        return Objects.requireNonNull(byId.get(linkId), linkId);
    }

    /** Adds a link of a MAP; {@link #joinByNodes} joins it to others. */
    void add(final Link link) {
        links.add(link);
        putByNodes(link);
        index(link);
    }

    private void putByNodes(final Link link) {
        byNodes.putIfAbsent(key(link.region, link.upstream, link.downstream), link);
        byUpstream
                .computeIfAbsent(nodeKey(link.region, link.upstream), _ -> new ArrayList<>())
                .add(link);
    }

    private static long nodeKey(final int region, final int node) {
        return ((long) region << Integer.SIZE) | node;
    }

    private void index(final Link link) {
        for (int i = 0; i + 1 < link.xs.length; i++) {
            index(link, i);
        }
    }

    @Nullable
    Link byNodes(final int region, final int upstream, final int downstream) {
        return byNodes.get(key(region, upstream, downstream));
    }

    /** Finds where movements lead, and joins links without known ways on to all that begin where they end, but not back to where they came from. */
    void joinByNodes() {
        for (final Link from : links) {
            for (final Movement movement : from.movements) {
                if (movement.to == null) {
                    movement.to = byNodes(from.region, from.downstream, movement.remoteNode);
                }
            }
            if (from.connector || hasConnector(from)) {
                continue;
            }
            from.successors = NONE;
            for (final Link to : byUpstream.getOrDefault(nodeKey(from.region, from.downstream), List.of())) {
                if (to.downstream != from.upstream) {
                    join(from, to);
                }
            }
        }
    }

    private boolean hasConnector(final Link link) {
        for (final int next : link.successors) {
            if (links.get(next).connector) {
                return true;
            }
        }
        return false;
    }

    private static void join(final Link from, final Link to) {
        from.successors = Arrays.copyOf(from.successors, from.successors.length + 1);
        from.successors[from.successors.length - 1] = to.index;
    }

    /** Region 0 is the zone's own. */
    private String key(final int region, final int upstream, final int downstream) {
        return (region == 0 ? zoneRegion : region) + "/" + upstream + ">" + downstream;
    }

    private void index(final Link link, final int point) {
        if (segments == segmentLink.length) {
            segmentLink = Arrays.copyOf(segmentLink, segments * 2);
            segmentPoint = Arrays.copyOf(segmentPoint, segments * 2);
        }
        segmentLink[segments] = link.index;
        segmentPoint[segments] = point;
        final double margin = link.halfWidthMetres() + matchMetres + OVERSHOOT_METRES;
        final int west = cell(Math.min(link.xs[point], link.xs[point + 1]) - margin);
        final int east = cell(Math.max(link.xs[point], link.xs[point + 1]) + margin);
        final int south = cell(Math.min(link.ys[point], link.ys[point + 1]) - margin);
        final int north = cell(Math.max(link.ys[point], link.ys[point + 1]) + margin);
        for (int cx = west; cx <= east; cx++) {
            for (int cy = south; cy <= north; cy++) {
                final long key = cellKey(cx, cy);
                final int[] old = cells.get(key);
                final int[] all = old == null ? new int[1] : Arrays.copyOf(old, old.length + 1);
                all[all.length - 1] = segments;
                cells.put(key, all);
            }
        }
        segments++;
    }

    private static int cell(final double metres) {
        return (int) Math.floor(metres / CELL_METRES);
    }

    private static long cellKey(final int cx, final int cy) {
        return ((long) cx << 32) | (cy & 0xFFFF_FFFFL);
    }

    /** Numbers of the segments that may be near a place; not to be changed. */
    int[] segmentsNear(final double x, final double y) {
        final int[] near = cells.get(cellKey(cell(x), cell(y)));
        return near == null ? NONE : near;
    }

    /** How far a place is beside every carriageway; less than 0 on one, infinite where none is near. */
    double besideMetres(final double x, final double y) {
        double least = Double.POSITIVE_INFINITY;
        for (final int segment : segmentsNear(x, y)) {
            final Link link = linkOf(segment);
            final int i = pointOf(segment);
            final double length = link.ways[i + 1] - link.ways[i];
            final double ux = (link.xs[i + 1] - link.xs[i]) / length;
            final double uy = (link.ys[i + 1] - link.ys[i]) / length;
            final double rx = x - link.xs[i];
            final double ry = y - link.ys[i];
            final double along = rx * ux + ry * uy;
            if (along >= -OVERSHOOT_METRES && along <= length + OVERSHOOT_METRES) {
                final double lateral = rx * uy - ry * ux;
                final double beside = link.connector
                        ? Math.abs(lateral
                                        - link.laneCentreMetres(
                                                link.laneAt(lateral, link.ways[i] + along), link.ways[i] + along))
                                - link.laneWidthMetres * 0.5
                        : Math.abs(lateral) - link.halfWidthMetres();
                least = Math.min(least, beside);
            }
        }
        return least;
    }

    /** Link of a segment. */
    Link linkOf(final int segment) {
        return links.get(segmentLink[segment]);
    }

    /** First point of a segment on its link. */
    int pointOf(final int segment) {
        return segmentPoint[segment];
    }

    /** Finds link, lane and place on it for a road user; leaves it without when there is none. */
    void match(final Participant p) {
        final int[] near = cells.get(cellKey(cell(p.x), cell(p.y)));
        best.clear();
        if (p.reports <= 1) {
            LaneMatch.forget(p);
        }
        if (near != null) {
            final boolean headed = p.dirX != 0 || p.dirY != 0;
            // what history knows of the offset goes across the way it heads
            final double x = p.x + p.leftOfLateralMetres * p.dirY;
            final double y = p.y - p.leftOfLateralMetres * p.dirX;
            for (final int segment : near) {
                final Link link = links.get(segmentLink[segment]);
                final int i = segmentPoint[segment];
                final double length = link.ways[i + 1] - link.ways[i];
                if (length > 0) {
                    weigh(p, x, y, headed, link, i, length);
                }
            }
        }
        LaneMatch.take(p, best);
    }

    private void weigh(
            final Participant p,
            final double x,
            final double y,
            final boolean headed,
            final Link link,
            final int i,
            final double length) {
        final double ux = (link.xs[i + 1] - link.xs[i]) / length;
        final double uy = (link.ys[i + 1] - link.ys[i]) / length;
        final double cos = headed ? ux * p.dirX + uy * p.dirY : 1;
        if (cos < matchCos) {
            return;
        }
        final double rx = x - link.xs[i];
        final double ry = y - link.ys[i];
        final double along = rx * ux + ry * uy;
        final double beyond = along < 0 ? -along : along > length ? along - length : 0;
        // outside of a bend no segment has the point beside it: take the nearer end
        if (beyond > (isEnd(link, i, along) ? OVERSHOOT_METRES : matchMetres)) {
            return;
        }
        final double way = link.ways[i] + Math.max(0, Math.min(length, along));
        final double lateral = rx * uy - ry * ux;
        double off = Math.abs(lateral);
        double beside = off - link.halfWidthMetres();
        if (link.connector) {
            off = Math.abs(lateral - link.laneCentreMetres(link.laneAt(lateral, way), way));
            beside = off - link.laneWidthMetres * 0.5;
        }
        if (beside > matchMetres) {
            return;
        }
        final double score = Math.max(0, beside)
                + CENTRE_WEIGHT * off
                + (link.connector ? CONNECTOR_HEADING_WEIGHT : HEADING_WEIGHT) * (1 - cos)
                + beyond
                - lead(p, link);
        if (score < best.score) {
            best.score = score;
            best.link = link;
            best.alongMetres = way;
            best.lateralMetres = lateral;
            best.across = headed ? p.dirX * uy - p.dirY * ux : 0;
        }
    }

    /** History: where it was, and what follows that from its lane. */
    private static double lead(final Participant p, final Link link) {
        final Link before = p.link;
        if (before == null) {
            return 0;
        }
        if (before == link) {
            return SAME_LINK_LEAD;
        }
        if (before.leadsTo(link)) {
            return link.movement != null && !link.movement.serves(p.lane) ? 0 : NEXT_LINK_LEAD;
        }
        final Movement other = before.movement;
        final Movement movement = link.movement;
        if (other == null || movement == null || other.from != movement.from) {
            return 0;
        }
        return movement.serves(before.fromLane(p.lane)) ? SIBLING_LEAD : 0;
    }

    private static boolean isEnd(final Link link, final int point, final double along) {
        return along < 0 ? point == 0 : point + 2 == link.xs.length;
    }

    /**
     * Way along the road from one place to another on the same link or further on.
     *
     * @return metres, negative behind on the same link, NaN when the road does not lead there within three joints
     */
    double wayMetres(final Link from, final double fromAlong, final Link to, final double toAlong) {
        if (from == to) {
            return toAlong - fromAlong;
        }
        return from.lengthMetres() - fromAlong + between(from, to, 3) + toAlong;
    }

    private double between(final Link from, final Link to, final int joints) {
        double shortest = Double.NaN;
        for (final int index : from.successors) {
            final Link next = links.get(index);
            final double gap = gapMetres(from, next);
            double way = Double.NaN;
            if (next == to) {
                way = gap;
            } else if (joints > 1) {
                way = gap + next.lengthMetres() + between(next, to, joints - 1);
            }
            if (!(way >= shortest) && !Double.isNaN(way)) {
                shortest = way;
            }
        }
        return shortest;
    }

    /** Ground between the end of a link and the begin of the next. */
    static double gapMetres(final Link from, final Link to) {
        final int end = from.xs.length - 1;
        final double dx = to.xs[0] - from.xs[end];
        final double dy = to.ys[0] - from.ys[end];
        return Math.sqrt(dx * dx + dy * dy);
    }
}
