package io.luyun.benchmarks.peers;

import java.util.Arrays;

/**
 * When each message of one connection should have been sent, until it is answered: a ring over rising numbers that grows when
 * more are on the way. Owned by one thread.
 */
final class InFlight {
    /** Nothing is waiting under this number. */
    static final long NONE = Long.MIN_VALUE;

    private static final int FIRST_CAPACITY = 64;

    private long[] intendedNs = new long[FIRST_CAPACITY];
    private long first;
    private long next;

    InFlight() {
        Arrays.fill(intendedNs, NONE);
    }

    /** Takes in the next message; returns its number, from 0. */
    long add(final long atNs) {
        if (next - first == intendedNs.length) {
            grow();
        }
        intendedNs[slot(next)] = atNs;
        return next++;
    }

    /** Lets go of a message; returns when it should have been sent, {@link #NONE} when nothing waits under this number. */
    long take(final long number) {
        if (number < first || number >= next) {
            return NONE;
        }
        final long atNs = intendedNs[slot(number)];
        intendedNs[slot(number)] = NONE;
        while (first < next && intendedNs[slot(first)] == NONE) {
            first++;
        }
        return atNs;
    }

    /** Number of the oldest message that waits, or of the next when none does. */
    long first() {
        return first;
    }

    /** Number of the message that comes next. */
    long next() {
        return next;
    }

    private int slot(final long number) {
        return (int) number & intendedNs.length - 1;
    }

    private void grow() {
        final long[] larger = new long[2 * intendedNs.length];
        Arrays.fill(larger, NONE);
        for (long number = first; number < next; number++) {
            larger[(int) number & larger.length - 1] = intendedNs[slot(number)];
        }
        intendedNs = larger;
    }
}
