package io.luyun.simulator.source;

/**
 * How a journal is driven by.
 *
 * @param copies so many times side by side
 * @param eastMetres so far east of the one before lies each copy
 * @param northMetres so far north
 * @param laterSeconds so much later in the journal than the one before begins each copy, which goes on at the journal's beginning
 * @param roadside whether roadside units tell what they saw, by RSM
 * @param quietMillis so long everything is silent between the journal's end and its next beginning
 * @param seed of the temporary ids
 */
public record JournalOptions(
        int copies,
        double eastMetres,
        double northMetres,
        double laterSeconds,
        boolean roadside,
        int quietMillis,
        long seed) {
    private static final int MOST_COPIES = 1_000;
    private static final double FURTHEST_METRES = 100_000;
    private static final double LATEST_SECONDS = 86_400;

    /** Checks the ranges. */
    public JournalOptions {
        range("copies", copies, 1, MOST_COPIES);
        range("eastMetres", eastMetres, -FURTHEST_METRES, FURTHEST_METRES);
        range("northMetres", northMetres, -FURTHEST_METRES, FURTHEST_METRES);
        range("laterSeconds", laterSeconds, 0, LATEST_SECONDS);
        range("quietMillis", quietMillis, 0, 600_000);
        if (copies > 1 && eastMetres == 0 && northMetres == 0 && laterSeconds == 0) {
            throw new IllegalArgumentException("copies " + copies
                    + ": must be shifted by eastMetres, northMetres or laterSeconds, or each would drive in the other");
        }
    }

    /** The journal as it is, again and again. */
    public static JournalOptions plain(final boolean roadside, final long seed) {
        return new JournalOptions(1, 0, 0, 0, roadside, FcdOptions.QUIET_MILLIS, seed);
    }

    private static void range(final String key, final double value, final double least, final double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(key + " " + value + ": must be " + least + " to " + most);
        }
    }
}
