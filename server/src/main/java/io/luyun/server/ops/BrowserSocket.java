package io.luyun.server.ops;

import io.luyun.server.live.LiveClient;
import io.luyun.server.live.Outbox;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connection of one browser that watches. Owned by the face's thread. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the channel anyhow
final class BrowserSocket extends ChannelInboundHandlerAdapter implements Outbox {
    private final BrowserSockets sockets;
    private final List<String> scopes;
    private @Nullable LiveClient client;
    private @Nullable ChannelHandlerContext context;

    BrowserSocket(final BrowserSockets sockets, final List<String> scopes) {
        this.sockets = sockets;
        this.scopes = scopes;
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext added) {
        context = added;
        client = sockets.hub().connect(this, scopes, sockets.nowNs());
        if (client != null) {
            sockets.poll(added.executor());
        }
    }

    @Override
    public void channelRead(final ChannelHandlerContext from, final Object message) {
        try {
            final LiveClient told = client;
            if (told != null) {
                switch (message) {
                    case TextWebSocketFrame text -> told.onText(text.text());
                    case BinaryWebSocketFrame _ -> told.onBinary();
                    default -> {}
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext from) {
        final LiveClient told = client;
        if (told != null && from.channel().isWritable()) {
            told.onWritable();
        }
        from.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext from) {
        final LiveClient told = client;
        client = null;
        if (told != null) {
            told.onClosed();
        }
        from.fireChannelInactive();
    }

    @Override
    public boolean writable() {
        return channel().isWritable();
    }

    @Override
    public void text(final byte[] utf8) {
        write(new TextWebSocketFrame(Unpooled.wrappedBuffer(utf8)));
    }

    @Override
    public void binary(final byte[] bytes, final int length) {
        write(new BinaryWebSocketFrame(channel().alloc().buffer(length).writeBytes(bytes, 0, length)));
    }

    private void write(final Object frame) {
        context().writeAndFlush(frame);
    }

    @Override
    public void close(final int code, final String why) {
        client = null;
        context().writeAndFlush(new CloseWebSocketFrame(code, why)).addListener(ChannelFutureListener.CLOSE);
    }

    private Channel channel() {
        return context().channel();
    }

    private ChannelHandlerContext context() {
        final ChannelHandlerContext added = context;
        if (added == null) {
            throw new IllegalStateException("not added to a pipeline yet");
        }
        return added;
    }
}
