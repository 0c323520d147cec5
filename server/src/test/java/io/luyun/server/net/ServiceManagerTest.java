package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service manager hears on its socket. */
final class ServiceManagerTest {
    @TempDir
    private Path directory;

    @Test
    void hearsLinesAsDatagrams() throws Exception {
        if (!Epoll.isAvailable()) {
            System.out.println("ServiceManagerTest: left out, there is no epoll here");
            assumeTrue(false, "no epoll");
        }
        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        final Path path = directory.resolve("notify");
        try (MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory())) {
            final Channel systemd = new Bootstrap()
                    .group(group)
                    .channel(EpollDomainDatagramChannel.class)
                    .handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                        @Override
                        protected void channelRead0(
                                final ChannelHandlerContext ctx, final DomainDatagramPacket packet) {
                            heard.add(packet.content().toString(StandardCharsets.UTF_8));
                        }
                    })
                    .bind(new DomainSocketAddress(path.toString()))
                    .syncUninterruptibly()
                    .channel();
            try (ServiceManager manager =
                    ServiceManager.of(Map.of("NOTIFY_SOCKET", path.toString(), "WATCHDOG_USEC", "30000000"))) {
                assertThat(manager.watchdogNs()).isEqualTo(TimeUnit.SECONDS.toNanos(30));
                manager.tell("READY=1\nSTATUS=takes messages");
                manager.tell("WATCHDOG=1");
            }
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("READY=1\nSTATUS=takes messages");
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("WATCHDOG=1");
            systemd.close().syncUninterruptibly();
        }
    }

    @Test
    void isNotMissedWhereThereIsNone() {
        for (final Map<String, String> environment : java.util.List.of(
                Map.<String, String>of(),
                Map.of("NOTIFY_SOCKET", directory.resolve("nobody").toString(), "WATCHDOG_USEC", "1"),
                Map.of("NOTIFY_SOCKET", "vsock:2:1"))) {
            try (ServiceManager manager = ServiceManager.of(environment)) {
                manager.tell("READY=1");
                assertThat(manager.watchdogNs()).isZero();
            }
        }
    }
}
