package io.luyun.server.world;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A directed carriageway, or a way through a junction. Its line is the centre in driving direction; lane 1 is the
 * leftmost. Owned by {@link RoadNetwork}; limits, movements and successors change when a MAP comes in.
 */
public final class Link {
    /** Chord of an arc of 35 degrees, in parts of its length. */
    private static final double STRAIGHT = 0.985;

    private static final double DEFAULT_LANE_METRES = 3.5;
    private static final Movement[] NO_MOVEMENTS = {};
    private static final Crossing[] NO_CROSSINGS = {};
    private static final Area[] NO_AREAS = {};
    private static final Road.LanePair[] NO_PAIRS = {};
    private static final double[] NO_OFFSETS = {};

    final int index;
    final String linkId;
    final String name;
    final int region;
    final int upstream;
    final int downstream;
    final boolean connector;
    final double[] xs;
    final double[] ys;
    /** Way from the begin to each point. */
    final double[] ways;

    final int lanes;
    final double laneWidthMetres;
    private final Road.LanePair[] lanePairs;
    private double[] laneBegins = NO_OFFSETS;
    private double[] laneEnds = NO_OFFSETS;
    final double stopLineMetres;
    final Ramp ramp;
    final boolean approved;
    SpeedLimits limits;
    final SpeedLimits[] laneLimits;
    /** Links that can be driven on to from its end. */
    int[] successors = {};

    Movement[] movements = NO_MOVEMENTS;
    /** The movement a connector is the course of. */
    @Nullable
    Movement movement;

    Crossing[] crossings = NO_CROSSINGS;
    Area[] areas = NO_AREAS;

    Link(final int index, final Road road) {
        this.index = index;
        linkId = road.linkId();
        name = road.name();
        region = road.region();
        upstream = road.upstream();
        downstream = road.downstream();
        connector = road.isMovement();
        xs = road.line().xs;
        ys = road.line().ys;
        ways = road.line().ways();
        lanePairs = road.way() == null ? NO_PAIRS : pairs(road.way());
        lanes = lanePairs.length > 0 ? lanePairs.length : Math.max(1, road.lanes());
        laneWidthMetres = road.laneWidthMetres() > 0 ? road.laneWidthMetres() : DEFAULT_LANE_METRES;
        stopLineMetres = road.stopLineMetres();
        ramp = road.ramp();
        approved = road.approved();
        limits = road.limits();
        laneLimits = new SpeedLimits[lanes + 1];
        Arrays.fill(laneLimits, SpeedLimits.NONE);
    }

    private static Road.LanePair[] pairs(final Road.Way way) {
        final Road.LanePair[] pairs = way.lanes().toArray(NO_PAIRS);
        Arrays.sort(pairs, Comparator.comparingInt(Road.LanePair::from).thenComparingInt(Road.LanePair::to));
        return pairs;
    }

    void add(final Movement further) {
        movements = Arrays.copyOf(movements, movements.length + 1);
        movements[movements.length - 1] = further;
    }

    void add(final Crossing further) {
        crossings = Arrays.copyOf(crossings, crossings.length + 1);
        crossings[crossings.length - 1] = further;
    }

    void add(final Area further) {
        areas = Arrays.copyOf(areas, areas.length + 1);
        areas[areas.length - 1] = further;
    }

    /** Place among {@link World#links}. */
    public int index() {
        return index;
    }

    /** Its id in the zone file, or its two nodes. */
    public String linkId() {
        return linkId;
    }

    /** Its name; may be empty. */
    public String name() {
        return name;
    }

    /** Road regulator of the node it leads to. */
    public int region() {
        return region;
    }

    /** Node it comes from. */
    public int upstream() {
        return upstream;
    }

    /** Node it leads to. */
    public int downstream() {
        return downstream;
    }

    /** True for a way through a junction. */
    public boolean connector() {
        return connector;
    }

    /** The link a way through a junction comes from; a link itself. */
    public Link origin() {
        return movement == null ? this : movement.from;
    }

    /** True when it bends by less than about a third of a right angle from end to end. */
    public boolean straight() {
        final int end = xs.length - 1;
        final double dx = xs[end] - xs[0];
        final double dy = ys[end] - ys[0];
        return Math.sqrt(dx * dx + dy * dy) >= STRAIGHT * lengthMetres();
    }

    /** Number of lanes; of a connector, of the pairs of lanes it joins, 1 when they are not known. */
    public int lanes() {
        return lanes;
    }

    /** Width of a lane. */
    public double laneWidthMetres() {
        return laneWidthMetres;
    }

    /** Length. */
    public double lengthMetres() {
        return ways[ways.length - 1];
    }

    /** Way from its begin to its stop line; its length where the zone file does not say. */
    public double stopLineMetres() {
        return stopLineMetres;
    }

    /** Whether it is a slip road. */
    public Ramp ramp() {
        return ramp;
    }

    /** Whether the zone file says that test vehicles may drive on it. */
    public boolean approved() {
        return approved;
    }

    /** The ways on from its end, none for a connector; not to be changed. */
    public Movement[] movements() {
        return movements;
    }

    /** The movement a connector is the course of; null for a link. */
    public @Nullable Movement movement() {
        return movement;
    }

    /** The crossings that lie across it, {@link Crossing#alongMetres(Link)} tells where; not to be changed. */
    public Crossing[] crossings() {
        return crossings;
    }

    /** Number of points of its line. */
    public int points() {
        return xs.length;
    }

    /** A point of its line, metres to the east on the zone's plane. */
    public double x(final int point) {
        return xs[point];
    }

