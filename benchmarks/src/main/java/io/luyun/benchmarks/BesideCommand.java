package io.luyun.benchmarks;

import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.journal.JournalWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
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
                "Writes a journal as fast as it goes, group commits and all, by turns alone and while a reader goes through "
                        + "it again and again, and compares. Exit code 1 when --min-ratio does not hold.")
final class BesideCommand implements Callable<Integer> {
    private static final EpochNanoClock CLOCK = SystemEpochNanoClock.INSTANCE;
    private static final int DEVICES = 1_000;
    private static final long NANOS = 1_000_000_000L;

    @Option(
            names = "--rounds",
            defaultValue = "7",
            description = "Turns of each that count; ${DEFAULT-VALUE} by default.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "2", description = "Length of a turn; ${DEFAULT-VALUE} by default.")
    private int seconds;

    @Option(names = "--min-ratio", description = "Fail when the median ratio of both speeds is below this.")
    private @Nullable Double minRatio;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    private final Fleet fleet = new Fleet(DEVICES);
    private final long[] sessions = new long[DEVICES];
    private final int[] devices = new int[DEVICES];

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        try (Scratch scratch = Scratch.create();
                Journal journal = JournalBenchmark.open(scratch)) {
            journal.start();
            JournalBenchmark.openSessions(journal, devices, sessions);
            write(journal.writer());
            final double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                final double alone = write(journal.writer());
                final double read;
                final double beside;
                try (Reading reading = new Reading(scratch.path())) {
                    beside = write(journal.writer());
                    read = (double) reading.records() / seconds;
                }
                ratios[round] = beside / alone;
                out.printf(
                        Locale.ROOT,
                        "alone %,9.0f records/s  beside a reader of %,9.0f records/s %,9.0f  ratio %.3f%n",
                        alone,
                        read,
                        beside,
                        ratios[round]);
                out.flush();
            }
            Arrays.sort(ratios);
            final double median = ratios[rounds / 2];
            out.printf(
                    Locale.ROOT,
                    "ratio %.3f (%.3f to %.3f in %d turns of %d s)%n",
                    median,
                    ratios[0],
                    ratios[rounds - 1],
                    rounds,
                    seconds);
            out.flush();
            return minRatio != null && median < minRatio ? 1 : 0;
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

    /** Somebody who reads the journal from its beginning, and when through, again. */
    private static final class Reading implements Runnable, AutoCloseable {
        private final JournalArchive archive;
        private final AtomicLong records = new AtomicLong();
        private final Thread thread = new Thread(this, "reader");
        private volatile boolean running = true;

        Reading(final Path directory) {
            archive = Journal.openReadOnly(directory);
            thread.start();
        }

        @Override
        public void run() {
            while (running) {
                try (JournalReader reader = archive.reader(1)) {
                    while (running && reader.next()) {
                        records.lazySet(records.get() + 1);
                    }
                }
            }
        }

        long records() {
            return records.get();
        }

        @Override
        public void close() {
            running = false;
            try {
                thread.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
