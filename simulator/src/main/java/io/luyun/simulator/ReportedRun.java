package io.luyun.simulator;

import io.luyun.simulator.measure.HistogramLog;
import io.luyun.simulator.measure.Watched;
import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.report.LoadReport;
import io.luyun.simulator.report.RunRecorder;
import io.luyun.simulator.report.RunReport;
import io.luyun.simulator.scenario.LoadRun;
import io.luyun.simulator.scenario.Part;
import io.luyun.simulator.scenario.ResourceException;
import io.luyun.simulator.scenario.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/** Runs a load and keeps what it tells: a line a second, a log of its latencies, its report. */
final class ReportedRun {
    private static final String LOG = "latencies.hlog";

    private final Console console;
    private final LoadScenario scenario;
    private final RunRecorder.Setup setup;
    private final @Nullable Path directory;

    /**
     * Of a scenario.
     *
     * @param directory where the log goes, which is there; or null for none
     */
    ReportedRun(
            final Console console,
            final LoadScenario scenario,
            final RunRecorder.Setup setup,
            final @Nullable Path directory) {
        this.console = console;
        this.scenario = scenario;
        this.setup = setup;
        this.directory = directory;
    }

    /**
     * Runs it.
     *
     * @param serverPid process of the server, or null when it is elsewhere
     * @param lived whether the server, afterwards, is still there
     */
    RunReport run(
            final LoadRun run,
            final Part part,
            final LoadRun.Gate gate,
            final @Nullable Long serverPid,
            final BooleanSupplier lived)
            throws IOException, InterruptedException, ResourceException {
        final AtomicReference<@Nullable Keeper> keeper = new AtomicReference<>();
        try {
            final RunResult result = run.run(
                    part,
                    () -> {
                        final long startEpochNs = gate.open();
                        keeper.set(new Keeper(startEpochNs, serverPid));
                        return startEpochNs;
                    },
                    now -> keeping(keeper).second(now));
            keeping(keeper).last(result);
            return keeping(keeper)
                    .recorder
                    .report(result, lived.getAsBoolean() ? List.of() : List.of("the server ended by itself"));
        } finally {
            final Keeper kept = keeper.get();
            if (kept != null && kept.log != null) {
                kept.log.close();
            }
        }
    }

    private static Keeper keeping(final AtomicReference<@Nullable Keeper> keeper) {
        final Keeper kept = keeper.get();
        if (kept == null) {
            throw new IllegalStateException("a run without a beginning");
        }
        return kept;
    }

    /** What is kept from the first step on. */
    private final class Keeper {
        private final RunRecorder recorder;
        private final @Nullable HistogramLog log;
        private @Nullable RunResult before;

        Keeper(final long startEpochNs, final @Nullable Long serverPid) throws IOException {
            recorder = new RunRecorder(
                    scenario, setup, new Watched(serverPid, SystemNanoClock.INSTANCE.nanoTime()), startEpochNs);
            log = directory == null
                    ? null
                    : new HistogramLog(directory.resolve(LOG), TimeUnit.NANOSECONDS.toMillis(startEpochNs));
        }

        void second(final RunResult now) {
            console.say(LoadReport.progress(now, before));
            before = now;
            record(now);
        }

        /** What came in behind the last whole second. */
        void last(final RunResult end) {
            if (!recorder.knows(end)) {
                record(end);
            }
        }

        private void record(final RunResult now) {
            try {
                recorder.second(now, SystemNanoClock.INSTANCE.nanoTime(), log);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
