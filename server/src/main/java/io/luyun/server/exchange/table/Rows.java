package io.luyun.server.exchange.table;

/** Rows of a table on their way to a file, column by column. One thread. */
final class Rows {
    private final TableSchema schema;
    private final ColumnBuffer[] buffers;
    private int count;

    Rows(final TableSchema schema) {
        this.schema = schema;
        buffers = new ColumnBuffer[schema.buffers().size()];
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = new ColumnBuffer(schema.buffers().get(i));
        }
    }

    TableSchema schema() {
        return schema;
    }

    /** Begins a row, in which nothing is yet. */
    int next() {
        return count++;
    }

    /** How many there are. */
    int count() {
        return count;
    }

    ColumnBuffer buffer(final int index) {
        return buffers[index];
    }

    /** Bytes that are held, more or less. */
    long held() {
        long held = 0;
        for (final ColumnBuffer buffer : buffers) {
            held += buffer.held();
        }
        return held;
    }

    /** Bytes of the texts among them. */
    long textBytes() {
        long bytes = 0;
        for (final ColumnBuffer buffer : buffers) {
            bytes += buffer.textBytes();
        }
        return bytes;
    }

    /** Forgets all. */
    void clear(final boolean giveUp) {
        count = 0;
        for (final ColumnBuffer buffer : buffers) {
            buffer.clear(giveUp);
        }
    }
}
