package io.luyun.server.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with, before it becomes HTTP.
 *
 * @param status of HTTP
 * @param contentType of the body; empty where there is none
 * @param body the receiver's to keep; empty where a file is sent
 * @param file sent in place of the body; null for none. It must not change while it is sent
 * @param headers besides the type, the length and those that every answer has
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record Answer(
        int status,
        String contentType,
        byte[] body,
        @Nullable Path file,
        Map<String, String> headers) {
    static final String TEXT = "text/plain; charset=utf-8";
    static final String JSON = "application/json";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final byte[] NOTHING = new byte[0];

    /** Bytes of a type. */
    public static Answer of(final int status, final String contentType, final byte[] body) {
        return new Answer(status, contentType, body, null, Map.of());
    }

    /** A line of text. */
    public static Answer text(final int status, final String line) {
        return of(status, TEXT, (line + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /** Done, 200, with what Jackson makes of the value. */
    public static Answer json(final Object value) {
        return json(200, value);
    }

    /** The same with another status. */
    public static Answer json(final int status, final Object value) {
        try {
            return of(status, JSON, MAPPER.writeValueAsBytes(value));
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("an answer is not what Jackson can write", e);
        }
    }

    /** A file as it is on the disk. */
    public static Answer file(final String contentType, final Path file) {
        return new Answer(200, contentType, NOTHING, file, Map.of());
    }

    /** A status alone. */
    public static Answer empty(final int status) {
        return of(status, "", NOTHING);
    }

    /** The same with one more header. */
    public Answer with(final String header, final String value) {
        final Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, file, more);
    }
}
