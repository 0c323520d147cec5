package io.luyun.server.exchange.place;

import io.luyun.proto.codec.RoadUserReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Features of GeoJSON (RFC 7946): one collection without line breaks, or, as a sequence, a feature a line. Each is a geometry, then its
 * properties, then {@link #end}. One thread.
 */
final class FeatureFile implements AutoCloseable {
    private static final int ABSENT = RoadUserReader.ABSENT;
    private static final int E7_DIGITS = 7;

    private final TextFile out;
    private final boolean sequence;
    private boolean any;
    private boolean anyProperty;
    private boolean anyPosition;

    private FeatureFile(final TextFile out, final boolean sequence) {
        this.out = out;
        this.sequence = sequence;
    }

    static FeatureFile open(final Path file, final boolean sequence) throws IOException {
        final TextFile out = TextFile.open(file);
        if (!sequence) {
            out.put("{\"type\":\"FeatureCollection\",\"features\":[");
        }
        return new FeatureFile(out, sequence);
    }

    /** Begins a feature that is nowhere. */
    void nowhere() throws IOException {
        begin();
        out.put("null");
        properties();
    }

    /** Begins a feature at a point; the elevation, 0.1 m, may be ABSENT. */
    void point(final int latE7, final int lonE7, final int elevation) throws IOException {
        begin();
        out.put("{\"type\":\"Point\",\"coordinates\":");
        position(latE7, lonE7, elevation);
        out.put('}');
        properties();
    }

    /** Begins a feature of lines; positions follow, and {@link #nextLine}, and {@link #endLines}. */
    void lines(final boolean several) throws IOException {
        begin();
        out.put("{\"type\":\"").put(several ? "MultiLineString" : "LineString").put("\",\"coordinates\":[");
        out.put(several ? "[" : "");
        anyPosition = false;
    }

    void linePosition(final int latE7, final int lonE7, final int elevation) throws IOException {
        out.put(anyPosition ? "," : "");
        anyPosition = true;
        position(latE7, lonE7, elevation);
    }

    void nextLine() throws IOException {
        out.put("],[");
        anyPosition = false;
    }

    void endLines(final boolean several) throws IOException {
        out.put(several ? "]]}" : "]}");
        properties();
    }

    private void begin() throws IOException {
        if (any && !sequence) {
            out.put(',');
        }
        any = true;
        out.put("{\"type\":\"Feature\",\"geometry\":");
    }

    private void properties() throws IOException {
        out.put(",\"properties\":{");
        anyProperty = false;
    }

    private void position(final int latE7, final int lonE7, final int elevation) throws IOException {
        out.put('[').fixed(lonE7, E7_DIGITS).put(',').fixed(latE7, E7_DIGITS);
        if (elevation != ABSENT) {
            out.put(',').fixed(elevation, 1);
        }
        out.put(']');
    }

    private TextFile name(final String name) throws IOException {
        out.put(anyProperty ? ",\"" : "\"").put(name).put("\":");
        anyProperty = true;
        return out;
    }

    FeatureFile text(final String name, final String value) throws IOException {
        name(name).json(value);
        return this;
    }

    FeatureFile flag(final String name, final boolean value) throws IOException {
        name(name).put(Boolean.toString(value));
        return this;
    }

    FeatureFile number(final String name, final long value) throws IOException {
        name(name).number(value);
        return this;
    }

    /** So many steps of 10 to the power of minus digits; nothing when that is not known. */
    FeatureFile fixed(final String name, final int value, final int factor, final int digits) throws IOException {
        if (value != ABSENT) {
            name(name).fixed((long) value * factor, digits);
        }
        return this;
    }

    FeatureFile time(final String name, final long timeNs) throws IOException {
        name(name).put('"').time(timeNs).put('"');
        return this;
    }

    /** An array of milliseconds since 1970. */
    FeatureFile millis(final String name, final long[] timesNs, final int count) throws IOException {
        name(name).put('[');
        for (int i = 0; i < count; i++) {
            out.put(i == 0 ? "" : ",").number(Math.floorDiv(timesNs[i], 1_000_000L));
        }
        out.put(']');
        return this;
    }

    void end() throws IOException {
        out.put(sequence ? "}}\n" : "}}");
    }

    @Override
    public void close() throws IOException {
        try (out) {
            if (!sequence) {
                out.put("]}");
            }
        }
    }
}
