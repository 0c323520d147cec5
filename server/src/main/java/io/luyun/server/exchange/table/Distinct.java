package io.luyun.server.exchange.table;

/**
 * The different values of a column, numbered from 0 on in the order in which they come, and for each value which of them it is. Of
 * a column of too many it soon gives up. One object for many columns; one thread.
 */
final class Distinct {
    /** More of them are no dictionary. */
    private static final int MOST = 1 << 15;

    /** After so many values it looks whether it is worth it. */
    private static final int FIRST_LOOK = 2_048;

    private static final int SLOT_BITS = 17;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long[] keys = new long[SLOTS];
    private final int[] numbers = new int[SLOTS];
    private final int[] usedSlots = new int[MOST];
    private final long[] values = new long[MOST];
    private int[] indices = new int[0];
    private int size;

    /** Whether the values are so few that numbering them pays; then the accessors tell of them. */
    boolean of(final ColumnBuffer column) {
        for (int i = 0; i < size; i++) {
            numbers[usedSlots[i]] = 0;
        }
        size = 0;
        if (indices.length < column.size()) {
            indices = new int[Math.max(column.size(), 2 * indices.length)];
        }
        return column.isWide() ? of(column.wide(), column.size()) : of(column.narrow(), column.size());
    }

    private boolean of(final long[] column, final int count) {
        for (int i = 0; i < count; i++) {
            final int number = number(column[i]);
            if (number < 0 || (number == i / 2 && i >= FIRST_LOOK)) {
                return false;
            }
            indices[i] = number;
        }
        return true;
    }

    private boolean of(final int[] column, final int count) {
        for (int i = 0; i < count; i++) {
            final int number = number(column[i]);
            if (number < 0 || (number == i / 2 && i >= FIRST_LOOK)) {
                return false;
            }
            indices[i] = number;
        }
        return true;
    }

    /** Number of a value; -1 when there are too many. */
    private int number(final long value) {
        int slot = (int) (value * GOLDEN >>> Long.SIZE - SLOT_BITS);
        while (numbers[slot] != 0 && keys[slot] != value) {
            slot = slot + 1 & SLOTS - 1;
        }
        if (numbers[slot] == 0) {
            if (size == MOST) {
                return -1;
            }
            keys[slot] = value;
            usedSlots[size] = slot;
            values[size] = value;
            numbers[slot] = ++size;
        }
        return numbers[slot] - 1;
    }

    /** How many. */
    int size() {
        return size;
    }

    long value(final int number) {
        return values[number];
    }

    /** Which of them a value of the column is. */
    int index(final int valueIndex) {
        return indices[valueIndex];
    }
}
