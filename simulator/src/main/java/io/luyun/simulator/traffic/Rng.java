package io.luyun.simulator.traffic;

/** SplitMix64 (Steele, Lea, Flood 2014): small, seeded, and the same numbers on every JVM. */
public final class Rng {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** A row of numbers; the same seed gives the same. */
    public Rng(final long seed) {
        state = seed;
    }

    /** Spreads a number over 64 bits. */
    public static long mix(final long value) {
        long z = value + GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number 0..1 out of a hash. */
    static double unit(final long hash) {
        return (hash >>> 11) * 0x1.0p-53;
    }

    /** Any number. */
    public long nextLong() {
        final long mixed = mix(state);
        state += GAMMA;
        return mixed;
    }

    /** 0 up to but without 1. */
    public double nextDouble() {
        return unit(nextLong());
    }

    /** Evenly from one number up to but without the other. */
    public double between(final double low, final double high) {
        return low + (high - low) * nextDouble();
    }

    /** 0 up to but without the bound. */
    public int below(final int bound) {
        return (int) Math.min(bound - 1L, (long) (nextDouble() * bound));
    }

    /** About normal with mean 0 and deviation 1, at most 6 away: the sum of twelve (Irwin-Hall), exact on every JVM. */
    public double noise() {
        double sum = -6;
        for (int i = 0; i < 6; i++) {
            final long bits = nextLong();
            sum += (int) ((bits >>> 32) & 0x7FFFFFFF) * 0x1.0p-31 + (int) (bits & 0x7FFFFFFF) * 0x1.0p-31;
        }
        return sum;
    }
}
