package io.luyun.server.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.Set;

/** Reads what browsers send, strictly: nothing unknown, nothing missing, nothing out of range. Any thread. */
final class RequestReader {
    private static final int MOST_LENGTH = 4_096;
    private static final int MOST_DEPTH = 8;
    private static final double E7 = 1e7;
    private static final double MOST_LON = 180;
    private static final double MOST_LAT = 90;
    private static final long NANOS = 1_000_000_000L;
    private static final long MOST_STEP_MILLIS = 3_600_000;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    LiveRequest read(final String text) throws BadRequestException {
        if (text.length() > MOST_LENGTH) {
            throw new BadRequestException("message", text, "must have at most " + MOST_LENGTH + " characters");
        }
        final JsonNode json = parse(text);
        final String type = json.path("type").asText();
        return switch (type) {
            case "view" -> look(only(json, "box", "hz"));
            case "watch" -> new LiveRequest.Watch(participant(only(json, "participant")));
            case "replay" -> {
                only(json, "from", "speed");
                yield new LiveRequest.Replay(time(json, "from"), json.has("speed") ? speed(json) : 1);
            }
            case "speed" -> new LiveRequest.Speed(speed(only(json, "speed")));
            case "pause" -> {
                only(json);
                yield new LiveRequest.Pause();
            }
            case "play" -> {
                only(json);
                yield new LiveRequest.Play();
            }
            case "step" ->
                new LiveRequest.Step(Math.round(number(only(json, "millis"), "millis", 1, MOST_STEP_MILLIS)));
            case "seek" -> new LiveRequest.Seek(time(only(json, "to"), "to"));
            case "live" -> {
                only(json);
                yield new LiveRequest.Live();
            }
            default ->
                throw new BadRequestException(
                        "type",
                        shown(json.path("type")),
                        "must be view, watch, replay, speed, pause, play, step, seek or live");
        };
    }

    private JsonNode parse(final String text) throws BadRequestException {
        try {
            final JsonNode json = mapper.readTree(text);
            if (json.isObject()) {
                return json;
            }
        } catch (final JsonProcessingException e) {
            throw new BadRequestException("message", text, "must be a JSON object: " + e.getOriginalMessage());
        }
        throw new BadRequestException("message", text, "must be a JSON object");
    }

    private static JsonNode only(final JsonNode json, final String... fields) throws BadRequestException {
        final Set<String> known = Set.of(fields);
        for (final Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            final String name = names.next();
            if (!name.equals("type") && !known.contains(name)) {
                throw new BadRequestException(name, shown(json.path(name)), "is not known here");
            }
        }
        return json;
    }

    private static LiveRequest look(final JsonNode json) throws BadRequestException {
        final JsonNode box = json.path("box");
        if (!box.isArray() || box.size() != 4) {
            throw new BadRequestException("box", shown(box), "must be [west, south, east, north] in degrees");
        }
        final double[] edges = new double[4];
        for (int i = 0; i < edges.length; i++) {
            final double most = i % 2 == 0 ? MOST_LON : MOST_LAT;
            edges[i] = box.get(i).isNumber() ? box.get(i).doubleValue() : Double.NaN;
            if (!(Math.abs(edges[i]) <= most)) {
                throw new BadRequestException(
                        "box", shown(box), "[" + i + "] must be a number from " + -(int) most + " to " + (int) most);
            }
        }
        if (edges[0] >= edges[2] || edges[1] >= edges[3]) {
            throw new BadRequestException("box", shown(box), "west must be less than east, and south less than north");
        }
        return new LiveRequest.Look(
                new Box(e7(edges[0]), e7(edges[1]), e7(edges[2]), e7(edges[3])), number(json, "hz", 1, 10));
    }

    private static int e7(final double degrees) {
        return (int) Math.rint(degrees * E7);
    }

    private static long participant(final JsonNode json) throws BadRequestException {
        final JsonNode value = json.path("participant");
        if (value.isNull()) {
            return 0;
        }
        try {
            if (value.isTextual() && !value.textValue().isEmpty()) {
                return Long.parseUnsignedLong(value.textValue());
            }
        } catch (final NumberFormatException e) {
            // told below
        }
        throw new BadRequestException(
                "participant", shown(value), "must be a decimal number as a string, or null for nobody");
    }

    private static double speed(final JsonNode json) throws BadRequestException {
        return number(json, "speed", 0.1, 100);
    }

    private static double number(final JsonNode json, final String field, final double least, final double most)
            throws BadRequestException {
        final JsonNode value = json.path(field);
        if (!value.isNumber() || !(value.doubleValue() >= least && value.doubleValue() <= most)) {
            throw new BadRequestException(
                    field, shown(value), "must be a number from " + plain(least) + " to " + plain(most));
        }
        return value.doubleValue();
    }

    private static String plain(final double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static long time(final JsonNode json, final String field) throws BadRequestException {
        final JsonNode value = json.path(field);
        try {
            if (value.isTextual()) {
                final Instant at = OffsetDateTime.parse(value.textValue()).toInstant();
                return Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS), at.getNano());
            }
        } catch (final DateTimeException | ArithmeticException e) {
            // told below
        }
        throw new BadRequestException(field, shown(value), "must be a time as 2026-01-31T12:00:00Z");
    }

    private static String shown(final JsonNode value) {
        return value.getNodeType() == JsonNodeType.MISSING ? "(absent)" : value.toString();
    }
}
