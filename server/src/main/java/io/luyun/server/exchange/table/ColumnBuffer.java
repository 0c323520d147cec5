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

    private final boolean isWide;
    private final @Nullable Texts texts;
    private int[] narrow = {};
    private long[] wide = {};
    private long[] present = {};
    private int size;

    ColumnBuffer(final TableSchema.Kept kept) {
        isWide = kept == TableSchema.Kept.WIDE;
        texts = kept == TableSchema.Kept.TEXTS ? new Texts() : null;
    }

    /**
     * Adds 64 rows, or the last ones of less.
     *
     * @param word how many times 64 rows are before them
     * @param bits in which of them a value is
     * @param from values of all of them, whatever they are where none is
     * @param offset where the first one's is
     */
    void add(final int word, final long bits, final long[] from, final int offset) {
        if (word >= present.length) {
            present = Arrays.copyOf(present, Math.max(FIRST / Long.SIZE, 2 * word + 1));
        }
        present[word] = bits;
        final int more = Long.bitCount(bits);
        if (isWide) {
            addWide(bits, from, offset, more);
        } else {
            addNarrow(bits, from, offset, more);
        }
        size += more;
    }

    private void addWide(final long bits, final long[] from, final int offset, final int more) {
        if (wide.length - size < more) {
            wide = Arrays.copyOf(wide, Math.max(FIRST, 2 * wide.length));
        }
        if (bits == -1) {
            System.arraycopy(from, offset, wide, size, Long.SIZE);
            return;
        }
        int at = size;
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            wide[at++] = from[offset + Long.numberOfTrailingZeros(rest)];
        }
    }

    private void addNarrow(final long bits, final long[] from, final int offset, final int more) {
        if (narrow.length - size < more) {
            narrow = Arrays.copyOf(narrow, Math.max(FIRST, 2 * narrow.length));
        }
        if (bits == -1) {
            for (int i = 0; i < Long.SIZE; i++) {
                narrow[size + i] = (int) from[offset + i];
            }
            return;
        }
        int at = size;
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            narrow[at++] = (int) from[offset + Long.numberOfTrailingZeros(rest)];
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
        return isWide ? wide[index] : narrow[index];
    }

    /** Whether the values have 64 bits, and lie in {@link #wide}. */
    boolean isWide() {
        return isWide;
    }

    long[] wide() {
        return wide;
    }

    int[] narrow() {
        return narrow;
    }

    boolean present(final int row) {
        return (presentWord(row >>> 6) >>> row & 1) != 0;
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
