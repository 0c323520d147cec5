package io.luyun.server.ops;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request that is allowed, complete and not yet answered.
 *
 * @param path without the query, as sent
 * @param parts what stands in place of the names of the route's pattern
 * @param query names and values behind the question mark
 * @param header value of a header, null for none
 * @param body the bytes sent, at most 64 KiB
 * @param caller who asks
 * @param address where from
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record Request(
        String path,
        Map<String, String> parts,
        Map<String, List<String>> query,
        Function<String, @Nullable String> header,
        byte[] body,
        Caller caller,
        String address) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** What stands in the path in place of this name. */
    public String part(final String name) {
        final String part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("the route's pattern has no {" + name + "}");
        }
        return part;
    }

    /** A 64-bit number in the path, as a decimal without sign. */
    public long id(final String name) {
        return unsigned(name, part(name));
    }

    /** A value of the query; null where it is not given. */
    public @Nullable String parameter(final String name) {
        final List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw Problem.badRequest(name, String.join(", ", values), "must be given once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /** A whole number of the query, both ends of its range included. */
    public long number(final String name, final long otherwise, final long min, final long max) {
        final String text = parameter(name);
        if (text == null) {
            return otherwise;
        }
        try {
            final long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (final NumberFormatException e) {
            throw Problem.badRequest(name, text, "must be a whole number from " + min + " to " + max);
        }
        throw Problem.badRequest(name, text, "must be a whole number from " + min + " to " + max);
    }

    /** A 64-bit number of the query, as a decimal without sign. */
    public long id(final String name, final long otherwise) {
        final String text = parameter(name);
        return text == null ? otherwise : unsigned(name, text);
    }

    /** A time of the query, RFC 3339, as ns since 1970. */
    public long timeNs(final String name, final long otherwise) {
        final String text = parameter(name);
        if (text == null) {
            return otherwise;
        }
        try {
            final Instant at = Instant.parse(text);
            return Math.addExact(TimeUnit.SECONDS.toNanos(at.getEpochSecond()), at.getNano());
        } catch (final DateTimeException | ArithmeticException e) {
            throw Problem.badRequest(name, text, "must be a time such as 2026-11-30T08:00:00Z");
        }
    }

    /** The body as an object that has no other members than these. */
    public ObjectNode json(final List<String> members) {
        final JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (final IOException e) {
            throw Problem.of(400, "bad-request", "the body must be JSON");
        }
        if (!(node instanceof final ObjectNode object)) {
            throw Problem.of(400, "bad-request", "the body must be a JSON object");
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!members.contains(name)) {
                throw Problem.badRequest(
                        "body", "", "has a member that there is none of; there are " + String.join(", ", members));
            }
        });
        return object;
    }

    /** A text of an object, at most so many characters; empty where it is absent. */
    public static String text(final ObjectNode object, final String name, final int max) {
        final JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return "";
        }
        if (!value.isTextual() || value.textValue().length() > max) {
            throw Problem.badRequest(
                    name,
                    name.equals("token") ? "" : value.toString(),
                    "must be text of at most " + max + " characters");
        }
        return value.textValue();
    }

    private static long unsigned(final String name, final String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (final NumberFormatException e) {
            throw Problem.badRequest(name, text, "must be a number from 0 to 18446744073709551615");
        }
    }
}
