package io.luyun.simulator.plan;

/** Checks settings. */
public final class Range {
    private Range() {}

    /**
     * Checks a setting.
     *
     * @throws IllegalArgumentException when the value is not within the range, both ends included
     */
    public static void check(final String key, final double value, final double min, final double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    key + " " + plain(value) + " is not in " + plain(min) + ".." + plain(max));
        }
    }

    private static String plain(final double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
