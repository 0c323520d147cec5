package io.luyun.proto.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.luyun.proto.v1.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the writers of JSON share. Any thread. */
final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** Writes the members of a text. */
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /** An object with these members. */
    static byte[] text(Body body) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static void place(JsonGenerator json, String name, Position position) throws IOException {
        json.writeFieldName(name);
        place(json, position);
    }

    static void place(JsonGenerator json, Position position) throws IOException {
        json.writeStartObject();
        json.writeNumberField("lat", position.getLat());
        json.writeNumberField("lon", position.getLon());
        if (position.hasElevation()) {
            json.writeNumberField("ele", position.getElevation());
        }
        json.writeEndObject();
    }

    static String time(long nowNs) {
        return Instant.ofEpochSecond(0, nowNs).truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
