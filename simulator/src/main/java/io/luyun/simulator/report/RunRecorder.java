package io.luyun.simulator.report;

import io.luyun.simulator.measure.Count;
import io.luyun.simulator.measure.HistogramLog;
import io.luyun.simulator.measure.Latencies;
import io.luyun.simulator.measure.Ledger;
import io.luyun.simulator.measure.Totals;
import io.luyun.simulator.measure.Watched;
import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.scenario.RunResult;
import io.luyun.simulator.scenario.Stage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Keeps what a run tells each second, and makes its report. The thread of the run. */
public final class RunRecorder {
    private static final double NS_PER_MS = 1e6;
    private static final double US_PER_S = 1e6;
    private static final double MICROS_PER_MS = 1e3;
    /** More than this of a processor used by others disturbs a second. */
    private static final double DISTURBING_CORES = 0.1;

    private final LoadScenario scenario;
    private final Setup setup;
    private final Watched watched;
    private final List<RunReport.Second> series = new ArrayList<>();
    private final long startEpochNs;
    private long handledBefore;
    private long sentBefore;
    private long ackedBefore;
    private long refusedBefore;
    private double serverSeconds;
    private double generatorSeconds;
    private long watchedSeconds;
    private long disturbedSeconds;
    private boolean serverKnown;

    /**
     * How a run is made.
     *
     * @param command the command line
     * @param workers processes that send
     * @param luyun version of Luyun
     * @param mostLagMillis a generator that is later than this, at the 99th percentile, makes the run invalid
     */
    public record Setup(String command, int workers, String luyun, double mostLagMillis) {}

    /** A recorder of a run that begins now. */
    public RunRecorder(final LoadScenario scenario, final Setup setup, final Watched watched, final long startEpochNs) {
        this.scenario = scenario;
        this.setup = setup;
        this.watched = watched;
        this.startEpochNs = startEpochNs;
    }

    /** Whether all its messages and latencies are kept already. */
    public boolean knows(final RunResult now) {
        return now.totals().recent().isEmpty() && handled(now.totals()) == handledBefore;
    }

    /** A second is over. */
    public void second(final RunResult now, final long nowNs, final @Nullable HistogramLog log) throws IOException {
        final Totals totals = now.totals();
        final Latencies recent = totals.recent();
        final Watched.Cores cores = watched.look(nowNs);
        final long handled = handled(totals);
        series.add(new RunReport.Second(
                series.size(),
                handled - handledBefore,
                totals.sent() - sentBefore,
                totals.acked() - ackedBefore,
                totals.refused() - refusedBefore,
                totals.outstanding(),
                micros(recent.ack(), 50),
                micros(recent.ack(), 99),
                micros(recent.alert(), 99),
                micros(recent.lag(), 99),
                cores.server(),
                cores.generator(),
                now.links().open()));
        if (log != null) {
            final long untilMillis = TimeUnit.NANOSECONDS.toMillis(startEpochNs) + 1_000L * series.size();
            log.interval(untilMillis - 1_000, untilMillis, recent.named());
        }
        count(cores);
        handledBefore = handled;
        sentBefore = totals.sent();
        ackedBefore = totals.acked();
        refusedBefore = totals.refused();
    }

    /** The report of a run that has ended. */
    public RunReport report(final RunResult end, final List<String> alsoInvalid) {
        final Totals totals = end.totals();
        final Map<String, Latency> latencies = new HashMap<>();
        totals.latencies().named().forEach((name, histogram) -> latencies.put(name, Latency.of(histogram)));
        return new RunReport(
                new RunReport.About(
                        setup.command(),
                        new RunReport.Scenario(scenario.name(), scenario.text(), scenario.seed()),
                        Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(startEpochNs))
                                .toString(),
                        Numbers.seconds(end.seconds()),
                        scenario.warmupSeconds(),
                        setup.workers()),
                new RunReport.Machine(HostFacts.here(setup.luyun()), null),
                RunReport.Validity.of(invalid(totals, end.links().watchersAway(), alsoInvalid)),
                ledger(end),
                latencies,
                series,
                cpu(),
                end.stages().stream().map(RunRecorder::stage).toList());
    }

    private void count(final Watched.Cores cores) {
        generatorSeconds += cores.generator() * cores.seconds();
        final Double server = cores.server();
        if (server != null) {
            serverSeconds += server * cores.seconds();
            serverKnown = true;
        }
        final Double others = cores.others();
        if (others != null) {
            watchedSeconds++;
            disturbedSeconds += others > DISTURBING_CORES ? 1 : 0;
        }
    }

    private RunReport.Cpu cpu() {
        return new RunReport.Cpu(
                serverKnown && sentBefore > 0 ? Double.valueOf(serverSeconds * US_PER_S / sentBefore) : null,
                sentBefore > 0 ? Double.valueOf(generatorSeconds * US_PER_S / sentBefore) : null,
                watchedSeconds > 0 ? Long.valueOf(disturbedSeconds) : null);
    }

    private List<String> invalid(final Totals totals, final long watchersAway, final List<String> alsoInvalid) {
        final List<String> reasons = new ArrayList<>(alsoInvalid);
        if (watchersAway > 0) {
            reasons.add(watchersAway + " of those who watch had no session");
        }
        final double lagMillis = totals.lag().getValueAtPercentile(99) / NS_PER_MS;
        if (lagMillis > setup.mostLagMillis()) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "the generator was late itself: lag p99 %.2f ms is above %.2f ms",
                    lagMillis,
                    setup.mostLagMillis()));
        }
        return reasons;
    }

    private static Ledger ledger(final RunResult end) {
        final Totals totals = end.totals();
        final long spoiled = totals.of(Count.SPOILED);
        final long taken = totals.of(Count.SPOILED_TAKEN);
        final long spoiledRefused = totals.of(Count.SPOILED_REFUSED);
        final long spoiledWaiting = spoiled - taken - spoiledRefused - totals.of(Count.SPOILED_CUT_OFF);
        return new Ledger(
                new Ledger.Script(handled(totals), totals.of(Count.WITHHELD), totals.shed(), spoiled, totals.sent()),
                new Ledger.Extra(totals.of(Count.REPEATED), totals.sentAgain()),
                new Ledger.Answers(
                        totals.acked(),
                        totals.refusedMessages(),
                        totals.outstanding() - spoiledWaiting + totals.of(Count.CUT_OFF),
                        totals.of(Count.UNANSWERABLE)),
                new Ledger.Spoiled(spoiledRefused, taken, spoiled - taken - spoiledRefused),
                null,
                new Ledger.Delivered(end.alerts(), end.links().updates(), null, null));
    }

    private static RunReport.Stage stage(final Stage stage) {
        return new RunReport.Stage(
                stage.sentPerSecond(),
                stage.held(),
                stage.held() ? null : stage.problem(),
                stage.ackP99Millis() * MICROS_PER_MS,
                stage.lost());
    }

    private static long handled(final Totals totals) {
        return totals.of(Count.OFFERED);
    }

    private static @Nullable Double micros(final Histogram ns, final double percent) {
        return ns.getTotalCount() == 0 ? null : Double.valueOf(Latency.percentile(ns, percent));
    }
}
