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
    /** There is a value behind a row without one. */
    private boolean gaps;

    ColumnBuffer(final TableSchema.Kept kept) {
        this.kept = kept;
        this.texts = kept == TableSchema.Kept.TEXTS ? new Texts() : null;
    }

    /** Puts the value of a row, which is behind the last one. */
    void put(final int row, final long value) {
        if (row != size || gaps) {
            mark(row);
        }
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

    /** Bits are kept from the first row on that has no value. */
    private void mark(final int row) {
        if (row >>> 6 >= present.length) {
            present = Arrays.copyOf(present, Math.max(FIRST / Long.SIZE, 2 * (row >>> 6) + 1));
        }
        if (!gaps) {
            gaps = true;
            for (int before = 0; before < size; before++) {
                present[before >>> 6] |= 1L << before;
            }
        }
        present[row >>> 6] |= 1L << row;
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
        return gaps ? row >>> 6 < present.length && (present[row >>> 6] >>> row & 1) != 0 : row < size;
    }

    /** 64 rows' bits. */
    long presentWord(final int word) {
        if (gaps) {
            return word < present.length ? present[word] : 0;
        }
        final int values = size - word * Long.SIZE;
        return values >= Long.SIZE ? -1 : values <= 0 ? 0 : (1L << values) - 1;
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
        gaps = false;
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
