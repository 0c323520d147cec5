package io.luyun.benchmarks.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A certificate of a server under test, which lives for a day.
 *
 * @param certificate PEM
 * @param key PEM, PKCS 8
 */
public record Identity(Path certificate, Path key) {
    /** Made with openssl. */
    public static Identity make(final Path directory) throws IOException, InterruptedException {
        final Identity identity = new Identity(directory.resolve("server.pem"), directory.resolve("server.key"));
        final Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-subj",
                        "/CN=localhost",
                        "-addext",
                        "subjectAltName=DNS:localhost,IP:127.0.0.1",
                        "-days",
                        "1",
                        "-keyout",
                        identity.key().toString(),
                        "-out",
                        identity.certificate().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (openssl.waitFor() != 0) {
            throw new IOException("openssl made no certificate (Debian package openssl)");
        }
        return identity;
    }

    /** Sockets that take any server for the right one: it is our own, on loopback. */
    public SocketFactory trusting() throws IOException {
        try {
            final SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
            return context.getSocketFactory();
        } catch (final GeneralSecurityException e) {
            throw new IOException("no TLS: " + e.getMessage(), e);
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(final X509Certificate[] chain, final String type) {
            throw new UnsupportedOperationException("no client comes here");
        }

        @Override
        public void checkServerTrusted(final X509Certificate[] chain, final String type) {
            // whoever answers on the port of our own child is meant
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
