package io.luyun.server.query;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a table: bsm.parquet, bsm.2.parquet and so on. */
final class TableFiles {
    private TableFiles() {}

    /** Those in a directory, in order; empty when there is none. */
    static List<Path> of(final Path directory, final String table) {
        final List<Path> files = new ArrayList<>();
        Path file = directory.resolve(table + ".parquet");
        while (Files.isRegularFile(file)) {
            files.add(file);
            file = directory.resolve(table + "." + (files.size() + 1) + ".parquet");
        }
        return files;
    }
}
