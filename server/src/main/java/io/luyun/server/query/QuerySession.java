package io.luyun.server.query;

import io.luyun.server.exchange.table.Column;
import io.luyun.server.exchange.table.TableSchema;
import io.luyun.server.exchange.table.Tables;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One question: what it reads, and its answer. The tables are made known as views of Parquet files; a table that has no file is
 * empty. Before the question is asked, all files but those and the spill directory are closed to it, and so are settings. One
 * thread; closed by whoever opened it.
 */
public final class QuerySession implements AutoCloseable {
    private static final Map<String, TableSchema> TABLES =
            Tables.schemas().stream().collect(Collectors.toMap(TableSchema::name, Function.identity()));

    private final Connection connection;
    private final String sql;
    private final Set<String> named;

    private QuerySession(final Connection connection, final String sql, final Set<String> named) {
        this.connection = connection;
        this.sql = sql;
        this.named = named;
    }

    /**
     * Looks at a question.
     *
     * @param memory what DuckDB may take: {@code 1GB}
     * @throws QueryException when it is none
     */
    public static QuerySession open(final DuckDriver driver, final String sql, final String memory) {
        try {
            final Connection connection = driver.connect();
            try {
                // a limit as a literal: a setting takes no parameter
                execute(connection, "set memory_limit = '" + memory.replace("'", "''") + "'");
                execute(connection, "set TimeZone = 'UTC'");
                return new QuerySession(connection, sql, Statements.tables(connection, sql));
            } catch (final SQLException | QueryException e) {
                connection.close();
                throw e;
            }
        } catch (final SQLException e) {
            throw new QueryException(e);
        }
    }

    /** The tables that it reads, through views or not. */
    public Set<String> tables() {
        final Set<String> tables = new LinkedHashSet<>(Views.tables(named));
        tables.retainAll(TABLES.keySet());
        return tables;
    }

    /**
     * Answers it out of tables in a directory.
     *
     * @param spill where DuckDB may put what has no place in memory
     * @param answer takes the rows
     * @throws QueryException when it cannot be answered
     */
    public void ask(final Path directory, final Path spill, final Answer answer) {
        try {
            execute(connection, "set temp_directory = " + literal(spill.toAbsolutePath()));
            for (final String table : tables()) {
                execute(
                        connection,
                        "create view " + table + " as " + source(directory, Objects.requireNonNull(TABLES.get(table))));
            }
            final Set<String> views = views();
            for (final String view : Views.names()) {
                if (views.contains(view)) {
                    execute(connection, "create view " + view + " as " + Views.sql(view));
                }
            }
            execute(connection, "set allowed_directories = [" + literal(directory.toAbsolutePath()) + "]");
            execute(connection, "set enable_external_access = false");
            execute(connection, "set lock_configuration = true");
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                answer.take(rows);
            }
        } catch (final SQLException e) {
            throw new QueryException(e);
        }
    }

    private Set<String> views() {
        final Set<String> views = new LinkedHashSet<>(named);
        final List<String> last = Views.names().stream().toList().reversed();
        for (final String view : last) {
            if (views.contains(view)) {
                views.addAll(Views.needs(view));
            }
        }
        return views;
    }

    private static String source(final Path directory, final TableSchema schema) {
        final List<Path> files = TableFiles.of(directory, schema.name());
        if (!files.isEmpty()) {
            return "select * from read_parquet("
                    + files.stream()
                            .map(file -> literal(file.toAbsolutePath()))
                            .collect(Collectors.joining(", ", "[", "]"))
                    + ")";
        }
        return "select "
                + schema.columns().stream().map(QuerySession::absent).collect(Collectors.joining(", "))
                + " where false";
    }

    private static String absent(final Column column) {
        return "null::" + column.sqlType() + " as " + column.name();
    }

    private static String literal(final Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    private static void execute(final Connection connection, final String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (final SQLException e) {
            throw new QueryException(e);
        }
    }

    /** Takes the rows of an answer. */
    @FunctionalInterface
    public interface Answer {
        void take(ResultSet rows) throws SQLException;
    }
}
