package io.luyun.simulator.replay;

import java.util.function.LongUnaryOperator;

/**
 * Other ids of eight octets: the same for the same id as long as this object lives, never the same for two, and others in each run. A
 * permutation of all 64-bit numbers, chosen by two keys, so that nothing need be remembered. Stateless, any thread.
 */
public final class FreshIds implements LongUnaryOperator {
    private static final long FIRST_FACTOR = 0xBF58_476D_1CE4_E5B9L;
    private static final long SECOND_FACTOR = 0x94D0_49BB_1331_11EBL;

    private final long key;
    private final long otherKey;

    /** Ids by these keys. */
    public FreshIds(final long key, final long otherKey) {
        this.key = key;
        this.otherKey = otherKey;
    }

    /** Each step can be undone: adding, a shift to the right under exclusive or, an odd factor. */
    @Override
    public long applyAsLong(final long id) {
        long mixed = id + key;
        mixed = (mixed ^ (mixed >>> 30)) * FIRST_FACTOR;
        mixed = (mixed ^ (mixed >>> 27)) * SECOND_FACTOR;
        mixed ^= mixed >>> 31;
        return mixed ^ otherKey;
    }
}
