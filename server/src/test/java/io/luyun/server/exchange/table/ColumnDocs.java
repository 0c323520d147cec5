package io.luyun.server.exchange.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The page that names every column of every table, made of the schemas. */
final class ColumnDocs {
    private static final int MOST_NAMES = 16;

    private ColumnDocs() {}

    static String page() {
        final StringBuilder page = new StringBuilder("""
                # Columns of the tables

                Made of the code: `TableDocsTest` holds this page to it, and writes it anew with `-Dluyun.docs.write=true`. What the
                names mean and how the tables are used stands in [tables.md](tables.md).

                """);
        for (final TableSchema schema : Tables.schemas()) {
            table(page, schema);
        }
        return page.toString();
    }

    private static void table(final StringBuilder page, final TableSchema schema) {
        page.append("## ")
                .append(schema.name())
                .append("\n\nA row is ")
                .append(schema.row())
                .append(".\n\n| column | type | unit or names | field | standard |\n|---|---|---|---|---|\n");
        List<Column> same = new ArrayList<>();
        for (final Column column : schema.columns()) {
            if (!same.isEmpty() && same.getFirst().buffer() != column.buffer()) {
                row(page, same);
                same = new ArrayList<>();
            }
            same.add(column);
        }
        row(page, same);
        page.append('\n');
    }

    private static void row(final StringBuilder page, final List<Column> same) {
        final Column first = same.getFirst();
        page.append("| ")
                .append(same.stream().map(column -> "`" + column.name() + "`").collect(Collectors.joining(", ")))
                .append(" | ")
                .append(same.stream().map(Column::sqlType).collect(Collectors.joining(", ")))
                .append(" | ")
                .append(same.stream().map(ColumnDocs::unit).collect(Collectors.joining(", ")))
                .append(" | ")
                .append(first.field())
                .append(" | ")
                .append(first.standard())
                .append(" |\n");
    }

    private static String unit(final Column column) {
        final Names names = column.names();
        if (names == null) {
            return column.unit();
        }
        final List<String> all = names.all();
        return all.size() <= MOST_NAMES
                ? String.join(" ", all)
                : String.join(" ", all.subList(0, MOST_NAMES)) + " and " + (all.size() - MOST_NAMES) + " more";
    }
}
