package io.luyun.server.exchange.table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks DuckDB about files that are not its own. */
final class Duck implements AutoCloseable {
    private final Connection connection;

    Duck() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    /** Rows by the names of their columns. */
    List<Map<String, Object>> rows(final String sql) throws SQLException {
        final List<Map<String, Object>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                final Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.put(result.getMetaData().getColumnName(i), result.getObject(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** The single value. */
    Object value(final String sql) throws SQLException {
        return rows(sql).getFirst().values().iterator().next();
    }

    /** All of a table, as it stands in its file; empty where there is none. Instants as ns since 1970. */
    List<Map<String, Object>> table(final Path directory, final TableSchema schema) throws SQLException {
        final Path file = directory.resolve(schema.name() + ".parquet");
        if (!Files.exists(file)) {
            return List.of();
        }
        final StringBuilder columns = new StringBuilder();
        for (final Column column : schema.columns()) {
            columns.append(columns.isEmpty() ? "" : ", ")
                    .append(column.form() == Column.Form.TIMESTAMP ? "epoch_ns(" + column.name() + ") as " : "")
                    .append('"')
                    .append(column.name())
                    .append('"');
        }
        return rows("select " + columns + " from read_parquet('" + file + "')");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
