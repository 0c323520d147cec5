package io.luyun.server.exchange.place;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds GeoJSON against what RFC 7946 asks of it: members of each type and no others of other types, positions of two or three numbers in
 * their ranges, lines of two positions or more, rings of four or more that close, no line over the 180th meridian.
 */
final class GeoJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Map<String, Set<String>> MEMBERS = Map.of(
            "FeatureCollection", Set.of("type", "features"),
            "Feature", Set.of("type", "geometry", "properties"),
            "Point", Set.of("type", "coordinates"),
            "LineString", Set.of("type", "coordinates"),
            "MultiLineString", Set.of("type", "coordinates"),
            "Polygon", Set.of("type", "coordinates"));

    private GeoJson() {}

    /** The features of a collection. */
    static List<JsonNode> collection(final String text) throws IOException {
        assertThat(text).doesNotContain("\n");
        final JsonNode root = JSON.readTree(text);
        members(root, "FeatureCollection");
        final List<JsonNode> features = new ArrayList<>();
        root.path("features").forEach(features::add);
        features.forEach(GeoJson::feature);
        return features;
    }

    /** The features of a sequence, one a line. */
    static List<JsonNode> sequence(final String text) throws IOException {
        final List<JsonNode> features = new ArrayList<>();
        assertThat(text).endsWith("\n");
        for (final String line : text.split("\n")) {
            features.add(JSON.readTree(line));
        }
        features.forEach(GeoJson::feature);
        return features;
    }

    private static void members(final JsonNode node, final String type) {
        assertThat(node.path("type").asText()).isEqualTo(type);
        final Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        assertThat(names).isEqualTo(new TreeSet<>(MEMBERS.get(type)));
    }

    private static void feature(final JsonNode feature) {
        members(feature, "Feature");
        assertThat(feature.path("properties").isObject()).isTrue();
        final JsonNode geometry = feature.path("geometry");
        if (geometry.isNull()) {
            return;
        }
        final String type = geometry.path("type").asText();
        assertThat(type).isIn("Point", "LineString", "MultiLineString", "Polygon");
        members(geometry, type);
        final JsonNode coordinates = geometry.path("coordinates");
        switch (type) {
            case "Point" -> position(coordinates);
            case "LineString" -> line(coordinates, 2);
            case "MultiLineString" -> coordinates.forEach(line -> line(line, 2));
            default ->
                coordinates.forEach(ring -> {
                    line(ring, 4);
                    assertThat(ring.path(0)).isEqualTo(ring.path(ring.size() - 1));
                });
        }
    }

    private static void line(final JsonNode line, final int least) {
        assertThat(line.isArray()).isTrue();
        assertThat(line.size()).isGreaterThanOrEqualTo(least);
        line.forEach(GeoJson::position);
        for (int i = 1; i < line.size(); i++) {
            assertThat(Math.abs(line.path(i).path(0).asDouble()
                            - line.path(i - 1).path(0).asDouble()))
                    .isLessThanOrEqualTo(180);
        }
    }

    private static void position(final JsonNode position) {
        assertThat(position.isArray()).isTrue();
        assertThat(position.size()).isBetween(2, 3);
        position.forEach(number -> assertThat(number.isNumber()).isTrue());
        assertThat(position.path(0).asDouble()).isBetween(-180.0, 180.0);
        assertThat(position.path(1).asDouble()).isBetween(-90.0, 90.0);
    }
}
