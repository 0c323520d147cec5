package io.luyun.server.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandler;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** TCP sockets, by epoll where there is such a thing. Used by who builds and closes the device port. */
final class SocketTransport extends Transport {
    private static final long STOP_MILLIS = 5_000;

    private final NetConfig config;
    private final boolean epoll;
    private final MultiThreadIoEventLoopGroup group;
    private final Map<ThreadAwareExecutor, BurstPause> pauses = new HashMap<>();

    SocketTransport(final NetConfig config) {
        this.config = config;
        epoll = config.transport().equals("auto") && Epoll.isAvailable();
        group = new MultiThreadIoEventLoopGroup(
                config.loopCount(),
                new DefaultThreadFactory("luyun-net"),
                epoll ? this::epollHandler : NioIoHandler.newFactory());
    }

    @Override
    public EventLoop loop() {
        return (EventLoop) group.next();
    }

    @Override
    public Channel listen(final int port, final ChannelHandler each) throws IOException {
        final ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, config.backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, Shares.reads())
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(config.writeBufferLowBytes(), config.writeBufferHighBytes()))
                .childHandler(each);
        keepLittleInTheKernel(bootstrap);
        try {
            return bootstrap
                    .bind(config.host(), port)
                    .awaitUninterruptibly()
                    .sync()
                    .channel();
        } catch (final Exception e) {
            throw new IOException("cannot listen on " + config.host() + ":" + port + ": " + e.getMessage(), e);
        }
    }

    /**
     * A peer that reads nothing is to be seen as such soon, and is not to get what was true a while ago: the kernel would take
     * megabytes for it first. What is on its way to a peer that does read is not limited, where that can be told apart.
     */
    private void keepLittleInTheKernel(final ServerBootstrap bootstrap) {
        if (epoll) {
            bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) config.writeBufferHighBytes());
        } else {
            bootstrap.childOption(ChannelOption.SO_SNDBUF, config.writeBufferHighBytes());
        }
    }

    @Override
    public String name() {
        return epoll ? "epoll" : "nio";
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    @Override
    BurstPause pauseOf(final EventLoop loop) {
        return pauses.getOrDefault(loop, new BurstPause(0));
    }

    private IoHandler epollHandler(final ThreadAwareExecutor executor) {
        final BurstPause pause = new BurstPause(config.burstPauseMicros());
        pauses.put(executor, pause);
        return EpollIoHandler.newFactory(0, () -> pause).newHandler(executor);
    }
}
