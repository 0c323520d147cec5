package io.luyun.server.alert.supervision;

import org.jspecify.annotations.Nullable;

/** Numbers of phases, 1 to 255; others are not taken. Allocates nothing after its making. */
final class PhaseSet {
    private static final int MAX = 255;

    private final long[] bits = new long[(MAX + 1) / Long.SIZE];

    void clear() {
        for (int i = 0; i < bits.length; i++) {
            bits[i] = 0;
        }
    }

    void add(final int phase) {
        if (phase > 0 && phase <= MAX) {
            bits[phase / Long.SIZE] |= 1L << phase;
        }
    }

    boolean isEmpty() {
        return firstNotIn(null) == 0;
    }

    /** The least of them that is not in another set; 0 when there is none. */
    int firstNotIn(final @Nullable PhaseSet other) {
        for (int i = 0; i < bits.length; i++) {
            final long left = other == null ? bits[i] : bits[i] & ~other.bits[i];
            if (left != 0) {
                return i * Long.SIZE + Long.numberOfTrailingZeros(left);
            }
        }
        return 0;
    }
}
