package io.luyun.benchmarks.browsers;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Promise;
import java.io.IOException;

/** One browser: says where it looks, counts what comes and throws it away. Owned by its event loop. */
final class Onlooker extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final int ROW_COUNT_AT = 4;

    private final Tally tally;
    private final int hz;
    private final Promise<Void> greeted;
    private boolean closed;

    /**
     * Not connected yet.
     *
     * @param greeted is told when the first text has come
     */
    Onlooker(final Tally tally, final int hz, final Promise<Void> greeted) {
        this.tally = tally;
        this.hz = hz;
        this.greeted = greeted;
    }

    /** Whether its connection has ended. */
    boolean closed() {
        return closed;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the channel
    public void userEventTriggered(final ChannelHandlerContext context, final Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            context.writeAndFlush(
                    new TextWebSocketFrame("{\"type\":\"view\",\"box\":[-180,-90,180,90],\"hz\":" + hz + "}"));
        }
    }

    @Override
    protected void channelRead0(final ChannelHandlerContext context, final WebSocketFrame frame) {
        final int bytes = frame.content().readableBytes();
        if (frame instanceof BinaryWebSocketFrame) {
            final long rows = frame.content().getUnsignedIntLE(frame.content().readerIndex() + ROW_COUNT_AT);
            tally.frame(System.nanoTime(), rows, bytes);
        } else {
            tally.text(System.nanoTime(), bytes);
            greeted.trySuccess(null);
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        closed = true;
        greeted.tryFailure(new IOException("the server has closed the connection of a browser"));
        context.fireChannelInactive();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing is left to do
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        greeted.tryFailure(cause);
        context.close();
    }
}
