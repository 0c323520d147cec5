package io.luyun.server.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.AsyncMapping;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the whole hello of a TLS handshake, which costs nothing, and goes on with the handshake, which does, when the
 * {@link Entrance} has room. What the peer needs for its hello is its own time and counts; what it waits then is not.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nothing is left to do when a close fails
final class TlsGreeting extends SniHandler {
    private static final int MAX_HELLO_BYTES = 16_384;

    private final long timeoutMillis;
    private boolean complete;
    private @Nullable Future<?> timeout;

    /**
     * In front of a connection's other handlers.
     *
     * @param entrance is asked when the hello is there
     * @param timeoutMillis how long the hello may take, and the handshake after it
     */
    TlsGreeting(final AsyncMapping<String, SslContext> entrance, final long timeoutMillis) {
        super(entrance, MAX_HELLO_BYTES, 0);
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext context) throws Exception {
        super.handlerAdded(context);
        timeout = context.executor().schedule(() -> giveUp(context), timeoutMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void handlerRemoved0(final ChannelHandlerContext context) throws Exception {
        endTimeout();
        super.handlerRemoved0(context);
    }

    @Override
    protected Future<SslContext> lookup(final ChannelHandlerContext context, final String hostname) throws Exception {
        complete = true;
        endTimeout();
        return super.lookup(context, hostname);
    }

    @Override
    protected SslHandler newSslHandler(final SslContext context, final ByteBufAllocator allocator) {
        final SslHandler handler = super.newSslHandler(context, allocator);
        handler.setHandshakeTimeoutMillis(timeoutMillis);
        return handler;
    }

    /** Nothing goes out unencrypted. */
    @Override
    public void write(final ChannelHandlerContext context, final Object message, final ChannelPromise promise) {
        ReferenceCountUtil.release(message);
        promise.trySuccess();
    }

    private void giveUp(final ChannelHandlerContext context) {
        if (!complete) {
            context.fireUserEventTriggered(new SslHandshakeCompletionEvent(
                    new SslHandshakeTimeoutException("no hello within " + timeoutMillis + " ms")));
            context.close();
        }
    }

    private void endTimeout() {
        final Future<?> running = timeout;
        if (running != null) {
            running.cancel(false);
            timeout = null;
        }
    }
}
