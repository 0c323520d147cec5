package io.luyun.server.world;

import org.jspecify.annotations.Nullable;

/** Road users by place: square cells in a fixed hash table, each bucket a list through the road users. No allocation. */
final class Grid {
    private static final double CELL_METRES = 50;

    private final @Nullable Participant[] buckets;
    private final int mask;

    Grid(final int expected) {
        int size = 256;
        while (size < expected && size < 1 << 20) {
            size <<= 1;
        }
        buckets = new Participant[size];
        mask = size - 1;
    }

    void add(final Participant p) {
        p.cellX = cell(p.x);
        p.cellY = cell(p.y);
        final int bucket = bucket(p.cellX, p.cellY);
        final Participant head = buckets[bucket];
        p.cellPrevious = null;
        p.cellNext = head;
        if (head != null) {
            head.cellPrevious = p;
        }
        buckets[bucket] = p;
    }

    void remove(final Participant p) {
        final Participant previous = p.cellPrevious;
        final Participant next = p.cellNext;
        if (previous != null) {
            previous.cellNext = next;
        } else {
            buckets[bucket(p.cellX, p.cellY)] = next;
        }
        if (next != null) {
            next.cellPrevious = previous;
        }
        p.cellPrevious = null;
        p.cellNext = null;
    }

    void moved(final Participant p) {
        if (cell(p.x) != p.cellX || cell(p.y) != p.cellY) {
            remove(p);
            add(p);
        }
    }

    /** Shows all within a box to the visitor, the cells from west to east and south to north, newest in a cell first. */
    void visit(
            final double west,
            final double south,
            final double east,
            final double north,
            final ParticipantVisitor visitor) {
        final int firstX = cell(west);
        final int lastX = cell(east);
        final int firstY = cell(south);
        final int lastY = cell(north);
        for (int cx = firstX; cx <= lastX; cx++) {
            for (int cy = firstY; cy <= lastY; cy++) {
                for (Participant p = buckets[bucket(cx, cy)]; p != null; p = p.cellNext) {
                    if (p.cellX == cx && p.cellY == cy && p.x >= west && p.x <= east && p.y >= south && p.y <= north) {
                        visitor.visit(p);
                    }
                }
            }
        }
    }

    private int bucket(final int cx, final int cy) {
        final int hash = cx * 0x9E37_79B1 + cy * 0x85EB_CA6B;
        return (hash ^ (hash >>> 15)) & mask;
    }

    private static int cell(final double metres) {
        return (int) Math.floor(metres / CELL_METRES);
    }
}
