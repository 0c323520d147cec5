package io.luyun.server.datagram;

import io.luyun.server.session.Connection;

/** The connection of a session that is sent nothing and cannot be closed. */
final class Unreachable implements Connection {
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
