package io.luyun.server.net;

import io.luyun.server.monitor.Settings;
import io.luyun.server.tls.TlsSettings;

/**
 * The device port.
 *
 * @param host address or name to listen on
 * @param port TCP port, 0 to 65,535; 0 takes any free one
 * @param mode shared (the event loop also runs the line), dedicated (the line has a thread of its own) or auto (shared
 *     up to four processors)
 * @param transport auto (epoll where it is to be had) or nio (the JDK's own)
 * @param loops event loops in dedicated mode, 0 to 16; 0 takes a quarter of the processors
 * @param maxFrameBytes longest frame taken, 256 to 16,777,216
 * @param maxConnections connections at once, 1 to 1,000,000
 * @param maxConnectionsPerAddress connections at once from one address, 1 to 1,000,000
 * @param helloTimeoutMillis from connect to the end of the hello, 100 to 600,000
 * @param frameTimeoutMillis from the first byte of a frame to its last, 100 to 600,000
 * @param writeStallMillis how long a connection may take none of what is sent to it, 100 to 600,000
 * @param writeBufferLowBytes waiting output at which a receiver counts as able to take more again, 1,024 to 16,777,216
 * @param writeBufferHighBytes waiting output at which a receiver counts as slow, above the low mark, to 16,777,216
 * @param backlog connections the kernel holds before they are accepted, 1 to 65,535
 * @param lineTickMillis in shared mode the longest time between two runs of the line, 1 to 1,000
 * @param burstPauseMicros how long a busy event loop waits between two looks at its sockets, so that frames come in
 *     bursts, 0 (never) to 10,000; adds half of it to the latency
 * @param insecure true: neither encryption nor, where the registry asks for none, proof; on loopback addresses only
 * @param registry path of the device registry; empty, for insecure only: every device is known
 * @param registryPollMillis how often the registry and the files of the encryption are looked at, 10 to 3,600,000
 * @param tls encryption
 */
public record NetConfig(
        String host,
        int port,
        String mode,
        String transport,
        int loops,
        int maxFrameBytes,
        int maxConnections,
        int maxConnectionsPerAddress,
        int helloTimeoutMillis,
        int frameTimeoutMillis,
        int writeStallMillis,
        int writeBufferLowBytes,
        int writeBufferHighBytes,
        int backlog,
        int lineTickMillis,
        int burstPauseMicros,
        boolean insecure,
        String registry,
        int registryPollMillis,
        Tls tls) {
    private static final int SHARED_UP_TO_PROCESSORS = 4;
    private static final int LOOPS_MAX = 16;

    /**
     * Encryption, TLS 1.3 only.
     *
     * @param enabled true to encrypt
     * @param certificate path of the server's certificate chain, PEM
     * @param key path of its private key, PEM, PKCS 8
     * @param clientCa path of the authorities that sign client certificates, PEM; empty for none
     * @param crl path of their revocation lists, PEM or DER; empty for none
     * @param clientAuth none, want or require
     * @param handshakeTimeoutMillis longest handshake, 100 to 600,000
     */
    public record Tls(
            boolean enabled,
            String certificate,
            String key,
            String clientCa,
            String crl,
            String clientAuth,
            int handshakeTimeoutMillis) {
        public Tls {
            Settings.require(
                    clientAuth != null && clientAuth.matches("none|want|require"),
                    "net.tls.clientAuth",
                    clientAuth,
                    "must be none, want or require");
            Settings.inRange("net.tls.handshakeTimeoutMillis", handshakeTimeoutMillis, 100, 600_000);
            if (enabled) {
                Settings.require(!certificate.isEmpty(), "net.tls.certificate", certificate, "must name a file");
                Settings.require(!key.isEmpty(), "net.tls.key", key, "must name a file");
                Settings.require(
                        clientAuth.equals("none") || !clientCa.isEmpty(),
                        "net.tls.clientCa",
                        clientCa,
                        "must name a file when net.tls.clientAuth is " + clientAuth);
                Settings.require(
                        crl.isEmpty() || !clientCa.isEmpty(),
                        "net.tls.clientCa",
                        clientCa,
                        "must name the authorities whose lists net.tls.crl has");
            }
        }

        TlsSettings settings() {
            return new TlsSettings("net.tls", certificate, key, clientCa, crl, clientAuth);
        }

        /** No encryption. */
        public static Tls off() {
            return new Tls(false, "", "", "", "", "none", 5_000);
        }
    }

    public NetConfig {
        Settings.require(!host.isEmpty(), "net.host", host, "must name an address");
        Settings.inRange("net.port", port, 0, 65_535);
        Settings.require(mode.matches("shared|dedicated|auto"), "net.mode", mode, "must be shared, dedicated or auto");
        Settings.require(transport.matches("auto|nio"), "net.transport", transport, "must be auto or nio");
        Settings.inRange("net.loops", loops, 0, LOOPS_MAX);
        Settings.inRange("net.maxFrameBytes", maxFrameBytes, 256, 16_777_216);
        Settings.inRange("net.maxConnections", maxConnections, 1, 1_000_000);
        Settings.inRange("net.maxConnectionsPerAddress", maxConnectionsPerAddress, 1, 1_000_000);
        Settings.inRange("net.helloTimeoutMillis", helloTimeoutMillis, 100, 600_000);
        Settings.inRange("net.frameTimeoutMillis", frameTimeoutMillis, 100, 600_000);
        Settings.inRange("net.writeStallMillis", writeStallMillis, 100, 600_000);
        Settings.inRange("net.writeBufferLowBytes", writeBufferLowBytes, 1_024, 16_777_216);
        Settings.inRange("net.writeBufferHighBytes", writeBufferHighBytes, writeBufferLowBytes + 1, 16_777_216);
        Settings.inRange("net.backlog", backlog, 1, 65_535);
        Settings.inRange("net.lineTickMillis", lineTickMillis, 1, 1_000);
        Settings.inRange("net.burstPauseMicros", burstPauseMicros, 0, 10_000);
        Settings.inRange("net.registryPollMillis", registryPollMillis, 10, 3_600_000);
        if (insecure) {
            Settings.require(
                    Settings.isLoopback("net.host", host),
                    "net.host",
                    host,
                    "must be a loopback address while net.insecure is true");
        } else {
            Settings.require(
                    tls.enabled(),
                    "net.tls.enabled",
                    false,
                    "must be true, unless net.insecure is true (loopback addresses only)");
            Settings.require(
                    !registry.isEmpty(),
                    "net.registry",
                    registry,
                    "must name a file, unless net.insecure is true (loopback addresses only)");
        }
    }

    /** Insecure on the loopback address with the port given; otherwise what holds unless configured otherwise. */
    public static NetConfig insecure(final int port) {
        return new NetConfig(
                "127.0.0.1",
                port,
                "auto",
                "auto",
                0,
                65_536,
                10_000,
                10_000,
                5_000,
                10_000,
                10_000,
                32_768,
                65_536,
                4_096,
                50,
                500,
                true,
                "",
                1_000,
                Tls.off());
    }

    /** Whether the event loop also runs the line. */
    public boolean shared() {
        return mode.equals("shared") || (mode.equals("auto") && processors() <= SHARED_UP_TO_PROCESSORS);
    }

    int loopCount() {
        if (shared()) {
            return 1;
        }
        return loops > 0 ? loops : Math.max(1, Math.min(LOOPS_MAX, processors() / 4));
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
