package io.luyun.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import picocli.CommandLine.Mixin;
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
final class LineCommand implements Callable<Integer>, SideBySide.Subject<Generator.Outcome> {
    private static final int BROKEN = 1;
    private static final int RESOURCE = 3;

    @Option(names = "--rate", defaultValue = "20000", description = "Messages a second; ${DEFAULT-VALUE} by default.")
    private int rate;

    @Option(names = "--connections", defaultValue = "200", description = "Connections; ${DEFAULT-VALUE} by default.")
    private int connections;

    @Mixin
    private SideBySide turns = new SideBySide();

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
        if (rate < 1 || connections < 1) {
            throw new ParameterException(spec.commandLine(), "--rate and --connections must be at least 1");
        }
        turns.check(spec);
        try (Scratch scratch = Scratch.create()) {
            final Path config = ServerFile.write(scratch.path(), connections, ServerFile.ACK_INTERVAL_MICROS);
            return report(turns.run(this, config, scratch.path().resolve("log")));
        } catch (final IOException e) {
            spec.commandLine().getErr().println("luyun bench line: " + e.getMessage());
            return RESOURCE;
        }
    }

    @Override
    public String reference() {
        return "echo";
    }

    @Override
    public List<String> load(final boolean ofReference) {
        final List<String> words =
                new ArrayList<>(List.of("generate", "--rate=" + rate, "--connections=" + connections, "--warm-up=2"));
        if (ofReference) {
            words.add("--echo");
        }
        return words;
    }

    @Override
    public Class<Generator.Outcome> outcome() {
        return Generator.Outcome.class;
    }

    @Override
    public void onRound(final int round, final Generator.Outcome echo, final Generator.Outcome line) {
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

    private int report(final SideBySide.Outcomes<Generator.Outcome> outcomes) throws IOException {
        final List<Generator.Outcome> echoes = outcomes.ofReference();
        final List<Generator.Outcome> lines = outcomes.ofServer();
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
            result.put("seconds", turns.seconds());
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
