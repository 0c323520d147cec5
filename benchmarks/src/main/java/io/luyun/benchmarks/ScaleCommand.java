package io.luyun.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The zones of {@link WorldScaleBenchmark} and the junctions of {@link JunctionBenchmark} by turns in one process, by the CPU time of
 * the thread: what else the machine does costs all of them the same, which a JMH run after another cannot say.
 */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description =
                "CPU time of a BSM in the world and all rules among 500, 5,000 and 20,000 vehicles of the same density, "
                        + "and of a roadside unit's frame of 100 road users, with and without rules; medians of turns.")
final class ScaleCommand implements Callable<Integer> {
    private static final int MESSAGES = 20_000;
    private static final int WARM_UP = 300_000;
    private static final int FRAMES = 100;
    private static final int FRAMES_WARM_UP = 3_000;
    private static final double NANOS = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    @Option(names = "--rounds", defaultValue = "60", description = "Turns of each; ${DEFAULT-VALUE} by default.")
    private int rounds;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long moves;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        zones(out);
        junctions(out);
        out.flush();
        return moves > 0 ? 0 : 1;
    }

    private void zones(final PrintWriter out) throws IOException {
        final List<WorldScaleBenchmark.Scale> scales = List.of(
                new WorldScaleBenchmark.Of500(), new WorldScaleBenchmark.Of5000(), new WorldScaleBenchmark.Of20000());
        for (final WorldScaleBenchmark.Scale scale : scales) {
            scale.open();
        }
        for (final WorldScaleBenchmark.Scale scale : scales) {
            send(scale, WARM_UP);
        }
        final double[][] nanos = new double[scales.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < scales.size(); i++) {
                final WorldScaleBenchmark.Scale scale = scales.get(i);
                // the turns of the others have left nothing of it in the caches
                send(scale, scale.vehicles());
                final long begin = threads.getCurrentThreadCpuTime();
                send(scale, MESSAGES);
                nanos[i][round] = (double) (threads.getCurrentThreadCpuTime() - begin) / MESSAGES;
            }
        }
        for (int i = 0; i < scales.size(); i++) {
            scales.get(i).expectNoAlerts();
            final double median = median(nanos[i]);
            out.printf(
                    Locale.ROOT,
                    "%,7d vehicles  %,6.0f ns a BSM  %,9.0f BSM/s of one core  %.2f times that of 500%n",
                    scales.get(i).vehicles(),
                    median,
                    NANOS / median,
                    median / median(nanos[0]));
        }
    }

    private void send(final WorldScaleBenchmark.Scale scale, final int messages) {
        for (int i = 0; i < messages; i++) {
            moves += scale.bsm();
        }
    }

    private void junctions(final PrintWriter out) {
        final List<JunctionBenchmark.Junction> junctions = List.of(
                new JunctionBenchmark.Seen(),
                new JunctionBenchmark.Known(),
                new JunctionBenchmark.Reporting(),
                new JunctionBenchmark.ReportingKnown());
        final double[][] nanos = new double[junctions.size()][rounds];
        for (final JunctionBenchmark.Junction junction : junctions) {
            junction.open();
            send(junction, FRAMES_WARM_UP);
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < junctions.size(); i++) {
                nanos[i][round] = (double) send(junctions.get(i), FRAMES) / FRAMES;
            }
        }
        frame(out, "seen only", median(nanos[0]), median(nanos[1]));
        frame(out, "who report themselves as well", median(nanos[2]), median(nanos[3]));
    }

    /** CPU time of so many frames alone. */
    private long send(final JunctionBenchmark.Junction junction, final int frames) {
        long sum = 0;
        for (int i = 0; i < frames; i++) {
            junction.before();
            final long begin = threads.getCurrentThreadCpuTime();
            moves += junction.frame();
            sum += threads.getCurrentThreadCpuTime() - begin;
        }
        return sum;
    }

    private static void frame(final PrintWriter out, final String whom, final double all, final double known) {
        out.printf(
                Locale.ROOT,
                "frame of 100 %s  %.0f us: who is who %.0f, rules %.0f%n",
                whom,
                all / NANOS_PER_MICRO,
                known / NANOS_PER_MICRO,
                (all - known) / NANOS_PER_MICRO);
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
