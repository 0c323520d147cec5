package io.luyun.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The tools for journals as their users run them, each a process of its own, by turns. */
@Command(
        name = "research",
        mixinStandardHelpOptions = true,
        description =
                "Runs the commands for journals on one journal, by turns, each as a process of its own with the flags the launcher gives "
                        + "it, and prints records a second (the start of a JVM, measured in the same turns, taken off), CPU time and the "
                        + "most memory beside mapped files. sim load with a server makes a journal to measure on.")
final class ResearchCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;
    private static final int RESOURCE = 3;
    private static final int LOOK_MILLIS = 5;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Data directory of a server, with journal and alerts in it.")
    private Path data = Path.of("");

    @Option(names = "--config", paramLabel = "FILE", description = "The server's configuration, for re-decide.")
    private @Nullable Path config;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "Turns of each that count, one more before them does not; ${DEFAULT-VALUE} by default.")
    private int rounds;

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Only these: ls, verify, cat-ndjson, …")
    private List<String> only = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    /**
     * One command.
     *
     * @param goal records a second, or times real time; empty for none
     */
    private record Tool(String name, List<String> words, String goal) {}

    private record Usage(double seconds, double cpuSeconds, double megabytes) {}

    @Override
    public Integer call() throws InterruptedException {
        try (Scratch scratch = Scratch.create()) {
            run(scratch.path());
            return 0;
        } catch (final IOException e) {
            spec.commandLine().getErr().println("luyun: " + e.getMessage());
            return RESOURCE;
        }
    }

    private void run(final Path scratch) throws IOException, InterruptedException {
        final JsonNode stats = stats(scratch);
        final double records = stats.path("records").asDouble();
        final List<Tool> tools = new ArrayList<>(tools(scratch));
        tools.removeIf(tool -> !only.isEmpty() && !only.contains(tool.name) && !tool.name.equals("ls"));
        final Usage[][] usages = new Usage[tools.size()][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < tools.size(); i++) {
                final Usage usage = usage(tools.get(i), scratch);
                if (round >= 0) {
                    usages[i][round] = usage;
                }
            }
        }
        final PrintWriter out = spec.commandLine().getOut();
        final double start = median(usages[0], 0);
        final double spanSeconds = Duration.between(
                                Instant.parse(stats.path("from").asText()),
                                Instant.parse(stats.path("to").asText()))
                        .toNanos()
                / NANOS;
        out.printf(
                Locale.ROOT,
                "%,.0f records of %s to %s, start of the JVM %.2f s%n",
                records,
                stats.path("from").asText(),
                stats.path("to").asText(),
                start);
        for (int i = 1; i < tools.size(); i++) {
            final double[] seconds = seconds(usages[i]);
            out.printf(
                    Locale.ROOT,
                    "%-12s %,11.0f records/s (%,.0f to %,.0f) = real time x %,.0f  %5.2f us CPU a record  %4.0f MB  %s%n",
                    tools.get(i).name,
                    records / Math.max(1e-3, seconds[rounds / 2] - start),
                    records / Math.max(1e-3, seconds[rounds - 1] - start),
                    records / Math.max(1e-3, seconds[0] - start),
                    spanSeconds / Math.max(1e-3, seconds[rounds / 2] - start),
                    median(usages[i], 1) / records * 1e6,
                    Arrays.stream(usages[i]).mapToDouble(Usage::megabytes).max().orElse(0),
                    tools.get(i).goal);
        }
        out.flush();
    }

    private List<Tool> tools(final Path scratch) {
        final String journal = data.resolve("journal").toString();
        final String output = scratch.resolve("export").toString();
        final List<Tool> tools = new ArrayList<>();
        tools.add(new Tool("ls", List.of("ls", journal), ""));
        tools.add(new Tool("verify", List.of("verify", journal), "goal 1 GB/s"));
        tools.add(new Tool("stats", List.of("stats", journal), ""));
        tools.add(
                new Tool("filter", List.of("cat", journal, "--kind", "BSM", "--device", "veh-0007"), "goal 1,000,000"));
        tools.add(new Tool("cat-ndjson", List.of("cat", journal, "-o", "ndjson"), "goal 1,000,000"));
        tools.add(new Tool("cat-csv", List.of("cat", journal, "-o", "csv"), "goal 1,000,000"));
        tools.add(new Tool("cat-hex", List.of("cat", journal, "--hex"), "goal 1,000,000"));
        tools.add(export("parquet", journal, output, "goal 200,000 on one core"));
        tools.add(export("mcap", journal, output, "goal 150,000 on one core"));
        tools.add(export("geojson", journal, output, ""));
        final Path chosen = config;
        if (chosen != null) {
            tools.add(new Tool(
                    "re-decide",
                    List.of("re-decide", data.toString(), "--config", chosen.toString()),
                    "goal 100 times real time"));
        }
        return tools;
    }

    private static Tool export(final String format, final String journal, final String output, final String goal) {
        return new Tool(
                format,
                List.of(
                        "export",
                        journal,
                        "--format",
                        format,
                        "--output",
                        output + "." + format,
                        "--force",
                        "--reason",
                        "to measure it",
                        "--audit",
                        output + ".audit"),
                goal);
    }

    private JsonNode stats(final Path scratch) throws IOException, InterruptedException {
        final Path file = scratch.resolve("stats.json");
        final Process process = start(List.of("stats", data.resolve("journal").toString(), "--json"), scratch, file);
        if (process.waitFor() != 0) {
            throw new IOException(Files.readString(scratch.resolve("log")));
        }
        return new ObjectMapper().readTree(file.toFile());
    }

    private static Process start(final List<String> words, final Path scratch, final Path out) throws IOException {
        final @Nullable String launcher = System.getenv("LUYUN_LAUNCHER");
        if (launcher == null) {
            throw new IOException("LUYUN_LAUNCHER is not set: start this with ./luyun bench");
        }
        final List<String> command = new ArrayList<>(List.of(launcher, "journal"));
        command.addAll(words);
        return new ProcessBuilder(command)
                .redirectError(scratch.resolve("log").toFile())
                .redirectOutput(out.toFile())
                .start();
    }

    private static Usage usage(final Tool tool, final Path scratch) throws IOException, InterruptedException {
        final long beginNs = System.nanoTime();
        final Process process = start(tool.words, scratch, Path.of("/dev/null"));
        final ProcessMemory memory = new ProcessMemory(process.pid());
        long cpuNs = 0;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            cpuNs = Math.max(cpuNs, memory.look());
        }
        if (process.exitValue() != 0) {
            throw new IOException(tool.name + " has ended with exit code " + process.exitValue() + ": "
                    + Files.readString(scratch.resolve("log")));
        }
        return new Usage((System.nanoTime() - beginNs) / NANOS, cpuNs / NANOS, memory.mostMegabytes());
    }

    private double[] seconds(final Usage[] usages) {
        return Arrays.stream(usages).mapToDouble(Usage::seconds).sorted().toArray();
    }

    private double median(final Usage[] usages, final int which) {
        return Arrays.stream(usages)
                .mapToDouble(usage -> which == 0 ? usage.seconds : usage.cpuSeconds)
                .sorted()
                .toArray()[rounds / 2];
    }
}
