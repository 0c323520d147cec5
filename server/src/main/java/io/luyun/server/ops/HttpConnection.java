package io.luyun.server.ops;

import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * One connection: takes a request at a time, has it answered and goes on with the next. After a request that is refused it ends: what
 * follows is read and thrown away until the client closes or its time is up, so that the answer is not lost to a reset. Owned by the
 * face's thread.
 *
 * <pre>
 *   HEAD ─▶ BODY ─▶ ANSWERING ─▶ HEAD …
 *     └────────┴──▶ LEAVING                  └──▶ a WebSocket, and this handler is gone
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the channel anyhow
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {
    private enum State {
        HEAD,
        BODY,
        ANSWERING,
        LEAVING
    }

    private final Reception reception;
    private final Live live;
    private final Counters counters;
    private final ErrorHandler errors;
    private final Manners manners;
    private final Patience patience;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private State state = State.HEAD;
    private boolean first = true;
    private boolean wanting;
    private @Nullable HttpRequest head;
    private Reception.@Nullable Admitted admitted;
    private @Nullable Caller visitor;
    private @Nullable Answer refusal;

    HttpConnection(
            final Reception reception,
            final Live live,
            final Counters counters,
            final ErrorHandler errors,
            final Manners manners) {
        super(HttpObject.class);
        this.reception = reception;
        this.live = live;
        this.counters = counters;
        this.errors = errors;
        this.manners = manners;
        this.patience = new Patience(manners.timeoutMillis());
    }

    @Override
    public void channelActive(final ChannelHandlerContext context) {
        awaitRequest(context);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        patience.end();
        context.fireChannelInactive();
    }

    @Override
    protected void channelRead0(final ChannelHandlerContext context, final HttpObject object) {
        wanting = false;
        if (state == State.HEAD && object instanceof final HttpRequest request) {
            counters.increment(Counter.HTTP_REQUESTS);
            onHead(context, request);
        } else if (state == State.BODY && object instanceof final HttpContent content) {
            onContent(context, content);
        } else if (state == State.HEAD) {
            read(context);
        }
    }

    /** A read that has brought nothing whole is over all the same; it has to be asked for anew. */
    @Override
    public void channelReadComplete(final ChannelHandlerContext context) {
        if (wanting) {
            context.read();
        }
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        // the client's end of the connection breaking, or a handshake of it that was none
        if (cause instanceof IOException || cause.getCause() instanceof SSLException) {
            counters.increment(Counter.HTTP_REFUSED);
        } else {
            errors.onError(cause);
        }
        context.close();
    }

    private void onHead(final ChannelHandlerContext context, final HttpRequest request) {
        admitted = null;
        visitor = null;
        refusal = null;
        try {
            manners.check(request);
            admit(context, request);
            manners.checkBody(request);
        } catch (final Problem problem) {
            leave(context, request, problem.answer());
            return;
        }
        head = request;
        state = State.BODY;
        body.reset();
        if (HttpUtil.is100ContinueExpected(request)) {
            context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        read(context);
    }

    /** A request without a body that may not be answered is no reason to end the connection. */
    private void admit(final ChannelHandlerContext context, final HttpRequest request) {
        try {
            if (live.wanted(request)) {
                visitor = live.check(request, addressOf(context));
            } else {
                admitted = reception.admit(request, addressOf(context));
            }
        } catch (final Problem problem) {
            if (!manners.bodiless(request)) {
                throw problem;
            }
            refusal = problem.answer();
        }
    }

    private void onContent(final ChannelHandlerContext context, final HttpContent content) {
        final HttpRequest request = head;
        if (request == null) {
            throw new IllegalStateException("a body without a head");
        }
        if (content.decoderResult().isFailure()) {
            leave(
                    context,
                    request,
                    Problem.of(400, "bad-request", "not an HTTP body").answer());
            return;
        }
        final int length = content.content().readableBytes();
        if (length > 0) {
            final byte[] bytes = new byte[length];
            content.content().readBytes(bytes);
            body.writeBytes(bytes);
        }
        if (!(content instanceof LastHttpContent)) {
            read(context);
            return;
        }
        patience.end();
        state = State.ANSWERING;
        final Reception.Admitted found = admitted;
        final Caller comes = visitor;
        final Answer refused = refusal;
        if (refused != null) {
            send(context, request, refused, HttpUtil.isKeepAlive(request));
        } else if (comes != null) {
            live.open(context, request, comes);
        } else if (found != null) {
            reception.answer(
                    found, request, body.toByteArray(), addressOf(context), answer -> later(context, request, answer));
        }
    }

    private void later(final ChannelHandlerContext context, final HttpRequest request, final Answer answer) {
        if (context.executor().inEventLoop()) {
            send(context, request, answer, HttpUtil.isKeepAlive(request));
            return;
        }
        try {
            context.executor().execute(() -> send(context, request, answer, HttpUtil.isKeepAlive(request)));
        } catch (final RejectedExecutionException e) {
            // the face is closed, and its connections with it: nobody is there to be answered
            context.close();
        }
    }

    /** Answers and takes no further request. */
    private void leave(final ChannelHandlerContext context, final HttpRequest request, final Answer answer) {
        state = State.LEAVING;
        send(context, request, answer, false);
        context.channel().config().setAutoRead(true);
    }

    private void send(
            final ChannelHandlerContext context,
            final HttpRequest request,
            final Answer answer,
            final boolean keepAlive) {
        if (answer.status() >= 400 && answer.status() != 503) {
            counters.increment(Counter.HTTP_REFUSED);
        }
        head = null;
        final boolean bodiless = HttpMethod.HEAD.equals(request.method());
        final Responses.Sent sent;
        try {
            sent = Responses.write(context, answer, bodiless, keepAlive);
        } catch (final IOException e) {
            errors.onError(e);
            context.close();
            return;
        }
        patience.watchWrite(context, sent.fetched());
        sent.whole().addListener(written -> {
            if (!written.isSuccess()) {
                context.close();
            } else if (keepAlive) {
                state = State.HEAD;
                first = false;
                awaitRequest(context);
            } else {
                state = State.LEAVING;
                endOutput(context);
            }
        });
    }

    private void endOutput(final ChannelHandlerContext context) {
        if (context.channel() instanceof final DuplexChannel channel) {
            final SslHandler tls = context.pipeline().get(SslHandler.class);
            final ChannelFuture said = tls == null ? context.newSucceededFuture() : tls.closeOutbound();
            said.addListener(_ -> channel.shutdownOutput());
            context.channel().config().setAutoRead(true);
            patience.set(context, context::close);
        } else {
            context.close();
        }
    }

    private void awaitRequest(final ChannelHandlerContext context) {
        patience.set(context, () -> {
            if (first || head != null) {
                counters.increment(Counter.HTTP_REFUSED);
            }
            context.close();
        });
        read(context);
    }

    private void read(final ChannelHandlerContext context) {
        wanting = true;
        context.read();
    }

    @Override
    public void handlerRemoved(final ChannelHandlerContext context) {
        patience.end();
    }

    private static String addressOf(final ChannelHandlerContext context) {
        return context.channel().remoteAddress() instanceof final InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "unknown";
    }
}
