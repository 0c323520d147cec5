package io.luyun.server.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A zone file drawn for a test in metres on the plane of {@link Scene}. */
public final class ZoneDraft {
    private static final LocalPlane PLANE = new LocalPlane(Scene.REF_LAT, Scene.REF_LON);

    private final List<String> features = new ArrayList<>();

    /** A link of lanes 3.5 m wide. */
    public ZoneDraft link(
            final String id, final int up, final int down, final int lanes, final int kmh, final double... points) {
        return link(id, up, down, lanes, kmh, "", points);
    }

    /** The same with further properties, {@code "name":value} by commas. */
    public ZoneDraft link(
            final String id,
            final int up,
            final int down,
            final int lanes,
            final int kmh,
            final String further,
            final double... points) {
        return line(
                "link",
                "\"linkId\":\"" + id + "\",\"upstream\":" + up + ",\"downstream\":" + down
                        + ",\"name\":\"\",\"lanes\":" + lanes + ",\"laneWidthM\":3.5,\"speedLimitKmh\":" + kmh
                        + (further.isEmpty() ? "" : "," + further),
                points);
    }

    /** A movement. */
    public ZoneDraft movement(final int node, final String from, final String to, final double... points) {
        return movement(node, from, to, "", points);
    }

    /** The same with further properties. */
    public ZoneDraft movement(
            final int node, final String from, final String to, final String further, final double... points) {
        return line(
                "movement",
                "\"node\":" + node + ",\"fromLink\":\"" + from + "\",\"toLink\":\"" + to + "\""
                        + (further.isEmpty() ? "" : "," + further),
                points);
    }

    /** A feature that is a line. */
    public ZoneDraft line(final String kind, final String properties, final double... points) {
        return feature(kind, properties, "LineString", "[" + coordinates(points) + "]");
    }

    /** A feature that is a point. */
    public ZoneDraft point(final String kind, final String properties, final double x, final double y) {
        return feature(kind, properties, "Point", coordinates(x, y));
    }

    /** A feature that is a rectangle. */
    public ZoneDraft box(
            final String kind,
            final String properties,
            final double west,
            final double south,
            final double east,
            final double north) {
        return feature(
                kind,
                properties,
                "Polygon",
                "[[" + coordinates(west, south, east, south, east, north, west, north, west, south) + "]]");
    }

    /** Any feature. */
    public ZoneDraft feature(
            final String kind, final String properties, final String geometry, final String coordinates) {
        features.add("{\"type\":\"Feature\",\"properties\":{\"kind\":\"" + kind + "\""
                + (properties.isEmpty() ? "" : "," + properties) + "},\"geometry\":{\"type\":\"" + geometry
                + "\",\"coordinates\":" + coordinates + "}}");
        return this;
    }

    private static String coordinates(final double... points) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < points.length; i += 2) {
            text.append(i == 0 ? "" : ",")
                    .append(String.format(
                            Locale.ROOT,
                            "[%.7f,%.7f]",
                            PLANE.lonE7(points[i]) * 1e-7,
                            PLANE.latE7(points[i + 1]) * 1e-7));
        }
        return text.toString();
    }

    /** The zone, region 1. */
    public ZoneMap load() {
        return load("{\"type\":\"FeatureCollection\",\"luyun\":{\"format\":1,\"name\":\"test\",\"region\":1,"
                + "\"ref\":[106.3,29.6]},\"features\":[" + String.join(",\n", features) + "]}");
    }

    /** Loads a zone from text. */
    static ZoneMap load(final String json) {
        try {
            final Path file = Files.createTempFile("zone", ".geojson");
            try {
                Files.writeString(file, json);
                return ZoneMap.load(file);
            } finally {
                Files.delete(file);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
