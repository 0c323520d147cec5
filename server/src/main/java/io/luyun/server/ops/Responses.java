package io.luyun.server.ops;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedNioFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;

/** Makes HTTP of answers. */
@SuppressWarnings("FutureReturnValueIgnored") // the last write of a response tells of them all
final class Responses {
    private static final int CHUNK_BYTES = 16_384;

    private Responses() {}

    /**
     * An answer on its way.
     *
     * @param whole done when all of it has been written
     * @param fetched bytes of its file that have been fetched for writing; 0 where that is not done piece by piece
     */
    record Sent(ChannelFuture whole, LongSupplier fetched) {}

    /**
     * Hands an answer to the channel.
     *
     * @throws IOException when its file cannot be read; nothing has been written then
     */
    static Sent write(
            final ChannelHandlerContext context, final Answer answer, final boolean bodiless, final boolean keepAlive)
            throws IOException {
        final Path file = answer.file();
        if (file == null) {
            final ByteBuf body = bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body());
            final HttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), body);
            setHeaders(response.headers(), answer, answer.body().length, keepAlive);
            return new Sent(context.writeAndFlush(response), () -> 0);
        }
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        final long length = channel.size();
        final HttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
        setHeaders(response.headers(), answer, length, keepAlive);
        context.write(response);
        if (bodiless) {
            channel.close();
        } else if (context.pipeline().get(SslHandler.class) != null) {
            // what is encrypted has to come through here
            final HttpChunkedInput pieces = new HttpChunkedInput(new ChunkedNioFile(channel, 0, length, CHUNK_BYTES));
            return new Sent(context.writeAndFlush(pieces), pieces::progress);
        } else {
            context.write(new DefaultFileRegion(channel, 0, length));
        }
        return new Sent(context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT), () -> 0);
    }

    private static void setHeaders(
            final HttpHeaders headers, final Answer answer, final long length, final boolean keepAlive) {
        if (answer.status() != 204 && answer.status() != 304) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
        }
        if (!answer.contentType().isEmpty()) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        }
        headers.set(HttpHeaderNames.CONNECTION, keepAlive ? "keep-alive" : "close");
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set("x-content-type-options", "nosniff");
        headers.set("referrer-policy", "no-referrer");
        headers.set("cross-origin-resource-policy", "same-origin");
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
        answer.headers().forEach(headers::set);
    }
}
