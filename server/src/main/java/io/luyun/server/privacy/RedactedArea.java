package io.luyun.server.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Polygons, with holes, within which nothing is told of any road user. Immutable. */
public final class RedactedArea {
    private static final double E7 = 1e7;
    private static final int LEAST_POSITIONS = 4;

    private final List<Polygon> polygons;

    private RedactedArea(final List<Polygon> polygons) {
        this.polygons = List.copyOf(polygons);
    }

    /**
     * Reads Polygons and MultiPolygons of a GeoJSON file (RFC 7946): a geometry, a Feature or a FeatureCollection.
     *
     * @throws IllegalArgumentException with file, member and rule
     */
    public static RedactedArea read(final Path file) {
        try {
            final List<Polygon> polygons = new ArrayList<>();
            new Reader(file, polygons).object("", new ObjectMapper().readTree(Files.readAllBytes(file)));
            if (polygons.isEmpty()) {
                throw new IllegalArgumentException(file + ": has no polygon; it must have at least one");
            }
            return new RedactedArea(polygons);
        } catch (final NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": is not there", e);
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": is not JSON: " + e.getOriginalMessage(), e);
        } catch (final IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** How many polygons. */
    public int polygons() {
        return polygons.size();
    }

    /** Whether a point, in 1e-7 degrees, is in it. */
    boolean contains(final int latE7, final int lonE7) {
        for (final Polygon polygon : polygons) {
            if (polygon.contains(latE7, lonE7)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the way from one point straight to another goes over an edge of it. */
    boolean crossed(final int fromLatE7, final int fromLonE7, final int toLatE7, final int toLonE7) {
        for (final Polygon polygon : polygons) {
            if (polygon.crossed(fromLonE7, fromLatE7, toLonE7, toLatE7)) {
                return true;
            }
        }
        return false;
    }

    /** Edges of all its rings: x east, y north, 1e-7 degrees. */
    private record Polygon(double[][] rings, double west, double south, double east, double north) {
        static Polygon of(final double[][] rings) {
            double west = Double.MAX_VALUE;
            double south = Double.MAX_VALUE;
            double east = -Double.MAX_VALUE;
            double north = -Double.MAX_VALUE;
            for (int i = 0; i < rings[0].length; i += 2) {
                west = Math.min(west, rings[0][i]);
                east = Math.max(east, rings[0][i]);
                south = Math.min(south, rings[0][i + 1]);
                north = Math.max(north, rings[0][i + 1]);
            }
            return new Polygon(rings, west, south, east, north);
        }

        boolean contains(final double y, final double x) {
            if (x < west || x > east || y < south || y > north) {
                return false;
            }
            boolean inside = false;
            for (final double[] ring : rings) {
                for (int i = 0; i + 3 < ring.length; i += 2) {
                    final boolean above = ring[i + 1] > y;
                    if (above != ring[i + 3] > y
                            && x
                                    < (ring[i + 2] - ring[i]) * (y - ring[i + 1]) / (ring[i + 3] - ring[i + 1])
                                            + ring[i]) {
                        inside = !inside;
                    }
                }
            }
            return inside;
        }

        boolean crossed(final double x1, final double y1, final double x2, final double y2) {
            if (Math.max(x1, x2) < west
                    || Math.min(x1, x2) > east
                    || Math.max(y1, y2) < south
                    || Math.min(y1, y2) > north) {
                return false;
            }
            for (final double[] ring : rings) {
                for (int i = 0; i + 3 < ring.length; i += 2) {
                    final boolean apart = side(x1, y1, x2, y2, ring[i], ring[i + 1])
                            != side(x1, y1, x2, y2, ring[i + 2], ring[i + 3]);
                    if (apart
                            && side(ring[i], ring[i + 1], ring[i + 2], ring[i + 3], x1, y1)
                                    != side(ring[i], ring[i + 1], ring[i + 2], ring[i + 3], x2, y2)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private static boolean side(
                final double x1, final double y1, final double x2, final double y2, final double x, final double y) {
            return (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) > 0;
        }
    }

    private record Reader(Path file, List<Polygon> polygons) {
        void object(final String at, final JsonNode node) {
            switch (node.path("type").asText()) {
                case "FeatureCollection" -> {
                    for (int i = 0; i < node.path("features").size(); i++) {
                        object(
                                at + "features[" + i + "].",
                                node.path("features").path(i));
                    }
                }
                case "Feature" -> object(at + "geometry.", node.path("geometry"));
                case "Polygon" -> polygon(at + "coordinates", node.path("coordinates"));
                case "MultiPolygon" -> {
                    for (int i = 0; i < node.path("coordinates").size(); i++) {
                        polygon(
                                at + "coordinates[" + i + "]",
                                node.path("coordinates").path(i));
                    }
                }
                default -> throw error(at + "type", node.path("type"), "must be Polygon or MultiPolygon");
            }
        }

        private void polygon(final String at, final JsonNode node) {
            if (!node.isArray() || node.isEmpty()) {
                throw error(at, node, "must be an array of rings");
            }
            final double[][] rings = new double[node.size()][];
            for (int i = 0; i < rings.length; i++) {
                rings[i] = ring(at + "[" + i + "]", node.path(i));
            }
            polygons.add(Polygon.of(rings));
        }

        private double[] ring(final String at, final JsonNode node) {
            if (node.size() < LEAST_POSITIONS || !node.path(0).equals(node.path(node.size() - 1))) {
                throw error(at, node, "must have at least 4 positions, the last the same as the first");
            }
            final double[] ring = new double[2 * node.size()];
            for (int i = 0; i < node.size(); i++) {
                ring[2 * i] = degrees(at + "[" + i + "][0]", node.path(i).path(0), 180);
                ring[2 * i + 1] = degrees(at + "[" + i + "][1]", node.path(i).path(1), 90);
            }
            return ring;
        }

        private double degrees(final String at, final JsonNode node, final int most) {
            if (!node.isNumber() || !(Math.abs(node.asDouble()) <= most)) {
                throw error(at, node, "must be degrees, -" + most + " to " + most);
            }
            return node.asDouble() * E7;
        }

        private IllegalArgumentException error(final String at, final JsonNode value, final String rule) {
            final String text = value.isMissingNode() ? "absent" : value.toString();
            final String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
            return new IllegalArgumentException(file + ": " + at + ": " + shown + ": " + rule);
        }
    }
}
