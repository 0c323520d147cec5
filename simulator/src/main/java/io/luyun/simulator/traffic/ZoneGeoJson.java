package io.luyun.simulator.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.simulator.traffic.Program.PhaseTimes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A zone as a GeoJSON FeatureCollection, one feature a line, each with a kind among its properties.
 *
 * <pre>
 *  luyun      format 1, name, seed, region, ref [lon, lat]     (foreign member of the collection)
 *  node       Point       nodeId region name signalised program{cycleS offsetS phases[{phaseId startS greenS yellowS pedestrian}]}
 *  link       LineString  linkId upstream downstream name lanes laneWidthM speedLimitKmh
 *  movement   LineString  node fromLink toLink maneuver phaseId lanes[[from, to]]
 *  crossing   LineString  node name smart phaseId
 *  busStop    Point       link alongM name
 *  busLine    none        name stops[name] loop devices[id]
 *  rsu        Point       rsuId node rangeM
 * </pre>
 *
 * <p>docs/zone.md has what each means and what else a server reads: stop lines, ramps, areas, what is approved.
 */
public final class ZoneGeoJson {
    static final int FORMAT = 1;

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private ZoneGeoJson() {}

    /** Writes the zone; the same zone gives the same bytes. */
    public static void write(final Zone zone, final Path file) throws IOException {
        Files.writeString(file, text(zone));
    }

    /** Reads what {@link #write} wrote. */
    public static Zone read(final Path file) throws IOException {
        try {
            return new ZoneReader(JSON.readTree(Files.readString(file))).zone();
        } catch (final IllegalArgumentException | com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IOException(file + " is not a zone: " + e.getMessage(), e);
        }
    }

    static String text(final Zone zone) {
        final List<ObjectNode> features = new ArrayList<>();
        for (final Zone.Node node : zone.nodes()) {
            final ObjectNode properties = properties("node")
                    .put("nodeId", node.nodeId())
                    .put("region", zone.region())
                    .put("name", node.name())
                    .put("signalised", node.program() != null);
            if (node.program() != null) {
                properties.set("program", program(node.program()));
            }
            features.add(point(node.pos(), properties));
        }
        for (final Zone.Link link : zone.links()) {
            final ObjectNode properties = properties("link")
                    .put("linkId", link.linkId())
                    .put("upstream", link.upstream())
                    .put("downstream", link.downstream())
                    .put("name", link.name())
                    .put("lanes", link.lanes())
                    .put("laneWidthM", link.laneWidthM())
                    .put("speedLimitKmh", link.speedLimitKmh());
            if (link.approved()) {
                properties.put("approved", true);
            }
            features.add(line(link.line(), properties));
        }
        for (final Zone.Movement movement : zone.movements()) {
            final ObjectNode properties = properties("movement")
                    .put("node", movement.node())
                    .put("fromLink", movement.fromLink())
                    .put("toLink", movement.toLink())
                    .put("maneuver", ZoneReader.word(movement.maneuver()))
                    .put("phaseId", movement.phaseId());
            final ArrayNode lanes = properties.putArray("lanes");
            for (final Zone.Connection pair : movement.connections()) {
                lanes.addArray().add(pair.fromLane()).add(pair.toLane());
            }
            features.add(line(movement.line(), properties));
        }
        for (final Zone.Crossing crossing : zone.crossings()) {
            features.add(line(
                    crossing.line(),
                    properties("crossing")
                            .put("node", crossing.node())
                            .put("name", crossing.name())
                            .put("smart", crossing.smart())
                            .put("phaseId", crossing.phaseId())));
        }
        for (final Zone.BusStop stop : zone.busStops()) {
            features.add(point(
                    stop.pos(),
                    properties("busStop")
                            .put("link", stop.link())
                            .put("alongM", stop.alongM())
                            .put("name", stop.name())));
        }
        for (final Zone.BusLine line : zone.busLines()) {
            final ObjectNode properties = properties("busLine").put("name", line.name());
            line.stops().forEach(properties.putArray("stops")::add);
            properties.put("loop", line.loop());
            line.devices().forEach(properties.putArray("devices")::add);
            features.add(feature(null, properties));
        }
        for (final Zone.Rsu rsu : zone.rsus()) {
            features.add(point(
                    rsu.pos(),
                    properties("rsu")
                            .put("rsuId", rsu.rsuId())
                            .put("node", rsu.node())
                            .put("rangeM", rsu.rangeM())));
        }
        return collection(zone, features);
    }

    private static String collection(final Zone zone, final List<ObjectNode> features) {
        final ObjectNode luyun = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("name", zone.name())
                .put("seed", zone.seed())
                .put("region", zone.region());
        luyun.set("ref", coordinates(zone.reference()));
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

    private static ObjectNode program(final Program program) {
        final ObjectNode node =
                JSON.createObjectNode().put("cycleS", program.cycleS()).put("offsetS", program.offsetS());
        final ArrayNode phases = node.putArray("phases");
        for (final PhaseTimes phase : program.phases()) {
            phases.addObject()
                    .put("phaseId", phase.phaseId())
                    .put("startS", phase.startS())
                    .put("greenS", phase.greenS())
                    .put("yellowS", phase.yellowS())
                    .put("pedestrian", phase.pedestrian());
        }
        return node;
    }

    private static ObjectNode properties(final String kind) {
        return JSON.createObjectNode().put("kind", kind);
    }

    private static ObjectNode point(final GeoPoint pos, final ObjectNode properties) {
        return feature(geometry("Point", coordinates(pos)), properties);
    }

    private static ObjectNode line(final List<GeoPoint> line, final ObjectNode properties) {
        final ArrayNode coordinates = JSON.createArrayNode();
        line.forEach(p -> coordinates.add(coordinates(p)));
        return feature(geometry("LineString", coordinates), properties);
    }

    private static ObjectNode geometry(final String type, final JsonNode coordinates) {
        return JSON.createObjectNode().put("type", type).set("coordinates", coordinates);
    }

    private static ObjectNode feature(final @Nullable ObjectNode geometry, final ObjectNode properties) {
        final ObjectNode feature = JSON.createObjectNode().put("type", "Feature");
        feature.set("properties", properties);
        feature.set("geometry", geometry);
        return feature;
    }

    /** Longitude first, as GeoJSON has it, with all seven decimals. */
    private static ArrayNode coordinates(final GeoPoint pos) {
        return JSON.createArrayNode().add(BigDecimal.valueOf(pos.lonE7(), 7)).add(BigDecimal.valueOf(pos.latE7(), 7));
    }
}
