package io.luyun.benchmarks.torture.fuzz;

/**
 * How long.
 *
 * @param seed of the mutations
 * @param inputs of each target at most
 * @param millis for each target at most
 */
public record FuzzPlan(long seed, long inputs, long millis) {
    public FuzzPlan {
        if (inputs < 1 || millis < 1) {
            throw new IllegalArgumentException("inputs = " + inputs + ", millis = " + millis + ": must be 1 or more");
        }
    }

    /** So many inputs, however long that takes. */
    public static FuzzPlan inputs(final long seed, final long inputs) {
        return new FuzzPlan(seed, inputs, Long.MAX_VALUE >> 20);
    }

    /** So long for each target. */
    public static FuzzPlan seconds(final long seed, final long seconds) {
        return new FuzzPlan(seed, Long.MAX_VALUE, seconds * 1_000);
    }
}
