package io.luyun.server.exchange.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * A table in Parquet files: {@code bsm.parquet}, and behind so many rows {@code bsm.2.parquet} and so on, since the directory at the
 * end of a file is kept in memory until then. One thread.
 */
final class ParquetTable implements TableSink {
    /** Row groups of a file: each takes some 0.5 kB of memory a column until the file is finished. */
    private static final int MOST_GROUPS = 128;

    private static final long GROUP_BYTES = 128L << 20;
    private static final int MOST_PADDING = 0;

    private final Path directory;
    private final TableSchema schema;
    private final Map<String, String> about;
    private final MessageType type;
    private final ParquetChunks chunks = new ParquetChunks();
    private @Nullable ParquetFileWriter writer;
    private int groups;
    private int files;

    ParquetTable(final Path directory, final TableSchema schema, final Map<String, String> about) {
        this.directory = directory;
        this.schema = schema;
        this.about = Map.copyOf(about);
        type = new MessageType(
                schema.name(), schema.columns().stream().map(ParquetTable::type).toList());
    }

    private static Type type(final Column column) {
        final var primitive = switch (column.form()) {
            case INTEGER -> Types.optional(PrimitiveTypeName.INT32);
            case BIGINT -> Types.optional(PrimitiveTypeName.INT64);
            case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE);
            case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN);
            case TIMESTAMP ->
                Types.optional(PrimitiveTypeName.INT64).as(LogicalTypeAnnotation.timestampType(false, TimeUnit.NANOS));
            case NAME, TEXT, HEX -> Types.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType());
        };
        return primitive.named(column.name());
    }

    @Override
    public void write(final Rows rows) throws IOException {
        if (groups == MOST_GROUPS) {
            finish();
        }
        final ParquetFileWriter out = writer();
        out.startBlock(rows.count());
        final List<Column> columns = schema.columns();
        int taken = -1;
        for (int i = 0; i < columns.size(); i++) {
            final Column column = columns.get(i);
            if (column.buffer() != taken) {
                taken = column.buffer();
                chunks.take(rows.buffer(taken), rows.count(), column.form() == Column.Form.BOOLEAN);
            }
            chunks.write(out, column, type.getColumns().get(i));
        }
        out.endBlock();
        groups++;
    }

    private ParquetFileWriter writer() throws IOException {
        ParquetFileWriter out = writer;
        if (out == null) {
            files++;
            final String name = schema.name() + (files == 1 ? "" : "." + files) + ".parquet";
            out = new ParquetFileWriter(
                    new LocalOutputFile(directory.resolve(name)),
                    type,
                    ParquetFileWriter.Mode.OVERWRITE,
                    GROUP_BYTES,
                    MOST_PADDING);
            out.start();
            writer = out;
        }
        return out;
    }

    private void finish() throws IOException {
        final ParquetFileWriter out = writer;
        if (out != null) {
            out.end(about);
            writer = null;
            groups = 0;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            finish();
        } finally {
            chunks.close();
        }
    }
}
