package io.luyun.simulator;

import io.luyun.simulator.link.LinkConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how to prove oneself to a server, and how to know it. */
final class AccessOption {
    @Option(names = "--tls", description = "Use TLS 1.3.")
    private boolean tls;

    @Option(names = "--tls-trust", paramLabel = "FILE", description = "Certificates to trust, PEM; implies --tls.")
    private @Nullable Path trust;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Certificate of the client, PEM; implies --tls.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Key of the certificate, PEM (PKCS #8).")
    private @Nullable Path key;

    @Option(names = "--token", paramLabel = "TOKEN", description = "Token from the server's device registry.")
    private @Nullable String token;

    /** How to reach a server there. */
    LinkConfig link(final LinkConfig plain) {
        return new LinkConfig(
                plain.host(),
                plain.port(),
                tls || trust != null || certificate != null,
                trust,
                certificate,
                key,
                plain.connectTimeoutMillis(),
                plain.maxOutstanding(),
                plain.heartbeatMillis());
    }

    @Nullable
    String token() {
        return token;
    }
}
