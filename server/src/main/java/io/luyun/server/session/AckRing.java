package io.luyun.server.session;

/**
 * What of one session is in the journal but perhaps not on the disk: pairs of journal sequence and message number, both
 * rising. When full, the newest pair stands for those after it, which delays an acknowledgement and never advances it.
 */
final class AckRing {
    private static final int CAPACITY = 16;
    private static final int MASK = CAPACITY - 1;

    private final long[] sequences = new long[CAPACITY];
    private final long[] numbers = new long[CAPACITY];
    private int first;
    private int size;

    boolean isFull() {
        return size == CAPACITY;
    }

    void add(final long sequence, final long number) {
        if (size < CAPACITY) {
            size++;
        }
        final int last = (first + size - 1) & MASK;
        sequences[last] = sequence;
        numbers[last] = number;
    }

    /** Takes all pairs up to the sequence; the number of the last one, or 0 when there is none. */
    long takeUpTo(final long sequence) {
        long number = 0;
        while (size > 0 && sequences[first] <= sequence) {
            number = numbers[first];
            first = (first + 1) & MASK;
            size--;
        }
        return number;
    }
}
