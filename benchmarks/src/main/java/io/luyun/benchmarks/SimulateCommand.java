package io.luyun.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.benchmarks.torture.simulation.Simulation;
import io.luyun.benchmarks.torture.simulation.SimulationResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs simulations of the line, one seed after the other, until one breaks a promise. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description =
                "Simulates the line: the real sessions, journal and core on a disk, a network and clocks that a seed "
                        + "makes fail. Exit code 1 when a promise was not kept; the seed and what happened are printed.")
final class SimulateCommand implements Callable<Integer> {
    private static final int BROKEN = 1;
    private static final int RESOURCE = 3;
    private static final double NS_AN_HOUR = 3.6e12;
    private static final double NS_A_SECOND = 1e9;

    @Option(names = "--seeds", defaultValue = "100", description = "How many; ${DEFAULT-VALUE} by default.")
    private int seeds;

    @Option(names = "--first-seed", defaultValue = "1", description = "The first of them; ${DEFAULT-VALUE} by default.")
    private long firstSeed;

    @Option(names = "--log", description = "Print what happened also where nothing is wrong.")
    private boolean log;

    @Option(names = "--json", description = "Print one JSON object as the last line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    private long simulatedNs;
    private long deaths;
    private long sent;
    private long acknowledged;
    private long alerts;

    @Override
    public Integer call() {
        if (seeds < 1) {
            throw new ParameterException(spec.commandLine(), "--seeds = " + seeds + ": must be at least 1");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final long beganNs = System.nanoTime();
        try {
            SimulationResult last = run(out, firstSeed);
            int done = 1;
            while (done < seeds && last.kept()) {
                last = run(out, firstSeed + done++);
            }
            final double seconds = (System.nanoTime() - beganNs) / NS_A_SECOND;
            return report(out, done, last, seconds);
        } catch (final UncheckedIOException | IOException e) {
            spec.commandLine().getErr().println("luyun bench simulate: " + e.getMessage());
            return RESOURCE;
        }
    }

    private SimulationResult run(final PrintWriter out, final long seed) {
        final SimulationResult result = Simulation.run(seed);
        simulatedNs += result.simulatedNs();
        deaths += result.deaths();
        sent += result.sent();
        acknowledged += result.acknowledged();
        alerts += result.alerts();
        if (log || !result.kept()) {
            result.log().forEach(out::println);
        }
        return result;
    }

    private int report(final PrintWriter out, final int done, final SimulationResult last, final double seconds)
            throws IOException {
        out.printf(
                Locale.ROOT,
                "%,d seeds from %d, %.1f seeds/s, %.1f hours simulated: %,d deaths, %,d messages, %,d acknowledged, %,d alerts%n",
                done,
                firstSeed,
                done / seconds,
                simulatedNs / NS_AN_HOUR,
                deaths,
                sent,
                acknowledged,
                alerts);
        if (!last.kept()) {
            out.printf("seed %d: %s%n", last.seed(), last.violation());
            out.printf("again: luyun bench simulate --seeds 1 --first-seed %d%n", last.seed());
        }
        if (json) {
            final Map<String, Object> result = new LinkedHashMap<>();
            result.put("seeds", done);
            result.put("firstSeed", firstSeed);
            result.put("seedsPerSecond", done / seconds);
            result.put("simulatedHours", simulatedNs / NS_AN_HOUR);
            result.put("deaths", deaths);
            result.put("sent", sent);
            result.put("acknowledged", acknowledged);
            result.put("alerts", alerts);
            result.put("failedSeed", last.kept() ? null : last.seed());
            result.put("violation", last.violation());
            out.println(new ObjectMapper().writeValueAsString(result));
        }
        out.flush();
        return last.kept() ? 0 : BROKEN;
    }
}
