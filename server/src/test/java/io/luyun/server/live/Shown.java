package io.luyun.server.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A browser of a test: keeps what it is sent, and draws from frames what is in view, as the documentation of the protocol says. */
public final class Shown implements Outbox {
    /** A row of a frame. */
    public record Row(
            int latE7, int lonE7, int speed, int heading, int type, int flags, int device, int seenBy, long ageMs) {}

    public final Map<Long, Row> rows = new TreeMap<>();
    final List<JsonNode> texts = new ArrayList<>();
    boolean writable = true;
    int frames;
    int lastRows;
    int lastGone;
    boolean lastSnapshot;
    long lastAtNs;
    int closedWith;
    String closedWhy = "";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The texts of a type. */
    public List<JsonNode> texts(final String type) {
        return texts.stream()
                .filter(text -> text.path("type").asText().equals(type))
                .toList();
    }

    /** The last of them. */
    public JsonNode last(final String type) {
        return texts(type).getLast();
    }

    @Override
    public boolean writable() {
        return writable;
    }

    @Override
    public void text(final byte[] utf8) {
        try {
            texts.add(MAPPER.readTree(new String(utf8, StandardCharsets.UTF_8)));
        } catch (final JsonProcessingException e) {
            throw new AssertionError(e);
        }
        if (texts.getLast().path("type").asText().equals("clear")) {
            rows.clear();
        }
    }

    @Override
    public void binary(final byte[] bytes, final int length) {
        draw(ByteBuffer.wrap(bytes, 0, length));
    }

    /** Takes a frame. */
    public void draw(final ByteBuffer frame) {
        frame.order(ByteOrder.LITTLE_ENDIAN);
        frames++;
        if (frame.get() != 1) {
            throw new AssertionError("version");
        }
        lastSnapshot = (frame.get() & 1) != 0;
        lastGone = frame.getShort() & 0xFFFF;
        lastRows = frame.getInt();
        lastAtNs = frame.getLong();
        frame.getInt();
        frame.getInt();
        if (lastSnapshot) {
            rows.clear();
        }
        for (int i = 0; i < lastRows; i++) {
            final long id = frame.getLong();
            final int lat = frame.getInt();
            final int lon = frame.getInt();
            final int speed = frame.getShort() & 0xFFFF;
            final int heading = frame.getShort() & 0xFFFF;
            final int type = frame.get() & 0xFF;
            frame.get();
            frame.get();
            final int flags = frame.get() & 0xFF;
            rows.put(
                    id,
                    new Row(
                            lat,
                            lon,
                            speed,
                            heading,
                            type,
                            flags,
                            frame.getInt(),
                            frame.getInt(),
                            frame.getInt() & 0xFFFF_FFFFL));
        }
        for (int i = 0; i < lastGone; i++) {
            rows.remove(frame.getLong());
        }
        if (frame.hasRemaining()) {
            throw new AssertionError(frame.remaining() + " bytes behind the frame");
        }
    }

    @Override
    public void close(final int code, final String why) {
        closedWith = code;
        closedWhy = why;
    }
}
