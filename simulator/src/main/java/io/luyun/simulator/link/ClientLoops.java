package io.luyun.simulator.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.traffic.ChannelTrafficShapingHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The event loops all clients of a process share: epoll, or NIO where that is not to be had. Closing it ends the loops;
 * close the clients first. Thread safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures come back through listeners
public final class ClientLoops implements AutoCloseable {
    /** What a slow reader's system keeps for it; all more stays with the server. */
    private static final int SLOW_BUFFER = 4_096;

    private static final long SLOW_CHECK_MILLIS = 100;

    private final LinkConfig config;
    private final NanoClock nanoClock;
    private final EpochNanoClock epochClock;
    private final @Nullable SslContext ssl;
    private final MultiThreadIoEventLoopGroup group;
    private final List<EventLoop> loops = new ArrayList<>();
    private final Class<? extends SocketChannel> channelClass;

    /** Where to connect to. */
    record Address(String host, int port) {}

    /**
     * Starts the loops.
     *
     * @throws IOException when the certificates cannot be used
     */
    public ClientLoops(
            final LinkConfig config, final int threads, final NanoClock nanoClock, final EpochNanoClock epochClock)
            throws IOException {
        this.config = config;
        this.nanoClock = nanoClock;
        this.epochClock = epochClock;
        ssl = config.tls() ? sslContext(config) : null;
        final boolean epoll = Epoll.isAvailable();
        final IoHandlerFactory handler = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        channelClass = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
        group = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("client", true), handler);
        for (int i = 0; i < threads; i++) {
            loops.add(group.next());
        }
    }

    /** Number of loops. */
    public int size() {
        return loops.size();
    }

    /** One of the loops; a client's work is done on its loop only. */
    public EventLoop loop(final int index) {
        return loops.get(index);
    }

    /** A client on that loop; it connects when told to. */
    public DeviceClient client(final int loop, final Identity identity, final LinkListener listener) {
        return new DeviceClient(this, loops.get(loop), identity, listener);
    }

    /** A client that reads no more than so many bytes a second, so that what the server sends it piles up. */
    public DeviceClient slowClient(
            final int loop, final Identity identity, final LinkListener listener, final int bytesPerSecond) {
        return new DeviceClient(this, loops.get(loop), identity, listener, bytesPerSecond);
    }

    /** A device over MQTT on that loop. */
    public MqttUplink mqtt(
            final int loop, final String host, final int port, final Identity identity, final UplinkListener listener) {
        return new MqttUplink(this, loops.get(loop), new Address(host, port), identity, listener);
    }

    /** Somebody on that loop who means harm to the server. */
    public Intruder intruder(final int loop, final Intruder.Manner manner) {
        return new Intruder(this, loops.get(loop), manner);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    LinkConfig config() {
        return config;
    }

    ByteBufAllocator allocator() {
        return PooledByteBufAllocator.DEFAULT;
    }

    NanoClock nanoClock() {
        return nanoClock;
    }

    EpochNanoClock epochClock() {
        return epochClock;
    }

    void connect(final DeviceClient client, final int connection, final EventLoop loop) {
        connect(loop, pipeline -> {
                    if (client.readBytesPerSecond() > 0) {
                        pipeline.channel().config().setOption(ChannelOption.SO_RCVBUF, SLOW_BUFFER);
                        pipeline.addLast(
                                new ChannelTrafficShapingHandler(0, client.readBytesPerSecond(), SLOW_CHECK_MILLIS));
                    }
                    pipeline.addLast(new FrameReader(client, connection));
                })
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        client.onDisconnected(connection, DeviceClient.text(done.cause()));
                    }
                });
    }

    /** Connects on that loop to the configured address, behind TLS where that is configured. */
    ChannelFuture connect(final EventLoop loop, final Consumer<ChannelPipeline> handlers) {
        return connect(loop, new Address(config.host(), config.port()), handlers);
    }

    /** Connects on that loop, behind TLS where that is configured. */
    ChannelFuture connect(final EventLoop loop, final Address to, final Consumer<ChannelPipeline> handlers) {
        return new Bootstrap()
                .group(loop)
                .channel(channelClass)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, config.connectTimeoutMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(final Channel channel) {
                        if (ssl != null) {
                            final SslHandler handler = ssl.newHandler(channel.alloc(), to.host(), to.port());
                            handler.setHandshakeTimeoutMillis(config.connectTimeoutMillis());
                            channel.pipeline().addLast(handler);
                        }
                        handlers.accept(channel.pipeline());
                    }
                })
                .connect(to.host(), to.port());
    }

    private static SslContext sslContext(final LinkConfig config) throws IOException {
        final SslContextBuilder builder = SslContextBuilder.forClient().protocols("TLSv1.3");
        try {
            if (config.trust() != null) {
                builder.trustManager(config.trust().toFile());
            }
            if (config.certificate() != null && config.key() != null) {
                builder.keyManager(config.certificate().toFile(), config.key().toFile());
            }
            return builder.build();
        } catch (final IllegalArgumentException e) {
            throw new IOException("cannot use the certificates: " + e.getMessage(), e);
        }
    }
}
