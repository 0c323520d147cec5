package io.luyun.server.exchange.place;

import io.luyun.proto.codec.RoadUserReader;
import io.luyun.server.exchange.Exporter;
import io.luyun.server.research.Records;
import io.luyun.server.research.RoadUsers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** GeoJSON with a point for each time that a road user tells where it is or is seen, and for alerts and roadside events. */
public final class PointsExporter implements Exporter {
    private static final int ABSENT = RoadUserReader.ABSENT;

    private final FeatureFile file;
    private final EventFeatures events;
    private final RoadUsers users = new RoadUsers();
    private long written;

    private PointsExporter(final FeatureFile file) {
        this.file = file;
        events = new EventFeatures(file);
    }

    /**
     * Begins a file.
     *
     * @param sequence a feature a line instead of one collection
     */
    public static PointsExporter open(final Path file, final boolean sequence) throws IOException {
        return new PointsExporter(FeatureFile.open(file, sequence));
    }

    @Override
    public void add(final Records record) throws IOException {
        int features = events.add(record);
        users.of(record);
        while (users.next()) {
            features += point(record) ? 1 : 0;
        }
        written += features > 0 ? 1 : 0;
    }

    private boolean point(final Records record) throws IOException {
        final RoadUserReader state = users.state();
        if (state.latE7() == ABSENT || state.lonE7() == ABSENT) {
            return false;
        }
        file.point(state.latE7(), state.lonE7(), state.elevation());
        file.text("track", users.track())
                .text("device", users.device())
                .text("class", users.type().name().toLowerCase(Locale.ROOT))
                .flag("self", users.self())
                .time("at", users.atNs())
                .time("received_at", record.receivedAtNs())
                .number("sequence", record.sequence())
                .fixed("speed_mps", state.speed(), 2, 2)
                .fixed("heading_deg", state.heading(), 125, 4)
                .fixed("length_m", state.lengthCm(), 1, 2)
                .fixed("width_m", state.widthCm(), 1, 2)
                .end();
        return true;
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
