package io.luyun.benchmarks.torture.simulation;

import io.luyun.server.net.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Connections within this process, on one event loop that runs when it is told to, by the time of the simulation. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of channels comes back as their events
final class LocalTransport extends Transport {
    private static final int ROUNDS_TO_END = 100;

    private final LocalAddress address = new LocalAddress(LocalTransport.class);
    private final ManualIoEventLoop loop;
    private @Nullable Channel listener;
    private final Set<Channel> connections = new LinkedHashSet<>();
    private boolean dead;

    LocalTransport(final SimulatedTime time) {
        loop = new ManualIoEventLoop(null, Thread.currentThread(), LocalIoHandler.newFactory(), time.ticker());
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public Channel listen(final int port, final ChannelHandler each) throws IOException {
        final ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(LocalServerChannel.class)
                .childHandler(each)
                .bind(address);
        for (int i = 0; i < ROUNDS_TO_END && !bound.isDone(); i++) {
            loop.runNow();
        }
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + address, bound.cause());
        }
        listener = bound.channel();
        return bound.channel();
    }

    @Override
    public String name() {
        return "local";
    }

    /** Has the loop do what is due. */
    void turn() {
        loop.runNow();
    }

    /** The server has died: nothing of it leaves any more. */
    void die() {
        dead = true;
    }

    void connect(final Wire wire) {
        new Bootstrap()
                .group(loop)
                .channel(LocalChannel.class)
                // the usual resolver keeps every loop that has not ended, and with it the server of each life
                .disableResolver()
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(final ChannelHandlerContext ctx) {
                        connections.add(ctx.channel());
                        wire.onConnected(ctx.channel());
                    }

                    @Override
                    public void channelRead(final ChannelHandlerContext ctx, final Object message) {
                        final ByteBuf in = (ByteBuf) message;
                        if (!dead) {
                            wire.onSent(ByteBufUtil.getBytes(in));
                        }
                        in.release();
                    }

                    @Override
                    public void channelInactive(final ChannelHandlerContext ctx) {
                        connections.remove(ctx.channel());
                        if (!dead) {
                            wire.onServerClosed();
                        }
                    }
                })
                .connect(address);
    }

    /** Ends all connections. */
    void hangUp() {
        if (listener != null) {
            listener.close();
        }
        List.copyOf(connections).forEach(Channel::close);
        loop.runNow();
    }

    @Override
    public void close() {
        // the loop has no thread that would have to end
    }
}
