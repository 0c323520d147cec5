package io.luyun.server.ops;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.timeout.IdleStateHandler;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/** Makes a WebSocket of a connection that asks for {@code /api/v1/live}. Owned by the face's thread. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the channel anyhow
final class Live {
    static final String PATH = "/api/v1/live";
    private static final Route ROUTE = Route.quick(PATH, Scope.READ, _ -> {
        throw Problem.of(426, "not-a-websocket", "this is a WebSocket: send its handshake")
                .with("upgrade", "websocket");
    });
    private static final int MAX_FRAME_BYTES = 65_536;
    private static final int GONE_SECONDS = 75;
    private static final int PING_SECONDS = 30;

    private final Door door;
    private final @Nullable LiveSockets sockets;
    private final ErrorHandler errors;

    Live(final Door door, final @Nullable LiveSockets sockets, final ErrorHandler errors) {
        this.door = door;
        this.sockets = sockets;
        this.errors = errors;
    }

    /** The route, for requests that are no handshakes. */
    static Route route() {
        return ROUTE;
    }

    /** Whether a request is its handshake. */
    boolean wanted(final HttpRequest request) {
        return HttpMethod.GET.equals(request.method())
                && Reception.pathOf(request).equals(PATH)
                && request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    /** Refuses a handshake of somebody who may not, or from a page from elsewhere. */
    Caller check(final HttpRequest request, final String address) {
        door.admit(address);
        door.checkOrigin(request, true);
        final Caller caller = door.caller(request, address, ROUTE);
        if (sockets == null) {
            throw Problem.of(503, "not-ready", "there is no live picture yet");
        }
        final String version = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "");
        if (!version.equals(WebSocketVersion.V13.toHttpHeaderValue())
                || !request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                || !request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)) {
            throw Problem.of(426, "not-a-websocket", "version 13 of WebSockets only")
                    .with("sec-websocket-version", "13");
        }
        return caller;
    }

    /** Answers a handshake that was found good, and hands the connection over. */
    void open(final ChannelHandlerContext context, final HttpRequest request, final Caller caller) {
        final LiveSockets takers = sockets;
        final WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        "ws://" + request.headers().get(HttpHeaderNames.HOST, "") + PATH, null, false, MAX_FRAME_BYTES)
                .newHandshaker(request);
        if (takers == null || handshaker == null) {
            throw new IllegalStateException("a handshake that was not checked");
        }
        final FullHttpRequest whole = new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE);
        handshaker.handshake(context.channel(), whole).addListener(done -> {
            if (!done.isSuccess()) {
                context.close();
                return;
            }
            final ChannelPipeline pipeline = context.pipeline();
            pipeline.addLast(
                    new IdleStateHandler(GONE_SECONDS, PING_SECONDS, 0),
                    new WebSocketFrameAggregator(MAX_FRAME_BYTES),
                    new SocketGuard(handshaker, door.watch(request), errors),
                    takers.open(caller));
            context.channel().config().setAutoRead(true);
            if (pipeline.get(ChunkedWriteHandler.class) != null) {
                // it would hold back what a browser does not take, where nobody sees how much that is
                pipeline.remove(ChunkedWriteHandler.class);
            }
            pipeline.remove(FlowControlHandler.class);
            pipeline.remove(HttpConnection.class);
        });
    }
}
