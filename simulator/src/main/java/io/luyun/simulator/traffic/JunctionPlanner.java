package io.luyun.simulator.traffic;

import io.luyun.simulator.traffic.Program.PhaseTimes;
import io.luyun.simulator.traffic.Zone.Connection;
import io.luyun.simulator.traffic.Zone.Link;
import io.luyun.simulator.traffic.Zone.Maneuver;
import io.luyun.simulator.traffic.Zone.Movement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans one node: its movements, which lanes they join, and a program in which nothing that is green together crosses
 * or merges. Opposite arms share a stage for straight and right and one for left; an arm without an opposite one, or
 * with a single lane on either side, has a stage of its own; pedestrians have a stage in which all vehicles wait.
 */
final class JunctionPlanner {
    /** Phase of all crossings of a node. Vehicles have 2 * arm + 1 for straight and right, 2 * arm + 2 for left. */
    static final int PEDESTRIAN_PHASE = 9;

    private static final double YELLOW_S = 3;
    private static final double CLEARANCE_S = 3.5;
    /** Besides, before people walk: who entered last and turns left is on the crossing of its exit seconds later. */
    private static final double TURNERS_S = 5;

    private static final int MOVEMENT_POINTS = 9;

    private final int node;
    private final List<Link> links;
    private final List<Curve> curves;
    private final Plane plane;
    private final Rng rng;
    private final List<Movement> movements = new ArrayList<>();
    private final boolean signalised;
    private final @Nullable Program program;
    /** Places of the links that come in from north, east, south, west; -1 for none. */
    private final int[] arms = {-1, -1, -1, -1};

    JunctionPlanner(
            final int index,
            final int node,
            final List<Link> links,
            final List<Curve> curves,
            final Plane plane,
            final Rng rng) {
        this.node = node;
        this.links = links;
        this.curves = curves;
        this.plane = plane;
        this.rng = rng;
        int count = 0;
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).downstream() == node) {
                arms[arm(links.get(i).upstream() - ZoneGenerator.nodeId(index))] = i;
                count++;
            }
        }
        signalised = count > 2;
        program = plan();
    }

    List<Movement> movements() {
        return movements;
    }

    boolean signalised() {
        return signalised;
    }

    @Nullable
    Program program() {
        return program;
    }

    private static int arm(final int step) {
        return switch (step) {
            case ZoneGenerator.COLUMNS -> 0;
            case 1 -> 1;
            case -ZoneGenerator.COLUMNS -> 2;
            default -> 3;
        };
    }

    private @Nullable Program plan() {
        final List<PhaseTimes> phases = new ArrayList<>();
        double now = 0;
        for (int first = 0; first < 2; first++) {
            final boolean pair = arms[first] >= 0 && arms[first + 2] >= 0;
            final boolean together = pair && lanes(first) > 1 && lanes(first + 2) > 1;
            final boolean leftStage = together && (hasLeft(first) || hasLeft(first + 2));
            final double green = Math.rint(rng.between(20, 28));
            double after = now;
            for (int arm = first; arm < 4; arm += 2) {
                if (arms[arm] < 0) {
                    continue;
                }
                final double start = together ? now : after;
                final double length = together ? green : Math.rint(green * 0.6);
                phases.add(new PhaseTimes(2 * arm + 1, start, length, YELLOW_S, false));
                after = start + length + YELLOW_S + CLEARANCE_S;
                addMovements(arm, leftStage);
            }
            now = after;
            if (leftStage) {
                final double left = Math.rint(rng.between(9, 13));
                for (int arm = first; arm < 4; arm += 2) {
                    if (hasLeft(arm)) {
                        phases.add(new PhaseTimes(2 * arm + 2, now, left, YELLOW_S, false));
                    }
                }
                now += left + YELLOW_S + CLEARANCE_S;
            }
        }
        if (!signalised) {
            return null;
        }
        now += TURNERS_S;
        phases.add(new PhaseTimes(PEDESTRIAN_PHASE, now, 20, 0, true));
        now += 20 + CLEARANCE_S;
        return new Program(now, Math.rint(rng.between(0, now)), phases);
    }

    private int lanes(final int arm) {
        return links.get(arms[arm]).lanes();
    }

    /** Left of an arm, looking into the node, lies the arm a quarter further clockwise from where it comes. */
    private boolean hasLeft(final int arm) {
        return arms[arm] >= 0 && arms[(arm + 1) % 4] >= 0;
    }

    private void addMovements(final int arm, final boolean leftStage) {
        final Link from = links.get(arms[arm]);
        final int n = from.lanes();
        final boolean left = arms[(arm + 1) % 4] >= 0;
        final boolean straight = arms[(arm + 2) % 4] >= 0;
        final boolean right = arms[(arm + 3) % 4] >= 0;
        final int through = 2 * arm + 1;
        if (left) {
            final int lanes = straight || n == 1 ? 1 : right ? n - 1 : n;
            add(arm, 1, Maneuver.LEFT, leftStage ? through + 1 : through, 1, lanes, false);
        }
        if (straight) {
            final int firstLane = left && n > 1 ? 2 : 1;
            add(arm, 2, Maneuver.STRAIGHT, through, firstLane, n - firstLane + 1, true);
        }
        if (right) {
            final boolean alone = !left && !straight;
            add(arm, 3, Maneuver.RIGHT, through, alone ? 1 : n, alone ? n : 1, true);
        }
    }

    private void add(
            final int arm,
            final int quarter,
            final Maneuver maneuver,
            final int phaseId,
            final int firstLane,
            final int lanes,
            final boolean toTheRight) {
        final Link from = links.get(arms[arm]);
        final int back = arms[(arm + quarter) % 4];
        // The carriageway away from the node is the other one of the same road.
        final int away = back % 2 == 0 ? back + 1 : back - 1;
        final Link to = links.get(away);
        final int joined = Math.min(lanes, to.lanes());
        final List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < joined; i++) {
            connections.add(
                    toTheRight
                            ? new Connection(firstLane + lanes - joined + i, to.lanes() - joined + 1 + i)
                            : new Connection(firstLane + i, 1 + i));
        }
        movements.add(new Movement(
                node,
                from.linkId(),
                to.linkId(),
                maneuver,
                signalised ? phaseId : 0,
                connections,
                Curve.join(curves.get(arms[arm]), curves.get(away), MOVEMENT_POINTS)
                        .points(plane)));
    }
}
