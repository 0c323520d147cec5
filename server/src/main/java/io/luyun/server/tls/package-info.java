/**
 * How a port of the server encrypts, whichever it is.
 *
 * <pre>
 *   TlsSettings of a port ─▶ TlsFiles ─▶ SslContext ─▶ the handshakes of that port
 *   PEM files, also later ─────┘  └─▶ ClientTrust ─▶ whether a certificate still holds
 * </pre>
 */
@NullMarked
package io.luyun.server.tls;

import org.jspecify.annotations.NullMarked;
