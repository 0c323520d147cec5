package io.luyun.simulator.traffic;

import io.luyun.proto.v1.Connection;
import io.luyun.proto.v1.LaneAttributes;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapLane;
import io.luyun.proto.v1.MapLink;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.Movement;
import io.luyun.proto.v1.SpeedLimit;
import io.luyun.proto.v1.SpeedLimitType;

/** MAP messages of a zone. */
public final class MapMessages {
    private MapMessages() {}

    /**
     * The MAP of one node and the links that lead to it.
     *
     * @param msgCnt taken modulo 128
     * @param moy minute of the UTC year
     */
    public static MapData of(final Zone zone, final int nodeId, final int msgCnt, final int moy) {
        final Zone.Node node = zone.node(nodeId);
        final MapNode.Builder map = MapNode.newBuilder()
                .setName(node.name())
                .setId(Messages.node(zone, nodeId))
                .setRefPos(Messages.position(node.pos()));
        final Plane plane = new Plane(zone.reference());
        for (final Zone.Link link : zone.links()) {
            if (link.downstream() == nodeId) {
                map.addInLinks(link(zone, link, plane));
            }
        }
        return MapData.newBuilder()
                .setMsgCnt(msgCnt & 127)
                .setTimeStamp(moy)
                .addNodes(map)
                .build();
    }

    private static MapLink link(final Zone zone, final Zone.Link link, final Plane plane) {
        final MapLink.Builder map = MapLink.newBuilder()
                .setName(link.name())
                .setUpstreamNode(Messages.node(zone, link.upstream()))
                .setLinkWidth((int) Math.round(link.lanes() * link.laneWidthM() * 100))
                .addSpeedLimits(SpeedLimit.newBuilder()
                        .setType(SpeedLimitType.SPEED_LIMIT_VEHICLE_MAX)
                        .setSpeed(Messages.speed(link.speedLimitKmh() / 3.6)));
        link.line().forEach(p -> map.addPoints(Messages.position(p)));
        for (final Zone.Movement movement : zone.movements()) {
            if (movement.fromLink() == link.linkId()) {
                final Movement.Builder way = Movement.newBuilder().setRemoteIntersection(remote(zone, movement));
                if (movement.phaseId() > 0) {
                    way.setPhaseId(movement.phaseId());
                }
                map.addMovements(way);
            }
        }
        final Curve line = Curve.of(link.line(), plane);
        for (int lane = 1; lane <= link.lanes(); lane++) {
            final double right = (lane - (link.lanes() + 1) / 2.0) * link.laneWidthM();
            map.addLanes(lane(zone, link, lane, line.shifted(right), plane));
        }
        return map.build();
    }

    private static MapLane lane(
            final Zone zone, final Zone.Link link, final int number, final Curve line, final Plane plane) {
        final MapLane.Builder map = MapLane.newBuilder()
                .setLaneId(number)
                .setLaneWidth((int) Math.round(link.laneWidthM() * 100))
                .setAttributes(LaneAttributes.newBuilder().setVehicle(0));
        int maneuvers = 0;
        for (final Zone.Movement movement : zone.movements()) {
            if (movement.fromLink() != link.linkId()) {
                continue;
            }
            for (final Zone.Connection pair : movement.connections()) {
                if (pair.fromLane() == number) {
                    final int bit = 1 << movement.maneuver().ordinal();
                    maneuvers |= bit;
                    final Connection.Builder way = Connection.newBuilder()
                            .setRemoteIntersection(remote(zone, movement))
                            .setLane(pair.toLane())
                            .setManeuver(bit);
                    if (movement.phaseId() > 0) {
                        way.setPhaseId(movement.phaseId());
                    }
                    map.addConnectsTo(way);
                }
            }
        }
        line.points(plane).forEach(p -> map.addPoints(Messages.position(p)));
        return map.setManeuvers(maneuvers).build();
    }

    /** The node a movement leads to, at the far end of its link. */
    private static io.luyun.proto.v1.NodeReference remote(final Zone zone, final Zone.Movement movement) {
        return Messages.node(zone, zone.link(movement.toLink()).downstream());
    }
}
