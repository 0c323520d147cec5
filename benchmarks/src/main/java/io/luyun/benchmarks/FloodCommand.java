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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The most a whole server takes in without loss, against a bare Netty drain of the same frames. */
@Command(
        name = "flood",
        mixinStandardHelpOptions = true,
        description =
                "Sends the same frames in turn to a whole server and to a bare Netty that cuts them and throws them away, each a process of "
                        + "its own, as fast as they take them, and compares what went through. What does not fit into a socket waits, so "
                        + "nothing is lost; a message counts when it is acknowledged as synced. Exit code 1 when something sent was not "
                        + "answered, or --min-ratio does not hold.")
final class FloodCommand implements Callable<Integer> {
    private static final int BROKEN = 1;
    private static final int RESOURCE = 3;
    private static final int MAX_BURST = 256;

    @Option(names = "--burst", defaultValue = "1", description = "Frames in one write; 1 to 256, ${DEFAULT-VALUE}.")
    private int burst;

    @Option(names = "--connections", defaultValue = "16", description = "Connections; ${DEFAULT-VALUE} by default.")
    private int connections;

    @Option(names = "--rounds", defaultValue = "5", description = "Turns of each that count; ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "8", description = "Length of a turn; ${DEFAULT-VALUE} by default.")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "20", description = "Seconds before the first turn; ${DEFAULT-VALUE}.")
    private int warmUpSeconds;

    @Option(
            names = "--jvm",
            defaultValue = "-XX:+UseSerialGC -XX:+AlwaysPreTouch -Xms512m -Xmx512m",
            description = "JVM flags of both; ${DEFAULT-VALUE}")
    private String jvmFlags = "";

    @Option(names = "--min-ratio", description = "Fail when the median ratio of what went through is below this.")
    private @Nullable Double minRatio;

    @Option(names = "--json", description = "Print one JSON object as the last line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public Integer call() throws InterruptedException {
        if (burst < 1 || burst > MAX_BURST) {
            throw new ParameterException(spec.commandLine(), "--burst = " + burst + ": must be from 1 to " + MAX_BURST);
        }
        if (connections < 1 || rounds < 1 || seconds < 1 || warmUpSeconds < 1) {
            throw new ParameterException(
                    spec.commandLine(), "connections, rounds, seconds and warm-up must be at least 1");
        }
        try (Scratch scratch = Scratch.create()) {
            return measure(scratch.path());
        } catch (final IOException e) {
            spec.commandLine().getErr().println("luyun bench flood: " + e.getMessage());
            return RESOURCE;
        }
    }

    private int measure(final Path directory) throws IOException, InterruptedException {
        final Path log = directory.resolve("log");
        final Path config = ServerFile.writeFlood(directory, connections);
        try (Child drain = Child.start(List.of("bench", "drain"), jvmFlags, log);
                Child server = Child.start(List.of("serve", "--config", config.toString()), jvmFlags, log)) {
            final int drainPort = drain.awaitReady();
            final int serverPort = server.awaitReady();
            final List<Flood.Outcome> drains = new ArrayList<>();
            final List<Flood.Outcome> lines = new ArrayList<>();
            turn(drain, drainPort, true, warmUpSeconds, log);
            turn(server, serverPort, false, warmUpSeconds, log);
            for (int round = 1; round <= rounds; round++) {
                drains.add(turn(drain, drainPort, true, seconds, log));
                lines.add(turn(server, serverPort, false, seconds, log));
                print(round, drains.getLast(), lines.getLast());
            }
            return report(drains, lines);
        } catch (final IOException e) {
            throw new IOException(e.getMessage() + Child.lastLines(log), e);
        }
    }

    private Flood.Outcome turn(
            final Child under, final int port, final boolean drain, final int turnSeconds, final Path log)
            throws IOException, InterruptedException {
        final List<String> words = new ArrayList<>(List.of(
                "bench",
                "generate-flood",
                "--port=" + port,
                "--pid=" + under.pid(),
                "--connections=" + connections,
                "--burst=" + burst,
                "--seconds=" + turnSeconds));
        if (drain) {
            words.add("--drain");
        }
        try (Child generator = Child.start(words, "-XX:+UseSerialGC -Xms128m -Xmx128m", log)) {
            return mapper.readValue(generator.awaitResult(), Flood.Outcome.class);
        }
    }

    private void print(final int round, final Flood.Outcome drain, final Flood.Outcome line) {
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%d  drain %,9.0f/s, %,9.0f a core-second   line %,9.0f/s, %,9.0f a core-second   ratio %.3f%s%n",
                round,
                perSecond(drain),
                perCoreSecond(drain),
                perSecond(line),
                perCoreSecond(line),
                perSecond(line) / perSecond(drain),
                answered(line) && answered(drain) ? "" : "   NOT ALL ANSWERED");
        out.flush();
    }

    private int report(final List<Flood.Outcome> drains, final List<Flood.Outcome> lines) throws IOException {
        final List<Double> ratios = new ArrayList<>();
        final List<Double> coreRatios = new ArrayList<>();
        boolean answered = true;
        for (int i = 0; i < lines.size(); i++) {
            ratios.add(perSecond(lines.get(i)) / perSecond(drains.get(i)));
            coreRatios.add(perCoreSecond(lines.get(i)) / perCoreSecond(drains.get(i)));
            answered &= answered(lines.get(i)) && answered(drains.get(i));
        }
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put(
                "drainPerSecond",
                Spread.of(drains.stream().map(FloodCommand::perSecond).toList()));
        result.put(
                "linePerSecond",
                Spread.of(lines.stream().map(FloodCommand::perSecond).toList()));
        result.put("ratio", Spread.of(ratios));
        result.put(
                "drainPerCoreSecond",
                Spread.of(drains.stream().map(FloodCommand::perCoreSecond).toList()));
        result.put(
                "linePerCoreSecond",
                Spread.of(lines.stream().map(FloodCommand::perCoreSecond).toList()));
        result.put("coreRatio", Spread.of(coreRatios));
        final PrintWriter out = spec.commandLine().getOut();
        result.forEach((name, spread) -> out.printf("%-18s %s%n", name, spread));
        final boolean kept = answered && (minRatio == null || Spread.of(ratios).median() >= minRatio);
        if (json) {
            result.put("burst", burst);
            result.put("connections", connections);
            result.put("seconds", seconds);
            result.put("answered", answered);
            result.put("kept", kept);
            out.println(mapper.writeValueAsString(result));
        }
        out.flush();
        return kept ? 0 : BROKEN;
    }

    private static boolean answered(final Flood.Outcome outcome) {
        return outcome.settled() && outcome.refused() == 0;
    }

    private static double perSecond(final Flood.Outcome outcome) {
        return outcome.messages() / outcome.seconds();
    }

    private static double perCoreSecond(final Flood.Outcome outcome) {
        return outcome.messages() / (outcome.cpuNanos() * 1e-9);
    }
}
