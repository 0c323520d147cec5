package io.luyun.server.world;

import org.jspecify.annotations.Nullable;

/**
 * The way a road user is expected to take: along the link it is on, as far from the middle of its lane as it is, and on across
 * a junction by its turn signal, else straight on, where its lane leads there; without a link straight ahead. One object for
 * a rule, filled by {@link #of} for one road user after another; what it says holds until the next record. Allocates nothing.
 */
public final class Course {
    /** What a road user does at a junction. */
    public enum Turn {
        LEFT,
        STRAIGHT,
        RIGHT
    }

    private static final int LEFT_LIGHT = 1 << 2;
    private static final int RIGHT_LIGHT = 1 << 3;
    private static final int MAX_POINTS = 40;
    private static final int MAX_LINKS = 4;
    /** Farther before a junction a signal tells of a change of lanes. */
    private static final double SIGNAL_METRES = 60;
    /** Ways across a junction part late: for so long the one driven on is told by the signal. */
    private static final double CHOICE_METRES = 12;
    /** Sine of 30 degrees: who turns by less goes straight on. */
    private static final double TURN_SINE = 0.5;

    private final double[] xs = new double[MAX_POINTS];
    private final double[] ys = new double[MAX_POINTS];
    private final double[] ways = new double[MAX_POINTS];
    private int count;
    private double west;
    private double south;
    private double east;
    private double north;
    private Turn turn = Turn.STRAIGHT;
    private double turnMetres;
    /** Lane followed on the link that is looked at, 0 when it is not known; offset from its middle, or from the line. */
    private int lane;

    private double offMetres;

    /** Works out the way of a road user whose heading is known, so far ahead. */
    public void of(final World world, final Participant p, final double reachMetres) {
        begin(p);
        final Link on = p.link;
        if (on != null) {
            followRoad(world, p, on, reachMetres);
        }
        if (length() < reachMetres) {
            straight(p, reachMetres - length());
        }
    }

    /** The same straight ahead, whatever the road does: people on foot cross it. */
    public void straightAhead(final Participant p, final double reachMetres) {
        begin(p);
        straight(p, reachMetres);
    }

    private void followRoad(final World world, final Participant p, final Link on, final double reachMetres) {
        Link link = on;
        double along = p.alongMetres;
        lane = p.lane;
        offMetres = p.lateralMetres - centre(on, lane, along);
        if (on.connector) {
            final Link signalled = along < CHOICE_METRES ? signalled(world, on.origin(), p) : null;
            if (signalled != null && signalled != on) {
                link = signalled;
                along = Math.min(along, link.lengthMetres());
                lane = link.laneFrom(on.fromLane(p.lane));
            }
            turn = turnOf(link, link);
            turnMetres = 0;
        }
        for (int i = 0; i < MAX_LINKS; i++) {
            follow(link, along, reachMetres);
            along = -1;
            final Link next = length() >= reachMetres ? null : next(world, link, p);
            if (next == null) {
                return;
            }
            if (turnMetres == Double.POSITIVE_INFINITY && (next.connector || link.successors.length > 1)) {
                turn = turnOf(link, next);
                turnMetres = length();
            }
            goOver(link, next);
            link = next;
        }
    }

    private void begin(final Participant p) {
        count = 0;
        west = Double.POSITIVE_INFINITY;
        south = Double.POSITIVE_INFINITY;
        east = Double.NEGATIVE_INFINITY;
        north = Double.NEGATIVE_INFINITY;
        turn = Turn.STRAIGHT;
        turnMetres = Double.POSITIVE_INFINITY;
        add(p.x, p.y);
    }

    /** From the end of a link to the begin of the next, in its lane. */
    private void goOver(final Link link, final Link next) {
        final int before = lane;
        if (next.connector || link.connector) {
            lane = next.connector ? next.laneFrom(before) : link.toLane(before);
        }
        if (lane < 1 || lane > next.lanes) {
            lane = 0;
        }
        if (lane == 0) {
            final int last = link.xs.length - 2;
            final double right = offMetres + centre(link, before, link.lengthMetres());
            final double onward = next.across(0, link, last, last + 1, right);
            // without a drawn way across the junction the one link may begin anywhere beside the other
            offMetres = Math.abs(onward) <= next.halfWidthMetres() ? onward : right;
        }
    }

    private static double centre(final Link link, final int lane, final double along) {
        return lane == 0 ? 0 : link.laneCentreMetres(lane, along);
    }

    private void follow(final Link link, final double along, final double reachMetres) {
        for (int i = 0; i < link.xs.length && count < MAX_POINTS - 1; i++) {
            if (link.ways[i] <= along) {
                continue;
            }
            final int a = Math.max(0, i - 1);
            final double dx = link.xs[a + 1] - link.xs[a];
            final double dy = link.ys[a + 1] - link.ys[a];
            final double length = Math.sqrt(dx * dx + dy * dy);
            if (length > 0) {
                final double lateral = offMetres + centre(link, lane, link.ways[i]);
                add(link.xs[i] + lateral * dy / length, link.ys[i] - lateral * dx / length);
            }
            if (length() >= reachMetres) {
                return;
            }
        }
    }

