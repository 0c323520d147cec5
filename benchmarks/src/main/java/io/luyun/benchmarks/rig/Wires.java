package io.luyun.benchmarks.rig;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** One event loop and what is connected on it to a port of loopback: epoll, or NIO where that is not to be had. */
public final class Wires implements AutoCloseable {
    private static final long ANSWER_SECONDS = 30;

    private final EventLoopGroup group;
    private final EventLoop loop;
    private final InetSocketAddress address;
    private volatile String failure = "";
    private volatile boolean closing;

    /** Nothing is connected yet. */
    public Wires(final int port) {
        final IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("load", true), io);
        loop = group.next();
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Where all that is connected here does its work. */
    public EventLoop loop() {
        return loop;
    }

    /** Connects with these handlers in front of one that notes what goes wrong. */
    public Channel connect(final ChannelHandler... handlers) throws IOException, InterruptedException {
        final ChannelFuture connected = new Bootstrap()
                .group(loop)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(final Channel channel) {
                        channel.pipeline().addLast(handlers).addLast(new Last());
                    }
                })
                .connect(address);
        await(connected);
        return connected.channel();
    }

    /** Waits for what was asked for. */
    public void await(final Future<?> asked) throws IOException, InterruptedException {
        if (!asked.await(ANSWER_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(
                    "no answer within " + ANSWER_SECONDS + " s" + (failure.isEmpty() ? "" : ": " + failure));
        }
        if (!asked.isSuccess()) {
            throw new IOException(String.valueOf(asked.cause().getMessage()), asked.cause());
        }
    }

    /** Something does not work any more; the first such thing is kept. */
    public void fail(final String why) {
        if (failure.isEmpty() && !closing) {
            failure = why;
        }
    }

    /** The first thing that went wrong, empty while nothing has. */
    public String failure() {
        return failure;
    }

    @Override
    public void close() {
        closing = true;
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    private final class Last extends ChannelInboundHandlerAdapter {
        @Override
        public void channelInactive(final ChannelHandlerContext context) {
            fail("the server has closed a connection");
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // nothing is left to do
        public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
            fail(String.valueOf(cause.getMessage()));
            context.close();
        }
    }
}
