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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
final class FloodCommand implements Callable<Integer>, SideBySide.Subject<Flood.Outcome> {
    private static final int BROKEN = 1;
    private static final int RESOURCE = 3;
    private static final int MAX_BURST = 256;

    @Option(names = "--burst", defaultValue = "1", description = "Frames in one write; 1 to 256, ${DEFAULT-VALUE}.")
    private int burst;

    @Option(names = "--connections", defaultValue = "16", description = "Connections; ${DEFAULT-VALUE} by default.")
    private int connections;

    @Mixin
    private SideBySide turns = new SideBySide();

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
        if (connections < 1) {
            throw new ParameterException(spec.commandLine(), "--connections = " + connections + ": must be at least 1");
        }
        turns.check(spec);
        try (Scratch scratch = Scratch.create()) {
            final Path config = ServerFile.writeFlood(scratch.path(), connections);
            return report(turns.run(this, config, scratch.path().resolve("log")));
        } catch (final IOException e) {
            spec.commandLine().getErr().println("luyun bench flood: " + e.getMessage());
            return RESOURCE;
        }
    }

    @Override
    public String reference() {
        return "drain";
    }

    @Override
    public List<String> load(final boolean ofReference) {
        final List<String> words =
                new ArrayList<>(List.of("generate-flood", "--connections=" + connections, "--burst=" + burst));
        if (ofReference) {
            words.add("--drain");
        }
        return words;
    }

    @Override
    public Class<Flood.Outcome> outcome() {
        return Flood.Outcome.class;
    }

    @Override
    public void onRound(final int round, final Flood.Outcome drain, final Flood.Outcome line) {
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

    private int report(final SideBySide.Outcomes<Flood.Outcome> outcomes) throws IOException {
        final List<Flood.Outcome> drains = outcomes.ofReference();
        final List<Flood.Outcome> lines = outcomes.ofServer();
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
            result.put("seconds", turns.seconds());
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
