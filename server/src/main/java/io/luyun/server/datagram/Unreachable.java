package io.luyun.server.datagram;

import io.luyun.server.session.Connection;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The connection of a session that is sent nothing and cannot be closed, but knows where the last datagram came from. */
final class Unreachable implements Connection {
    private volatile @Nullable InetSocketAddress sender;

    /** A datagram came. On the thread of the port. */
    void from(final InetSocketAddress now) {
        if (!now.equals(sender)) {
            sender = now;
        }
    }

    @Override
    public String remote() {
        final InetSocketAddress last = sender;
        return last == null ? "" : last.getAddress().getHostAddress() + ":" + last.getPort();
    }

    @Override
    public void close() {}

    @Override
    public void resume() {}

    @Override
    public void opened(final long sessionId) {}

    @Override
    public String protocol() {
        return "udp";
    }

    @Override
    public void execute(final Runnable task) {
        throw new UnsupportedOperationException("nothing is passed to a session of datagrams");
    }
}
