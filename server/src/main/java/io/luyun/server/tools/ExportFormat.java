package io.luyun.server.tools;

import io.luyun.server.exchange.Exporter;
import io.luyun.server.exchange.table.TableExporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A form of other tools that records are written in.
 *
 * @param name on the command line
 * @param contents what such a file holds, for people
 */
record ExportFormat(String name, String contents, Opening opening) {
    private static final List<ExportFormat> ALL = List.of(
            new ExportFormat("parquet", "a directory of tables", output -> TableExporter.parquet(output, _ -> true)),
            new ExportFormat("csv", "a directory of tables", output -> TableExporter.csv(output, _ -> true)));

    /** Begins a file; what is there is overwritten. */
    @FunctionalInterface
    interface Opening {
        Exporter open(Path output) throws IOException;
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

    /** All of them, each with what it holds. */
    static String names() {
        return ALL.stream()
                .map(format -> format.name + " (" + format.contents + ")")
                .collect(Collectors.joining(", "));
    }
}
