package io.luyun.server.ops;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * The manners of one WebSocket: answers pings and closes, asks a silent browser whether it is there, and ends it with the session of
 * whoever opened it. Owned by the face's thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the channel anyhow
final class SocketGuard extends ChannelInboundHandlerAdapter {
    private static final long LOOK_SECONDS = 1;

    private final WebSocketServerHandshaker handshaker;
    private final BooleanSupplier allowed;
    private final ErrorHandler errors;
    private @Nullable Future<?> look;

    SocketGuard(final WebSocketServerHandshaker handshaker, final BooleanSupplier allowed, final ErrorHandler errors) {
        this.handshaker = handshaker;
        this.allowed = allowed;
        this.errors = errors;
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext context) {
        look = context.executor()
                .scheduleAtFixedRate(
                        () -> {
                            if (!allowed.getAsBoolean()) {
                                close(context, WebSocketCloseStatus.POLICY_VIOLATION, "the session has ended");
                            }
                        },
                        LOOK_SECONDS,
                        LOOK_SECONDS,
                        TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        switch (message) {
            case PingWebSocketFrame ping -> context.writeAndFlush(new PongWebSocketFrame(ping.content()));
            case CloseWebSocketFrame close -> handshaker.close(context, close);
            case PongWebSocketFrame pong -> pong.release();
            default -> context.fireChannelRead(message);
        }
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext context, final Object event) {
        if (event instanceof IdleStateEvent idle) {
            if (idle.state() == IdleState.READER_IDLE) {
                context.close();
            } else {
                context.writeAndFlush(new PingWebSocketFrame());
            }
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        if (look != null) {
            look.cancel(false);
            look = null;
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            close(context, WebSocketCloseStatus.MESSAGE_TOO_BIG, "at most 64 KiB");
        } else if (cause instanceof IOException || cause instanceof CodecException) {
            context.close();
        } else {
            errors.onError(cause);
            context.close();
        }
    }

    private void close(final ChannelHandlerContext context, final WebSocketCloseStatus status, final String why) {
        final CloseWebSocketFrame frame = new CloseWebSocketFrame(status, why);
        if (context.channel().isActive()) {
            handshaker.close(context, frame);
        } else {
            ReferenceCountUtil.release(frame);
        }
    }
}
