/** The network edge, the only importer of Netty's channels: listeners, framing, back-pressure, TLS. */
@NullMarked
package io.luyun.server.net;

import org.jspecify.annotations.NullMarked;
