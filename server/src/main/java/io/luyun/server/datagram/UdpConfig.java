package io.luyun.server.datagram;

import io.luyun.server.monitor.Settings;

/**
 * The UDP port. Whose datagrams are taken stands in the device registry.
 *
 * @param enabled true to listen
 * @param host address or name to listen on
 * @param port UDP port, 0 to 65,535; 0 takes any free one
 * @param trustAddresses true: listens on addresses other than loopback, although anyone who can send from a device's
 *     address, or make it seem so, is taken for the device
 * @param receiveBufferKiB what the kernel is asked to hold until it is read, 64 to 65,536; it may give less
 * @param maxDatagramBytes longest datagram taken, 256 to 65,507
 */
public record UdpConfig(
        boolean enabled, String host, int port, boolean trustAddresses, int receiveBufferKiB, int maxDatagramBytes) {
    public UdpConfig {
        Settings.require(!host.isEmpty(), "udp.host", host, "must name an address");
        Settings.inRange("udp.port", port, 0, 65_535);
        Settings.inRange("udp.receiveBufferKiB", receiveBufferKiB, 64, 65_536);
        Settings.inRange("udp.maxDatagramBytes", maxDatagramBytes, 256, 65_507);
        Settings.require(
                !enabled || trustAddresses || Settings.isLoopback("udp.host", host),
                "udp.host",
                host,
                "must be a loopback address while udp.trustAddresses is false");
    }

    /** Listening on the loopback address with the port given; otherwise what holds unless configured otherwise. */
    public static UdpConfig on(final int port) {
        return new UdpConfig(true, "127.0.0.1", port, false, 1_024, 32_000);
    }
}
