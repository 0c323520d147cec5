package io.luyun.simulator.traffic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A road network with its signals and roadside units; immutable. Lines are in driving direction. A link is one
 * directed carriageway and its line the middle of it; lane 1 is the leftmost, next to the middle of the road, and lane
 * i of n lies (i - (n + 1) / 2) lane widths to the right of the line.
 *
 * @param name for people
 * @param seed what it was generated from
 * @param region road regulator of all its nodes
 * @param reference origin of the plane it was drawn on
 */
public record Zone(
        String name,
        long seed,
        int region,
        GeoPoint reference,
        List<Node> nodes,
        List<Link> links,
        List<Movement> movements,
        List<Crossing> crossings,
        List<BusStop> busStops,
        List<BusLine> busLines,
        List<Rsu> rsus) {

    /** Where a movement turns. */
    public enum Maneuver {
        STRAIGHT,
        LEFT,
        RIGHT,
        UTURN
    }

    /** A junction or bend; it has a program when it is signalised. */
    public record Node(
            int nodeId, String name, GeoPoint pos, @Nullable Program program) {}

    /**
     * A directed carriageway between two nodes, from behind the first one to the stop line of the second.
     *
     * @param linkId unique in the zone
     * @param upstream node it begins at
     * @param downstream node it leads to
     * @param approved whether test vehicles may drive there
     */
    public record Link(
            int linkId,
            int upstream,
            int downstream,
            String name,
            int lanes,
            double laneWidthM,
            int speedLimitKmh,
            boolean approved,
            List<GeoPoint> line) {
        public Link {
            line = List.copyOf(line);
        }
    }

    /**
     * A way through a node from one link to another.
     *
     * @param phaseId phase of the node's program that governs it, 0 for none
     * @param connections the lanes it joins
     */
    public record Movement(
            int node,
            int fromLink,
            int toLink,
            Maneuver maneuver,
            int phaseId,
            List<Connection> connections,
            List<GeoPoint> line) {
        public Movement {
            connections = List.copyOf(connections);
            line = List.copyOf(line);
        }
    }

    /** A pair of lanes that a movement joins, each counted from 1. */
    public record Connection(int fromLane, int toLane) {}

    /** A pedestrian crossing over one arm of a node. */
    public record Crossing(int node, String name, boolean smart, int phaseId, List<GeoPoint> line) {
        public Crossing {
            line = List.copyOf(line);
        }
    }

    /** A bus stop in the rightmost lane of a link, so far from the beginning of its line. */
    public record BusStop(int link, double alongM, String name, GeoPoint pos) {}

    /**
     * A line of buses.
     *
     * @param stops names of its stops in order
     * @param loop whether the first follows on the last
     * @param devices ids of the vehicles that serve it
     */
    public record BusLine(String name, List<String> stops, boolean loop, List<String> devices) {
        public BusLine {
            stops = List.copyOf(stops);
            devices = List.copyOf(devices);
        }
    }

    /** A roadside unit; node is the junction it stands at. */
    public record Rsu(String rsuId, int node, double rangeM, GeoPoint pos) {}

    public Zone {
        nodes = List.copyOf(nodes);
        links = List.copyOf(links);
        movements = List.copyOf(movements);
        crossings = List.copyOf(crossings);
        busStops = List.copyOf(busStops);
        busLines = List.copyOf(busLines);
        rsus = List.copyOf(rsus);
    }

    /** The node of an id. */
    public Node node(final int nodeId) {
        for (final Node node : nodes) {
            if (node.nodeId() == nodeId) {
                return node;
            }
        }
        throw new IllegalArgumentException("no node " + nodeId + " in " + name);
    }

    /** The bus stop of a name. */
    public BusStop busStop(final String stopName) {
        for (final BusStop stop : busStops) {
            if (stop.name().equals(stopName)) {
                return stop;
            }
        }
        throw new IllegalArgumentException("no bus stop " + stopName + " in " + name);
    }

    /** The link of an id. */
    public Link link(final int linkId) {
        for (final Link link : links) {
            if (link.linkId() == linkId) {
                return link;
            }
        }
        throw new IllegalArgumentException("no link " + linkId + " in " + name);
    }
}