    private void straight(final Participant p, final double metres) {
        double ux = p.dirX;
        double uy = p.dirY;
        if (count > 1) {
            final double length = ways[count - 1] - ways[count - 2];
            ux = (xs[count - 1] - xs[count - 2]) / length;
            uy = (ys[count - 1] - ys[count - 2]) / length;
        }
        add(xs[count - 1] + ux * metres, ys[count - 1] + uy * metres);
    }

    private void add(final double x, final double y) {
        double way = 0;
        if (count > 0) {
            final double dx = x - xs[count - 1];
            final double dy = y - ys[count - 1];
            final double step = Math.sqrt(dx * dx + dy * dy);
            if (step < 0.01) {
                return;
            }
            way = ways[count - 1] + step;
        }
        xs[count] = x;
        ys[count] = y;
        ways[count] = way;
        count++;
        west = Math.min(west, x);
        east = Math.max(east, x);
        south = Math.min(south, y);
        north = Math.max(north, y);
    }

    /** Where it goes on from the end of a link: by the signal where that is near, else straight on, else the only way. */
    private @Nullable Link next(final World world, final Link link, final Participant p) {
        final Link signalled = length() <= SIGNAL_METRES && !link.connector ? signalled(world, link, p) : null;
        if (signalled != null) {
            return signalled;
        }
        if (link.successors.length == 1) {
            return world.link(link.successors[0]);
        }
        final Link straight = toward(world, link, Turn.STRAIGHT);
        if (straight != null && serves(straight)) {
            return straight;
        }
        final Link only = onlyServed(world, link);
        return only == null ? straight : only;
    }

    private boolean serves(final Link next) {
        return next.movement == null || next.movement.serves(lane);
    }

    private @Nullable Link onlyServed(final World world, final Link link) {
        Link only = null;
        for (final int index : link.successors) {
            final Link next = world.link(index);
            if (serves(next)) {
                if (only != null) {
                    return null;
                }
                only = next;
            }
        }
        return only;
    }

    private static @Nullable Link signalled(final World world, final Link from, final Participant p) {
        return switch (p.lights & (LEFT_LIGHT | RIGHT_LIGHT)) {
            case LEFT_LIGHT -> toward(world, from, Turn.LEFT);
            case RIGHT_LIGHT -> toward(world, from, Turn.RIGHT);
            default -> null;
        };
    }

    private static @Nullable Link toward(final World world, final Link from, final Turn wanted) {
        for (final int index : from.successors) {
            final Link next = world.link(index);
            if (turnOf(from, next) == wanted) {
                return next;
            }
        }
        return null;
    }

    /** The turn made by going on from the end of a link to another, or along a way across a junction. */
    private static Turn turnOf(final Link from, final Link to) {
        final int begin = to.connector ? 0 : from.xs.length - 2;
        final Link first = to.connector ? to : from;
        final int end = to.connector ? to.xs.length - 2 : 0;
        final double ax = first.xs[begin + 1] - first.xs[begin];
        final double ay = first.ys[begin + 1] - first.ys[begin];
        final double bx = to.xs[end + 1] - to.xs[end];
        final double by = to.ys[end + 1] - to.ys[end];
        final double scale = Math.sqrt((ax * ax + ay * ay) * (bx * bx + by * by));
        final double cross = ax * by - ay * bx;
        if (ax * bx + ay * by < 0 || Math.abs(cross) > TURN_SINE * scale) {
            return cross >= 0 ? Turn.LEFT : Turn.RIGHT;
        }
        return Turn.STRAIGHT;
    }

    /** What it does at the junction it is on or comes to, STRAIGHT when it comes to none. */
    public Turn turn() {
        return turn;
    }

    /** Way to the junction, 0 on it, infinite when it comes to none within the reach. */
    public double turnMetres() {
        return turnMetres;
    }

    /** Number of points, 2 or more. */
    public int points() {
        return count;
    }

    /** A point, metres to the east. */
    public double x(final int point) {
        return xs[point];
    }

    /** A point, metres to the north. */
    public double y(final int point) {
        return ys[point];
    }

    /** Way to a point. */
    public double wayMetres(final int point) {
        return ways[point];
    }

    /** Length of the whole. */
    public double length() {
        return ways[count - 1];
    }

    /** Whether the rectangles around both come nearer than this. */
    public boolean near(final Course other, final double metres) {
        return west - metres <= other.east
                && other.west - metres <= east
                && south - metres <= other.north
                && other.south - metres <= north;
    }
}
