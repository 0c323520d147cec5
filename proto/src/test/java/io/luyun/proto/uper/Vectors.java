package io.luyun.proto.uper;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Frames as units on the road sent them, with what they say. */
record Vectors(String name, List<Dialect> dialects, String hex, Message message) {
    static List<Vectors> all() {
        final List<Vectors> all = new ArrayList<>();
        for (final String section : text().split("\n\n")) {
            final String[] lines = section.strip().split("\n", 3);
            if (!lines[0].startsWith("#")) {
                all.add(read(lines));
            }
        }
        return all;
    }

    static Vectors of(String name) {
        return all().stream()
                .filter(vector -> vector.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Vectors read(String[] lines) {
        final String[] head = lines[0].split(" ");
        final List<Dialect> dialects = new ArrayList<>();
        for (final String dialect : head[2].split(",")) {
            dialects.add(java.util.Objects.requireNonNull(Dialect.of(dialect)));
        }
        final Message.Builder message = Canonical.prototype(head[1]).newBuilderForType();
        try {
            TextFormat.merge(lines[2], message);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(head[0], e);
        }
        return new Vectors(head[0], dialects, lines[1], message.build());
    }

    private static String text() {
        try (InputStream in = Vectors.class.getResourceAsStream("vectors.txt")) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    byte[] frame() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return name;
    }
}
