package io.luyun.simulator.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.simulator.traffic.GeoPoint;
import io.luyun.simulator.traffic.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a demonstration has besides traffic, so that every view of the operations page has something to show: test vehicles, places, and
 * evidence that is sealed while one looks. Stateless.
 */
final class DemoFiles {
    private static final int TEST_VEHICLES = 6;
    private static final double E7_PER_METRE = 1e7 / 111_195;
    private static final double BESIDE_METRES = 130;
    private static final double HALF_METRES = 90;
    private static final List<Layer> LAYERS = List.of(
            new Layer("schools", "school", "科技实验小学"),
            new Layer("care-homes", "elderly", "康宁养老院"),
            new Layer("community", "community", "大学城社区中心"));
    private static final String EVIDENCE = """
            # Shorter than the 90 s of the rules: who looks sees packages being sealed.
            evidence:
              extent: {beforeSeconds: 20, afterSeconds: 20}
            """;
    private static final String SUPERVISE = """
            supervise:
              file: vehicles.yaml
            """;

    private DemoFiles() {}

    private record Layer(String file, String type, String name) {}

    /** Writes them into the directory of a server's configuration, and tells what has to stand in that. */
    static OwnServer.Additions write(final Path directory, final Zone zone) throws IOException {
        Files.writeString(directory.resolve("vehicles.yaml"), vehicles());
        final List<String> places = new ArrayList<>();
        for (int i = 0; i < LAYERS.size(); i++) {
            final Layer layer = LAYERS.get(i);
            final Zone.Node node = zone.nodes().get((2 * i + 1) * zone.nodes().size() / (2 * LAYERS.size()));
            final String file = layer.file + ".geojson";
            Files.writeString(directory.resolve(file), place(layer, node.pos()));
            places.add(file);
        }
        return new OwnServer.Additions(places, SUPERVISE + EVIDENCE);
    }

    /** One of them has a permit that has run out, so that there is a violation to see. */
    private static String vehicles() {
        final StringBuilder text = new StringBuilder(
                "# Test vehicles: who runs them and when they may drive.\nutcOffsetMinutes: 480\nvehicles:\n");
        for (int i = 1; i <= TEST_VEHICLES; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "  - {device: veh-%04d, plate: \"渝A·T%03d\", enterprise: \"%s\", operator: \"%s\","
                            + " permit: {number: \"T-%02d\", from: 2025-01-01, to: %s}, roads: [\"Ring\"]}%n",
                    i,
                    i,
                    i % 2 == 0 ? "Example Motors" : "示例智行",
                    i % 2 == 0 ? "Li" : "王",
                    i,
                    i == TEST_VEHICLES ? "2025-12-31" : "2099-12-31"));
        }
        return text.toString();
    }

    private static String place(final Layer layer, final GeoPoint near) {
        final double eastE7 = E7_PER_METRE / Math.cos(Math.toRadians(near.latE7() / 1e7));
        final double lat = near.latE7() + BESIDE_METRES * E7_PER_METRE;
        final double lon = near.lonE7() + BESIDE_METRES * eastE7;
        final ObjectNode collection = JsonNodeFactory.instance.objectNode().put("type", "FeatureCollection");
        final ArrayNode features = collection.putArray("features");
        final ArrayNode ring = feature(features, layer, "", "Polygon").addArray();
        final int[][] corners = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}};
        for (final int[] corner : corners) {
            position(
                    ring.addArray(),
                    lon + corner[0] * HALF_METRES * eastE7,
                    lat + corner[1] * HALF_METRES * E7_PER_METRE);
        }
        position(feature(features, layer, layer.name, "Point"), lon, lat);
        return collection.toPrettyString();
    }

    private static ArrayNode feature(
            final ArrayNode features, final Layer layer, final String name, final String geometry) {
        final ObjectNode feature = features.addObject().put("type", "Feature");
        feature.putObject("properties").put("name", name).put("type", layer.type);
        return feature.putObject("geometry").put("type", geometry).putArray("coordinates");
    }

    private static void position(final ArrayNode coordinates, final double lonE7, final double latE7) {
        coordinates.add(Math.rint(lonE7) / 1e7).add(Math.rint(latE7) / 1e7);
    }
}
