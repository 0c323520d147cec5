package io.luyun.server.query;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How an answer is printed. Times are UTC; in CSV and NDJSON they are RFC 3339. */
public enum AnswerFormat {
    /** A table for people. */
    TEXT,
    /** Comma-separated values of RFC 4180 with a header; what is absent is empty. */
    CSV,
    /** A JSON object a line, without what is absent. */
    NDJSON;

    /** Rows that decide how wide the columns of a table are; those behind them may be wider. */
    private static final int ROWS_A_LOOK = 1_000;

    /** Prints all rows; answers how many. */
    public long print(final ResultSet rows, final PrintWriter out) throws SQLException {
        return switch (this) {
            case TEXT -> text(rows, out);
            case CSV -> csv(rows, out);
            case NDJSON -> ndjson(rows, out);
        };
    }

    private static long text(final ResultSet rows, final PrintWriter out) throws SQLException {
        final ResultSetMetaData about = rows.getMetaData();
        final int columns = about.getColumnCount();
        final List<String[]> first = new ArrayList<>();
        final int[] widths = new int[columns];
        final boolean[] right = new boolean[columns];
        final String[] header = new String[columns];
        for (int i = 0; i < columns; i++) {
            header[i] = about.getColumnLabel(i + 1);
            widths[i] = header[i].length();
            right[i] = number(about.getColumnType(i + 1));
        }
        long count = 0;
        boolean more = rows.next();
        while (more && first.size() < ROWS_A_LOOK) {
            final String[] cells = cells(rows, columns);
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], cells[i].length());
            }
            first.add(cells);
            more = rows.next();
        }
        out.println(line(header, widths, right));
        final String[] rule = new String[columns];
        for (int i = 0; i < columns; i++) {
            rule[i] = "-".repeat(widths[i]);
        }
        out.println(line(rule, widths, right));
        for (final String[] cells : first) {
            out.println(line(cells, widths, right));
            count++;
        }
        while (more && heard(out, count)) {
            out.println(line(cells(rows, columns), widths, right));
            count++;
            more = rows.next();
        }
        return count;
    }

    private static String[] cells(final ResultSet rows, final int columns) throws SQLException {
        final String[] cells = new String[columns];
        for (int i = 0; i < columns; i++) {
            final String value = rows.getString(i + 1);
            cells[i] = value == null ? "" : value.replace('\n', ' ').replace('\r', ' ');
        }
        return cells;
    }

    private static String line(final String[] cells, final int[] widths, final boolean[] right) {
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            final String space = " ".repeat(Math.max(0, widths[i] - cells[i].length()));
            line.append(i == 0 ? "" : "  ").append(right[i] ? space + cells[i] : cells[i] + space);
        }
        return line.toString().stripTrailing();
    }

    private static boolean number(final int type) {
        return switch (type) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.DECIMAL,
                    Types.NUMERIC -> true;
            default -> false;
        };
    }

    private static long csv(final ResultSet rows, final PrintWriter out) throws SQLException {
        final ResultSetMetaData about = rows.getMetaData();
        final StringBuilder line = new StringBuilder();
        for (final String label : labels(about)) {
            line.append(line.isEmpty() ? "" : ",").append(quoted(label));
        }
        out.print(line + "\r\n");
        long count = 0;
        while (heard(out, count) && rows.next()) {
            line.setLength(0);
            for (int i = 1; i <= about.getColumnCount(); i++) {
                final String value = value(rows, about, i);
                line.append(i == 1 ? "" : ",").append(value == null ? "" : quoted(value));
            }
            out.print(line + "\r\n");
            count++;
        }
        return count;
    }

    /** Names of the columns; one that comes again gets a number: id, id_1. */
    private static List<String> labels(final ResultSetMetaData about) throws SQLException {
        final Set<String> labels = new LinkedHashSet<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
            final String label = about.getColumnLabel(i);
            String free = label;
            for (int again = 1; !labels.add(free); again++) {
                free = label + "_" + again;
            }
        }
        return List.copyOf(labels);
    }

    /** Whether somebody takes what is written; looked at now and then. */
    private static boolean heard(final PrintWriter out, final long count) {
        return count % ROWS_A_LOOK != 0 || !out.checkError();
    }

    private static String quoted(final String value) {
        final boolean plain =
                !value.isEmpty() && value.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    private static long ndjson(final ResultSet rows, final PrintWriter out) throws SQLException {
        final ResultSetMetaData about = rows.getMetaData();
        final List<String> labels = labels(about);
        long count = 0;
        while (heard(out, count) && rows.next()) {
            final ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (int i = 1; i <= about.getColumnCount(); i++) {
                final Object value = rows.getObject(i);
                final String name = labels.get(i - 1);
                switch (value) {
                    case null -> {}
                    case Boolean flag -> object.put(name, flag);
                    case Double number when Double.isFinite(number) -> object.put(name, number);
                    case Float number when Float.isFinite(number) -> object.put(name, number);
                    case Long number -> object.put(name, number);
                    case Integer number -> object.put(name, number);
                    case Short number -> object.put(name, number);
                    case Byte number -> object.put(name, number.shortValue());
                    case java.math.BigDecimal number -> object.put(name, number);
                    case java.math.BigInteger number -> object.put(name, number);
                    default -> object.put(name, value(rows, about, i));
                }
            }
            out.println(object);
            count++;
        }
        return count;
    }

    private static @Nullable String value(final ResultSet rows, final ResultSetMetaData about, final int column)
            throws SQLException {
        final String value = rows.getString(column);
        final String type = about.getColumnTypeName(column);
        final boolean instant = type.startsWith("TIMESTAMP") && !type.endsWith("]");
        return value == null || !instant
                ? value
                : value.replaceFirst("\\+00(:00)?$", "").replace(' ', 'T') + "Z";
    }
}
