package io.luyun.server.session;

import org.agrona.DirectBuffer;

/** A connection that carries the server's own frames. */
public interface FrameConnection extends Connection {
    /** Queues a complete delimited frame, copying it; it leaves at the end of the burst at the latest. */
    void send(DirectBuffer frame, int offset, int length);
}
