package io.luyun.simulator.traffic;

/** Draws a plausible network of city streets out of a seed. */
public final class ZoneGenerator {
    private ZoneGenerator() {}

    /** A zone of about 42 km of road, 16 signalised junctions and 4 bends, each with a roadside unit. */
    public static Zone generate(final long seed) {
        throw new UnsupportedOperationException("seed " + seed);
    }
}
