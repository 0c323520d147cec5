package io.luyun.server.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A town of streets at right angles, as a zone file and as something to drive on.
 *
 * <pre>
 *   o──o──o   nodes SPACING apart; between two neighbours a carriageway each way, three lanes wide,
 *   │  │  │   that ends INSET before the node; signals at every node, a unit at every second one
 *   o──o──o
 * </pre>
 */
final class MockZone {
    static final int SIDE = 8;
    static final double LAT = 29.6;
    static final double LON = 106.3;
    private static final double SPACING = 420;
    private static final double INSET = 22;
    private static final double LANE = 3.5;
    private static final int LANES = 3;
    private static final double METRES_PER_DEGREE = 111_195;
    private static final String[] TURNS = {"straight", "right", "uturn", "left"};
    /** Steps to the east, north, west and south. */
    private static final int[][] STEPS = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};

    final List<Link> links = new ArrayList<>();
    private final ArrayNode features = JsonNodeFactory.instance.arrayNode();

    /** A carriageway from one node to the next; places in metres east and north of the middle. */
    record Link(int id, int from, int to, int direction, double x0, double y0, double x1, double y1) {
        double length() {
            return Math.hypot(x1 - x0, y1 - y0);
        }
    }

    MockZone() {
        for (int node = 0; node < SIDE * SIDE; node++) {
            addNode(node);
        }
        links.forEach(this::addLink);
        links.forEach(this::addMovements);
        addSites();
    }

    static double lat(final double y) {
        return LAT + y / METRES_PER_DEGREE;
    }

    static double lon(final double x) {
        return LON + x / METRES_PER_DEGREE / Math.cos(Math.toRadians(LAT));
    }

    static double x(final int node) {
        final int column = node % SIDE;
        return (column - (SIDE - 1) / 2.0) * SPACING;
    }

    static double y(final int node) {
        final int row = node / SIDE;
        return (row - (SIDE - 1) / 2.0) * SPACING;
    }

    /** Links that begin where this one ends, but not the way back. */
    List<Link> next(final Link link) {
        return links.stream()
                .filter(one -> one.from == link.to && one.to != link.from)
                .toList();
    }

    String json() {
        final ObjectNode zone = JsonNodeFactory.instance.objectNode();
        zone.put("type", "FeatureCollection");
        final ObjectNode luyun = zone.putObject("luyun");
        luyun.put("format", 1).put("name", "智能网联测试区").put("region", 1);
        luyun.putArray("ref").add(LON).add(LAT);
        zone.set("features", features);
        return zone.toString();
    }

    private void addNode(final int node) {
        feature("node", "Point", point(x(node), y(node)))
                .put("nodeId", node + 1)
                .put("signalised", true);
        for (int direction = 0; direction < STEPS.length; direction++) {
            final int column = node % SIDE + STEPS[direction][0];
            final int row = node / SIDE + STEPS[direction][1];
            if (column >= 0 && column < SIDE && row >= 0 && row < SIDE) {
                links.add(link(node, row * SIDE + column, direction));
            }
        }
        if (node % 2 == 0) {
            feature("rsu", "Point", point(x(node) + 14, y(node) + 14))
                    .put("rsuId", "rsu-" + node)
                    .put("rangeM", 180);
        }
    }

    private Link link(final int from, final int to, final int direction) {
        final double dx = STEPS[direction][0];
        final double dy = STEPS[direction][1];
        final double right = LANES * LANE / 2 + 0.6;
        return new Link(
                links.size() + 1,
                from,
                to,
                direction,
                x(from) + dx * INSET + dy * right,
                y(from) + dy * INSET - dx * right,
                x(to) - dx * INSET + dy * right,
                y(to) - dy * INSET - dx * right);
    }

    private void addLink(final Link link) {
        feature("link", "LineString", line(link.x0, link.y0, link.x1, link.y1))
                .put("linkId", link.id)
                .put("upstream", link.from + 1)
                .put("downstream", link.to + 1)
                .put("lanes", LANES)
                .put("laneWidthM", LANE)
                .put("speedLimitKmh", 60)
                .put(
                        "name",
                        link.direction % 2 == 0 ? "科技路 " + (link.from / SIDE + 1) : "创新大道 " + (link.from % SIDE + 1));
    }

    private void addMovements(final Link link) {
        for (final Link next : next(link)) {
            final int turn = Math.floorMod(link.direction - next.direction, STEPS.length);
            final ObjectNode movement = feature("movement", "LineString", line(link.x1, link.y1, next.x0, next.y0));
            movement.put("node", link.to + 1)
                    .put("fromLink", link.id)
                    .put("toLink", next.id)
                    .put("maneuver", TURNS[turn])
                    .put("phaseId", link.direction % 2 == 0 ? 1 : 2);
            final int lane = turn == 3 ? 1 : turn == 0 ? 2 : LANES;
            movement.putArray("lanes").addArray().add(lane).add(lane);
        }
        final double dx = STEPS[link.direction][0];
        final double dy = STEPS[link.direction][1];
        final double half = LANES * LANE / 2;
        final double x = link.x1 + dx * 5;
        final double y = link.y1 + dy * 5;
        feature("crossing", "LineString", line(x - dy * half, y + dx * half, x + dy * half, y - dx * half))
                .put("node", link.to + 1)
                .put("name", "Crossing " + link.id);
    }

    private void addSites() {
        final ObjectNode line = feature("busLine", null, null);
        line.put("name", "接驳线").put("loop", true);
        final ArrayNode names = line.putArray("stops");
        line.putArray("devices").add("bus-01");
        for (final int id : new int[] {9, 60, 130, 180}) {
            final Link link = links.get(id);
            final String name = "Stop " + id;
            names.add(name);
            feature("busStop", "Point", point((link.x0 + link.x1) / 2, (link.y0 + link.y1) / 2))
                    .put("link", link.id)
                    .put("name", name);
        }
        final ArrayNode ring = JsonNodeFactory.instance.arrayNode();
        final double[][] corners = {{60, 60}, {260, 60}, {260, 230}, {60, 230}, {60, 60}};
        for (final double[] corner : corners) {
            ring.add(point(corner[0], corner[1]));
        }
        feature("area", "Polygon", JsonNodeFactory.instance.arrayNode().add(ring))
                .put("type", "school")
                .put("name", "第一小学");
    }

    private ObjectNode feature(final String kind, final String type, final ArrayNode coordinates) {
        final ObjectNode feature = features.addObject().put("type", "Feature");
        if (type == null) {
            feature.putNull("geometry");
        } else {
            feature.putObject("geometry").put("type", type).set("coordinates", coordinates);
        }
        return feature.putObject("properties").put("kind", kind);
    }

    private static ArrayNode line(final double x0, final double y0, final double x1, final double y1) {
        return JsonNodeFactory.instance.arrayNode().add(point(x0, y0)).add(point(x1, y1));
    }

    private static ArrayNode point(final double x, final double y) {
        return JsonNodeFactory.instance.arrayNode().add(lon(x)).add(lat(y));
    }
}
