package io.luyun.server.ops;

import io.luyun.server.monitor.Settings;
import io.luyun.server.tls.TlsSettings;
import java.util.List;

/**
 * Settings of the HTTP face.
 *
 * @param host address to listen on; loopback unless there are tokens
 * @param port TCP port, 0 for any free one
 * @param tokens file of those who may log in; empty: whoever is on this machine may look and operate
 * @param sessionMinutes after which one has to log in again
 * @param requestsPerSecond of one address, and of one token; four times as many at once after a while of none
 * @param maxConnections connections at the same time; those beyond are closed unanswered
 * @param requestTimeoutMillis time a client has to complete its request, and may take none of the answer
 * @param unitAnswerMillis time a roadside unit has to acknowledge what it is asked
 * @param places files of GeoJSON, each a layer of places for the map
 * @param tls encryption
 */
public record OpsConfig(
        String host,
        int port,
        String tokens,
        int sessionMinutes,
        int requestsPerSecond,
        int maxConnections,
        int requestTimeoutMillis,
        int unitAnswerMillis,
        List<String> places,
        Tls tls) {
    /**
     * Encryption, TLS 1.3 only.
     *
     * @param enabled true to encrypt
     * @param certificate path of the server's certificate chain, PEM
     * @param key path of its private key, PEM, PKCS 8
     */
    public record Tls(boolean enabled, String certificate, String key) {
        public Tls {
            if (enabled) {
                Settings.require(!certificate.isEmpty(), "ops.tls.certificate", "\"\"", "must name a file");
                Settings.require(!key.isEmpty(), "ops.tls.key", "\"\"", "must name a file");
            }
        }

        /** No encryption. */
        public static Tls off() {
            return new Tls(false, "", "");
        }

        TlsSettings settings() {
            return TlsSettings.of("ops.tls", certificate, key);
        }
    }

    public OpsConfig {
        Settings.require(!host.isBlank(), "ops.host", "\"" + host + "\"", "must be an address or a host name");
        Settings.inRange("ops.port", port, 0, 65_535);
        Settings.inRange("ops.sessionMinutes", sessionMinutes, 1, 10_080);
        Settings.inRange("ops.requestsPerSecond", requestsPerSecond, 1, 100_000);
        Settings.inRange("ops.maxConnections", maxConnections, 1, 10_000);
        Settings.inRange("ops.requestTimeoutMillis", requestTimeoutMillis, 10, 60_000);
        Settings.inRange("ops.unitAnswerMillis", unitAnswerMillis, 100, 60_000);
        Settings.require(
                !tokens.isEmpty() || Settings.isLoopback("ops.host", host),
                "ops.host",
                host,
                "must be a loopback address unless ops.tokens names who may log in");
        places = List.copyOf(places);
    }

    /** Loopback, port 17880, no tokens, 12 h, 100 requests a second, 1024 connections, 5 s, 5 s, no places, no encryption. */
    public static OpsConfig defaults() {
        return new OpsConfig("127.0.0.1", 17_880, "", 720, 100, 1_024, 5_000, 5_000, List.of(), Tls.off());
    }
}
