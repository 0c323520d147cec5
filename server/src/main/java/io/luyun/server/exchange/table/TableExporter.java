package io.luyun.server.exchange.table;

import io.luyun.server.exchange.Exporter;
import io.luyun.server.research.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as tables, a file each, into a directory. A table without rows has no file. One thread; closed by whoever opened it.
 * What it holds is bounded, whatever the length of a journal: rows are written when a table has so many, or when all of them hold so
 * many bytes.
 */
public final class TableExporter implements Exporter {
    /** Rows of a table that are written together. */
    private static final int ROWS = 1 << 16;

    /** Bytes of texts of a table that are written together at the latest. */
    private static final long TEXT_BYTES = 4L << 20;

    /** Bytes that all tables may hold. */
    private static final long HELD_BYTES = 96L << 20;

    private static final int RECORDS_A_LOOK = 4_096;
    private static final int KINDS = 128;

    private final Path directory;
    private final TableSink.Opening sinks;
    private final Map<String, String> about = new HashMap<>();
    private final ReceiveTimes received = new ReceiveTimes();
    private final RecordHead head = new RecordHead();
    private final List<Filled> tables = new ArrayList<>();
    private final Filled[][] byKind = new Filled[KINDS][];
    private long seen;
    private long written;

    private static final class Filled {
        private final Table table;
        private final Rows rows;
        private @Nullable TableSink sink;

        Filled(final Table table) {
            this.table = table;
            rows = new Rows(table.schema());
        }
    }

    private TableExporter(final Path directory, final Predicate<String> wanted, final TableSink.Opening sinks) {
        this.directory = directory;
        this.sinks = sinks;
        for (final Table table : Tables.all(received)) {
            if (wanted.test(table.schema().name())) {
                tables.add(new Filled(table));
            }
        }
        for (int kind = 0; kind < KINDS; kind++) {
            final int number = kind;
            byKind[kind] = tables.stream()
                    .filter(filled -> filled.table.kinds().contains(number))
                    .toArray(Filled[]::new);
        }
    }

    /**
     * Begins Parquet files in a directory, which is made; tables that are in it are removed.
     *
     * @param wanted whether a table is wanted, by its name
     */
    public static TableExporter parquet(final Path directory, final Predicate<String> wanted) throws IOException {
        return open(directory, wanted, "parquet", ParquetTable::new);
    }

    /** The same as comma-separated values. */
    public static TableExporter csv(final Path directory, final Predicate<String> wanted) throws IOException {
        return open(directory, wanted, "csv", (into, schema, _) -> new CsvTable(into, schema));
    }

    private static TableExporter open(
            final Path directory, final Predicate<String> wanted, final String ending, final TableSink.Opening sinks)
            throws IOException {
        Files.createDirectories(directory);
        for (final Path file : files(directory, ending)) {
            Files.delete(file);
        }
        return new TableExporter(directory, wanted, sinks);
    }

    /**
     * The files of tables in a directory, in the order of their names; once an export has ended those that it wrote.
     *
     * @param ending csv or parquet
     */
    public static List<Path> files(final Path directory, final String ending) throws IOException {
        final Pattern names = Pattern.compile(
                Tables.schemas().stream().map(TableSchema::name).collect(Collectors.joining("|", "(", ")"))
                        + "(\\.[0-9]+)?\\." + ending);
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file ->
                            names.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .toList();
        }
    }

    /** {@inheritDoc} Parquet files have it as key-value metadata. */
    @Override
    public void about(final Map<String, String> facts) {
        about.putAll(facts);
    }

    @Override
    public void add(final Records record) throws IOException {
        if (record.kind() < Records.CONTROL_KINDS) {
            received.put(record.sequence(), record.receivedAtNs());
        }
        int added = 0;
        if (record.kind() < KINDS && byKind[record.kind()].length > 0) {
            head.of(record);
            for (final Filled filled : byKind[record.kind()]) {
                added += filled.table.source().add(record, head, filled.rows);
                if (filled.rows.count() >= ROWS) {
                    write(filled, false);
                }
            }
        }
        written += added > 0 ? 1 : 0;
        if (++seen % RECORDS_A_LOOK == 0) {
            bound();
        }
    }

    private void bound() throws IOException {
        long held = 0;
        Filled most = null;
        for (final Filled filled : tables) {
            if (filled.rows.textBytes() >= TEXT_BYTES) {
                write(filled, true);
            }
            held += filled.rows.held();
            if (most == null || filled.rows.held() > most.rows.held()) {
                most = filled;
            }
        }
        if (held > HELD_BYTES && most != null) {
            write(most, true);
        }
    }

    private void write(final Filled filled, final boolean giveUp) throws IOException {
        if (filled.rows.count() == 0) {
            return;
        }
        TableSink sink = filled.sink;
        if (sink == null) {
            sink = sinks.open(directory, filled.table.schema(), about);
            filled.sink = sink;
        }
        filled.rows.complete();
        sink.write(filled.rows);
        filled.rows.clear(giveUp);
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public void close() throws IOException {
        for (final Filled filled : tables) {
            write(filled, true);
            final TableSink sink = filled.sink;
            if (sink != null) {
                sink.close();
            }
        }
    }
}
