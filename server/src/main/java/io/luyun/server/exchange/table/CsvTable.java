package io.luyun.server.exchange.table;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table as comma-separated values of RFC 4180 in UTF-8: a header, lines that end with CR LF, quotes where they are needed. A value
 * that is absent is empty without quotes, an empty text is {@code ""}; times are RFC 3339, quantities the exact decimals. One thread.
 */
final class CsvTable implements TableSink {
    private static final int FLUSH_BYTES = 1 << 16;

    private final TableSchema schema;
    private final OutputStream out;
    private final TextOut text = new TextOut();

    CsvTable(final Path directory, final TableSchema schema) throws IOException {
        this.schema = schema;
        out = new BufferedOutputStream(Files.newOutputStream(directory.resolve(schema.name() + ".csv")));
        text.put(schema.columns().stream().map(Column::name).collect(Collectors.joining(",")));
        end();
    }

    @Override
    public void write(final Rows rows) throws IOException {
        final List<Column> columns = schema.columns();
        final int[] next = new int[schema.buffers().size()];
        for (int row = 0; row < rows.count(); row++) {
            for (int i = 0; i < columns.size(); i++) {
                if (i > 0) {
                    text.put(',');
                }
                final Column column = columns.get(i);
                final ColumnBuffer buffer = rows.buffer(column.buffer());
                if (buffer.present(row)) {
                    value(column, buffer, buffer.value(next[column.buffer()]));
                }
            }
            end();
            for (int i = 0; i < next.length; i++) {
                next[i] += rows.buffer(i).present(row) ? 1 : 0;
            }
        }
    }

    private void end() throws IOException {
        text.put("\r\n");
        if (text.size() >= FLUSH_BYTES) {
            flush();
        }
    }

    private void flush() throws IOException {
        out.write(text.bytes(), 0, text.size());
        text.cut(0);
    }

    private void value(final Column column, final ColumnBuffer buffer, final long value) {
        switch (column.form()) {
            case INTEGER, BIGINT -> text.number(value);
            case DOUBLE -> text.quantity(value, column.scale());
            case BOOLEAN -> text.put(value == 0 ? "false" : "true");
            case TIMESTAMP -> text.instant(value);
            case NAME -> {
                final Names names = column.names();
                text.put(names == null ? Long.toString(value) : names.of(value));
            }
            case HEX -> {
                final Texts texts = buffer.texts();
                for (int i = texts.begin((int) value); i < texts.end((int) value); i++) {
                    text.hex(texts.bytes()[i]);
                }
            }
            case TEXT -> quoted(buffer.texts(), (int) value);
        }
    }

    private void quoted(final Texts texts, final int number) {
        final byte[] bytes = texts.bytes();
        final int begin = texts.begin(number);
        final int end = texts.end(number);
        boolean plain = begin < end;
        for (int i = begin; plain && i < end; i++) {
            plain = bytes[i] != '"' && bytes[i] != ',' && bytes[i] != '\n' && bytes[i] != '\r';
        }
        if (plain) {
            text.put(bytes, begin, end);
            return;
        }
        text.put('"');
        for (int i = begin; i < end; i++) {
            if (bytes[i] == '"') {
                text.put('"');
            }
            text.put(bytes, i, i + 1);
        }
        text.put('"');
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }
}
