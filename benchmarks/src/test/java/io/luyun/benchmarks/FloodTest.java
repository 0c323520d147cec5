package io.luyun.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.benchmarks.rig.LiveHeap;
import io.luyun.server.LuyunServer;
import io.luyun.server.ServerConfig;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FloodTest {
    private static final int CONNECTIONS = 3;
    private static final long SENDS_NS = TimeUnit.MILLISECONDS.toNanos(200);

    @Test
    void aDrainAnswersForEveryFrameAtTheEnd() throws Exception {
        final EventLoopGroup group = EchoCommand.group();
        try {
            final Channel listener = EchoCommand.listen(group, DrainCommand::handlers);
            final Flood.Outcome outcome = flood(EchoCommand.port(listener), 32, true);
            assertThat(outcome.settled()).isTrue();
            assertThat(outcome.messages() % 32).isZero();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    @Test
    void aServerAcknowledgesEveryMessage() throws IOException {
        try (Scratch scratch = Scratch.create();
                LuyunServer server =
                        LuyunServer.launch(ServerConfig.load(ServerFile.writeFlood(scratch.path(), CONNECTIONS)))) {
            final Flood.Outcome outcome = flood(server.devicePort(), 1, false);
            assertThat(outcome.settled()).isTrue();
            assertThat(outcome.refused()).isZero();
            assertThat(outcome.messages()).isPositive();
        }
    }

    @Test
    void whoNeverAnswersIsNotSettled() throws Exception {
        final EventLoopGroup group = EchoCommand.group();
        try {
            final Channel listener = EchoCommand.listen(group, pipeline -> {});
            try (PeerGroup peers = PeerGroup.silent(address(EchoCommand.port(listener)), 1, false)) {
                final Fleet fleet = new Fleet(1);
                peers.get(0).send(ByteBuffer.wrap(fleet.report(0, 0).bytes()), fleet.number());
                assertThat(peers.settle(TimeUnit.MILLISECONDS.toNanos(50))).isFalse();
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    @Test
    void readsTheEndOfAClassHistogram() throws Exception {
        assertThat(LiveHeap.bytesIn("Total        123456       7890123")).isEqualTo(7_890_123);
        assertThatThrownBy(() -> LiveHeap.bytesIn("  1:  22  33  [B"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("class histogram");
        try (Scratch scratch = Scratch.create()) {
            assertThat(LiveHeap.bytesOf(
                            ProcessHandle.current().pid(), scratch.path().resolve("histogram")))
                    .isGreaterThan(100_000);
        }
    }

    private static Flood.Outcome flood(final int port, final int burst, final boolean drain) throws IOException {
        final AtomicLong cpu = new AtomicLong();
        try (Flood flood = new Flood(address(port), CONNECTIONS, burst, drain)) {
            return flood.run(SENDS_NS, () -> cpu.getAndAdd(5_000));
        }
    }

    private static InetSocketAddress address(final int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
