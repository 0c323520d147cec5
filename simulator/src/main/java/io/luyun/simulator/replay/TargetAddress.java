package io.luyun.simulator.replay;

import io.luyun.simulator.link.LinkConfig;
import java.util.Locale;

/**
 * Where to play to.
 *
 * @param form how
 * @param text as it was given
 * @param host name or address; empty for stdout
 * @param port port; 0 for stdout
 */
public record TargetAddress(Form form, String text, String host, int port) {
    /** What is spoken there. */
    public enum Form {
        /** A server's device port. */
        SERVER,
        /** A server's MQTT port. */
        MQTT,
        /** Datagrams of UPER. */
        UDP,
        /** A connection that takes frames. */
        TCP,
        /** This process's stdout. */
        STDOUT
    }

    private static final String RULE =
            "must be HOST:PORT of a server, mqtt://HOST:PORT, udp://HOST:PORT, tcp://HOST:PORT or - for stdout";

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with what was given and what it must be
     */
    public static TargetAddress of(final String text) {
        if (text.equals("-")) {
            return new TargetAddress(Form.STDOUT, text, "", 0);
        }
        final int scheme = text.indexOf("://");
        try {
            final LinkConfig at = LinkConfig.parse(scheme < 0 ? text : text.substring(scheme + 3));
            return new TargetAddress(form(scheme < 0 ? "" : text.substring(0, scheme)), text, at.host(), at.port());
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("--to " + text + ": " + RULE, e);
        }
    }

    private static Form form(final String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "" -> Form.SERVER;
            case "mqtt" -> Form.MQTT;
            case "udp" -> Form.UDP;
            case "tcp" -> Form.TCP;
            default -> throw new IllegalArgumentException(scheme);
        };
    }
}
