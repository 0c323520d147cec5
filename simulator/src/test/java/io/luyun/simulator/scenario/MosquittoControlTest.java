package io.luyun.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Role;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.measure.Count;
import io.luyun.simulator.plan.Faults;
import io.luyun.simulator.plan.LinkPlan;
import io.luyun.simulator.plan.LinkPlan.Carrier;
import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.plan.Rates;
import io.luyun.simulator.plan.TrafficPlan;
import io.luyun.simulator.traffic.TrafficConfig;
import io.luyun.simulator.traffic.ZoneGenerator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's broker and subscriber count what a load says that it published. */
final class MosquittoControlTest {
    private static final Path BROKER = Path.of("/usr/sbin/mosquitto");
    private static final Path SUBSCRIBER = Path.of("/usr/bin/mosquitto_sub");
    private static final Path PUBLISHER = Path.of("/usr/bin/mosquitto_pub");
    private static final String END_TOPIC = "luyun/v1/end/up";

    @TempDir
    private Path directory;

    @Test
    void whatIsSaidToBePublishedIsWhatASubscriberCounts() throws Exception {
        if (!Files.isExecutable(BROKER) || !Files.isExecutable(SUBSCRIBER)) {
            System.out.println("MosquittoControlTest: left out, for want of Debian's mosquitto and mosquitto-clients");
        }
        Assumptions.assumeTrue(Files.isExecutable(BROKER) && Files.isExecutable(SUBSCRIBER));
        final int port = freePort();
        final Path config = Files.writeString(
                directory.resolve("mosquitto.conf"),
                "listener " + port
                        + " 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nmax_inflight_messages 0\n");
        final Process broker = start(BROKER.toString(), "-c", config.toString());
        try {
            awaitListening(port);
            // a session that outlives its connection: the broker keeps for it what comes meanwhile
            assertThat(subscriber(port, "-E").waitFor()).isZero();
            final RunResult result = run(port);
            assertThat(result.totals().sent()).isEqualTo(2 * 20 * 12);
            assertThat(result.totals().acked()).isEqualTo(result.totals().sent());
            assertThat(result.totals().of(Count.SHED)).isZero();

            // behind everything else, so that what should not be there is seen too
            final Process end =
                    start(PUBLISHER.toString(), "-p", Integer.toString(port), "-q", "1", "-t", END_TOPIC, "-m", "end");
            assertThat(end.waitFor()).isZero();

            final Process reader = subscriber(port, "-W", "10", "-F", "%t");
            final Map<String, Long> counted = new TreeMap<>();
            reader.inputReader(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("luyun/v1/"))
                    .takeWhile(line -> !line.equals(END_TOPIC))
                    .forEach(topic -> counted.merge(topic, 1L, Long::sum));
            reader.destroy();
            assertThat(counted).hasSize(12);
            assertThat(counted.values()).allMatch(messages -> messages == 2 * 20);
        } finally {
            broker.destroy();
            broker.waitFor();
        }
    }

    private static Process subscriber(final int port, final String... more) throws IOException {
        final List<String> command = new ArrayList<>(
                List.of(SUBSCRIBER.toString(), "-p", Integer.toString(port), "-i", "control", "-c", "-q", "1"));
        command.addAll(List.of("-t", "luyun/v1/+/up"));
        command.addAll(List.of(more));
        return start(command.toArray(String[]::new));
    }

    private static RunResult run(final int port) throws Exception {
        final TrafficPlan.Seeded traffic = TrafficPlan.zone(12, 0, false);
        final LoadScenario scenario = new LoadScenario(
                "control",
                "",
                "",
                traffic,
                Rates.constant(20),
                20,
                2,
                0,
                1,
                AckLevel.ACK_LEVEL_SYNCED,
                List.of(new LinkPlan(Role.ROLE_OBU, 1, Carrier.MQTT, Faults.NONE)),
                List.of(),
                List.of(),
                List.of(),
                null,
                "");
        final InetSocketAddress mqtt = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        final LoadTarget target = new LoadTarget(
                LinkConfig.plain("127.0.0.1", port), mqtt, null, Dialect.PHASE_2, null, 1, LoadTarget.DRAIN_MILLIS);
        return new LoadRun(
                        scenario,
                        target,
                        Setting.seeded(scenario, traffic, ZoneGenerator.generate(1), TrafficConfig.DEFAULT, null),
                        SystemNanoClock.INSTANCE,
                        SystemEpochNanoClock.INSTANCE)
                .run(_ -> {});
    }

    private static void awaitListening(final int port) {
        Awaitility.await().ignoreExceptions().until(() -> {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        });
    }

    private static Process start(final String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return unused.getLocalPort();
        }
    }
}
