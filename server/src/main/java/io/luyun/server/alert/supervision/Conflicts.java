package io.luyun.server.alert.supervision;

import io.luyun.server.world.Crossing;
import io.luyun.server.world.Link;
import io.luyun.server.world.Movement;
import java.util.ArrayList;
import java.util.List;

/** Which phases of a node must not be green together, worked out of the courses of its movements. Immutable. */
final class Conflicts {
    static final Conflicts NONE = new Conflicts(List.of());
    /** Cosine of 135 degrees: approaches that face each other. */
    private static final double FACING_COS = -0.7071;

    final int[] phaseA;
    final int[] phaseB;
    /** Whether the way of the phase is a turn. */
    final boolean[] turnA;

    final boolean[] turnB;

    private record Pair(int phaseA, int phaseB, boolean turnA, boolean turnB) {}

    private Conflicts(final List<Pair> pairs) {
        final int count = pairs.size();
        phaseA = new int[count];
        phaseB = new int[count];
        turnA = new boolean[count];
        turnB = new boolean[count];
        for (int i = 0; i < count; i++) {
            phaseA[i] = pairs.get(i).phaseA;
            phaseB[i] = pairs.get(i).phaseB;
            turnA[i] = pairs.get(i).turnA;
            turnB[i] = pairs.get(i).turnB;
        }
    }

    static Conflicts of(final List<Link> approaches, final Crossing[] crossings, final SignalConflict config) {
        final List<Movement> ways = new ArrayList<>();
        for (final Link approach : approaches) {
            for (final Movement movement : approach.movements()) {
                if (movement.phaseId() > 0 && movement.connector() != null) {
                    ways.add(movement);
                }
            }
        }
        final double turnSin = StrictMath.sin(StrictMath.toRadians(config.turnDeg()));
        final List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) {
            for (int j = i + 1; j < ways.size(); j++) {
                addWays(pairs, ways.get(i), ways.get(j), turnSin, config.merging());
            }
            if (config.crossings() && turn(ways.get(i), turnSin) == 0) {
                addCrossings(pairs, ways.get(i), crossings);
            }
        }
        return new Conflicts(pairs);
    }

    private static void addWays(
            final List<Pair> pairs, final Movement a, final Movement b, final double turnSin, final boolean merging) {
        final Link courseA = a.connector();
        final Link courseB = b.connector();
        if (courseA == null || courseB == null || a.from() == b.from() || a.phaseId() == b.phaseId()) {
            return;
        }
        final int turnA = turn(a, turnSin);
        final int turnB = turn(b, turnSin);
        // turns to the left that face each other pass in front of each other, whatever their drawn courses do
        final boolean facing = turnA > 0 && turnB > 0 && cosBetween(courseA, courseB) < FACING_COS;
        final boolean meet = a.to() == b.to() ? merging : !facing && cross(courseA, courseB);
        if (meet) {
            add(pairs, new Pair(a.phaseId(), b.phaseId(), turnA != 0, turnB != 0));
        }
    }

    private static void addCrossings(final List<Pair> pairs, final Movement way, final Crossing[] crossings) {
        for (final Crossing crossing : crossings) {
            if (crossing.phaseId() <= 0 || crossing.node() != way.node() || crossing.phaseId() == way.phaseId()) {
                continue;
            }
            for (int i = 0; i < crossing.links(); i++) {
                final Link over = crossing.link(i);
                if (over == way.from() || over == way.to() || over == way.connector()) {
                    add(pairs, new Pair(way.phaseId(), crossing.phaseId(), false, false));
                }
            }
        }
    }

    private static void add(final List<Pair> pairs, final Pair pair) {
        if (!pairs.contains(pair)) {
            pairs.add(pair);
        }
    }

    /** 1 for a turn to the left, -1 to the right, 0 for straight on. */
    private static int turn(final Movement way, final double turnSin) {
        final Link course = way.connector();
        if (course == null) {
            return 0;
        }
        final int end = course.points() - 1;
        final double x0 = course.x(1) - course.x(0);
        final double y0 = course.y(1) - course.y(0);
        final double x1 = course.x(end) - course.x(end - 1);
        final double y1 = course.y(end) - course.y(end - 1);
        final double lengths = Math.sqrt((x0 * x0 + y0 * y0) * (x1 * x1 + y1 * y1));
        final double sin = (x0 * y1 - y0 * x1) / lengths;
        final boolean back = x0 * x1 + y0 * y1 < 0;
        return sin >= turnSin || (back && sin >= 0) ? 1 : sin <= -turnSin || back ? -1 : 0;
    }

    private static double cosBetween(final Link a, final Link b) {
        final double ax = a.x(1) - a.x(0);
        final double ay = a.y(1) - a.y(0);
        final double bx = b.x(1) - b.x(0);
        final double by = b.y(1) - b.y(0);
        return (ax * bx + ay * by) / Math.sqrt((ax * ax + ay * ay) * (bx * bx + by * by));
    }

    private static boolean cross(final Link a, final Link b) {
        for (int i = 1; i < a.points(); i++) {
            for (int j = 1; j < b.points(); j++) {
                if (cross(a, i, b, j)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the ends of each part lie on different sides of the other. */
    private static boolean cross(final Link a, final int i, final Link b, final int j) {
        return side(a, i, b.x(j - 1), b.y(j - 1)) * side(a, i, b.x(j), b.y(j)) < 0
                && side(b, j, a.x(i - 1), a.y(i - 1)) * side(b, j, a.x(i), a.y(i)) < 0;
    }

    private static double side(final Link link, final int to, final double x, final double y) {
        return (link.x(to) - link.x(to - 1)) * (y - link.y(to - 1))
                - (link.y(to) - link.y(to - 1)) * (x - link.x(to - 1));
    }
}
