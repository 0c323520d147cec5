package io.luyun.proto.json;

import io.luyun.proto.v1.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of one JSON object, and which of them have been looked at. */
final class Members {
    private static final DateTimeFormatter PLAIN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSS]");
    private static final long SECONDS_BELOW = 100_000_000_000L;

    private final String path;
    private final Map<?, ?> values;
    private final Set<String> seen = new HashSet<>();

    private Members(String path, Map<?, ?> values) {
        this.path = path;
        this.values = values;
    }

    static Members of(String path, Object value) throws FaultException {
        if (value instanceof Map<?, ?> map) {
            return new Members(path, map);
        }
        throw new FaultException(ErrorCode.ERROR_CODE_MALFORMED, path, String.valueOf(value), "must be an object");
    }

    String path(String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }

    /** The first of these members that is there. */
    @Nullable
    Object get(String... names) {
        Object found = null;
        for (String name : names) {
            final Object value = values.get(name);
            if (value != null) {
                seen.add(name);
                found = found == null ? value : found;
            }
        }
        return found;
    }

    /** These members are known and have no place in a canonical message. */
    void known(Set<String> names) {
        seen.addAll(names);
    }

    /** Members nobody has looked at. */
    List<String> unknown() {
        final List<String> unknown = new ArrayList<>();
        for (Object name : values.keySet()) {
            if (!seen.contains(String.valueOf(name))) {
                unknown.add(path(String.valueOf(name)));
            }
        }
        return unknown;
    }

    /** A number, also one written as text. */
    @Nullable
    Double number(String... names) throws FaultException {
        final Object value = get(names);
        if (value == null) {
            return null;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        try {
            return Double.valueOf(value.toString().trim());
        } catch (NumberFormatException e) {
            throw new FaultException(
                    ErrorCode.ERROR_CODE_MALFORMED, path(names[0]), value.toString(), "must be a number");
        }
    }

    double required(String... names) throws FaultException {
        final Double value = number(names);
        if (value == null) {
            throw missing(names[0]);
        }
        return value;
    }

    FaultException missing(String name) {
        return new FaultException(ErrorCode.ERROR_CODE_MISSING, path(name), "", "must be given");
    }

    @Nullable
    String text(String... names) {
        final Object value = get(names);
        return value == null ? null : value.toString();
    }

    boolean flag(String name) {
        final Object value = get(name);
        return value != null && (value.equals(true) || value.toString().equals("1"));
    }

    List<Object> list(String... names) throws FaultException {
        final Object value = get(names);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        if (value instanceof Map<?, ?>) {
            return List.of(value);
        }
        throw new FaultException(ErrorCode.ERROR_CODE_MALFORMED, path(names[0]), value.toString(), "must be a list");
    }

    /** A time: milliseconds or seconds since 1970, or text with or without zone (then UTC); null when there is none. */
    @Nullable
    Instant time(String... names) throws FaultException {
        final Object value = get(names);
        if (value == null) {
            return null;
        }
        final String text = value.toString().trim();
        try {
            final Instant time = instant(text);
            // years of nine digits are instants, but no milliseconds since 1970
            return Instant.ofEpochMilli(time.toEpochMilli());
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new FaultException(
                    ErrorCode.ERROR_CODE_MALFORMED,
                    path(names[0]),
                    text,
                    "must be milliseconds since 1970 or yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
        }
    }

    private static Instant instant(String text) {
        if (text.chars().allMatch(Character::isDigit)) {
            final long number = Long.parseLong(text);
            return number < SECONDS_BELOW ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
        }
        if (text.indexOf('T') < 0) {
            return LocalDateTime.parse(text, PLAIN).toInstant(ZoneOffset.UTC);
        }
        return text.endsWith("Z")
                ? Instant.parse(text)
                : OffsetDateTime.parse(text).toInstant();
    }
}
