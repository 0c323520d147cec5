package io.luyun.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CRLReason;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose certificates are taken: those of the authorities, unless one of their revocation lists has them. A list whose date has
 * passed holds on: what was revoked stays so, and devices are not locked out because a list came late. Immutable; any thread.
 */
final class ClientTrust extends X509ExtendedTrustManager {
    private static final Logger LOG = LoggerFactory.getLogger(ClientTrust.class);
    /** Of the way a key is exchanged; TLS 1.3 has none in it, and no authority asks. */
    private static final String ANY_EXCHANGE = "UNKNOWN";

    private final X509ExtendedTrustManager authorities;
    private final List<X509CRL> lists;

    private ClientTrust(final X509ExtendedTrustManager authorities, final List<X509CRL> lists) {
        this.authorities = authorities;
        this.lists = lists;
    }

    /** Reads the authorities and their lists; fails with one line. */
    static ClientTrust load(final TlsSettings settings) {
        final List<X509Certificate> issuers = new ArrayList<>();
        try (InputStream in = Files.newInputStream(Path.of(settings.clientCa()))) {
            for (final Certificate issuer : factory().generateCertificates(in)) {
                issuers.add((X509Certificate) issuer);
            }
            if (issuers.isEmpty()) {
                throw new CertificateException("has no certificate");
            }
            return new ClientTrust(manager(issuers), settings.crl().isEmpty() ? List.of() : lists(settings, issuers));
        } catch (final IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    settings.group() + ".clientCa = " + settings.clientCa() + ": must be certificates in PEM: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Fails when this chain of a client does not hold now. */
    void check(final X509Certificate[] chain) throws CertificateException {
        checkClientTrusted(chain, ANY_EXCHANGE);
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String exchange) throws CertificateException {
        authorities.checkClientTrusted(chain, exchange);
        checkLists(chain);
    }

    @Override
    public void checkClientTrusted(
            final X509Certificate[] chain, final String exchange, final @Nullable SSLEngine engine)
            throws CertificateException {
        authorities.checkClientTrusted(chain, exchange, engine);
        checkLists(chain);
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String exchange, final @Nullable Socket socket)
            throws CertificateException {
        authorities.checkClientTrusted(chain, exchange, socket);
        checkLists(chain);
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String exchange) throws CertificateException {
        throw new CertificateException("is for clients");
    }

    @Override
    public void checkServerTrusted(
            final X509Certificate[] chain, final String exchange, final @Nullable SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("is for clients");
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String exchange, final @Nullable Socket socket)
            throws CertificateException {
        throw new CertificateException("is for clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }

    private void checkLists(final X509Certificate[] chain) throws CertificateException {
        for (final X509Certificate certificate : chain) {
            for (final X509CRL list : lists) {
                final X509CRLEntry entry = list.getRevokedCertificate(certificate);
                if (entry != null && list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())) {
                    final CRLReason reason = entry.getRevocationReason();
                    throw new CertificateRevokedException(
                            entry.getRevocationDate(),
                            reason == null ? CRLReason.UNSPECIFIED : reason,
                            list.getIssuerX500Principal(),
                            Map.of());
                }
            }
        }
    }

    private static List<X509CRL> lists(final TlsSettings settings, final List<X509Certificate> issuers) {
        final String file = settings.group() + ".crl = " + settings.crl();
        final Collection<? extends java.security.cert.CRL> read;
        try (InputStream in = Files.newInputStream(Path.of(settings.crl()))) {
            read = factory().generateCRLs(in);
        } catch (final IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(file + ": must be revocation lists in PEM or DER: " + e.getMessage(), e);
        }
        final List<X509CRL> lists = new ArrayList<>();
        for (final java.security.cert.CRL one : read) {
            final X509CRL list = (X509CRL) one;
            if (issuers.stream().noneMatch(issuer -> signed(list, issuer))) {
                throw new IllegalArgumentException(file + ": the list of "
                        + list.getIssuerX500Principal().getName()
                        + " must be signed by an authority that " + settings.group() + ".clientCa has");
            }
            if (list.getNextUpdate() != null && list.getNextUpdate().toInstant().isBefore(Instant.now())) {
                LOG.warn("{}: a newer list was due on {}; this one holds on", file, list.getNextUpdate());
            }
            lists.add(list);
        }
        if (lists.isEmpty()) {
            throw new IllegalArgumentException(file + ": must have a revocation list in PEM or DER in it");
        }
        return List.copyOf(lists);
    }

    private static boolean signed(final X509CRL list, final X509Certificate issuer) {
        if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (final GeneralSecurityException e) {
            LOG.debug("not signed by this authority", e);
            return false;
        }
    }

    private static X509ExtendedTrustManager manager(final List<X509Certificate> issuers)
            throws GeneralSecurityException, IOException {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < issuers.size(); i++) {
            store.setCertificateEntry("authority-" + i, issuers.get(i));
        }
        final TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (final TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof final X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("the JDK has no trust manager for X.509");
    }

    private static CertificateFactory factory() throws CertificateException {
        return CertificateFactory.getInstance("X.509");
    }
}
