package io.luyun.server.world;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.Connection;
import io.luyun.proto.v1.MapLane;
import io.luyun.proto.v1.MapLink;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the ways on that a MAP gives a link: those the zone file draws get phase and lanes from it, others are added without
 * a course. Allocates.
 */
final class MapMovements {
    private static final int TURNS = 4;

    /** Lanes that lead the same way under the same phase. */
    private record Group(int node, int phaseId, int maneuver, List<Road.LanePair> pairs) {
        boolean is(final int otherNode, final int otherPhase, final int otherManeuver) {
            return node == otherNode && phaseId == otherPhase && maneuver == otherManeuver;
        }
    }

    private MapMovements() {}

    /**
     * Takes them.
     *
     * @param lanes lanes for vehicles, the leftmost first
     */
    static void take(final Link link, final MapLink message, final List<MapLane> lanes) {
        final List<Group> groups = groups(message, lanes);
        if (groups.isEmpty()) {
            return;
        }
        final Movement[] before = link.movements;
        link.movements = new Movement[0];
        for (final Movement movement : before) {
            if (movement.connector != null && movement.connector.movement == movement) {
                link.add(movement);
            }
        }
        final int drawn = link.movements.length;
        final boolean[] taken = new boolean[drawn];
        for (final Group group : groups) {
            final int match = drawn(link, drawn, group);
            if (match < 0) {
                link.add(join(new Movement(link, null, null, group.node, group.maneuver, group.phaseId), group, lanes));
            } else if (taken[match]) {
                final Movement same = link.movements[match];
                link.add(join(
                        new Movement(link, same.to, same.connector, group.node, same.maneuver, group.phaseId),
                        group,
                        lanes));
            } else {
                taken[match] = true;
                link.movements[match].phaseId = group.phaseId;
                join(link.movements[match], group, lanes);
            }
        }
    }

    /** The movement the zone file draws that a group of a MAP means, or -1. */
    private static int drawn(final Link link, final int count, final Group group) {
        for (int i = 0; i < count; i++) {
            final Movement movement = link.movements[i];
            final boolean sameTurn =
                    movement.maneuver == group.maneuver || movement.maneuver == ABSENT || group.maneuver == ABSENT;
            if (movement.remoteNode == group.node && sameTurn) {
                return i;
            }
        }
        return -1;
    }

    /** Lanes of a MAP that has more or fewer than the link cannot be told which they are. */
    private static Movement join(final Movement movement, final Group group, final List<MapLane> lanes) {
        if (!group.pairs.isEmpty() && lanes.size() == movement.from.lanes) {
            movement.join(group.pairs);
        }
        return movement;
    }

    private static List<Group> groups(final MapLink message, final List<MapLane> lanes) {
        final List<Group> groups = new ArrayList<>();
        for (int lane = 1; lane <= lanes.size(); lane++) {
            for (final Connection way : lanes.get(lane - 1).getConnectsToList()) {
                final int node = way.getRemoteIntersection().getId();
                final int phase = way.hasPhaseId() ? way.getPhaseId() : phaseOf(message, node);
                group(groups, node, phase, turn(way)).pairs.add(new Road.LanePair(lane, way.getLane()));
            }
        }
        for (final io.luyun.proto.v1.Movement way : message.getMovementsList()) {
            final int node = way.getRemoteIntersection().getId();
            if (groups.stream().noneMatch(group -> group.node == node)) {
                group(groups, node, way.getPhaseId(), ABSENT);
            }
        }
        return groups;
    }

    private static int phaseOf(final MapLink message, final int node) {
        for (final io.luyun.proto.v1.Movement way : message.getMovementsList()) {
            if (way.getRemoteIntersection().getId() == node) {
                return way.getPhaseId();
            }
        }
        return 0;
    }

    private static Group group(final List<Group> groups, final int node, final int phaseId, final int maneuver) {
        for (final Group group : groups) {
            if (group.is(node, phaseId, maneuver)) {
                return group;
            }
        }
        final Group fresh = new Group(node, phaseId, maneuver, new ArrayList<>());
        groups.add(fresh);
        return fresh;
    }

    /** The one turn a connection allows; ABSENT when it allows none or several. */
    private static int turn(final Connection way) {
        final int turns = way.getManeuver() & (1 << TURNS) - 1;
        return Integer.bitCount(turns) == 1 ? Integer.numberOfTrailingZeros(turns) : ABSENT;
    }
}
