package io.luyun.server.live;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The road users of a picture: a row each in a slot it keeps, and in a grid of cells of some 360 m so that a box is found without
 * looking at all. The rows are as they are sent. One thread; allocates only when it grows.
 */
final class RowTable {
    static final int NONE = -1;

    /** Cells are squares of 2^15 steps of 1e-7 deg; chosen here: a screen of a city's blocks is a few of them. */
    private static final int CELL_BITS = 15;

    private static final int FIRST = 256;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /** Takes slots out of a search. */
    @FunctionalInterface
    interface Visitor {
        void visit(int slot);
    }

    private final UnsafeBuffer rows = new UnsafeBuffer(new byte[FIRST * PositionRow.KEPT]);
    private final Long2LongHashMap slots = new Long2LongHashMap(NONE);
    private final Long2LongHashMap cells = new Long2LongHashMap(NONE);
    private long[] ids = new long[FIRST];
    private long[] lastAtNs = new long[FIRST];
    private int[] changed = new int[FIRST];
    private int[] mark = new int[FIRST];
    private long[] cell = new long[FIRST];
    private int[] next = new int[FIRST];
    private int[] previous = new int[FIRST];
    private int[] free = new int[FIRST];
    private int freeCount;
    private int used;
    private int turn;

    /** A new turn: what is put from now on counts as changed in it. */
    void begin() {
        turn++;
    }

    /** Number of the turn. */
    int turn() {
        return turn;
    }

    int size() {
        return slots.size();
    }

    /** Slots are less than this. */
    int slots() {
        return used;
    }

    /** A row as it is handed over, with flags that the road does not know of. */
    void put(final Batch batch, final int index, final int moreFlags) {
        final int from = Batch.rowAt(index);
        final long id = batch.rows().getLong(from + PositionRow.ID, ORDER);
        int slot = (int) slots.get(id);
        final boolean known = slot != NONE;
        if (!known) {
            slot = take();
            slots.put(id, slot);
            ids[slot] = id;
        }
        final int at = slot * PositionRow.KEPT;
        rows.putBytes(at, batch.rows(), from, PositionRow.KEPT);
        rows.putByte(at + PositionRow.FLAGS, (byte) (rows.getByte(at + PositionRow.FLAGS) | moreFlags));
        lastAtNs[slot] = batch.lastAtNs(index);
        changed[slot] = turn;
        mark[slot] = turn;
        final long now = cellOf(latE7(slot), lonE7(slot));
        if (!known) {
            link(slot, now);
        } else if (cell[slot] != now) {
            unlink(slot);
            link(slot, now);
        }
    }

    /** Sets or takes back a flag of a road user, if it is there. */
    void flag(final long id, final int flag, final boolean on) {
        final int slot = (int) slots.get(id);
        if (slot != NONE) {
            final int at = slot * PositionRow.KEPT + PositionRow.FLAGS;
            final int flags = rows.getByte(at);
            rows.putByte(at, (byte) (on ? flags | flag : flags & ~flag));
            changed[slot] = turn;
        }
    }

    void remove(final long id) {
        final int slot = (int) slots.remove(id);
        if (slot != NONE) {
            unlink(slot);
            ids[slot] = 0;
            if (freeCount == free.length) {
                free = Arrays.copyOf(free, freeCount * 2);
            }
            free[freeCount++] = slot;
        }
    }

    /** Takes out who was not put in this turn. */
    void keepMarked() {
        for (int slot = 0; slot < used; slot++) {
            if (ids[slot] != 0 && mark[slot] != turn) {
                remove(ids[slot]);
            }
        }
    }

    /** Where a road user is; {@link #NONE} for nowhere. */
    int slotOf(final long id) {
        return (int) slots.get(id);
    }

    /** Who is in a slot; 0 for nobody. */
    long id(final int slot) {
        return ids[slot];
    }

    /** The turn in which it changed last. */
    int changed(final int slot) {
        return changed[slot];
    }

    int device(final int slot) {
        return rows.getInt(slot * PositionRow.KEPT + PositionRow.DEVICE, ORDER);
    }

    int seenBy(final int slot) {
        return rows.getInt(slot * PositionRow.KEPT + PositionRow.SEEN_BY, ORDER);
    }

    /** Writes a row whole. */
    void write(final int slot, final UnsafeBuffer to, final int at, final long nowNs) {
        to.putBytes(at, rows, slot * PositionRow.KEPT, PositionRow.KEPT);
        final long ageMs = (nowNs - lastAtNs[slot]) / 1_000_000L;
        to.putInt(at + PositionRow.AGE, (int) Math.clamp(ageMs, 0L, 0xFFFF_FFFFL), ORDER);
    }

    /** Shows the slots of those in a box to the visitor. */
    void forEachIn(final Box box, final Visitor visitor) {
        final long columns = (box.eastE7() >> CELL_BITS) - (box.westE7() >> CELL_BITS) + 1L;
        final long lines = (box.northE7() >> CELL_BITS) - (box.southE7() >> CELL_BITS) + 1L;
        if (columns * lines >= cells.size()) {
            for (int slot = 0; slot < used; slot++) {
                if (ids[slot] != 0 && box.contains(latE7(slot), lonE7(slot))) {
                    visitor.visit(slot);
                }
            }
            return;
        }
        for (int line = box.southE7() >> CELL_BITS; line <= box.northE7() >> CELL_BITS; line++) {
            for (int column = box.westE7() >> CELL_BITS; column <= box.eastE7() >> CELL_BITS; column++) {
                for (int slot = (int) cells.get(key(line, column)); slot != NONE; slot = next[slot]) {
                    if (box.contains(latE7(slot), lonE7(slot))) {
                        visitor.visit(slot);
                    }
                }
            }
        }
    }

    private int latE7(final int slot) {
        return rows.getInt(slot * PositionRow.KEPT + PositionRow.LAT, ORDER);
    }

    private int lonE7(final int slot) {
        return rows.getInt(slot * PositionRow.KEPT + PositionRow.LON, ORDER);
    }

    private int take() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (used == ids.length) {
            final int length = used * 2;
            rows.wrap(Arrays.copyOf(rows.byteArray(), length * PositionRow.KEPT));
            ids = Arrays.copyOf(ids, length);
            lastAtNs = Arrays.copyOf(lastAtNs, length);
            changed = Arrays.copyOf(changed, length);
            mark = Arrays.copyOf(mark, length);
            cell = Arrays.copyOf(cell, length);
            next = Arrays.copyOf(next, length);
            previous = Arrays.copyOf(previous, length);
        }
        return used++;
    }

    private static long cellOf(final int latE7, final int lonE7) {
        return key(latE7 >> CELL_BITS, lonE7 >> CELL_BITS);
    }

    private static long key(final int line, final int column) {
        return ((long) line << Integer.SIZE) | (column & 0xFFFF_FFFFL);
    }

    private void link(final int slot, final long where) {
        final int head = (int) cells.get(where);
        cell[slot] = where;
        next[slot] = head;
        previous[slot] = NONE;
        if (head != NONE) {
            previous[head] = slot;
        }
        cells.put(where, slot);
    }

    private void unlink(final int slot) {
        if (next[slot] != NONE) {
            previous[next[slot]] = previous[slot];
        }
        if (previous[slot] != NONE) {
            next[previous[slot]] = next[slot];
        } else if (next[slot] != NONE) {
            cells.put(cell[slot], next[slot]);
        } else {
            cells.remove(cell[slot]);
        }
    }
}
