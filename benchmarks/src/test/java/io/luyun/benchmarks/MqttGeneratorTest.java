package io.luyun.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.server.LuyunServer;
import io.luyun.server.ServerConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MqttGeneratorTest {
    @TempDir
    private Path directory;

    /** With a receive maximum of 1 and an acknowledgement every 20 ms at most, 200 messages a second of a client wait. */
    @ParameterizedTest
    @CsvSource({"1024, false", "1, true"})
    void everythingSentIsAcknowledgedWithinTheReceiveMaximum(final int receiveMaximum, final boolean holds)
            throws Exception {
        final Path config = ServerFile.writeMqtt(directory, 10);
        Files.writeString(config, Files.readString(config) + "  receiveMaximum: " + receiveMaximum + "\n");
        try (LuyunServer server = LuyunServer.launch(ServerConfig.load(config));
                MqttGenerator generator = new MqttGenerator(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.mqttPort()), 10, 2_000)) {
            final MqttGenerator.Outcome outcome =
                    generator.run(TimeUnit.MILLISECONDS.toNanos(200), TimeUnit.MILLISECONDS.toNanos(500), () -> 0);

            assertThat(outcome.acked()).isEqualTo(outcome.sent()).isPositive();
            assertThat(outcome.refused()).isZero();
            assertThat(outcome.held() > 0).isEqualTo(holds);
            assertThat(outcome.p50Micros()).isPositive().isLessThanOrEqualTo(outcome.p99Micros());
        }
    }
}
