package io.luyun.server.exchange.mcap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A zone file: as it is for maps, and its lines as roads of the scene. One thread. */
final class ZoneTopics {
    private static final byte[] ROAD = Look.color(0x9AA0A6, 1);
    private static final byte[] CROSSING = Look.color(0xE0E0E0, 1);
    private static final double DEFAULT_LANE_METRES = 3.5;
    private static final double CROSSING_METRES = 3;
    private static final double E7 = 1e7;
    private static final int LINES = 11;

    private final Topics topics;
    private final String text;
    private final JsonNode root;
    private final LocalPlane plane;

    /**
     * Reads a zone file.
     *
     * @throws IllegalArgumentException when it is none
     */
    ZoneTopics(final Topics topics, final Path file) throws IOException {
        this.topics = topics;
        text = Files.readString(file);
        root = new ObjectMapper().readTree(text);
        final JsonNode ref = root.path("luyun").path("ref");
        if (!ref.path(0).isNumber() || !ref.path(1).isNumber()) {
            throw new IllegalArgumentException(
                    "--zone " + file + ": must be a zone file, with luyun.ref = [longitude, latitude]");
        }
        plane = new LocalPlane((int) Math.rint(ref.get(1).asDouble() * E7), (int)
                Math.rint(ref.get(0).asDouble() * E7));
    }

    /** Where its reference point is the origin. */
    LocalPlane plane() {
        return plane;
    }

    /** Writes it, as of this time. */
    void write(final long timeNs) {
        final Octets content = new Octets(text.length() + 16);
        new ProtoWriter(content).bytes(1, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        topics.write("/zone/map", FoxgloveSchemas.GEO_JSON, 0, timeNs, timeNs, content);
        final Octets entity = new Octets(1 << 16);
        final ProtoWriter out = new ProtoWriter(entity);
        out.time(1, timeNs);
        out.text(2, Topics.frame());
        out.text(3, "roads");
        for (final JsonNode feature : root.path("features")) {
            if (feature.path("geometry").path("type").asText().equals("LineString")) {
                line(out, feature);
            }
        }
        final Octets update = new Octets(entity.length() + 16);
        new ProtoWriter(update).bytes(2, entity.array(), 0, entity.length());
        topics.write("/scene/road", FoxgloveSchemas.SCENE_UPDATE, 0, timeNs, timeNs, update);
    }

    private void line(final ProtoWriter out, final JsonNode feature) {
        final JsonNode properties = feature.path("properties");
        final boolean crossing = properties.path("kind").asText().equals("crossing");
        final double lanes = properties.path("lanes").asDouble(1);
        final Octets points = new Octets(1_024);
        final ProtoWriter in = new ProtoWriter(points);
        final int pose = in.beginSmall(2);
        final int orientation = in.beginSmall(2);
        in.number(4, 1);
        in.endSmall(orientation);
        in.endSmall(pose);
        in.number(
                3,
                crossing
                        ? CROSSING_METRES
                        : Math.max(1, lanes) * properties.path("laneWidthM").asDouble(DEFAULT_LANE_METRES));
        for (final JsonNode point : feature.path("geometry").path("coordinates")) {
            final int begun = in.beginSmall(5);
            in.number(1, plane.eastMetres((int) Math.rint(point.path(0).asDouble() * E7)));
            in.number(2, plane.northMetres((int) Math.rint(point.path(1).asDouble() * E7)));
            in.number(3, crossing ? -0.05 : -0.1);
            in.endSmall(begun);
        }
        in.bytes(6, crossing ? CROSSING : ROAD);
        out.bytes(LINES, points.array(), 0, points.length());
    }
}
