package io.luyun.simulator.scenario;

import io.luyun.simulator.measure.Count;
import io.luyun.simulator.measure.Latencies;
import io.luyun.simulator.measure.Totals;
import io.luyun.simulator.plan.Search;
import io.luyun.simulator.plan.SearchPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks for the most a server takes, stage after stage, each with a second before it that does not count. Called once a second. */
final class MostSearch {
    private static final double NS_PER_MS = 1e6;
    /** A generator that is later than this does not offer what it says. */
    private static final double MOST_LAG_MILLIS = 20;

    private static final int SETTLING_SECONDS = 1;
    /** Longest rest; a shorter one is enough when nothing waits any more. */
    private static final int RESTING_SECONDS = 30;

    private static final double P99 = 99;

    private final Search search;
    private final SearchPath path;
    private final List<Stage> stages = new ArrayList<>();
    private Latencies latencies = new Latencies();
    private long sentBefore;
    private long lostBefore;
    private int settling = SETTLING_SECONDS;
    private int resting;
    private int seconds;

    MostSearch(final Search search) {
        this.search = search;
        path = new SearchPath(search);
    }

    boolean over() {
        return path.over();
    }

    List<Stage> stages() {
        return List.copyOf(stages);
    }

    /**
     * A second is over.
     *
     * @param totals with the latencies of this second as recent ones
     * @return steps a second from here on
     */
    double second(final Totals totals) {
        if (resting > 0) {
            resting = totals.outstanding() <= few(totals) ? 0 : resting - 1;
            return resting > 0 ? rest() : path.rate();
        }
        if (settling > 0) {
            settling--;
            sentBefore = totals.sent();
            lostBefore = lost(totals);
            latencies = new Latencies();
            seconds = 0;
            return path.rate();
        }
        latencies.add(totals.recent());
        if (++seconds < search.stageSeconds()) {
            return path.rate();
        }
        final boolean late = latencies.lag().getValueAtPercentile(P99) > MOST_LAG_MILLIS * NS_PER_MS;
        final Stage stage = stage(totals, late);
        stages.add(stage);
        path.judged(stage.held());
        if (late) {
            path.end();
        }
        settling = SETTLING_SECONDS;
        resting = stage.held() ? 0 : RESTING_SECONDS;
        return resting > 0 ? rest() : path.rate();
    }

    /** What a stage that did not hold has piled up is worked off at half of what held. */
    private double rest() {
        return Math.max(1, path.best() / 2);
    }

    /** What waits for an answer as a matter of course. */
    private long few(final Totals totals) {
        final double aSecond = (double) (totals.sent() - sentBefore) / Math.max(1, seconds);
        return Math.round(aSecond * 2 * search.ackP99Millis() / 1e3) + 1;
    }

    private Stage stage(final Totals totals, final boolean late) {
        final double sent = (double) (totals.sent() - sentBefore) / seconds;
        final double ackMillis = latencies.ack().getValueAtPercentile(P99) / NS_PER_MS;
        final double lagMillis = latencies.lag().getValueAtPercentile(P99) / NS_PER_MS;
        final long outstanding = totals.outstanding();
        final long lost = lost(totals) - lostBefore;
        final String problem;
        if (late) {
            problem = text("the generator is %.1f ms late: it, and not the server, is at its end", lagMillis);
        } else if (lost > 0) {
            problem = text("%.0f messages shed or refused", (double) lost);
        } else if (ackMillis > search.ackP99Millis()) {
            problem = text("acknowledgement p99 %.1f ms", ackMillis);
        } else if (outstanding > few(totals)) {
            problem = text("%.0f messages wait for an answer", (double) outstanding);
        } else {
            problem = "";
        }
        return new Stage(path.rate(), sent, ackMillis, lagMillis, outstanding, lost, problem);
    }

    private static long lost(final Totals totals) {
        return totals.of(Count.SHED) + totals.of(Count.REFUSED);
    }

    private static String text(final String format, final double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
