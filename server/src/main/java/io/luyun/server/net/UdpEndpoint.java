package io.luyun.server.net;

import io.luyun.server.datagram.DatagramDesk;
import io.luyun.server.datagram.UdpConfig;
import io.luyun.server.session.Sessions;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The UDP port: one socket, read by one event loop. Started and closed by one owner. */
public final class UdpEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(UdpEndpoint.class);
    private static final int KIB = 1_024;
    /** How many are read before other connections of the loop have their turn. */
    private static final int DATAGRAMS_PER_READ = 64;

    private final UdpConfig config;
    private final Sessions.Environment env;
    private final NetLoop loop;
    private @Nullable Channel channel;

    UdpEndpoint(final UdpConfig config, final Sessions.Environment env, final NetLoop loop) {
        this.config = config;
        this.env = env;
        this.loop = loop;
    }

    void start(final boolean epoll) throws IOException {
        final UdpChannel handler = new UdpChannel(loop, new DatagramDesk(loop.sessions(), env, config));
        // one byte more than may come tells what is too long
        final RecvByteBufAllocator buffers =
                new FixedRecvByteBufAllocator(config.maxDatagramBytes() + 1).maxMessagesPerRead(DATAGRAMS_PER_READ);
        final Bootstrap bootstrap = new Bootstrap()
                .group(loop.executor())
                .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, config.receiveBufferKiB() * KIB)
                .option(ChannelOption.RECVBUF_ALLOCATOR, buffers)
                .handler(handler);
        try {
            channel = bootstrap
                    .bind(config.host(), config.port())
                    .awaitUninterruptibly()
                    .sync()
                    .channel();
        } catch (final Exception e) {
            throw new IOException(
                    "cannot listen on udp " + config.host() + ":" + config.port() + ": " + e.getMessage(), e);
        }
        if (config.trustAddresses()) {
            LOG.warn(
                    "datagrams on {}:{} are taken for those of the devices whose addresses they come from",
                    config.host(),
                    port());
        }
    }

    void close() {
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
    }

    boolean listening() {
        return channel != null && channel.isActive();
    }

    /** The port bound; 0 before the start. */
    public int port() {
        return DeviceServer.portOf(channel);
    }
}
