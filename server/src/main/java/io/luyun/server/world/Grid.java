package io.luyun.server.world;

import io.luyun.proto.v1.ParticipantType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Road users by place: square cells in a fixed hash table, each bucket a list of entries by slot. An entry has the place, so
 * that whoever is outside of a box is passed over without a look at the road user itself, which with many of them lies in no
 * cache; cells that are neighbours lie together in the table, too. Allocates when the pool grows.
 *
 * <pre>
 *   entries  slot 0 [ x | y | cell | kind, next ]  slot 1 [ x | y | cell | kind, next ] …         32 bytes each
 *   buckets  8 by 8 cells [ first slot … ] , 8 by 8 cells …                        slots from 1 on, 0 is none
 * </pre>
 */
final class Grid {
    private static final double CELL_METRES = 50;
    /** Cells of a block on each side, as a power of 2. */
    private static final int BLOCK_SHIFT = 3;

    private static final int BLOCK_MASK = (1 << BLOCK_SHIFT) - 1;
    private static final int MIN_BUCKETS = 1 << 12;
    private static final int MAX_BUCKETS = 1 << 18;

    private static final int WORDS = 4;
    private static final int X = 0;
    private static final int Y = 1;
    private static final int CELL = 2;
    private static final int NEXT = 3;
    /** Beside the next slot: someone on foot or on a cycle. */
    private static final long PERSON = 1L << Integer.SIZE;
    /** The same for an obstacle. */
    private static final long OBSTACLE = PERSON << 1;

    private static final long KIND = PERSON | OBSTACLE;

    private final int[] buckets;
    private final int blockMask;
    private long[] entries = new long[WORDS];
    private int[] previous = new int[1];
    private @Nullable Participant[] who = new Participant[1];
    private int obstacles;

    Grid(final int expected) {
        int size = MIN_BUCKETS;
        while (size < 3 * expected && size < MAX_BUCKETS) {
            size <<= 1;
        }
        buckets = new int[size];
        blockMask = (size >> (2 * BLOCK_SHIFT)) - 1;
    }

    void add(final Participant p) {
        final int slot = p.slot + 1;
        if (slot >= who.length) {
            final int length = Math.max(slot + 1, who.length * 2);
            who = Arrays.copyOf(who, length);
            previous = Arrays.copyOf(previous, length);
            entries = Arrays.copyOf(entries, length * WORDS);
        }
        final int at = slot * WORDS;
        final int cx = cell(p.x);
        final int cy = cell(p.y);
        final int bucket = bucket(cx, cy);
        final int head = buckets[bucket];
        who[slot] = p;
        entries[at + CELL] = key(cx, cy);
        entries[at + NEXT] = head;
        place(at, p);
        previous[slot] = 0;
        if (head != 0) {
            previous[head] = slot;
        }
        buckets[bucket] = slot;
    }

    void remove(final Participant p) {
        final int slot = p.slot + 1;
        final int at = slot * WORDS;
        final int before = previous[slot];
        final int next = (int) entries[at + NEXT];
        if (before != 0) {
            final int link = before * WORDS + NEXT;
            entries[link] = (entries[link] & KIND) | next;
        } else {
            final long cell = entries[at + CELL];
            buckets[bucket((int) (cell >> Integer.SIZE), (int) cell)] = next;
        }
        if (next != 0) {
            previous[next] = before;
        }
        obstacles -= obstacleAt(at);
        who[slot] = null;
    }

    void moved(final Participant p) {
        final int at = (p.slot + 1) * WORDS;
        if (entries[at + CELL] == key(cell(p.x), cell(p.y))) {
            place(at, p);
        } else {
            remove(p);
            add(p);
        }
    }

    private void place(final int at, final Participant p) {
        entries[at + X] = Double.doubleToRawLongBits(p.x);
        entries[at + Y] = Double.doubleToRawLongBits(p.y);
        final boolean person = p.ptcType == ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE
                || p.ptcType == ParticipantType.PARTICIPANT_NON_MOTOR_VALUE;
        obstacles -= obstacleAt(at);
        entries[at + NEXT] = (entries[at + NEXT] & ~KIND) | (person ? PERSON : 0) | (p.obstacle() ? OBSTACLE : 0);
        obstacles += obstacleAt(at);
    }

    private int obstacleAt(final int at) {
        return (entries[at + NEXT] & OBSTACLE) == 0 ? 0 : 1;
    }

    /** Shows all within a box to the visitor, the cells from west to east and south to north, newest in a cell first. */
    void visit(
            final double west,
            final double south,
            final double east,
            final double north,
            final ParticipantVisitor visitor) {
        visit(west, south, east, north, 0, visitor);
    }

    /** The same of those on foot and on cycles alone. */
    void visitPeople(
            final double west,
            final double south,
            final double east,
            final double north,
            final ParticipantVisitor visitor) {
        visit(west, south, east, north, PERSON, visitor);
    }

    /** The same of obstacles alone. */
    void visitObstacles(
            final double west,
            final double south,
            final double east,
            final double north,
            final ParticipantVisitor visitor) {
        if (obstacles > 0) {
            visit(west, south, east, north, OBSTACLE, visitor);
        }
    }

    private void visit(
            final double west,
            final double south,
            final double east,
            final double north,
            final long needed,
            final ParticipantVisitor visitor) {
        final int firstX = cell(west);
        final int lastX = cell(east);
        final int firstY = cell(south);
        final int lastY = cell(north);
        for (int cx = firstX; cx <= lastX; cx++) {
            for (int cy = firstY; cy <= lastY; cy++) {
                visitCell(cx, cy, west, south, east, north, needed, visitor);
            }
        }
    }

    private void visitCell(
            final int cx,
            final int cy,
            final double west,
            final double south,
            final double east,
            final double north,
            final long needed,
            final ParticipantVisitor visitor) {
        final long cell = key(cx, cy);
        for (int slot = buckets[bucket(cx, cy)]; slot != 0; slot = (int) entries[slot * WORDS + NEXT]) {
            final int at = slot * WORDS;
            if (entries[at + CELL] != cell || (entries[at + NEXT] & needed) != needed) {
                continue;
            }
            final double x = Double.longBitsToDouble(entries[at + X]);
            final double y = Double.longBitsToDouble(entries[at + Y]);
            final Participant p = x >= west && x <= east && y >= south && y <= north ? who[slot] : null;
            if (p != null) {
                visitor.visit(p);
            }
        }
    }

    private int bucket(final int cx, final int cy) {
        final int hash = (cx >> BLOCK_SHIFT) * 0x9E37_79B1 + (cy >> BLOCK_SHIFT) * 0x85EB_CA6B;
        return (((hash ^ (hash >>> 15)) & blockMask) << (2 * BLOCK_SHIFT))
                | ((cy & BLOCK_MASK) << BLOCK_SHIFT)
                | (cx & BLOCK_MASK);
    }

    private static long key(final int cx, final int cy) {
        return ((long) cx << Integer.SIZE) | (cy & 0xFFFF_FFFFL);
    }

    private static int cell(final double metres) {
        return (int) Math.floor(metres / CELL_METRES);
    }
}
