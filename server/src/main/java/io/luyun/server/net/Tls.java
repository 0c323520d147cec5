package io.luyun.server.net;

import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What a peer proves of itself in its handshake. */
final class Tls {
    private Tls() {}

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
}
