package io.luyun.server.exchange.place;

import io.luyun.proto.codec.RoadUserReader;
import io.luyun.server.exchange.Exporter;
import io.luyun.server.research.Records;
import io.luyun.server.research.RoadUsers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * GPX 1.1 with a trk for each track and a trkseg for each stretch of it without a pause. When there is no room for all points, the trk of
 * the one that has been silent longest ends, and another of the same name goes on.
 */
public final class GpxExporter implements Exporter {
    /** About 40 MB. */
    private static final int MOST_POINTS = 1_000_000;

    private static final int ABSENT = RoadUserReader.ABSENT;
    private static final int E7_DIGITS = 7;
    private static final int HALF_TURN_E7 = 1_800_000_000;
    private static final int WHOLE_TURN = 28_800;

    private final TextFile out;
    private final long gapNs;
    private final RoadUsers users = new RoadUsers();
    private final OpenTracks tracks;
    private long written;

    private GpxExporter(final TextFile out, final long gapNs, final int mostPoints) {
        this.out = out;
        this.gapNs = gapNs;
        tracks = new OpenTracks(Long.MAX_VALUE, mostPoints, this::track);
    }

    /**
     * Begins a file.
     *
     * @param gapNs a road user that is silent for longer, by its own clock, begins a new trkseg
     */
    public static GpxExporter open(final Path file, final long gapNs) throws IOException {
        return open(file, gapNs, MOST_POINTS);
    }

    static GpxExporter open(final Path file, final long gapNs, final int mostPoints) throws IOException {
        final TextFile out = TextFile.open(file);
        out.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .put("<gpx version=\"1.1\" creator=\"luyun\" xmlns=\"http://www.topografix.com/GPX/1/1\"")
                .put(" xmlns:tp=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v2\">\n");
        return new GpxExporter(out, gapNs, mostPoints);
    }

    @Override
    public void add(final Records record) throws IOException {
        boolean left = false;
        users.of(record);
        while (users.next()) {
            left |= tracks.add(users, record.receivedAtNs());
        }
        written += left ? 1 : 0;
    }

    private void track(final TrackPoints piece) throws IOException {
        out.put("<trk><name>").xml(piece.track).put("</name><type>");
        out.put(piece.type.name().toLowerCase(Locale.ROOT)).put("</type>\n<trkseg>\n");
        for (int i = 0; i < piece.count; i++) {
            if (i > 0 && piece.atNs[i] - piece.atNs[i - 1] > gapNs) {
                out.put("</trkseg>\n<trkseg>\n");
            }
            point(piece, i);
        }
        out.put("</trkseg>\n</trk>\n");
    }

    private void point(final TrackPoints piece, final int i) throws IOException {
        // GPX has longitudes below 180 only
        final int lonE7 = piece.lonE7[i] == HALF_TURN_E7 ? -HALF_TURN_E7 : piece.lonE7[i];
        out.put("<trkpt lat=\"").fixed(piece.latE7[i], E7_DIGITS);
        out.put("\" lon=\"").fixed(lonE7, E7_DIGITS).put("\">");
        if (piece.elevation[i] != ABSENT) {
            out.put("<ele>").fixed(piece.elevation[i], 1).put("</ele>");
        }
        out.put("<time>").time(piece.atNs[i]).put("</time>");
        final int speed = piece.speed[i];
        final int heading = piece.heading[i];
        if (speed != ABSENT || heading != ABSENT) {
            out.put("<extensions><tp:TrackPointExtension>");
            if (speed != ABSENT) {
                out.put("<tp:speed>").fixed(speed * 2L, 2).put("</tp:speed>");
            }
            if (heading != ABSENT) {
                out.put("<tp:course>").fixed(heading % WHOLE_TURN * 125L, 4).put("</tp:course>");
            }
            out.put("</tp:TrackPointExtension></extensions>");
        }
        out.put("</trkpt>\n");
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public void close() throws IOException {
        try (out) {
            tracks.end();
            out.put("</gpx>\n");
        }
    }
}
