package io.luyun.server.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.util.Locale;
import javax.net.ssl.SSLException;

/**
 * TLS 1.3 of a server from PEM files: BoringSSL where its library is to be had, the JDK's own otherwise.
 *
 * @param group what the settings are called that name the files, such as {@code net.tls}
 * @param certificate path of the server's certificate chain
 * @param key path of its private key, PKCS 8
 * @param clientCa path of the authorities that sign client certificates; empty for none
 * @param clientAuth none, want or require
 */
public record TlsFiles(String group, String certificate, String key, String clientCa, String clientAuth) {
    /** For a port that asks its clients for no certificates. */
    public static TlsFiles of(final String group, final String certificate, final String key) {
        return new TlsFiles(group, certificate, key, "", "none");
    }

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException when one of them is not what it should be; one line
     */
    public SslContext context() {
        try {
            final SslContextBuilder builder = SslContextBuilder.forServer(new File(certificate), new File(key))
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols("TLSv1.3")
                    .clientAuth(auth());
            if (!clientCa.isEmpty()) {
                builder.trustManager(new File(clientCa));
            }
            return builder.build();
        } catch (final SSLException | IllegalArgumentException e) {
            final String authorities = clientCa.isEmpty() ? "" : ", clientCa " + clientCa;
            throw new IllegalArgumentException(
                    group + ": certificate " + certificate + ", key " + key + authorities + ": " + e.getMessage(), e);
        }
    }

    private ClientAuth auth() {
        return clientAuth.equals("want")
                ? ClientAuth.OPTIONAL
                : ClientAuth.valueOf(clientAuth.toUpperCase(Locale.ROOT));
    }
}
