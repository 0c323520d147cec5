package io.luyun.server.tls;

/**
 * Where the encryption of a port comes from: PEM files.
 *
 * @param group what the settings are called that name the files, such as {@code net.tls}
 * @param certificate path of the server's certificate chain
 * @param key path of its private key, PKCS 8
 * @param clientCa path of the authorities that sign client certificates; empty for none
 * @param crl path of their revocation lists, PEM or DER; empty for none
 * @param clientAuth none, want or require
 */
public record TlsSettings(
        String group, String certificate, String key, String clientCa, String crl, String clientAuth) {
    /** For a port that asks its clients for no certificates. */
    public static TlsSettings of(final String group, final String certificate, final String key) {
        return new TlsSettings(group, certificate, key, "", "", "none");
    }
}
