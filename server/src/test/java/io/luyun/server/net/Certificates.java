package io.luyun.server.net;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority for one test, with a server's certificate, and clients' as they are asked for. */
public final class Certificates {
    private static final char[] PASSWORD = "test".toCharArray();
    private final Instant from = Instant.now().minusSeconds(3_600);
    private Instant to = from.plusSeconds(86_400);

    private final Path directory;
    private final KeyPair authorityKeys = keys();
    private final X509Certificate authority;
    private final Map<String, BigInteger> serials = new HashMap<>();
    private final List<BigInteger> revoked = new ArrayList<>();
    private final Map<String, KeyStore> stores = new HashMap<>();
    private boolean reuse;
    private long serial;

    private Certificates(final Path directory) throws Exception {
        this.directory = directory;
        this.authority = certificate("test-ca", authorityKeys);
        pem("ca.pem", "CERTIFICATE", authority.getEncoded());
        renewServer();
    }

    /** Gives the server another certificate and key; the serial number of the certificate. */
    BigInteger renewServer() throws Exception {
        final KeyPair serverKeys = keys();
        pem("server.pem", "CERTIFICATE", certificate("localhost", serverKeys).getEncoded());
        pem("server.key", "PRIVATE KEY", serverKeys.getPrivate().getEncoded());
        return serials.get("localhost");
    }

    /** Clients' certificates made from now on end at this time. */
    void until(final Instant end) {
        to = end;
    }

    /** Whether clients that connect again show the certificate they had before. */
    void reuse(final boolean again) {
        reuse = again;
    }

    Path crl() {
        return directory.resolve("crl.pem");
    }

    /** Writes the revocation list anew, with the last certificates of these clients besides what it had. */
    void revoke(final String... commonNames) throws Exception {
        for (final String name : commonNames) {
            revoked.add(serials.get(name));
        }
        Files.deleteIfExists(crl());
        final var list = new JcaX509v2CRLBuilder(new X500Principal("CN=test-ca"), Date.from(from));
        // past its date: it holds on
        list.setNextUpdate(Date.from(from.plusSeconds(60)));
        for (final BigInteger number : revoked) {
            list.addCRLEntry(number, Date.from(from), 0);
        }
        pem(
                "crl.pem",
                "X509 CRL",
                list.build(signer(authorityKeys.getPrivate())).getEncoded());
    }

    /** Who the server says it is to whoever connects now. */
    BigInteger serverSerial(final int port) throws Exception {
        final SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, trustManagers().getTrustManagers(), null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
        }
    }

    public static Certificates make(final Path directory) throws Exception {
        return new Certificates(directory);
    }

    NetConfig.Tls tls(final String clientAuth) {
        return new NetConfig.Tls(
                true,
                directory.resolve("server.pem").toString(),
                directory.resolve("server.key").toString(),
                directory.resolve("ca.pem").toString(),
                Files.exists(crl()) ? crl().toString() : "",
                clientAuth,
                5_000);
    }

    /** What a client needs that trusts this authority. */
    public SSLContext trusting() throws Exception {
        final SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, trustManagers().getTrustManagers(), null);
        return context;
    }

    /** Connects, with a client certificate of this common name where one is given. */
    TestDevice connect(final int port, final @Nullable String commonName) throws Exception {
        final SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(
                commonName == null ? null : keyManagers(commonName).getKeyManagers(),
                trustManagers().getTrustManagers(),
                null);
        final SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.startHandshake();
        return new TestDevice(socket);
    }

    /** Writes a client's certificate and key beside the others: NAME.pem and NAME.key. */
    public void client(final String commonName) throws Exception {
        final KeyPair keys = keys();
        pem(commonName + ".pem", "CERTIFICATE", certificate(commonName, keys).getEncoded());
        pem(commonName + ".key", "PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    private KeyManagerFactory keyManagers(final String commonName) throws Exception {
        KeyStore store = reuse ? stores.get(commonName) : null;
        if (store == null) {
            final KeyPair keys = keys();
            store = store();
            store.setKeyEntry(
                    "client", keys.getPrivate(), PASSWORD, new X509Certificate[] {certificate(commonName, keys)});
            stores.put(commonName, store);
        }
        final KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, PASSWORD);
        return factory;
    }

    private TrustManagerFactory trustManagers() throws Exception {
        final KeyStore store = store();
        store.setCertificateEntry("ca", authority);
        final TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory;
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        return store;
    }

    private X509Certificate certificate(final String commonName, final KeyPair keys)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        final boolean isAuthority = keys == authorityKeys;
        final JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Principal("CN=test-ca"),
                BigInteger.valueOf(++serial),
                Date.from(from),
                Date.from(to),
                new X500Principal("CN=" + commonName),
                keys.getPublic());
        serials.put(commonName, BigInteger.valueOf(serial));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer(authorityKeys.getPrivate())));
    }

    private static org.bouncycastle.operator.ContentSigner signer(final PrivateKey key)
            throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(key);
    }

    private static KeyPair keys() throws GeneralSecurityException {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private void pem(final String file, final String kind, final byte[] content) throws IOException {
        final String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        final Path fresh = Files.writeString(
                directory.resolve("fresh.pem"),
                "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
        Files.move(fresh, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
}
