package io.luyun.server.zone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a draft as a zone file, one feature a line; the same draft gives the same bytes. */
final class ZoneWriter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int FORMAT = 1;
    /** What the simulator's own zones have. */
    private static final int UNIT_RANGE_METRES = 220;
    /** Closer points say nothing of the road and much of the rounding. */
    private static final double POINTS_APART_METRES = 0.3;
    /** What a name may have in a MAP message. */
    private static final int MOST_NAME_OCTETS = 189;

    private final ZoneDraft draft;
    private final MapProjection projection;
    private final List<ObjectNode> features = new ArrayList<>();
    private int south = Integer.MAX_VALUE;
    private int west = Integer.MAX_VALUE;
    private int north = Integer.MIN_VALUE;
    private int east = Integer.MIN_VALUE;

    private ZoneWriter(final ZoneDraft draft, final MapProjection projection) {
        this.draft = draft;
        this.projection = projection;
    }

    static String text(
            final ZoneDraft draft, final MapProjection projection, final String name, final ImportOptions options)
            throws ImportException {
        return new ZoneWriter(draft, projection).write(name, options);
    }

    private String write(final String name, final ImportOptions options) throws ImportException {
        for (final ZoneDraft.Node node : draft.nodes) {
            add(node, options.region());
        }
        for (final ZoneDraft.Link link : draft.links) {
            add(link);
        }
        for (final ZoneDraft.Movement movement : draft.movements) {
            add(movement);
        }
        for (final ZoneDraft.Crossing crossing : draft.crossings) {
            line(
                    crossing.line(),
                    properties("crossing")
                            .put("node", crossing.node())
                            .put("name", named(crossing.name()))
                            .put("smart", false)
                            .put("phaseId", crossing.phase()));
        }
        for (final ZoneDraft.BusStop stop : draft.busStops) {
            point(
                    stop.x(),
                    stop.y(),
                    properties("busStop")
                            .put("link", stop.link())
                            .put("alongM", rounded(stop.alongM(), 10))
                            .put("name", named(stop.name())));
        }
        for (final ZoneDraft.Node node : draft.nodes) {
            if (options.roadsideUnits() && node.signalised()) {
                point(
                        node.x(),
                        node.y(),
                        properties("rsu")
                                .put("rsuId", "RSU-" + node.id())
                                .put("node", node.id())
                                .put("rangeM", (double) UNIT_RANGE_METRES));
            }
        }
        return collection(name, options.region());
    }

    private void add(final ZoneDraft.Node node, final int region) throws ImportException {
        final ObjectNode properties = properties("node")
                .put("nodeId", node.id())
                .put("region", region)
                .put("name", named(node.name()))
                .put("signalised", node.signalised());
        final ZoneDraft.Program program = node.program();
        if (program != null) {
            properties.set("program", program(program));
        }
        point(node.x(), node.y(), properties);
    }

    private void add(final ZoneDraft.Link link) throws ImportException {
        line(
                link.line(),
                properties("link")
                        .put("linkId", link.id())
                        .put("upstream", link.upstream())
                        .put("downstream", link.downstream())
                        .put("name", named(link.name()))
                        .put("lanes", link.lanes())
                        .put("laneWidthM", rounded(link.laneWidthM(), 100))
                        .put("speedLimitKmh", link.speedLimitKmh())
                        .put("source", link.source()));
    }

    private void add(final ZoneDraft.Movement movement) throws ImportException {
        final ObjectNode properties = properties("movement")
                .put("node", movement.node())
                .put("fromLink", movement.fromLink())
                .put("toLink", movement.toLink())
                .put("maneuver", movement.maneuver().name().toLowerCase(Locale.ROOT))
                .put("phaseId", movement.phase());
        final ArrayNode lanes = properties.putArray("lanes");
        for (final ZoneDraft.Pair pair : movement.lanes()) {
            lanes.addArray().add(pair.fromLane()).add(pair.toLane());
        }
        line(movement.line(), properties);
    }

    private static ObjectNode program(final ZoneDraft.Program program) {
        final ObjectNode node = JSON.objectNode()
                .put("cycleS", rounded(program.cycleS(), 1000))
                .put("offsetS", rounded(program.offsetS(), 1000));
        final ArrayNode phases = node.putArray("phases");
        for (final ZoneDraft.Phase phase : program.phases()) {
            phases.addObject()
                    .put("phaseId", phase.id())
                    .put("startS", rounded(phase.startS(), 1000))
                    .put("greenS", rounded(phase.greenS(), 1000))
                    .put("yellowS", rounded(phase.yellowS(), 1000))
                    .put("pedestrian", phase.pedestrian());
        }
        return node;
    }

    private static double rounded(final double value, final int parts) {
        return Math.rint(value * parts) / parts;
    }

    /** Cut to the length of a name, at a whole character. */
    private static String named(final String name) {
        String cut = name;
        while (cut.getBytes(StandardCharsets.UTF_8).length > MOST_NAME_OCTETS) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }

    private static ObjectNode properties(final String kind) {
        return JSON.objectNode().put("kind", kind);
    }

    private void point(final double x, final double y, final ObjectNode properties) throws ImportException {
        add("Point", position(place(x, y, properties)), properties);
    }

    private void line(final Polyline line, final ObjectNode properties) throws ImportException {
        final Polyline drawn = line.atLeast(ZoneDraft.SHORTEST_METRES).apart(POINTS_APART_METRES);
        final ArrayNode coordinates = JSON.arrayNode();
        for (int i = 0; i < drawn.x.length; i++) {
            final int[] place = place(drawn.x[i], drawn.y[i], properties);
            south = Math.min(south, place[0]);
            north = Math.max(north, place[0]);
            west = Math.min(west, place[1]);
            east = Math.max(east, place[1]);
            coordinates.add(position(place));
        }
        add("LineString", coordinates, properties);
    }

    private int[] place(final double x, final double y, final ObjectNode properties) throws ImportException {
        try {
            return projection.place(x, y);
        } catch (final ImportException e) {
            throw new ImportException(
                    properties.path("kind").asText() + " "
                            + XmlNode.shortened(properties.path("name").asText()) + ": " + e.getMessage(),
                    e);
        }
    }

    private void add(final String type, final ArrayNode coordinates, final ObjectNode properties) {
        final ObjectNode feature = JSON.objectNode().put("type", "Feature");
        feature.set("properties", properties);
        feature.putObject("geometry").put("type", type).set("coordinates", coordinates);
        features.add(feature);
    }

    /** Longitude first, as GeoJSON has it, with all seven decimals. */
    private static ArrayNode position(final int[] place) {
        return JSON.arrayNode().add(BigDecimal.valueOf(place[1], 7)).add(BigDecimal.valueOf(place[0], 7));
    }

    private String collection(final String name, final int region) {
        final ObjectNode luyun = JSON.objectNode()
                .put("format", FORMAT)
                .put("name", name)
                .put("seed", 0L)
                .put("region", region);
        luyun.set("ref", position(new int[] {middle(south, north), middle(west, east)}));
        final StringBuilder text = new StringBuilder(1 << 18);
        text.append("{\"type\":\"FeatureCollection\",\n\"luyun\":")
                .append(luyun)
                .append(",\n\"features\":[");
        String separator = "\n";
        for (final ObjectNode feature : features) {
            text.append(separator).append(feature);
            separator = ",\n";
        }
        return text.append("\n]}\n").toString();
    }

    private static int middle(final int a, final int b) {
        return (int) (((long) a + b) / 2);
    }
}
