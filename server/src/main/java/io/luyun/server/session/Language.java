package io.luyun.server.session;

import io.luyun.proto.uper.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * What a device speaks besides the server's own language. Immutable.
 *
 * @param dialect of its UPER frames; null where it sends none
 * @param udp how its datagrams are known; null where it sends none
 */
record Language(@Nullable Dialect dialect, @Nullable UdpSource udp) {
    /** The server's own language and nothing else. */
    static final Language NATIVE = new Language(null, null);
}
