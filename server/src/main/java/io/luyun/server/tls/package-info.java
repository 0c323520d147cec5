/**
 * How a port of the server encrypts, whichever it is.
 *
 * <pre>
 *   settings of a port ─▶ TlsFiles ─▶ SslContext ─▶ the handshakes of that port
 *   PEM files ───────────────┘
 * </pre>
 */
@NullMarked
package io.luyun.server.tls;

import org.jspecify.annotations.NullMarked;
