package io.luyun.server.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The roads of a zone as its file says: a GeoJSON collection with the member {@code luyun}
 * ({@code format, name, region, ref:[lon,lat]}), whose features of kind {@code link}, {@code movement} and {@code node} are
 * read and the others left alone. Immutable; the roads that MAP messages add are kept by {@link World}.
 */
public final class ZoneMap {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final LocalPlane plane;
    private final int region;
    private final List<Road> roads;

    /** A link or movement as read, on the plane of the zone. */
    record Road(
            String linkId,
            String name,
            int upstream,
            int downstream,
            Line line,
            int lanes,
            double laneWidthMetres,
            SpeedLimits limits,
            String fromLink,
            String toLink) {
        boolean isMovement() {
            return !fromLink.isEmpty();
        }
    }

    private ZoneMap(final String name, final LocalPlane plane, final int region, final List<Road> roads) {
        this.name = name;
        this.plane = plane;
        this.region = region;
        this.roads = roads;
    }

    /** A zone without roads around a point in 1e-7 degrees. */
    public static ZoneMap empty(final int latE7, final int lonE7) {
        return new ZoneMap("", new LocalPlane(latE7, lonE7), 0, List.of());
    }

    /**
     * Reads a zone file.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when it is not a zone file; the text names the feature
     */
    public static ZoneMap load(final Path geojson) throws IOException {
        return parse(geojson.toString(), JSON.readTree(Files.readAllBytes(geojson)));
    }

    static ZoneMap parse(final String file, final JsonNode root) {
        final JsonNode header = root.path("luyun");
        final JsonNode ref = header.path("ref");
        if (!ref.isArray() || ref.size() < 2 || !root.path("features").isArray()) {
            throw new IllegalArgumentException(file + ": not a zone file: no luyun.ref or no features");
        }
        if (header.path("format").asInt() != 1) {
            throw new IllegalArgumentException(
                    file + ": format " + header.path("format").asText() + ": this server reads format 1");
        }
        final LocalPlane plane = new LocalPlane(e7(ref.get(1)), e7(ref.get(0)));
        final List<Road> roads = new ArrayList<>();
        final Map<String, Road> links = new HashMap<>();
        for (final JsonNode feature : root.path("features")) {
            final JsonNode properties = feature.path("properties");
            if (properties.path("kind").asText().equals("link")) {
                final Road road = link(file, plane, feature.path("geometry"), properties);
                if (links.put(road.linkId(), road) != null) {
                    throw new IllegalArgumentException(file + ": link " + road.linkId() + " is there twice");
                }
                roads.add(road);
            }
        }
        for (final JsonNode feature : root.path("features")) {
            final JsonNode properties = feature.path("properties");
            if (properties.path("kind").asText().equals("movement")) {
                roads.add(movement(file, plane, feature.path("geometry"), properties, links));
            }
        }
        return new ZoneMap(
                header.path("name").asText(), plane, header.path("region").asInt(), roads);
    }

    private static Road link(
            final String file, final LocalPlane plane, final JsonNode geometry, final JsonNode properties) {
        final String id = properties.path("linkId").asText();
        final Line line = line(file + ": link " + id, plane, geometry);
        final double kmh = properties.path("speedLimitKmh").asDouble();
        return new Road(
                id,
                properties.path("name").asText(),
                properties.path("upstream").asInt(),
                properties.path("downstream").asInt(),
                line,
                properties.path("lanes").asInt(1),
                properties.path("laneWidthM").asDouble(),
                kmh > 0 ? SpeedLimits.ofKmh(kmh) : SpeedLimits.NONE,
                "",
                "");
    }

    private static Road movement(
            final String file,
            final LocalPlane plane,
            final JsonNode geometry,
            final JsonNode properties,
            final Map<String, Road> links) {
        final int node = properties.path("node").asInt();
        final Road from = links.get(properties.path("fromLink").asText());
        final Road to = links.get(properties.path("toLink").asText());
        if (from == null || to == null) {
            throw new IllegalArgumentException(file + ": movement at node " + node + ": fromLink or toLink is unknown");
        }
        final Line line = line(file + ": movement at node " + node, plane, geometry);
        return new Road(
                from.linkId() + ">" + to.linkId(),
                "",
                node,
                node,
                line,
                1,
                from.laneWidthMetres(),
                from.limits(),
                from.linkId(),
                to.linkId());
    }

    private static Line line(final String what, final LocalPlane plane, final JsonNode geometry) {
        final JsonNode points = geometry.path("coordinates");
        if (!geometry.path("type").asText().equals("LineString") || points.size() < 2) {
            throw new IllegalArgumentException(what + ": not a line of at least two points");
        }
        final double[] xs = new double[points.size()];
        final double[] ys = new double[points.size()];
        for (int i = 0; i < points.size(); i++) {
            xs[i] = plane.x(e7(points.get(i).path(0)));
            ys[i] = plane.y(e7(points.get(i).path(1)));
        }
        return new Line(xs, ys);
    }

    private static int e7(final JsonNode degrees) {
        return (int) Math.rint(degrees.asDouble() * 1e7);
    }

    /** Name of the zone. */
    public String name() {
        return name;
    }

    /** Number of its road regulator. */
    public int region() {
        return region;
    }

    /** Its plane. */
    public LocalPlane plane() {
        return plane;
    }

    /** Length of all links. */
    public double lengthMetres() {
        double sum = 0;
        for (final Road road : roads) {
            final double[] xs = road.line().xs;
            final double[] ys = road.line().ys;
            for (int i = 1; !road.isMovement() && i < xs.length; i++) {
                sum += Math.hypot(xs[i] - xs[i - 1], ys[i] - ys[i - 1]);
            }
        }
        return sum;
    }

    /** The rectangle around all roads in 1e-7 degrees: south, west, north, east; null without roads. */
    public long @Nullable [] boundsE7() {
        double west = Double.POSITIVE_INFINITY;
        double south = Double.POSITIVE_INFINITY;
        double east = Double.NEGATIVE_INFINITY;
        double north = Double.NEGATIVE_INFINITY;
        for (final Road road : roads) {
            for (int i = 0; i < road.line().xs.length; i++) {
                west = Math.min(west, road.line().xs[i]);
                east = Math.max(east, road.line().xs[i]);
                south = Math.min(south, road.line().ys[i]);
                north = Math.max(north, road.line().ys[i]);
            }
        }
        return west > east
                ? null
                : new long[] {plane.latE7(south), plane.lonE7(west), plane.latE7(north), plane.lonE7(east)};
    }

    List<Road> roads() {
        return roads;
    }
}
