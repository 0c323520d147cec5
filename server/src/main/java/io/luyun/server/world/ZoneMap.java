package io.luyun.server.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.server.monitor.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A zone as its file says: roads, crossings, bus stops, areas and what is approved, on one plane. See docs/zone.md for
 * the format. Immutable; what MAP messages add is kept by {@link World}.
 */
public final class ZoneMap {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final LocalPlane plane;
    private final int region;
    private final List<Road> roads;
    private final List<CrossingSpec> crossings;
    private final List<Stop> stops;
    private final List<LineSpec> lines;
    private final List<Area> areas;
    private final List<Polygon> approved;

    /** A bus stop as read. */
    record Stop(String name, String linkId, double alongMetres, double x, double y) {}

    /** A line as read; its stops by their places in the file. */
    record LineSpec(String name, List<Integer> stops, boolean loop, List<String> devices) {}

    /** A crossing as read. */
    record CrossingSpec(String name, int region, int node, boolean smart, int phaseId, Line line) {}

    private ZoneMap(final ZoneFileReader file) {
        name = file.name;
        plane = file.plane;
        region = file.region;
        roads = List.copyOf(file.roads);
        crossings = List.copyOf(file.crossings);
        stops = List.copyOf(file.stops);
        lines = List.copyOf(file.lines);
        areas = List.copyOf(file.areas);
        approved = List.copyOf(file.approved);
    }

    private ZoneMap(final LocalPlane plane) {
        name = "";
        this.plane = plane;
        region = 0;
        roads = List.of();
        crossings = List.of();
        stops = List.of();
        lines = List.of();
        areas = List.of();
        approved = List.of();
    }

    /** A zone without roads around a point in 1e-7 degrees. */
    public static ZoneMap empty(final int latE7, final int lonE7) {
        return new ZoneMap(new LocalPlane(latE7, lonE7));
    }

    /**
     * Reads a zone file.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when it is not a zone file; the text names the feature, field, value and rule
     */
    public static ZoneMap load(final Path geojson) throws IOException {
        final byte[] text = Files.readAllBytes(geojson);
        final JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (final JsonProcessingException e) {
            final String line =
                    e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
            throw new IOException(geojson + line + ": not JSON: " + Settings.firstLine(e.getOriginalMessage()), e);
        }
        return parse(geojson.toString(), root);
    }

    static ZoneMap parse(final String file, final JsonNode root) {
        return new ZoneMap(new ZoneFileReader(file, root));
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

    List<CrossingSpec> crossings() {
        return crossings;
    }

    List<Stop> stops() {
        return stops;
    }

    List<LineSpec> lines() {
        return lines;
    }

    List<Area> areas() {
        return areas;
    }

    List<Polygon> approved() {
        return approved;
    }
}
