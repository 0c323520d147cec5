package io.luyun.benchmarks.torture.rights;

import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** An authority of one run: signs the server's certificate and clients', and revokes them. */
@SuppressWarnings("JavaUtilDate") // the library that signs wants them
final class Authority {
    private static final char[] PASSWORD = "rights".toCharArray();
    private static final String ALIAS = "client";
    private static final long HOUR_SECONDS = 3_600;

    private final String name;
    private final Path directory;
    private final KeyPair keys = newKeys();
    private final X509Certificate root;
    private final List<BigInteger> revoked = new ArrayList<>();
    private long serial;

    /** A certificate with its key, and who trusts whom in a connection that shows it. */
    record Issued(BigInteger serial, SSLContext context) {}

    /** Makes one, which writes its files into a directory. */
    Authority(final String name, final Path directory) throws GeneralSecurityException, IOException {
        this.name = name;
        this.directory = directory;
        root = certificate(name, keys, Instant.now().plusSeconds(HOUR_SECONDS), true);
        pem(name + ".pem", "CERTIFICATE", root.getEncoded());
        writeList();
    }

    /** Writes the certificate and key of a server. */
    void server() throws GeneralSecurityException, IOException {
        final KeyPair own = newKeys();
        pem(
                "server.pem",
                "CERTIFICATE",
                certificate("localhost", own, Instant.now().plusSeconds(HOUR_SECONDS), false)
                        .getEncoded());
        pem("server.key", "PRIVATE KEY", own.getPrivate().getEncoded());
    }

    /** A client's certificate. */
    Issued client(final String commonName, final boolean expired, final Authority trusts)
            throws GeneralSecurityException, IOException {
        final KeyPair own = newKeys();
        final X509Certificate shown =
                certificate(commonName, own, Instant.now().plusSeconds(expired ? -2 : HOUR_SECONDS), false);
        final KeyStore store = store();
        store.setKeyEntry(ALIAS, own.getPrivate(), PASSWORD, new X509Certificate[] {shown});
        return new Issued(shown.getSerialNumber(), trusts.context(store));
    }

    /** Revokes a certificate. */
    void revoke(final Issued issued) throws GeneralSecurityException, IOException {
        revoked.add(issued.serial());
        writeList();
    }

    /** Connections that trust this authority and show nothing. */
    SSLContext anonymous() throws GeneralSecurityException, IOException {
        return context(null);
    }

    /** SHA-256 of a text, hexadecimal. */
    static String sha256(final String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private SSLContext context(final @Nullable KeyStore shown) throws GeneralSecurityException, IOException {
        final KeyManagerFactory mine = KeyManagerFactory.getInstance("SunX509");
        mine.init(shown == null ? store() : shown, PASSWORD);
        final KeyStore trusted = store();
        trusted.setCertificateEntry("root", root);
        final TrustManagerFactory theirs = TrustManagerFactory.getInstance("PKIX");
        theirs.init(trusted);
        final SSLContext context = SSLContext.getInstance("TLSv1.3");
        final KeyManager[] shows = {new Insistent((X509ExtendedKeyManager) mine.getKeyManagers()[0])};
        context.init(shown == null ? null : shows, theirs.getTrustManagers(), null);
        return context;
    }

    private void writeList() throws GeneralSecurityException, IOException {
        final Instant now = Instant.now();
        final JcaX509v2CRLBuilder list = new JcaX509v2CRLBuilder(new X500Principal("CN=" + name), Date.from(now));
        list.setNextUpdate(Date.from(now.plusSeconds(HOUR_SECONDS)));
        revoked.forEach(one -> list.addCRLEntry(one, Date.from(now), 0));
        pem(name + ".crl", "X509 CRL", list.build(signer()).getEncoded());
    }

    private X509Certificate certificate(
            final String commonName, final KeyPair of, final Instant until, final boolean authority)
            throws GeneralSecurityException, IOException {
        final JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Principal("CN=" + name),
                BigInteger.valueOf(++serial),
                Date.from(until.minusSeconds(2 * HOUR_SECONDS)),
                Date.from(until),
                new X500Principal("CN=" + commonName),
                of.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
    }

    private ContentSigner signer() throws GeneralSecurityException {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        } catch (final OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private void pem(final String file, final String kind, final byte[] content) throws IOException {
        final String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        final Path fresh = Files.writeString(
                directory.resolve(file + ".new"),
                "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
        Files.move(fresh, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        return store;
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** Shows its certificate even where the server has not asked for one of this authority. */
    private static final class Insistent extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager keys;

        Insistent(final X509ExtendedKeyManager keys) {
            this.keys = keys;
        }

        @Override
        public String chooseClientAlias(
                final String[] types, final Principal @Nullable [] issuers, final @Nullable Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineClientAlias(
                final String[] types, final Principal @Nullable [] issuers, final @Nullable SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String @Nullable [] getClientAliases(final String type, final Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String @Nullable [] getServerAliases(final String type, final Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                final String type, final Principal @Nullable [] issuers, final @Nullable Socket socket) {
            return null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(final String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(final String alias) {
            return keys.getPrivateKey(alias);
        }
    }
}
