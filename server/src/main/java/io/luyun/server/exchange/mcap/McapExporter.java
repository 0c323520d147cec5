package io.luyun.server.exchange.mcap;

import io.luyun.server.exchange.Exporter;
import io.luyun.server.research.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records as an MCAP file: each as it is, with all that {@link McapImport} needs to bring it back, and what Foxglove shows of it. One
 * thread.
 */
public final class McapExporter implements Exporter {
    /** Name of the file's own metadata. */
    static final String METADATA = "luyun";

    private static final String ABOUT = "luyun.about";

    private final McapWriter writer;
    private final Topics topics;
    private final RawTopics raw;
    private final RoadScene road;
    private final AlertScene alerts;
    private final LogTopic log;
    private final @Nullable ZoneTopics zone;
    private boolean begun;
    private boolean placed;
    private long written;

    private McapExporter(final McapWriter writer, final McapOptions options) throws IOException {
        this.writer = writer;
        topics = new Topics(writer);
        raw = new RawTopics(writer);
        final Path file = options.zone();
        zone = file == null ? null : new ZoneTopics(topics, file);
        road = new RoadScene(writer, topics, options.follow(), zone == null ? null : zone.plane());
        alerts = new AlertScene(topics);
        log = new LogTopic(topics);
    }

    /**
     * Begins a file; what is there is overwritten.
     *
     * @throws IllegalArgumentException when the zone file is none
     */
    public static McapExporter open(final Path output, final McapOptions options) throws IOException {
        final McapWriter writer = new McapWriter(output, METADATA);
        try {
            final Map<String, String> about = new LinkedHashMap<>();
            about.put("format", "1");
            about.put("frame", "zone: x metres to the east, y to the north of the fix on /zone/origin");
            about.put("record", "field 1000 of each message of luyun.v1: sequence, device, number, boot epoch");
            writer.metadata(METADATA, about);
            return new McapExporter(writer, options);
        } catch (final IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    @Override
    public void about(final Map<String, String> facts) {
        try {
            writer.metadata(ABOUT, new TreeMap<>(facts));
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write what the records are about", e);
        }
    }

    @Override
    public void add(final Records record) throws IOException {
        final long timeNs = record.receivedAtNs();
        if (!begun && zone != null) {
            zone.write(timeNs);
        }
        begun = true;
        raw.add(record);
        road.add(record);
        final LocalPlane plane = road.plane();
        if (!placed && plane != null) {
            placed = true;
            origin(timeNs, plane);
        }
        if (record.kind() >= Records.CONTROL_KINDS) {
            log.add(record);
            alerts.add(record, plane);
        }
        writer.roll();
        written++;
    }

    /** Where the origin of the scene is, and that its frame stands in a map. */
    private void origin(final long timeNs, final LocalPlane plane) {
        final Octets content = new Octets(128);
        final ProtoWriter out = new ProtoWriter(content);
        out.number(1, plane.originLatE7() / 1e7);
        out.number(2, plane.originLonE7() / 1e7);
        out.time(6, timeNs);
        out.text(7, Topics.frame());
        topics.write("/zone/origin", FoxgloveSchemas.LOCATION_FIX, 0, timeNs, timeNs, content);
        content.length(0);
        out.time(1, timeNs);
        out.text(2, "map");
        out.text(3, Topics.frame());
        final EntityWriter poses = new EntityWriter(out);
        poses.vector(4, 0, 0, 0);
        poses.rotation(5, 0);
        topics.write("/zone/frame", FoxgloveSchemas.FRAME_TRANSFORM, 0, timeNs, timeNs, content);
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
