package io.luyun.server.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;

/** One feature of a zone file while it is read: its values checked, each error naming feature, field, value and rule. */
final class Feature {
    private static final double E7 = 1e7;

    final String kind;
    private final String file;
    private final int number;
    private final JsonNode properties;
    private final JsonNode geometry;
    private final LocalPlane plane;

    Feature(final String file, final int number, final JsonNode feature, final LocalPlane plane) {
        this.file = file;
        this.number = number;
        this.plane = plane;
        properties = feature.path("properties");
        geometry = feature.path("geometry");
        kind = properties.path("kind").asText();
    }

    boolean has(final String field) {
        return !properties.path(field).isMissingNode()
                && !properties.path(field).isNull();
    }

    JsonNode value(final String field) {
        return properties.path(field);
    }

    /** A text or number as text; empty when it is absent. */
    String text(final String field) {
        final JsonNode value = properties.path(field);
        check(value.isMissingNode() || value.isNull() || value.isValueNode(), field, "must be a text");
        return value.isNull() ? "" : value.asText();
    }

    String id(final String field) {
        final String text = text(field);
        check(!text.isEmpty(), field, "must be given");
        return text;
    }

    boolean flag(final String field) {
        check(!has(field) || properties.path(field).isBoolean(), field, "must be true or false");
        return properties.path(field).asBoolean();
    }

    int whole(final String field, final int min, final int max, final int otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        final JsonNode value = properties.path(field);
        check(
                value.canConvertToInt() && value.asDouble() == value.asInt(),
                field,
                "must be a whole number from " + min + " to " + max);
        return (int) range(field, value, min, max);
    }

    double number(final String field, final double min, final double max, final double otherwise) {
        return has(field) ? range(field, properties.path(field), min, max) : otherwise;
    }

    double range(final String field, final JsonNode value, final double min, final double max) {
        if (!value.isNumber() || !(value.asDouble() >= min && value.asDouble() <= max)) {
            throw error(field, value.toString(), "must be a number from " + plain(min) + " to " + plain(max));
        }
        return value.asDouble();
    }

    /** The place of a word among those that may stand there. */
    int word(final String field, final String... words) {
        final int place = Arrays.asList(words).indexOf(text(field));
        check(place >= 0, field, "must be one of " + String.join(", ", words));
        return place;
    }

    private static String plain(final double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    void check(final boolean holds, final String field, final String rule) {
        if (!holds) {
            throw error(field, has(field) ? properties.path(field).toString() : "(none)", rule);
        }
    }

    IllegalArgumentException error(final String field, final String value, final String rule) {
        return new IllegalArgumentException(file + ": " + this + ": " + field + " = " + value + ": " + rule);
    }

    Line line() {
        return line("LineString", geometry.path("coordinates"), 2);
    }

    double[] point() {
        requireType("Point");
        return point(geometry.path("coordinates"));
    }

    Polygon polygon() {
        requireType("Polygon");
        final JsonNode rings = geometry.path("coordinates");
        if (!rings.isArray() || rings.isEmpty()) {
            throw error("geometry.coordinates", rings.toString(), "must be the rings of a polygon");
        }
        final Line[] lines = new Line[rings.size()];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = line("Polygon", rings.get(i), 4);
        }
        return new Polygon(lines);
    }

    private void requireType(final String type) {
        final String given = geometry.path("type").asText();
        if (!given.equals(type)) {
            throw error("geometry.type", given.isEmpty() ? "(none)" : given, "must be " + type);
        }
    }

    private Line line(final String type, final JsonNode points, final int least) {
        requireType(type);
        if (!points.isArray() || points.size() < least) {
            throw error("geometry.coordinates", points.size() + " points", "must be at least " + least);
        }
        final double[] xs = new double[points.size()];
        final double[] ys = new double[points.size()];
        for (int i = 0; i < xs.length; i++) {
            final double[] at = point(points.get(i));
            xs[i] = at[0];
            ys[i] = at[1];
        }
        return new Line(xs, ys);
    }

    private double[] point(final JsonNode at) {
        if (!isPosition(at)) {
            throw error("geometry.coordinates", at.toString(), "must be [longitude, latitude] in degrees");
        }
        return new double[] {plane.x(e7(at.get(0))), plane.y(e7(at.get(1)))};
    }

    static boolean isPosition(final JsonNode at) {
        return at.isArray()
                && at.size() >= 2
                && at.get(0).isNumber()
                && at.get(1).isNumber()
                && Math.abs(at.get(0).asDouble()) <= 180
                && Math.abs(at.get(1).asDouble()) <= 90;
    }

    static int e7(final JsonNode degrees) {
        return (int) Math.rint(degrees.asDouble() * E7);
    }

    @Override
    public String toString() {
        final StringBuilder what =
                new StringBuilder("features[").append(number).append("] (").append(kind);
        for (final String field : new String[] {"linkId", "nodeId", "fromLink", "toLink", "name"}) {
            if (has(field)) {
                what.append(' ')
                        .append(field)
                        .append(' ')
                        .append(properties.path(field).asText());
            }
        }
        return what.append(')').toString();
    }
}
