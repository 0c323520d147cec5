package io.luyun.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.benchmarks.rig.ProcessCpu;
import io.luyun.benchmarks.rig.Spread;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class GeneratorTest {
    @Test
    void sendsAtItsRateAndKnowsWhenAllHasComeBack() throws Exception {
        final EventLoopGroup group = EchoCommand.group();
        try {
            final Channel listener = EchoCommand.listen(group);
            final InetSocketAddress echo =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), EchoCommand.port(listener));
            final AtomicLong cpu = new AtomicLong();
            try (Generator generator = new Generator(echo, 10, 2_000, true)) {
                final Generator.Outcome outcome = generator.run(
                        TimeUnit.MILLISECONDS.toNanos(100),
                        TimeUnit.MILLISECONDS.toNanos(500),
                        () -> cpu.getAndAdd(5_000));
                assertThat(outcome.settled()).isTrue();
                assertThat(outcome.cpuNanos()).isEqualTo(5_000);
                assertThat(outcome.messages()).isBetween(800L, 1_300L);
                assertThat(outcome.refused()).isZero();
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    @Test
    void readsTheCpuTimeOfAProcess() {
        assertThat(ProcessCpu.nanosIn("12 (a b) c) S 1 2 3 4 5 6 7 8 9 10 150 25 0 0 20 0 31 0 100 200 300"))
                .isEqualTo(1_750_000_000L);
        assertThat(ProcessCpu.nanosOf(ProcessHandle.current().pid())).isPositive();
    }

    @Test
    void tellsMiddleAndEnds() {
        assertThat(Spread.of(java.util.List.of(3.0, 1.0, 2.0)))
                .isEqualTo(new Spread(2, 1, 3))
                .hasToString("median 2.000 (1.000 to 3.000)");
        assertThat(Spread.of(java.util.List.of(4.0, 1.0)).median()).isEqualTo(2.5);
    }
}
