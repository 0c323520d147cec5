package io.luyun.server.ops;

import io.netty.channel.ChannelHandler;

/** Takes over the connections that have become WebSockets at {@code /api/v1/live}. */
public interface LiveSockets {
    /**
     * A connection is about to become a WebSocket: its caller has scope read, its Origin is this server's. Called on the face's
     * thread, where everything of the connection happens.
     *
     * <p>The handler that is returned is added to the end of the pipeline when the handshake has been written, so that
     * {@link ChannelHandler#handlerAdded} may send at once. It is given whole {@code TextWebSocketFrame} and
     * {@code BinaryWebSocketFrame} objects of at most 64 KiB, which it has to release; pings, pongs and closes are answered before
     * it. It sends frames with {@code writeAndFlush} and has to heed {@code channel().isWritable()}: what a browser does not read
     * is never queued beyond the channel's high-water mark by it. The face closes the connection when the caller's session
     * ends.
     */
    ChannelHandler open(Caller caller);
}
