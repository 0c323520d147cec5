package io.luyun.server.research;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the polygons of a GeoJSON file (RFC 7946): Polygon and MultiPolygon, alone or in features and collections. */
public final class AreaFile {
    private static final int LEAST_POINTS = 4;
    private static final double UNITS_A_DEGREE = 1e7;

    private final List<Area> areas = new ArrayList<>();

    private AreaFile() {}

    /**
     * All that lies in one of the polygons of a file.
     *
     * @throws IllegalArgumentException with what is wrong with it; also when it cannot be read
     */
    public static Area read(final Path file) {
        final AreaFile read = new AreaFile();
        try {
            read.take(new ObjectMapper().readTree(Files.readAllBytes(file)));
        } catch (final com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException("must be GeoJSON; it is not JSON: " + e.getOriginalMessage(), e);
        } catch (final IOException e) {
            throw new IllegalArgumentException("cannot be read: " + e.getClass().getSimpleName(), e);
        }
        if (read.areas.isEmpty()) {
            throw new IllegalArgumentException("must have a Polygon or MultiPolygon; it has none");
        }
        return Area.anyOf(read.areas);
    }

    private void take(final JsonNode node) {
        final String type = node.path("type").asText();
        switch (type) {
            case "FeatureCollection" -> node.path("features").forEach(this::take);
            case "Feature" -> take(node.path("geometry"));
            case "GeometryCollection" -> node.path("geometries").forEach(this::take);
            case "Polygon" -> areas.add(polygon(node.path("coordinates")));
            case "MultiPolygon" -> node.path("coordinates").forEach(polygon -> areas.add(polygon(polygon)));
            default ->
                throw new IllegalArgumentException("must be GeoJSON with Polygon or MultiPolygon; it has "
                        + (type.isEmpty() ? "something without a type" : type));
        }
    }

    private static Area polygon(final JsonNode rings) {
        if (!rings.isArray() || rings.isEmpty()) {
            throw new IllegalArgumentException("must have polygons of at least one ring; it has one of none");
        }
        final int[][] lats = new int[rings.size()][];
        final int[][] lons = new int[rings.size()][];
        for (int i = 0; i < rings.size(); i++) {
            final JsonNode ring = rings.get(i);
            lats[i] = new int[ring.size()];
            lons[i] = new int[ring.size()];
            for (int j = 0; j < ring.size(); j++) {
                lons[i][j] = units(ring.get(j).path(0), 180);
                lats[i][j] = units(ring.get(j).path(1), 90);
            }
            final int last = ring.size() - 1;
            if (ring.size() < LEAST_POINTS || lats[i][0] != lats[i][last] || lons[i][0] != lons[i][last]) {
                throw new IllegalArgumentException(
                        "must have rings of at least 4 positions that end where they begin; ring " + (i + 1)
                                + " of a polygon does not");
            }
        }
        return new PolygonArea(lats, lons);
    }

    private static int units(final JsonNode degrees, final int most) {
        if (!degrees.isNumber() || !(Math.abs(degrees.asDouble()) <= most)) {
            throw new IllegalArgumentException(
                    "must have positions of longitude (-180 to 180) and latitude (-90 to 90); it has "
                            + (degrees.isMissingNode() ? "a position of less" : degrees));
        }
        return (int) Math.round(degrees.asDouble() * UNITS_A_DEGREE);
    }
}
