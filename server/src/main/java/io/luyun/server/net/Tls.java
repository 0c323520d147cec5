package io.luyun.server.net;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** TLS 1.3 from PEM files: BoringSSL where its library is to be had, the JDK's own otherwise. */
final class Tls {
    private Tls() {}

    /** Fails with one line when a file is not what it should be. */
    static SslContext context(final NetConfig.Tls config, final @Nullable ClientTrust trust) {
        try {
            final SslContextBuilder builder = SslContextBuilder.forServer(
                            new File(config.certificate()), new File(config.key()))
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols("TLSv1.3")
                    .clientAuth(clientAuth(config.clientAuth()));
            if (trust != null) {
                builder.trustManager(trust);
            }
            return builder.build();
        } catch (final SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "net.tls: certificate " + config.certificate() + ", key " + config.key() + ": " + e.getMessage(),
                    e);
        }
    }

    /** Common name of the peer's certificate; null when it has shown none. */
    static @Nullable String commonName(final SSLSession session) {
        try {
            final X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
            for (final Rdn part :
                    new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return part.getValue().toString();
                }
            }
            return null;
        } catch (final SSLPeerUnverifiedException | InvalidNameException e) {
            return null;
        }
    }

    /** The peer's certificate and those it is signed by; null when it has shown none. */
    static X509Certificate @Nullable [] chain(final SSLSession session) {
        try {
            final Certificate[] shown = session.getPeerCertificates();
            return Arrays.copyOf(shown, shown.length, X509Certificate[].class);
        } catch (final SSLPeerUnverifiedException e) {
            return null;
        }
    }

    /** When the peer's certificate ends, ms since 1970; 0 when it has shown none. */
    static long untilMillis(final SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof final X509Certificate certificate
                    ? certificate.getNotAfter().toInstant().toEpochMilli()
                    : 0;
        } catch (final SSLPeerUnverifiedException e) {
            return 0;
        }
    }

    private static ClientAuth clientAuth(final String text) {
        return text.equals("want") ? ClientAuth.OPTIONAL : ClientAuth.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
