package io.luyun.server.ops;

import java.util.Locale;
import java.util.regex.Pattern;

/** Reads Host headers. */
final class Hosts {
    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

    private Hosts() {}

    /** Whether a Host header, with or without a port, names this machine itself. */
    static boolean isLoopback(final String host) {
        final int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        final String name = (end <= 0 ? host : host.substring(0, end)).toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("[::1]")
                || LOOPBACK_V4.matcher(name).matches();
    }
}
