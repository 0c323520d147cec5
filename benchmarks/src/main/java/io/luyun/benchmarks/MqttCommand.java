package io.luyun.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.benchmarks.rig.Child;
import io.luyun.benchmarks.rig.Spread;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole server as a process under MQTT, quality 1. */
@Command(
        name = "mqtt",
        mixinStandardHelpOptions = true,
        description =
                "Publishes BSM in UPER over MQTT with quality 1 to a whole server (open loop, out of a second process) and "
                        + "prints rate, PUBACKs, their latency from when each message should have been sent, and the server's "
                        + "CPU time for a message. Exit code 1 when a message was not acknowledged, was refused, or is not in "
                        + "the journal once.")
final class MqttCommand implements Callable<Integer> {
    private static final int BROKEN = 1;
    private static final int RESOURCE = 3;

    @Option(names = "--rate", defaultValue = "20000", description = "Messages a second; ${DEFAULT-VALUE} by default.")
    private int rate;

    @Option(names = "--connections", defaultValue = "200", description = "Clients; ${DEFAULT-VALUE} by default.")
    private int connections;

    @Option(names = "--rounds", defaultValue = "3", description = "Turns that count; ${DEFAULT-VALUE} by default.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "10", description = "Length of a turn; ${DEFAULT-VALUE} by default.")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "20", description = "Seconds before the first turn; ${DEFAULT-VALUE}.")
    private int warmUpSeconds;

    @Option(
            names = "--jvm",
            defaultValue = "-XX:+UseSerialGC -XX:+AlwaysPreTouch -Xms512m -Xmx512m",
            description = "JVM flags of the server; ${DEFAULT-VALUE}")
    private String jvmFlags = "";

    @Option(names = "--json", description = "Print one JSON object as the last line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public Integer call() throws InterruptedException {
        try (Scratch scratch = Scratch.create()) {
            return measure(scratch.path());
        } catch (final IOException e) {
            spec.commandLine().getErr().println("luyun bench mqtt: " + e.getMessage());
            return RESOURCE;
        }
    }

    private int measure(final Path directory) throws IOException, InterruptedException {
        final Path log = directory.resolve("log");
        final Path config = ServerFile.writeMqtt(directory, connections);
        final List<MqttGenerator.Outcome> all = new ArrayList<>();
        try (Child server = Child.start(List.of("serve", "--config", config.toString()), jvmFlags, log)) {
            final int port = server.awaitReady("mqtt");
            all.add(turn(server, port, warmUpSeconds, log));
            for (int round = 1; round <= rounds; round++) {
                all.add(turn(server, port, seconds, log));
                print(round, all.getLast());
            }
        } catch (final IOException e) {
            final String why = Files.exists(log) ? "\n" + Files.readString(log) : "";
            throw new IOException(e.getMessage() + why, e);
        }
        return report(all, journaled(directory.resolve("data/journal")));
    }

    private MqttGenerator.Outcome turn(final Child under, final int port, final int turnSeconds, final Path log)
            throws IOException, InterruptedException {
        final List<String> words = List.of(
                "bench",
                "generate-mqtt",
                "--port=" + port,
                "--pid=" + under.pid(),
                "--rate=" + rate,
                "--connections=" + connections,
                "--warm-up=3",
                "--seconds=" + turnSeconds);
        try (Child generator = Child.start(words, "-XX:+UseSerialGC -Xms256m -Xmx256m", log)) {
            return mapper.readValue(generator.awaitResult(), MqttGenerator.Outcome.class);
        }
    }

    private void print(final int round, final MqttGenerator.Outcome turn) {
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%d  %,.0f/s  sent %,d  acked %,d  lost %,d  refused %,d  held %,d  ack p50 %.1f p99 %.1f max %.1f ms"
                        + "  lag max %.1f ms  server %.2f us/message%n",
                round,
                turn.messages() / turn.seconds(),
                turn.sent(),
                turn.acked(),
                turn.sent() - turn.acked(),
                turn.refused(),
                turn.held(),
                turn.p50Micros() / 1e3,
                turn.p99Micros() / 1e3,
                turn.maxMicros() / 1e3,
                turn.lagMicros() / 1e3,
                micros(turn));
        out.flush();
    }

    private int report(final List<MqttGenerator.Outcome> all, final long journaled) throws IOException {
        final List<MqttGenerator.Outcome> counted = all.subList(1, all.size());
        final long sent = all.stream().mapToLong(MqttGenerator.Outcome::sent).sum();
        final long acked = all.stream().mapToLong(MqttGenerator.Outcome::acked).sum();
        final long refused =
                all.stream().mapToLong(MqttGenerator.Outcome::refused).sum();
        final boolean kept = acked == sent && refused == 0 && journaled == sent;
        final Spread cpu = Spread.of(counted.stream().map(MqttCommand::micros).toList());
        final Spread p99 =
                Spread.of(counted.stream().map(turn -> turn.p99Micros() / 1e3).toList());
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "all, warm-up included: sent %,d  acked %,d  refused %,d  in the journal %,d%s%n"
                        + "ack p99 %s ms%nserver  %s us/message%n",
                sent,
                acked,
                refused,
                journaled,
                kept ? "" : "   NOT THE SAME",
                p99,
                cpu);
        if (json) {
            final Map<String, Object> result = new LinkedHashMap<>();
            result.put("rate", rate);
            result.put("connections", connections);
            result.put("sent", sent);
            result.put("acked", acked);
            result.put("refused", refused);
            result.put("journaled", journaled);
            result.put("ackP99Millis", p99);
            result.put("serverMicros", cpu);
            result.put("turns", counted);
            out.println(mapper.writeValueAsString(result));
        }
        out.flush();
        return kept ? 0 : BROKEN;
    }

    private static double micros(final MqttGenerator.Outcome turn) {
        return turn.cpuNanos() / 1e3 / turn.messages();
    }

    private static long journaled(final Path directory) {
        long records = 0;
        try (JournalReader reader = Journal.openReadOnly(directory).reader(1)) {
            while (reader.next()) {
                records += reader.kind() == RecordKind.RECORD_KIND_BSM_VALUE ? 1 : 0;
            }
        }
        return records;
    }
}
