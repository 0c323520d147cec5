package io.luyun.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.benchmarks.rig.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * Feeds a whole server and a bare Netty, each a process of its own, in turn out of a third process; what that is to do is the command's
 * affair. These are the options that such commands share.
 */
final class SideBySide {
    private static final String GENERATOR_JVM = "-XX:+UseSerialGC -Xms128m -Xmx128m";

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

    private final ObjectMapper mapper = new ObjectMapper();

    /** What is measured. */
    interface Subject<T> {
        /** The command that is the bare Netty. */
        String reference();

        /** The command that generates load, and its options but for {@code --port}, {@code --pid} and {@code --seconds}. */
        List<String> load(boolean ofReference);

        /** What it prints at the end. */
        Class<T> outcome();

        /** A turn of each has been taken. */
        void onRound(int round, T ofReference, T ofServer);
    }

    /** The turns that count. */
    record Outcomes<T>(List<T> ofReference, List<T> ofServer) {}

    /** Length of a turn. */
    int seconds() {
        return seconds;
    }

    /** Refuses what cannot be. */
    void check(final CommandSpec spec) {
        if (rounds < 1 || seconds < 1 || warmUpSeconds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds, --seconds and --warm-up must be at least 1");
        }
    }

    /**
     * Measures.
     *
     * @param log what the processes say on stderr
     */
    <T> Outcomes<T> run(final Subject<T> subject, final Path serverConfig, final Path log)
            throws IOException, InterruptedException {
        final Outcomes<T> outcomes = new Outcomes<>(new ArrayList<>(), new ArrayList<>());
        try (Child reference = Child.start(List.of("bench", subject.reference()), jvmFlags, log);
                Child server = Child.start(List.of("serve", "--config", serverConfig.toString()), jvmFlags, log)) {
            final int referencePort = reference.awaitReady();
            final int serverPort = server.awaitReady();
            turn(subject, true, reference, referencePort, warmUpSeconds, log);
            turn(subject, false, server, serverPort, warmUpSeconds, log);
            for (int round = 1; round <= rounds; round++) {
                outcomes.ofReference.add(turn(subject, true, reference, referencePort, seconds, log));
                outcomes.ofServer.add(turn(subject, false, server, serverPort, seconds, log));
                subject.onRound(round, outcomes.ofReference.getLast(), outcomes.ofServer.getLast());
            }
            return outcomes;
        } catch (final IOException e) {
            throw new IOException(e.getMessage() + Child.lastLines(log), e);
        }
    }

    private <T> T turn(
            final Subject<T> subject,
            final boolean ofReference,
            final Child under,
            final int port,
            final int turnSeconds,
            final Path log)
            throws IOException, InterruptedException {
        final List<String> words = new ArrayList<>(List.of("bench"));
        words.addAll(subject.load(ofReference));
        words.addAll(List.of("--port=" + port, "--pid=" + under.pid(), "--seconds=" + turnSeconds));
        try (Child generator = Child.start(words, GENERATOR_JVM, log)) {
            return mapper.readValue(generator.awaitResult(), subject.outcome());
        }
    }
}
