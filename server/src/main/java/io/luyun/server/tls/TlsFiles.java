package io.luyun.server.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The encryption that its files ask for. When one of them changes all are read again: new connections get what they say now,
 * open ones keep their keys, and those whose client certificate no longer holds are to be ended. Files that do not fit
 * together change nothing. Read by any thread, reloaded by one.
 */
public final class TlsFiles {
    private final TlsSettings settings;
    private String stamp;
    private volatile Content content;

    /** What one reading of the files gave. */
    private record Content(SslContext context, @Nullable ClientTrust trust) {}

    private TlsFiles(final TlsSettings settings, final String stamp, final Content content) {
        this.settings = settings;
        this.stamp = stamp;
        this.content = content;
    }

    /** Fails with one line when a file is not what it should be. */
    public static TlsFiles load(final TlsSettings settings) {
        final String stamp = stampOf(settings);
        return new TlsFiles(settings, stamp, read(settings));
    }

    /** Reads the files again when one has changed; true when it has. Fails, once for each change, as {@link #load} does. */
    public boolean reload() {
        final String now = stampOf(settings);
        if (now.equals(stamp)) {
            return false;
        }
        stamp = now;
        content = read(settings);
        return true;
    }

    /** For new connections. */
    public SslContext context() {
        return content.context();
    }

    /** Why the certificate a connection has proved does not hold now; null when it does, or there is none. */
    public @Nullable String distrust(final SSLSession proved) {
        final ClientTrust trust = content.trust();
        final X509Certificate[] chain = chain(proved);
        if (trust == null || chain == null) {
            return null;
        }
        try {
            trust.check(chain);
            return null;
        } catch (final CertificateException e) {
            return "the client certificate does not hold any more: " + e.getMessage();
        }
    }

    /** The peer's certificate and those it is signed by; null when it has shown none. */
    private static X509Certificate @Nullable [] chain(final SSLSession session) {
        try {
            final Certificate[] shown = session.getPeerCertificates();
            return Arrays.copyOf(shown, shown.length, X509Certificate[].class);
        } catch (final SSLPeerUnverifiedException e) {
            return null;
        }
    }

    private static Content read(final TlsSettings settings) {
        final ClientTrust trust = settings.clientCa().isEmpty() ? null : ClientTrust.load(settings);
        try {
            final SslContextBuilder builder = SslContextBuilder.forServer(
                            new File(settings.certificate()), new File(settings.key()))
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols("TLSv1.3")
                    .clientAuth(clientAuth(settings.clientAuth()));
            if (trust != null) {
                builder.trustManager(trust);
            }
            return new Content(builder.build(), trust);
        } catch (final SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    settings.group() + ": certificate " + settings.certificate() + ", key " + settings.key() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static ClientAuth clientAuth(final String name) {
        return name.equals("want") ? ClientAuth.OPTIONAL : ClientAuth.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static String stampOf(final TlsSettings settings) {
        return stampOf(settings.certificate())
                + stampOf(settings.key())
                + stampOf(settings.clientCa())
                + stampOf(settings.crl());
    }

    private static String stampOf(final String file) {
        if (file.isEmpty()) {
            return "";
        }
        try {
            final BasicFileAttributes attributes = Files.readAttributes(Path.of(file), BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey() + ";";
        } catch (final IOException e) {
            return "unreadable: " + e + ";";
        }
    }
}
