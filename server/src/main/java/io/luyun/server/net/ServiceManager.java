package io.luyun.server.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the service manager that started this process, systemd for one, how it is: a datagram of lines {@code KEY=VALUE} to the
 * socket that {@code NOTIFY_SOCKET} names (sd_notify). The JDK has no such datagrams, Netty has. One thread. Does nothing where
 * nobody wants to know.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write comes back to its listener
public final class ServiceManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);
    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final String WATCHDOG = "WATCHDOG_USEC";
    private static final long END_MILLIS = 1_000;

    private final long watchdogNs;
    private final @Nullable MultiThreadIoEventLoopGroup group;
    private final @Nullable Channel channel;

    private ServiceManager(
            final long watchdogNs, final @Nullable MultiThreadIoEventLoopGroup group, final @Nullable Channel channel) {
        this.watchdogNs = watchdogNs;
        this.group = group;
        this.channel = channel;
    }

    /** The one that this environment names. */
    public static ServiceManager of(final Map<String, String> environment) {
        final String path = environment.getOrDefault(SOCKET, "");
        if (path.isEmpty()) {
            return new ServiceManager(0, null, null);
        }
        if (!path.startsWith("/") || !Epoll.isAvailable()) {
            LOG.warn(
                    "{} = {}: the service manager is not told anything, for want of {}",
                    SOCKET,
                    path,
                    path.startsWith("/") ? "epoll" : "a path");
            return new ServiceManager(0, null, null);
        }
        final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("luyun-notify", true), EpollIoHandler.newFactory());
        try {
            final Channel channel = new Bootstrap()
                    .group(group)
                    .channel(EpollDomainDatagramChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(new DomainSocketAddress(path))
                    .syncUninterruptibly()
                    .channel();
            return new ServiceManager(watchdogNs(environment), group, channel);
        } catch (final Exception e) {
            LOG.warn("{} = {}: {}; the service manager is not told anything", SOCKET, path, e.toString());
            group.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS);
            return new ServiceManager(0, null, null);
        }
    }

    /** How often at least it wants to be told {@code WATCHDOG=1}, in nanoseconds; 0 when it does not. */
    public long watchdogNs() {
        return watchdogNs;
    }

    /** Tells it this: lines {@code KEY=VALUE}. Does not wait for it. */
    public void tell(final String lines) {
        if (channel != null) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(lines.getBytes(StandardCharsets.UTF_8)))
                    .addListener(sent -> {
                        if (!sent.isSuccess()) {
                            LOG.warn("the service manager was not told: {}", String.valueOf(sent.cause()));
                        }
                    });
        }
    }

    @Override
    public void close() {
        if (channel != null && group != null) {
            channel.close().awaitUninterruptibly(END_MILLIS);
            group.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(END_MILLIS);
        }
    }

    private static long watchdogNs(final Map<String, String> environment) {
        final String micros = environment.getOrDefault(WATCHDOG, "");
        try {
            return micros.isEmpty() ? 0 : TimeUnit.MICROSECONDS.toNanos(Math.max(0, Long.parseLong(micros)));
        } catch (final NumberFormatException e) {
            LOG.warn("{} = {}: must be a number of microseconds; there is no watchdog", WATCHDOG, micros);
            return 0;
        }
    }
}
