package io.luyun.server.zone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an import needs of a SUMO network, in the order of the file; each part with the element it came from. */
final class SumoNet {
    final XmlNode root;

    @Nullable
    XmlNode location;

    final Map<String, Edge> edges = new LinkedHashMap<>();
    final Map<String, Lane> lanes = new LinkedHashMap<>();
    final Map<String, XmlNode> junctions = new LinkedHashMap<>();
    final Map<String, Logic> logics = new LinkedHashMap<>();
    final List<Connection> connections = new ArrayList<>();
    final List<XmlNode> busStops = new ArrayList<>();

    /** Function is empty for a road. */
    record Edge(XmlNode node, String id, String function, List<Lane> lanes) {
        boolean road() {
            return function.isEmpty() || function.equals("normal");
        }

        boolean internal() {
            return function.equals("internal");
        }

        /** The lanes for motor vehicles, from the right in a network of right-hand traffic. */
        List<Lane> motorLanes() {
            return lanes.stream().filter(Lane::motor).toList();
        }
    }

    /** Index counts from the kerb; length is what positions on it are told in, which need not be the shape's. */
    record Lane(
            String id,
            String edge,
            int index,
            boolean motor,
            double speedMps,
            double widthM,
            double lengthM,
            Polyline shape) {}

    /** Link index is -1 without a traffic light. */
    record Connection(XmlNode node, String from, String to, int fromLane, int toLane, String light, int linkIndex) {}

    /** A program of a traffic light. */
    record Logic(XmlNode node, double offsetS, List<Stage> stages) {}

    /** So long each signal shows its letter of the state. */
    record Stage(double durationS, String state) {}

    SumoNet(final XmlNode root) {
        this.root = root;
    }

    /** Lane of an edge by its index; null when there is none. */
    static @Nullable Lane lane(final Edge edge, final int index) {
        for (final Lane lane : edge.lanes()) {
            if (lane.index() == index) {
                return lane;
            }
        }
        return null;
    }
}
