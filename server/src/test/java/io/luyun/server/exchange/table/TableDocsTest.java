package io.luyun.server.exchange.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the documentation of the tables to the code. */
final class TableDocsTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void everyColumnStandsInTheDocs() throws Exception {
        final Path page = DOCS.resolve("table-columns.md");
        if (Boolean.getBoolean("luyun.docs.write")) {
            Files.writeString(page, ColumnDocs.page());
        }
        assertThat(page).hasContent(ColumnDocs.page());
    }

    @Test
    void everyTableStandsInTheGuide() throws Exception {
        final String guide = Files.readString(DOCS.resolve("tables.md"));
        for (final TableSchema schema : Tables.schemas()) {
            assertThat(guide).contains("`" + schema.name() + "`");
        }
    }
}
