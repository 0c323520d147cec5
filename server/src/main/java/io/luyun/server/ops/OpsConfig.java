package io.luyun.server.ops;

import io.luyun.server.monitor.Settings;

/**
 * Settings of the HTTP face.
 *
 * @param host address to listen on; there is no login, so anything but loopback shows the figures to the network
 * @param port TCP port, 0 for any free one
 * @param maxConnections connections at the same time; those beyond are closed unanswered
 * @param requestTimeoutMillis time a client has to complete its request, and again to read the answer
 */
public record OpsConfig(String host, int port, int maxConnections, int requestTimeoutMillis) {
    public OpsConfig {
        Settings.require(!host.isBlank(), "ops.host", "\"" + host + "\"", "must be an address or a host name");
        Settings.inRange("ops.port", port, 0, 65_535);
        Settings.inRange("ops.maxConnections", maxConnections, 1, 10_000);
        Settings.inRange("ops.requestTimeoutMillis", requestTimeoutMillis, 10, 60_000);
    }

    /** Loopback, port 17880, 64 connections, 5 s. */
    public static OpsConfig defaults() {
        return new OpsConfig("127.0.0.1", 17_880, 64, 5_000);
    }
}
