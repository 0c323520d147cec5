package io.luyun.simulator.link;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the server is and how to talk to it.
 *
 * @param host name or address
 * @param port device port
 * @param tls whether to use TLS
 * @param trust certificates to trust (PEM), or null for the system's
 * @param certificate client certificate chain (PEM), or null for none
 * @param key private key of the certificate (PEM, PKCS #8), or null for none
 * @param connectTimeoutMillis how long a connection and its Welcome may take
 * @param maxOutstanding messages one client keeps that the server has not answered for; more are shed and counted
 * @param heartbeatMillis a client that sent nothing for this long sends a heartbeat
 */
public record LinkConfig(
        String host,
        int port,
        boolean tls,
        @Nullable Path trust,
        @Nullable Path certificate,
        @Nullable Path key,
        int connectTimeoutMillis,
        int maxOutstanding,
        int heartbeatMillis) {
    /** Checks the ranges. */
    public LinkConfig {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not in 1..65535");
        }
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a client certificate and its key belong together; one is missing");
        }
        if (maxOutstanding < 1) {
            throw new IllegalArgumentException("maxOutstanding " + maxOutstanding + " is not positive");
        }
    }

    /** Plain TCP with the usual bounds: 5 s to connect, 16,384 messages outstanding, a heartbeat every 5 s. */
    public static LinkConfig plain(final String host, final int port) {
        return new LinkConfig(host, port, false, null, null, null, 5_000, 16_384, 5_000);
    }

    /**
     * Reads HOST:PORT, [IPv6]:PORT or :PORT (this host).
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static LinkConfig parse(final String hostAndPort) {
        final int colon = hostAndPort.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("'" + hostAndPort + "' is not HOST:PORT");
        }
        final String host = hostAndPort.substring(0, colon);
        final int port;
        try {
            port = Integer.parseInt(hostAndPort.substring(colon + 1));
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("'" + hostAndPort + "' is not HOST:PORT", e);
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            return plain(host.substring(1, host.length() - 1), port);
        }
        return plain(host.isEmpty() ? "127.0.0.1" : host, port);
    }
}
