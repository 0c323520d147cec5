package io.luyun.server.ops;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED;
import static io.netty.handler.codec.http.HttpResponseStatus.INTERNAL_SERVER_ERROR;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.MISDIRECTED_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_URI_TOO_LONG;

import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * Answers the one request of its connection and ends it: what follows the request is read and thrown away until the
 * client closes or its time is up, so that the answer is not lost to a reset. Owned by the face's thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the channel anyhow
final class RequestHandler extends SimpleChannelInboundHandler<HttpObject> {
    private final Pages pages;
    private final Counters counters;
    private final ErrorHandler errors;
    private final boolean loopback;
    private final int timeoutMillis;
    private boolean answered;
    private @Nullable Future<?> deadline;

    RequestHandler(
            final Pages pages,
            final Counters counters,
            final ErrorHandler errors,
            final boolean loopback,
            final int timeoutMillis) {
        this.pages = pages;
        this.counters = counters;
        this.errors = errors;
        this.loopback = loopback;
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext context) {
        setDeadline(context, () -> {
            if (!answered) {
                counters.increment(Counter.HTTP_REFUSED);
            }
            context.close();
        });
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        cancelDeadline();
        context.fireChannelInactive();
    }

    @Override
    protected void channelRead0(final ChannelHandlerContext context, final HttpObject object) {
        if (answered || !(object instanceof HttpRequest request)) {
            return;
        }
        answered = true;
        counters.increment(Counter.HTTP_REQUESTS);
        final Answer answer = answerTo(request);
        if (answer.status().code() >= BAD_REQUEST.code() && answer.status().code() != 503) {
            counters.increment(Counter.HTTP_REFUSED);
        }
        send(context, answer, HttpMethod.HEAD.equals(request.method()));
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        // An IOException is the client's end of the connection breaking.
        if (cause instanceof IOException) {
            counters.increment(Counter.HTTP_REFUSED);
        } else {
            errors.onError(cause);
        }
        context.close();
    }

    private Answer answerTo(final HttpRequest request) {
        final Answer refusal = refuse(request);
        if (refusal != null) {
            return refusal;
        }
        final String uri = request.uri();
        final int query = uri.indexOf('?');
        try {
            return pages.get(query < 0 ? uri : uri.substring(0, query));
        } catch (final IOException | RuntimeException e) {
            errors.onError(e);
            return Answer.text(INTERNAL_SERVER_ERROR, "the server failed; its log tells why");
        }
    }

    private @Nullable Answer refuse(final HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return malformed(request.decoderResult().cause());
        }
        if (request.protocolVersion().majorVersion() != 1) {
            return Answer.text(HTTP_VERSION_NOT_SUPPORTED, "HTTP/1.1 or HTTP/1.0");
        }
        if (!HttpMethod.GET.equals(request.method()) && !HttpMethod.HEAD.equals(request.method())) {
            return Answer.text(METHOD_NOT_ALLOWED, "GET and HEAD only");
        }
        final HttpHeaders headers = request.headers();
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING) || hasBody(headers)) {
            return Answer.text(REQUEST_ENTITY_TOO_LARGE, "no request has a body here");
        }
        final List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || (hosts.isEmpty() && request.protocolVersion().equals(HttpVersion.HTTP_1_1))) {
            return Answer.text(BAD_REQUEST, "exactly one Host header");
        }
        if (loopback && !hosts.isEmpty() && !Hosts.isLoopback(hosts.getFirst())) {
            // A page from elsewhere whose name was pointed at this machine must not read on.
            return Answer.text(MISDIRECTED_REQUEST, "this server listens on loopback and answers to localhost only");
        }
        return request.uri().startsWith("/") ? null : Answer.text(BAD_REQUEST, "the target must begin with /");
    }

    private static boolean hasBody(final HttpHeaders headers) {
        for (final String length : headers.getAll(HttpHeaderNames.CONTENT_LENGTH)) {
            if (!length.equals("0")) {
                return true;
            }
        }
        return false;
    }

    private static Answer malformed(final Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Answer.text(REQUEST_URI_TOO_LONG, "the request line is too long");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Answer.text(REQUEST_HEADER_FIELDS_TOO_LARGE, "the headers are too long");
        }
        return Answer.text(BAD_REQUEST, "not an HTTP request");
    }

    private void send(final ChannelHandlerContext context, final Answer answer, final boolean withoutBody) {
        final ByteBuf body = withoutBody ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body());
        final FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(), body);
        final HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        headers.set(HttpHeaderNames.CONNECTION, "close");
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set("x-content-type-options", "nosniff");
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'");
        if (answer.status().equals(METHOD_NOT_ALLOWED)) {
            headers.set(HttpHeaderNames.ALLOW, "GET, HEAD");
        }
        setDeadline(context, context::close);
        context.writeAndFlush(response).addListener(written -> {
            if (written.isSuccess() && context.channel() instanceof DuplexChannel channel) {
                channel.shutdownOutput();
            } else {
                context.close();
            }
        });
    }

    private void setDeadline(final ChannelHandlerContext context, final Runnable then) {
        cancelDeadline();
        deadline = context.executor().schedule(then, timeoutMillis, TimeUnit.MILLISECONDS);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
