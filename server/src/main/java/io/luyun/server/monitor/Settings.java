package io.luyun.server.monitor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

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

    /** Whether every address of a host is a loopback one; fails with the key and the value when it has none. */
    public static boolean isLoopback(final String key, final String host) {
        try {
            for (final InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException(key + " = " + host + ": must be an address or a name that resolves", e);
        }
    }

    /** Fails with the key, the value and the rule when the condition does not hold. */
    public static void require(final boolean holds, final String key, final Object value, final String rule) {
        if (!holds) {
            throw new IllegalArgumentException(key + " = " + value + ": " + rule);
        }
    }

    /** What a parser has to say of a text, without the lines in which it shows where: an error is one line. */
    public static String firstLine(final @Nullable String said) {
        return said == null ? "" : said.lines().findFirst().orElse("");
    }
}
