package io.luyun.benchmarks;

import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A journal that is written as fast as it goes, by turns alone and with somebody who reads it beside, so that what else the machine
 * does costs both the same.
 */
@Command(
        name = "beside",
        mixinStandardHelpOptions = true,
        description =
                "Writes a journal as fast as it goes, group commits and all, by turns alone, beside a loop that only keeps a core "
                        + "busy at the lowest priority, and beside ./luyun journal verify, which has that priority and goes "
                        + "through it again and again. What reading costs more than any work is the ratio to the loop. Exit code "
                        + "1 when --min-ratio does not hold for that.")
final class BesideCommand implements Callable<Integer> {
    private static final EpochNanoClock CLOCK = SystemEpochNanoClock.INSTANCE;
    private static final int DEVICES = 1_000;
    private static final long NANOS = 1_000_000_000L;
    private static final int LOOK_MILLIS = 20;
    private static final List<String> LOOP = List.of("nice", "-n", "19", "sh", "-c", "while :; do :; done");

    @Option(
            names = "--rounds",
            defaultValue = "7",
            description = "Turns of each that count; ${DEFAULT-VALUE} by default.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "2", description = "Length of a turn; ${DEFAULT-VALUE} by default.")
    private int seconds;

    @Option(names = "--min-ratio", description = "Fail when the median ratio to the loop is below this.")
    private @Nullable Double minRatio;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    private final Fleet fleet = new Fleet(DEVICES);
    private final long[] sessions = new long[DEVICES];
    private final int[] devices = new int[DEVICES];

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        try (Scratch scratch = Scratch.create();
                Journal journal = JournalBenchmark.open(scratch)) {
            journal.start();
            JournalBenchmark.openSessions(journal, devices, sessions);
            write(journal.writer());
            final double[] ofAlone = new double[rounds];
            final double[] ofLoop = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                final double alone = write(journal.writer());
                final double besideLoop = beside(journal.writer(), LOOP);
                final double beside = beside(journal.writer(), reader(scratch.path()));
                ofAlone[round] = beside / alone;
                ofLoop[round] = beside / besideLoop;
                out.printf(
                        Locale.ROOT,
                        "records/s: alone %,9.0f  beside a loop %,9.0f  beside a reader %,9.0f%n",
                        alone,
                        besideLoop,
                        beside);
                out.flush();
            }
            final double median = median(ofLoop);
            print(out, "alone", ofAlone);
            print(out, "beside a loop", ofLoop);
            return minRatio != null && median < minRatio ? 1 : 0;
        }
    }

    private static List<String> reader(final Path journal) throws IOException {
        final String launcher = System.getenv("LUYUN_LAUNCHER");
        if (launcher == null) {
            throw new IOException("LUYUN_LAUNCHER is not set: start this with ./luyun bench");
        }
        return List.of(launcher, "journal", "verify", journal.toString());
    }

    private static double median(final double[] ratios) {
        Arrays.sort(ratios);
        return ratios[ratios.length / 2];
    }

    private void print(final PrintWriter out, final String of, final double[] ratios) {
        final double median = median(ratios);
        out.printf(
                Locale.ROOT,
                "beside a reader %.3f of %s (%.3f to %.3f in %d turns of %d s)%n",
                median,
                of,
                ratios[0],
                ratios[rounds - 1],
                rounds,
                seconds);
        out.flush();
    }

    private double beside(final JournalWriter writer, final List<String> command) throws IOException {
        try (Other _ = new Other(command)) {
            return write(writer);
        }
    }

    /** Records a second over one turn. */
    private double write(final JournalWriter writer) {
        final long beginNs = System.nanoTime();
        final long endNs = beginNs + seconds * NANOS;
        long nowNs = beginNs;
        long written = 0;
        while (nowNs < endNs) {
            for (int i = 0; i < NettyBenchmark.BURST; i++) {
                final int vehicle = fleet.next(nowNs);
                if (!writer.offer(
                        Fleet.KIND,
                        devices[vehicle],
                        fleet.number(),
                        sessions[vehicle],
                        CLOCK.nanoTime(),
                        fleet.buffer(),
                        fleet.frameOffset(),
                        fleet.frameLength())) {
                    throw new IllegalStateException("full");
                }
            }
            JournalBenchmark.work(writer);
            written += NettyBenchmark.BURST;
            nowNs = System.nanoTime();
        }
        return written * (double) NANOS / (nowNs - beginNs);
    }

    /** Another process, started again whenever it ends. */
    private static final class Other implements AutoCloseable {
        private final List<String> command;
        private final Thread thread = new Thread(this::run, "other");
        private volatile @Nullable IOException failure;
        private volatile boolean running = true;

        Other(final List<String> command) {
            this.command = command;
            thread.start();
        }

        private void run() {
            try {
                while (running) {
                    final Process process = new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
                    while (running && !process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                        // goes on
                    }
                    process.destroy();
                    process.waitFor();
                }
            } catch (final IOException e) {
                failure = e;
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws IOException {
            running = false;
            try {
                thread.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            final IOException why = failure;
            if (why != null) {
                throw why;
            }
        }
    }
}
