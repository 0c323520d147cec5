package io.luyun.server.query;

import io.luyun.server.exchange.table.TableExporter;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;

/** Asks questions of a journal that is exported once. */
final class Asked implements AutoCloseable {
    private final DuckDriver driver = DuckDriver.open(jar());
    private final Path tables;
    private final Path spill;

    Asked(final Path directory) throws Exception {
        Junction.write(directory.resolve("data"));
        tables = directory.resolve("tables");
        spill = Files.createDirectories(directory.resolve("spill"));
        try (Records records = Recording.open(directory.resolve("data")).records(Selection.ALL);
                TableExporter exporter = TableExporter.parquet(tables, _ -> true)) {
            while (records.next()) {
                exporter.add(records);
            }
        }
    }

    /** The driver that the tests have on their class path. */
    static Path jar() {
        try {
            final CodeSource source = Class.forName("org.duckdb.DuckDBDriver")
                    .getProtectionDomain()
                    .getCodeSource();
            return Path.of(source.getLocation().toURI());
        } catch (final ReflectiveOperationException | java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Path tables() {
        return tables;
    }

    /** The lines of the answer as CSV, the header first. */
    List<String> csv(final String sql) {
        return print(sql, AnswerFormat.CSV).lines().toList();
    }

    String print(final String sql, final AnswerFormat format) {
        final StringWriter text = new StringWriter();
        try (QuerySession session = QuerySession.open(driver, sql, "512MB");
                PrintWriter out = new PrintWriter(text)) {
            session.ask(tables, spill, rows -> format.print(rows, out));
        }
        return text.toString();
    }

    List<String> tablesOf(final String sql) {
        try (QuerySession session = QuerySession.open(driver, sql, "512MB")) {
            return session.tables().stream().sorted().toList();
        }
    }

    DuckDriver driver() {
        return driver;
    }

    @Override
    public void close() {
        driver.close();
    }
}
