package io.luyun.server.tools;

import io.luyun.server.exchange.Exporter;
import io.luyun.server.exchange.mcap.McapExporter;
import io.luyun.server.exchange.pcap.PcapExporter;
import io.luyun.server.exchange.place.FcdExporter;
import io.luyun.server.exchange.place.GpxExporter;
import io.luyun.server.exchange.place.PointsExporter;
import io.luyun.server.exchange.place.TracksExporter;
import io.luyun.server.exchange.table.TableExporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A form of other tools that records are written in.
 *
 * @param name on the command line
 * @param contents what such a file holds, for people
 * @param options names of those options in {@link ExportOptions} that it reads
 */
record ExportFormat(String name, String contents, Set<String> options, Opening opening) {
    private static final List<ExportFormat> ALL = List.of(
            new ExportFormat(
                    "parquet",
                    "a directory of tables",
                    Set.of(),
                    (output, _) -> TableExporter.parquet(output, _ -> true)),
            new ExportFormat(
                    "csv", "a directory of tables", Set.of(), (output, _) -> TableExporter.csv(output, _ -> true)),
            new ExportFormat(
                    "mcap",
                    "everything, for Foxglove and journal import",
                    Set.of(ExportOptions.ZONE, ExportOptions.FOLLOW),
                    (output, options) -> McapExporter.open(output, options.mcap())),
            new ExportFormat(
                    "pcap",
                    "messages as UPER in datagrams, pcapng for Wireshark",
                    Set.of(ExportOptions.DIALECT, ExportOptions.ENVELOPE),
                    (output, options) -> PcapExporter.open(output, options.pcap())),
            new ExportFormat(
                    "geojson",
                    "a point an observation, for QGIS",
                    Set.of(ExportOptions.SEQUENCE),
                    (output, options) -> PointsExporter.open(output, options.sequence())),
            new ExportFormat(
                    "geojson-tracks",
                    "a line a track",
                    Set.of(ExportOptions.SEQUENCE, ExportOptions.GAP),
                    (output, options) -> TracksExporter.open(output, options.sequence(), options.gapNs())),
            new ExportFormat(
                    "fcd",
                    "time steps for SUMO",
                    Set.of(ExportOptions.STEP),
                    (output, options) -> FcdExporter.open(output, options.stepNs())),
            new ExportFormat(
                    "gpx",
                    "tracks for GPS programs",
                    Set.of(ExportOptions.GAP),
                    (output, options) -> GpxExporter.open(output, options.gapNs())));

    /** Begins a file; what is there is overwritten. */
    @FunctionalInterface
    interface Opening {
        Exporter open(Path output, ExportOptions options) throws IOException;
    }

    /**
     * The one of this name, whatever its case.
     *
     * @throws IllegalArgumentException with the names there are
     */
    static ExportFormat of(final String name) {
        for (final ExportFormat format : ALL) {
            if (format.name.equalsIgnoreCase(name)) {
                return format;
            }
        }
        throw new IllegalArgumentException("--format " + name + ": must be one of " + names());
    }

    /** All there are. */
    static List<ExportFormat> all() {
        return ALL;
    }

    /** Which ones have an option, as the end of a sentence. */
    static String takersOf(final String option) {
        return ALL.stream()
                .filter(format -> format.options.contains(option))
                .map(ExportFormat::name)
                .collect(Collectors.joining(", ", "; it belongs to ", ""));
    }

    /** All of them, each with what it holds. */
    static String names() {
        return ALL.stream()
                .map(format -> format.name + " (" + format.contents + ")")
                .collect(Collectors.joining(", "));
    }
}