    /** A point of its line, metres to the north. */
    public double y(final int point) {
        return ys[point];
    }

    /** Way from its begin to a point of its line. */
    public double wayMetres(final int point) {
        return ways[point];
    }

    /** East of the place on its line that lies so far from its begin. */
    public double xAt(final double alongMetres) {
        return at(xs, alongMetres);
    }

    /** North of that place. */
    public double yAt(final double alongMetres) {
        return at(ys, alongMetres);
    }

    private double at(final double[] of, final double alongMetres) {
        int i = 0;
        while (i + 2 < ways.length && ways[i + 1] < alongMetres) {
            i++;
        }
        final double part = (alongMetres - ways[i]) / (ways[i + 1] - ways[i]);
        return of[i] + Math.max(0, Math.min(1, part)) * (of[i + 1] - of[i]);
    }

    /** Limits of the link as a whole. */
    public SpeedLimits limits() {
        return limits;
    }

    /** Limits of a lane; NONE when the lane is not known or has none of its own. */
    public SpeedLimits laneLimits(final int lane) {
        return lane >= 1 && lane <= lanes ? laneLimits[lane] : SpeedLimits.NONE;
    }

    /**
     * Offset of a lane's centre to the right of the line. The lanes of a connector are the pairs of lanes it joins, the
     * leftmost first, and run from the one to the other.
     *
     * @param alongMetres way from its begin
     */
    public double laneCentreMetres(final int lane, final double alongMetres) {
        if (laneBegins.length == 0) {
            return (lane - (lanes + 1) * 0.5) * laneWidthMetres;
        }
        final double part = Math.max(0, Math.min(1, alongMetres / lengthMetres()));
        return laneBegins[lane - 1] + part * (laneEnds[lane - 1] - laneBegins[lane - 1]);
    }

    /** The lane whose centre is nearest to an offset from the line. */
    int laneAt(final double lateralMetres, final double alongMetres) {
        if (laneBegins.length == 0) {
            final int lane = (int) Math.rint(lateralMetres / laneWidthMetres + (lanes + 1) * 0.5);
            return Math.max(1, Math.min(lanes, lane));
        }
        int nearest = 1;
        double least = Double.POSITIVE_INFINITY;
        for (int lane = 1; lane <= lanes; lane++) {
            final double off = Math.abs(lateralMetres - laneCentreMetres(lane, alongMetres));
            if (off < least) {
                least = off;
                nearest = lane;
            }
        }
        return nearest;
    }

    /** Lane of the link before that a lane of this connector comes from; 0 when it is not known. */
    public int fromLane(final int lane) {
        return lane >= 1 && lane <= lanePairs.length ? lanePairs[lane - 1].from() : 0;
    }

    /** Lane of the link behind that a lane of this connector leads to; 0 when it is not known. */
    public int toLane(final int lane) {
        return lane >= 1 && lane <= lanePairs.length ? lanePairs[lane - 1].to() : 0;
    }

    /** The lane of this connector that comes from a lane of the link before; 0 when there is none. */
    int laneFrom(final int before) {
        for (int i = 0; i < lanePairs.length; i++) {
            if (lanePairs[i].from() == before) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Lays a connector's lanes from those of the one link to those of the other. */
    void layLanes(final Link from, final Link to) {
        laneBegins = new double[lanePairs.length];
        laneEnds = new double[lanePairs.length];
        final int first = from.xs.length - 2;
        for (int i = 0; i < lanePairs.length; i++) {
            laneBegins[i] = across(0, from, first, first + 1, from.laneCentreMetres(lanePairs[i].from(), 0));
            laneEnds[i] = across(xs.length - 2, to, 0, 0, to.laneCentreMetres(lanePairs[i].to(), 0));
        }
    }

    /** Offset from a segment of this line of a point given by an offset from a point of another. */
    double across(
            final int segment, final Link other, final int otherSegment, final int otherPoint, final double lateral) {
        final double length = ways[segment + 1] - ways[segment];
        final double otherLength = other.ways[otherSegment + 1] - other.ways[otherSegment];
        if (length <= 0 || otherLength <= 0) {
            return lateral;
        }
        final double right = lateral / otherLength;
        final double dx =
                other.xs[otherPoint] + (other.ys[otherSegment + 1] - other.ys[otherSegment]) * right - xs[segment];
        final double dy =
                other.ys[otherPoint] - (other.xs[otherSegment + 1] - other.xs[otherSegment]) * right - ys[segment];
        return (dx * (ys[segment + 1] - ys[segment]) - dy * (xs[segment + 1] - xs[segment])) / length;
    }

    double halfWidthMetres() {
        if (laneBegins.length == 0) {
            return lanes * laneWidthMetres * 0.5;
        }
        double widest = 0;
        for (int i = 0; i < laneBegins.length; i++) {
            widest = Math.max(widest, Math.max(Math.abs(laneBegins[i]), Math.abs(laneEnds[i])));
        }
        return widest + laneWidthMetres * 0.5;
    }

    /** True when the other can be driven on to from the end of this one, at once or through one way across a junction. */
    public boolean leadsTo(final Link other) {
        for (final int next : successors) {
            if (next == other.index) {
                return true;
            }
        }
        return false;
    }

    /** Number of links and connectors that can be driven on to from its end. */
    public int successors() {
        return successors.length;
    }

    /** One of them, its place among {@link World#links}. */
    public int successor(final int i) {
        return successors[i];
    }

    /** Ground between its end and the begin of another. */
    public double gapMetres(final Link next) {
        return RoadNetwork.gapMetres(this, next);
    }

    @Override
    public String toString() {
        return "link " + linkId;
    }
}
