package io.luyun.server.world;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.LaneAttributes;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapLane;
import io.luyun.proto.v1.MapLink;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.SpeedLimit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes MAP messages into the road network: links the zone file does not have are added with their geometry; limits of
 * links and lanes, and which lanes lead where under which signal phase, are taken over. The geometry of links that are there already stays. Allocates; a MAP that only repeats
 * what was said is passed over.
 */
final class MapIntake {
    private static final double CM = 0.01;
    private static final double MIN_LENGTH_METRES = 1;

    private final RoadNetwork network;
    private final LocalPlane plane;
    private final Map<String, MapNode> nodes = new HashMap<>();

    MapIntake(final RoadNetwork network, final LocalPlane plane) {
        this.network = network;
        this.plane = plane;
    }

    /**
     * Takes one in.
     *
     * @return true when the network has changed
     * @throws IllegalArgumentException when it contradicts itself; nothing of it is taken then
     */
    boolean onMap(final MapData map) {
        for (final MapNode node : map.getNodesList()) {
            check(node);
        }
        boolean changed = false;
        for (final MapNode node : map.getNodesList()) {
            final MapNode before = nodes.put(key(node.getId()), node);
            if (!node.equals(before)) {
                changed = true;
            }
        }
        if (!changed) {
            return false;
        }
        for (final MapNode node : map.getNodesList()) {
            for (final MapLink link : node.getInLinksList()) {
                take(node, link);
            }
        }
        network.joinByNodes();
        return true;
    }

    private void check(final MapNode node) {
        for (final MapLink link : node.getInLinksList()) {
            final String what = "MAP: link from node " + link.getUpstreamNode().getId() + " to node "
                    + node.getId().getId();
            if (key(link.getUpstreamNode()).equals(key(node.getId()))) {
                throw new IllegalArgumentException(what + " ends where it begins");
            }
            final Set<Integer> laneIds = new HashSet<>();
            for (final MapLane lane : link.getLanesList()) {
                if (!laneIds.add(lane.getLaneId())) {
                    throw new IllegalArgumentException(what + " has lane " + lane.getLaneId() + " twice");
                }
            }
            if (link.getPointsCount() >= 2 && lengthMetres(link.getPointsList()) < MIN_LENGTH_METRES) {
                throw new IllegalArgumentException(what + " has no length");
            }
        }
    }

    private void take(final MapNode node, final MapLink message) {
        final NodeReference up = message.getUpstreamNode();
        final List<MapLane> lanes = new ArrayList<>();
        for (final MapLane lane : message.getLanesList()) {
            final LaneAttributes.TypeCase type = lane.getAttributes().getTypeCase();
            if (type == LaneAttributes.TypeCase.VEHICLE || type == LaneAttributes.TypeCase.TYPE_NOT_SET) {
                lanes.add(lane);
            }
        }
        lanes.sort(Comparator.comparingInt(MapLane::getLaneId));
        final int region = node.getId().getRegion();
        Link link = network.byNodes(region, up.getId(), node.getId().getId());
        if (link == null) {
            final List<Position> points = points(node, message);
            if (points.size() < 2 || lengthMetres(points) < MIN_LENGTH_METRES) {
                return;
            }
            final double[] xs = new double[points.size()];
            final double[] ys = new double[points.size()];
            for (int i = 0; i < xs.length; i++) {
                xs[i] = plane.x(points.get(i).getLon());
                ys[i] = plane.y(points.get(i).getLat());
            }
            final int count = Math.max(1, lanes.size());
            final Line line = new Line(xs, ys);
            link = new Link(
                    network.links.size(),
                    new Road(
                            up.getId() + ">" + node.getId().getId(),
                            message.getName(),
                            region,
                            up.getId(),
                            node.getId().getId(),
                            line,
                            count,
                            laneWidth(message, lanes, count),
                            SpeedLimits.NONE,
                            line.lengthMetres(),
                            Ramp.NONE,
                            false,
                            null));
            network.add(link);
        }
        if (message.getSpeedLimitsCount() > 0) {
            link.limits = limits(message.getSpeedLimitsList());
        }
        MapMovements.take(link, message, lanes);
        for (int i = 0; lanes.size() == link.lanes && i < lanes.size(); i++) {
            link.laneLimits[i + 1] = limits(lanes.get(i).getSpeedLimitsList());
        }
    }

    private static double laneWidth(final MapLink message, final List<MapLane> lanes, final int count) {
        if (!lanes.isEmpty() && lanes.get(0).getLaneWidth() > 0) {
            return lanes.get(0).getLaneWidth() * CM;
        }
        return message.getLinkWidth() * CM / count;
    }

    /** Its own points, else the straight way between its nodes. */
    private List<Position> points(final MapNode node, final MapLink message) {
        if (message.getPointsCount() >= 2) {
            return message.getPointsList();
        }
        final MapNode from = nodes.get(key(message.getUpstreamNode()));
        return from == null ? List.of() : List.of(from.getRefPos(), node.getRefPos());
    }

    private double lengthMetres(final List<Position> points) {
        double sum = 0;
        for (int i = 1; i < points.size(); i++) {
            sum += Math.hypot(
                    plane.x(points.get(i).getLon()) - plane.x(points.get(i - 1).getLon()),
                    plane.y(points.get(i).getLat()) - plane.y(points.get(i - 1).getLat()));
        }
        return sum;
    }

    /** The largest speeds allowed; what concerns trailers, the least speeds, and children in sight are left out. */
    private static SpeedLimits limits(final List<SpeedLimit> limits) {
        int vehicle = ABSENT;
        int vehicleNight = ABSENT;
        int truck = ABSENT;
        int truckNight = ABSENT;
        for (final SpeedLimit limit : limits) {
            final int speed = limit.getSpeed();
            switch (limit.getType()) {
                case SPEED_LIMIT_VEHICLE_MAX,
                        SPEED_LIMIT_MAX_IN_SCHOOL_ZONE,
                        SPEED_LIMIT_MAX_IN_CONSTRUCTION_ZONE,
                        SPEED_LIMIT_UNKNOWN -> vehicle = SpeedLimits.lower(vehicle, speed);
                case SPEED_LIMIT_VEHICLE_NIGHT_MAX -> vehicleNight = SpeedLimits.lower(vehicleNight, speed);
                case SPEED_LIMIT_TRUCK_MAX -> truck = SpeedLimits.lower(truck, speed);
                case SPEED_LIMIT_TRUCK_NIGHT_MAX -> truckNight = SpeedLimits.lower(truckNight, speed);
                default -> {
                    // not a limit this looks at
                }
            }
        }
        return new SpeedLimits(vehicle, vehicleNight, truck, truckNight);
    }

    private static String key(final NodeReference node) {
        return node.getRegion() + "/" + node.getId();
    }
}
