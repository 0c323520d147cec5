package io.luyun.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.benchmarks.rig.Child;
import io.luyun.benchmarks.rig.Spread;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The whole server as a process against a bare Netty echo as a process: CPU time for a message. */
@Command(
        name = "line",
        mixinStandardHelpOptions = true,
        description =
                "Feeds a whole server and a bare Netty echo, each a process of its own, in turn with the same frames "
                        + "(open loop, out of a third process) and compares the CPU time they use for a message. Exit code 1 when "
                        + "something sent was not answered, or --max-ratio does not hold.")
final class LineCommand implements Callable<Integer> {
    private static final int BROKEN = 1;
    private static final int RESOURCE = 3;

    @Option(names = "--rate", defaultValue = "20000", description = "Messages a second; ${DEFAULT-VALUE} by default.")
    private int rate;

    @Option(names = "--connections", defaultValue = "200", description = "Connections; ${DEFAULT-VALUE} by default.")
    private int connections;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "Turns of each that count; ${DEFAULT-VALUE} by default.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "10", description = "Length of a turn; ${DEFAULT-VALUE} by default.")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "20", description = "Seconds before the first turn; ${DEFAULT-VALUE}.")
    private int warmUpSeconds;

    @Option(
            names = "--jvm",
            defaultValue = "-XX:+UseSerialGC -XX:+AlwaysPreTouch -Xms512m -Xmx512m",
            description = "JVM flags of both; ${DEFAULT-VALUE}")
    private String jvmFlags = "";

    @Option(names = "--max-ratio", description = "Fail when the median ratio is above this.")
    private @Nullable Double maxRatio;

    @Option(names = "--json", description = "Print one JSON object as the last line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public Integer call() throws InterruptedException {
        if (rate < 1 || connections < 1 || rounds < 1 || seconds < 1 || warmUpSeconds < 0) {
            throw new ParameterException(
                    spec.commandLine(), "rate, connections, rounds and seconds must be at least 1, the warm-up 0");
        }
        try (Scratch scratch = Scratch.create()) {
            return measure(scratch.path());
        } catch (final IOException e) {
            spec.commandLine().getErr().println("luyun bench line: " + e.getMessage());
            return RESOURCE;
        }
    }

    private int measure(final Path directory) throws IOException, InterruptedException {
        final Path log = directory.resolve("log");
        final Path config = ServerFile.write(directory, connections, ServerFile.ACK_INTERVAL_MICROS);
        try (Child echo = Child.start(List.of("bench", "echo"), jvmFlags, log);
                Child server = Child.start(List.of("serve", "--config", config.toString()), jvmFlags, log)) {
            final int echoPort = echo.awaitReady();
            final int serverPort = server.awaitReady();
            final List<Generator.Outcome> echoes = new ArrayList<>();
            final List<Generator.Outcome> lines = new ArrayList<>();
            turn(echo, echoPort, true, warmUpSeconds, log);
            turn(server, serverPort, false, warmUpSeconds, log);
            for (int round = 1; round <= rounds; round++) {
                echoes.add(turn(echo, echoPort, true, seconds, log));
                lines.add(turn(server, serverPort, false, seconds, log));
                print(round, echoes.getLast(), lines.getLast());
            }
            return report(echoes, lines);
        } catch (final IOException e) {
            throw new IOException(e.getMessage() + Child.lastLines(log), e);
        }
    }

    private Generator.Outcome turn(
            final Child under, final int port, final boolean echo, final int turnSeconds, final Path log)
            throws IOException, InterruptedException {
        final List<String> words = new ArrayList<>(List.of(
                "bench",
                "generate",
                "--port=" + port,
                "--pid=" + under.pid(),
                "--rate=" + rate,
                "--connections=" + connections,
                "--warm-up=2",
                "--seconds=" + turnSeconds));
        if (echo) {
            words.add("--echo");
        }
        try (Child generator = Child.start(words, "-XX:+UseSerialGC -Xms128m -Xmx128m", log)) {
            return mapper.readValue(generator.awaitResult(), Generator.Outcome.class);
        }
    }

    private void print(final int round, final Generator.Outcome echo, final Generator.Outcome line) {
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%d  echo %6.2f us/message (%,d messages, lag %,d us)   line %6.2f us/message (%,d messages, lag %,d us)"
                        + "   ratio %.3f%s%n",
                round,
                micros(echo),
                echo.messages(),
                echo.lagMicros(),
                micros(line),
                line.messages(),
                line.lagMicros(),
                micros(line) / micros(echo),
                line.settled() && echo.settled() && line.refused() == 0 ? "" : "   NOT ALL ANSWERED");
        out.flush();
    }

    private int report(final List<Generator.Outcome> echoes, final List<Generator.Outcome> lines) throws IOException {
        final Spread echo = Spread.of(echoes.stream().map(LineCommand::micros).toList());
        final Spread line = Spread.of(lines.stream().map(LineCommand::micros).toList());
        final List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            ratios.add(micros(lines.get(i)) / micros(echoes.get(i)));
        }
        final Spread ratio = Spread.of(ratios);
        final boolean answered = Stream.concat(echoes.stream(), lines.stream())
                .allMatch(outcome -> outcome.settled() && outcome.refused() == 0);
        final boolean kept = answered && (maxRatio == null || ratio.median() <= maxRatio);
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "echo  %s us/message%nline  %s us/message%nratio %s%n", echo, line, ratio);
        if (json) {
            final Map<String, Object> result = new LinkedHashMap<>();
            result.put("rate", rate);
            result.put("connections", connections);
            result.put("seconds", seconds);
            result.put("echoMicros", echo);
            result.put("lineMicros", line);
            result.put("ratio", ratio);
            result.put("answered", answered);
            result.put("kept", kept);
            out.println(mapper.writeValueAsString(result));
        }
        out.flush();
        return kept ? 0 : BROKEN;
    }

    private static double micros(final Generator.Outcome outcome) {
        return outcome.cpuNanos() / 1e3 / outcome.messages();
    }
}
