package io.luyun.server.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapLane;
import io.luyun.proto.v1.MapLink;
import io.luyun.proto.v1.MapLinkEx;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.Position;
import io.luyun.server.research.Records;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What MAP messages said, as GeoJSON for people and maps: of each node the last one in the window, its place and the lines of its links
 * and lanes. All that a message says stands in the records. One thread.
 */
final class MapText {
    private static final double E7 = 1e7;

    private record Node(long sequence, String device, MapNode said) {}

    private final Map<String, Node> nodes = new TreeMap<>();

    /** Takes a record of a MAP. */
    void add(final Records record) {
        try {
            for (final MapNode node : MapData.parseFrom(record.payload()).getNodesList()) {
                nodes.put(
                        node.getId().getRegion() + ":" + node.getId().getId(),
                        new Node(record.sequence(), record.deviceId(), node));
            }
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("record " + record.sequence() + " is not what its checksum says", e);
        }
    }

    ObjectNode json() {
        final ObjectNode collection = JsonNodeFactory.instance.objectNode();
        collection.put("type", "FeatureCollection");
        final ArrayNode features = collection.putArray("features");
        nodes.forEach((id, node) -> node(features, id, node));
        return collection;
    }

    private static void node(final ArrayNode features, final String id, final Node node) {
        final ObjectNode properties = feature(features, "Point", id, node);
        properties.put("type", "node").put("name", node.said().getName());
        put(
                ((ObjectNode) features.get(features.size() - 1).get("geometry")).putArray("coordinates"),
                node.said().getRefPos());
        for (final MapLink link : node.said().getInLinksList()) {
            line(features, id, node, link.getPointsList(), "link");
            for (final MapLane lane : link.getLanesList()) {
                line(features, id, node, lane.getPointsList(), "lane " + lane.getLaneId());
            }
        }
        for (final MapLinkEx link : node.said().getInLinksExList()) {
            line(features, id, node, link.getRefLineList(), "link");
        }
    }

    private static void line(
            final ArrayNode features,
            final String id,
            final Node node,
            final List<Position> points,
            final String type) {
        if (points.size() < 2) {
            return;
        }
        feature(features, "LineString", id, node).put("type", type);
        final ArrayNode line = ((ObjectNode) features.get(features.size() - 1).get("geometry")).putArray("coordinates");
        points.forEach(point -> put(line.addArray(), point));
    }

    private static ObjectNode feature(
            final ArrayNode features, final String geometry, final String id, final Node node) {
        final ObjectNode feature = features.addObject();
        feature.put("type", "Feature");
        feature.putObject("geometry").put("type", geometry);
        return feature.putObject("properties")
                .put("node", id)
                .put("sequence", node.sequence())
                .put("device", node.device());
    }

    private static void put(final ArrayNode to, final Position position) {
        to.add(position.getLon() / E7).add(position.getLat() / E7);
    }
}
