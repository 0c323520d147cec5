package io.luyun.server.exchange.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The integers of a column, those alone that are there, and in which rows they are. One thread.
 *
 * <pre>
 *   row      0  1  2  3  4  5
 *   present  1  0  0  1  1  0      a bit each, from the lowest of the first long on
 *   values   v0 v3 v4
 * </pre>
 */
final class ColumnBuffer {
    private static final int FIRST = 256;

    private final TableSchema.Kept kept;
    private final @Nullable Texts texts;
    private int[] narrow = {};
    private long[] wide = {};
    private long[] present = {};
    private int size;
    private int lastRow = -1;

    ColumnBuffer(final TableSchema.Kept kept) {
        this.kept = kept;
        this.texts = kept == TableSchema.Kept.TEXTS ? new Texts() : null;
    }

    /** Puts the value of a row, which is not before the last one; one that is put twice is the later one. */
    void put(final int row, final long value) {
        if (row == lastRow) {
            size--;
        }
        lastRow = row;
        if (row >>> 6 >= present.length) {
            present = Arrays.copyOf(present, Math.max(FIRST / Long.SIZE, 2 * (row >>> 6) + 1));
        }
        present[row >>> 6] |= 1L << row;
        if (kept == TableSchema.Kept.WIDE) {
            if (size == wide.length) {
                wide = Arrays.copyOf(wide, Math.max(FIRST, 2 * size));
            }
            wide[size++] = value;
        } else {
            if (size == narrow.length) {
                narrow = Arrays.copyOf(narrow, Math.max(FIRST, 2 * size));
            }
            narrow[size++] = (int) value;
        }
    }

    /** Whether the integers are numbers of texts. */
    boolean ofTexts() {
        return texts != null;
    }

    /** The texts that the integers are numbers of. */
    Texts texts() {
        final Texts mine = texts;
        if (mine == null) {
            throw new IllegalStateException("a column of numbers");
        }
        return mine;
    }

    /** How many values are there. */
    int size() {
        return size;
    }

    /** One of the values. */
    long value(final int index) {
        return kept == TableSchema.Kept.WIDE ? wide[index] : narrow[index];
    }

    boolean present(final int row) {
        return row >>> 6 < present.length && (present[row >>> 6] >>> row & 1) != 0;
    }

    /** 64 rows' bits. */
    long presentWord(final int word) {
        return word < present.length ? present[word] : 0;
    }

    /** Bytes that are held, more or less. */
    long held() {
        return Integer.BYTES * (long) narrow.length
                + Long.BYTES * (long) (wide.length + present.length)
                + (texts == null ? 0 : texts.held());
    }

    /** Bytes of the texts. */
    int textBytes() {
        return texts == null || texts.size() == 0 ? 0 : texts.end(texts.size() - 1);
    }

    /** Forgets all, and gives up the arrays when they are not wanted again soon. */
    void clear(final boolean giveUp) {
        size = 0;
        lastRow = -1;
        if (giveUp) {
            narrow = new int[0];
            wide = new long[0];
            present = new long[0];
        } else {
            Arrays.fill(present, 0);
        }
        if (texts != null) {
            texts.clear();
        }
    }
}
