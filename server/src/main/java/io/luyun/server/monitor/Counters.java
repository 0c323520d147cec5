package io.luyun.server.monitor;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The server's counters. Any thread adds, any thread reads; each value stands in a cache line of its own. Besides the
 * named counters there are two tables: messages received by role and kind, and alerts raised by kind.
 */
public final class Counters {
    /** Bound of the role, message kind and alert kind numbers the tables hold. */
    public static final int TABLE_BOUND = 64;

    private static final int ROLES = 8;
    private static final int STRIDE = 8;

    private final AtomicLongArray values = new AtomicLongArray((Counter.values().length + 1) * STRIDE);
    private final AtomicLongArray messages = new AtomicLongArray(ROLES * TABLE_BOUND);
    private final AtomicLongArray alerts = new AtomicLongArray(TABLE_BOUND);

    /** Adds one. */
    public void increment(final Counter counter) {
        add(counter, 1);
    }

    /** Adds so many. */
    public void add(final Counter counter, final long count) {
        values.getAndAdd((counter.ordinal() + 1) * STRIDE, count);
    }

    /** The value now. */
    public long get(final Counter counter) {
        return values.get((counter.ordinal() + 1) * STRIDE);
    }

    /** Counts a message taken in, by the sender's role and the message kind (numbers of luyun.v1). */
    public void message(final int role, final int kind) {
        messages.getAndIncrement(cell(role, kind));
    }

    /** Messages taken in of this role and kind. */
    public long messages(final int role, final int kind) {
        return messages.get(cell(role, kind));
    }

    /** Counts an alert raised, by its kind (number of luyun.v1). */
    public void alert(final int kind) {
        alerts.getAndIncrement(kind & (TABLE_BOUND - 1));
    }

    /** Alerts raised of this kind. */
    public long alerts(final int kind) {
        return alerts.get(kind & (TABLE_BOUND - 1));
    }

    private static int cell(final int role, final int kind) {
        return (role & (ROLES - 1)) * TABLE_BOUND + (kind & (TABLE_BOUND - 1));
    }
}
