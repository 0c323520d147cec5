package io.luyun.server.exchange.place;

import io.luyun.server.exchange.Exporter;
import io.luyun.server.research.Records;
import io.luyun.server.research.RoadUsers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** GeoJSON with a line for each track, which ends where the road user is silent, and points for alerts and roadside events. */
public final class TracksExporter implements Exporter {
    /** About 40 MB. */
    private static final int MOST_POINTS = 1_000_000;

    private final FeatureFile file;
    private final EventFeatures events;
    private final RoadUsers users = new RoadUsers();
    private final OpenTracks tracks;
    private long written;

    private TracksExporter(final FeatureFile file, final long gapNs, final int mostPoints) {
        this.file = file;
        events = new EventFeatures(file);
        tracks = new OpenTracks(gapNs, mostPoints, this::line);
    }

    /**
     * Begins a file.
     *
     * @param sequence a feature a line instead of one collection
     * @param gapNs a road user that is silent for longer begins a new line
     */
    public static TracksExporter open(final Path file, final boolean sequence, final long gapNs) throws IOException {
        return open(file, sequence, gapNs, MOST_POINTS);
    }

    static TracksExporter open(final Path file, final boolean sequence, final long gapNs, final int mostPoints)
            throws IOException {
        return new TracksExporter(FeatureFile.open(file, sequence), gapNs, mostPoints);
    }

    @Override
    public void add(final Records record) throws IOException {
        boolean left = events.add(record) > 0;
        users.of(record);
        while (users.next()) {
            left |= tracks.add(users, record.receivedAtNs());
        }
        written += left ? 1 : 0;
    }

    /** A line has at least two positions; one alone is a point. */
    private void line(final TrackPoints piece) throws IOException {
        final int count = piece.count;
        if (count == 1) {
            file.point(piece.latE7[0], piece.lonE7[0], piece.elevation[0]);
        } else {
            file.lines(false);
            for (int i = 0; i < count; i++) {
                file.linePosition(piece.latE7[i], piece.lonE7[i], piece.elevation[i]);
            }
            file.endLines(false);
        }
        file.text("track", piece.track)
                .text("device", piece.device)
                .text("class", piece.type.name().toLowerCase(Locale.ROOT))
                .time("from", piece.atNs[0])
                .time("to", piece.atNs[count - 1])
                .number("points", count)
                .millis("times", piece.atNs, count)
                .end();
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public void close() throws IOException {
        try (file) {
            tracks.end();
        }
    }
}
