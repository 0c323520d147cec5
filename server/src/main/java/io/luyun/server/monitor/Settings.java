package io.luyun.server.monitor;

/** Checks of configuration values. Each error names the key, the value and the range. */
public final class Settings {
    private Settings() {}

    /** Returns the value when it lies in the range, both ends included. */
    public static long inRange(final String key, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(key + " = " + value + ": must be " + min + " to " + max);
        }
        return value;
    }

    /** Returns the value when it lies in the range, both ends included. */
    public static double inRange(final String key, final double value, final double min, final double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(key + " = " + value + ": must be " + min + " to " + max);
        }
        return value;
    }

    /** Fails with the key, the value and the rule when the condition does not hold. */
    public static void require(final boolean holds, final String key, final Object value, final String rule) {
        if (!holds) {
            throw new IllegalArgumentException(key + " = " + value + ": " + rule);
        }
    }
}
