package io.luyun.server.exchange.table;

import java.util.Arrays;

/**
 * Rows of a table on their way to a file. One thread.
 *
 * <p>64 rows at a time are gathered in one small block before they go into the arrays of their columns: a value costs a third of
 * what it does when each goes into an array of its own, since the block stays in the nearest cache and on few pages.
 */
final class Rows {
    private static final int BLOCK = Long.SIZE;

    private final TableSchema schema;
    private final ColumnBuffer[] buffers;
    private final long[] block;
    private final long[] blockPresent;
    private int count;
    /** Row within the block. */
    private int row = -1;

    Rows(final TableSchema schema) {
        this.schema = schema;
        buffers = schema.buffers().stream().map(ColumnBuffer::new).toArray(ColumnBuffer[]::new);
        block = new long[BLOCK * buffers.length];
        blockPresent = new long[buffers.length];
    }

    TableSchema schema() {
        return schema;
    }

    /** Begins a row, in which nothing is yet. */
    void next() {
        if (row == BLOCK - 1) {
            drain();
        }
        row++;
        count++;
    }

    /** Puts a value into the row begun last; of a column that is put twice the later one counts. */
    void put(final int column, final long value) {
        block[column * BLOCK + row] = value;
        blockPresent[column] |= 1L << row;
    }

    /** The texts that the integers of a column are numbers of. */
    Texts texts(final int column) {
        return buffers[column].texts();
    }

    private void drain() {
        final int word = (count - 1) / BLOCK;
        for (int column = 0; column < buffers.length; column++) {
            if (blockPresent[column] != 0) {
                buffers[column].add(word, blockPresent[column], block, column * BLOCK);
            }
        }
        Arrays.fill(blockPresent, 0);
        row = -1;
    }

    /** Puts what is gathered where {@link #buffer} finds it; no row may be begun before {@link #clear}. */
    void complete() {
        if (row >= 0) {
            drain();
        }
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
        return Arrays.stream(buffers).mapToLong(ColumnBuffer::held).sum();
    }

    /** Bytes of the texts among them. */
    long textBytes() {
        return Arrays.stream(buffers).mapToLong(ColumnBuffer::textBytes).sum();
    }

    /** Forgets all. */
    void clear(final boolean giveUp) {
        count = 0;
        row = -1;
        Arrays.fill(blockPresent, 0);
        for (final ColumnBuffer buffer : buffers) {
            buffer.clear(giveUp);
        }
    }
}
