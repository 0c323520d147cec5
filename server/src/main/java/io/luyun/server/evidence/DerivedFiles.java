package io.luyun.server.evidence;

import io.luyun.proto.v1.RecordKind;
import io.luyun.server.exchange.mcap.McapExporter;
import io.luyun.server.exchange.mcap.McapOptions;
import io.luyun.server.research.MergedRecords;
import io.luyun.server.research.RecordLines;
import io.luyun.server.research.Records;
import io.luyun.server.research.TextBytes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a package has besides the raw frames, made of these: the same records as text and as MCAP, and what MAP messages said. One thread. */
final class DerivedFiles {
    static final String JOURNAL = "journal.ndjson";
    static final String ALERTS = "alerts.ndjson";
    static final String MCAP = "window.mcap";
    static final String MAPS = "maps.geojson";

    private final Path directory;
    private final Map<Integer, String> devices;
    private final Pace pace;

    DerivedFiles(final Path directory, final Map<Integer, String> devices, final Pace pace) {
        this.directory = directory;
        this.devices = devices;
        this.pace = pace;
    }

    /** Writes them. */
    void write(final @Nullable Path zone, final Map<String, String> about) throws IOException {
        lines(WindowFiles.JOURNAL, JOURNAL);
        lines(WindowFiles.ALERTS, ALERTS);
        mcap(zone, about);
    }

    private void lines(final String from, final String to) throws IOException {
        final MapText maps = new MapText();
        final boolean journal = from.equals(WindowFiles.JOURNAL);
        try (RawFileRecords records = new RawFileRecords(directory.resolve(from), devices);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(directory.resolve(to)))) {
            final RecordLines lines = lines();
            final TextBytes text = new TextBytes();
            while (records.next()) {
                pace.step();
                lines.print(text, records);
                text.moveTo(out);
                if (records.kind() == RecordKind.RECORD_KIND_MAP_VALUE) {
                    maps.add(records);
                }
            }
        }
        if (journal) {
            Files.write(directory.resolve(MAPS), maps.json().toPrettyString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** How records stand in a line; who verifies must write them in the same way. */
    static RecordLines lines() {
        return new RecordLines(RecordLines.Form.NDJSON, false);
    }

    private void mcap(final @Nullable Path zone, final Map<String, String> about) throws IOException {
        try (Records records = merged(directory, devices);
                McapExporter exporter = McapExporter.open(directory.resolve(MCAP), new McapOptions(zone, Set.of()))) {
            exporter.about(about);
            while (records.next()) {
                pace.step();
                exporter.add(records);
            }
        }
    }

    /** Records and alerts in the order of their times, as they stand in the MCAP file. */
    static Records merged(final Path directory, final Map<Integer, String> devices) throws IOException {
        final RawFileRecords journal = new RawFileRecords(directory.resolve(WindowFiles.JOURNAL), devices);
        try {
            return new MergedRecords(journal, new RawFileRecords(directory.resolve(WindowFiles.ALERTS), devices));
        } catch (final IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }
}
