package io.luyun.simulator.source;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Devices that road users take and give back: one is taken again when it has been silent long enough, the longest silent first. One
 * thread.
 */
final class Slots {
    static final int NONE = -1;

    private final long quietUs;
    private final Queue<Free> free =
            new PriorityQueue<>(Comparator.comparingLong(Free::fromUs).thenComparingInt(Free::slot));
    private int size;

    private record Free(int slot, long fromUs) {}

    Slots(final int size, final int quietMillis) {
        quietUs = quietMillis * 1_000L;
        this.size = size;
        for (int i = 0; i < size; i++) {
            free.add(new Free(i, Long.MIN_VALUE));
        }
    }

    /** One for whom comes now, or NONE. */
    int take(final long nowUs) {
        final Free next = free.peek();
        if (next == null || next.fromUs > nowUs) {
            return NONE;
        }
        free.remove();
        return next.slot;
    }

    /** One for whom comes now, a new one when all are taken. */
    int takeAny(final long nowUs) {
        final int taken = take(nowUs);
        return taken == NONE ? size++ : taken;
    }

    /** Its road user was heard last then. */
    void giveBack(final int slot, final long lastUs) {
        free.add(new Free(slot, lastUs + quietUs));
    }

    int size() {
        return size;
    }
}
