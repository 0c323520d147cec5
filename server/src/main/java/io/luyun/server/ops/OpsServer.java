package io.luyun.server.ops;

import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP face: health, metrics and state, read only, one request for each connection. It has one thread of its own, so
 * that a scrape never stands in the way of the line. Not thread-safe itself: one owner starts and closes it.
 */
public final class OpsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpsServer.class);
    private static final int MAX_LINE_BYTES = 2_048;
    private static final int MAX_HEADER_BYTES = 8_192;
    private static final int MAX_CHUNK_BYTES = 8_192;

    private final OpsConfig config;
    private final Pages pages;
    private final Counters counters;
    private final ErrorHandler errors;
    private @Nullable EventLoopGroup loop;
    private @Nullable Channel listener;

    public OpsServer(
            final OpsConfig config,
            final OpsSource source,
            final Counters counters,
            final Latencies latencies,
            final ErrorHandler errors) {
        this.config = config;
        this.counters = counters;
        this.errors = errors;
        this.pages = new Pages(source, counters, latencies);
    }

    /**
     * Listens.
     *
     * @throws IOException when the address is not to be had
     */
    public void start() throws IOException {
        final InetAddress address = InetAddress.getByName(config.host());
        final boolean loopback = address.isLoopbackAddress();
        if (!loopback) {
            LOG.warn("health, metrics and status are open to whoever reaches {}", config.host());
        }
        final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("luyun-ops", true), NioIoHandler.newFactory());
        final Admission admission = new Admission(config.maxConnections(), counters);
        final ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 128)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(final SocketChannel channel) {
                        if (admission.admit(channel)) {
                            channel.pipeline()
                                    .addLast(
                                            new HttpServerCodec(new HttpDecoderConfig()
                                                    .setMaxInitialLineLength(MAX_LINE_BYTES)
                                                    .setMaxHeaderSize(MAX_HEADER_BYTES)
                                                    .setMaxChunkSize(MAX_CHUNK_BYTES)
                                                    .setChunkedSupported(false)),
                                            new RequestHandler(
                                                    pages, counters, errors, loopback, config.requestTimeoutMillis()));
                        }
                    }
                })
                .bind(new InetSocketAddress(address, config.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
            throw new IOException("cannot listen for HTTP on " + config.host() + ":" + config.port(), bound.cause());
        }
        loop = group;
        listener = bound.channel();
    }

    /** The port it listens on, after {@link #start()}. */
    public int port() {
        final Channel channel = listener;
        if (channel == null) {
            throw new IllegalStateException("not started");
        }
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Stops listening and closes what is open. */
    @Override
    public void close() {
        final EventLoopGroup group = loop;
        if (group == null) {
            return;
        }
        loop = null;
        final Channel channel = listener;
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
        group.submit(pages::close).awaitUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
