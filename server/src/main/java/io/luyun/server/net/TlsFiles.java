package io.luyun.server.net;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The encryption that its files ask for. When one of them changes all are read again: new connections get what they say now,
 * open ones keep their keys, and those whose client certificate no longer holds are to be ended. Files that do not fit
 * together change nothing. Read by any thread, reloaded by one.
 */
final class TlsFiles {
    private final NetConfig.Tls config;
    private String stamp;
    private volatile Content content;

    /** What one reading of the files gave. */
    private record Content(SslContext context, @Nullable ClientTrust trust) {}

    private TlsFiles(final NetConfig.Tls config, final String stamp, final Content content) {
        this.config = config;
        this.stamp = stamp;
        this.content = content;
    }

    /** Fails with one line when a file is not what it should be. */
    static TlsFiles load(final NetConfig.Tls config) {
        final String stamp = stampOf(config);
        return new TlsFiles(config, stamp, read(config));
    }

    /** Reads the files again when one has changed; true when it has. Fails, once for each change, as {@link #load} does. */
    boolean reload() {
        final String now = stampOf(config);
        if (now.equals(stamp)) {
            return false;
        }
        stamp = now;
        content = read(config);
        return true;
    }

    /** For new connections. */
    SslContext context() {
        return content.context();
    }

    /** Why the certificate a connection has proved does not hold now; null when it does, or there is none. */
    @Nullable
    String distrust(final SSLSession proved) {
        final ClientTrust trust = content.trust();
        final var chain = Tls.chain(proved);
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

    private static Content read(final NetConfig.Tls config) {
        final ClientTrust trust =
                config.clientCa().isEmpty() ? null : ClientTrust.load(Path.of(config.clientCa()), config.crl());
        return new Content(Tls.context(config, trust), trust);
    }

    private static String stampOf(final NetConfig.Tls config) {
        return stampOf(config.certificate())
                + stampOf(config.key())
                + stampOf(config.clientCa())
                + stampOf(config.crl());
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
