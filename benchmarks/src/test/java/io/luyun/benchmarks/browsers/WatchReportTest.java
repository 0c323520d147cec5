package io.luyun.benchmarks.browsers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.benchmarks.peers.Load;
import io.luyun.benchmarks.peers.TurnResult;
import io.luyun.benchmarks.rig.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WatchReportTest {
    private static final WatchPlan PLAN =
            new WatchPlan(new Load(10_000, 1_000, 500, 3, 10), 100, 10, 2, 0, new Goals(3, 1.1, 10, 2));
    private static final Sight ALL = new Sight(9.9, 360_000, 21, 0);

    @Test
    void browsersAreComparedWithTheTurnWithoutOfTheSameRound() {
        final WatchReport report = new WatchReport(
                PLAN,
                List.of(
                        List.of(turn(0, 20, 2), turn(1, 22, 2), turn(100, 120, 2.1)),
                        List.of(turn(1, 33, 4), turn(100, 140, 4.4), turn(0, 30, 4))));

        assertThat(report.browserPercent(1)).satisfies(spread -> expect(spread, 2.5, 2, 3));
        assertThat(report.browserPercent(100)).satisfies(spread -> expect(spread, 1.05, 1, 1.1));
        assertThat(report.alertRatio(100)).satisfies(spread -> expect(spread, 1.075, 1.05, 1.1));
        assertThat(report.cost()).isEqualTo(WatchReport.Verdict.MET);
        assertThat(report.alerts()).isEqualTo(WatchReport.Verdict.MET);
        assertThat(report.holds()).isTrue();
        assertThat(report.table())
                .contains("a browser costs the server at most 3.0 % of a core at 1,000 vehicles: met")
                .contains("100 browsers leave the alert p99 within 1.1 times: met");
    }

    @Test
    void aGoalIsMissedByTheFirstBrowserByEachOfAllOrByTheAlerts() {
        assertThat(of(turn(0, 20, 2), turn(1, 23.5, 2), turn(100, 120, 2)).cost())
                .isEqualTo(WatchReport.Verdict.MISSED);
        assertThat(of(turn(0, 20, 2), turn(1, 21, 2), turn(100, 330, 2)).cost()).isEqualTo(WatchReport.Verdict.MISSED);
        final WatchReport slow = of(turn(0, 20, 2), turn(1, 21, 2), turn(100, 120, 2.3));
        assertThat(slow.cost()).isEqualTo(WatchReport.Verdict.MET);
        assertThat(slow.alerts()).isEqualTo(WatchReport.Verdict.MISSED);
        assertThat(slow.holds()).isFalse();
        assertThat(slow.table()).contains("within 1.1 times: MISSED");
    }

    @Test
    void turnsThatDoNotCountSayWhyAndAreNotCompared() {
        final WatchTurn good = turn(0, 20, 2);
        assertThat(good.flaws(PLAN)).isEmpty();
        assertThat(new WatchTurn(0, 2, load(20, 2, 3_000, 1.0), Sight.NONE).flaws(PLAN))
                .containsExactly("the generator was late, p99 3.0 ms");
        assertThat(new WatchTurn(0, 2, load(20, 2, 100, 1.95), Sight.NONE).flaws(PLAN))
                .containsExactly("the machine was full, 1.95 of 2 cores busy");
        final WatchTurn starved = new WatchTurn(100, 2, load(30, 2, 100, 1.0), new Sight(4.5, 1, 1, 3));
        assertThat(starved.flaws(PLAN))
                .containsExactly("3 browsers were closed", "a browser got 4.5 of 10 frames a second");

        final WatchReport report = of(good, turn(1, 21, 2), starved);
        assertThat(report.browserPercent(100)).isNull();
        assertThat(report.cost()).isEqualTo(WatchReport.Verdict.UNKNOWN);
        assertThat(report.alerts()).isEqualTo(WatchReport.Verdict.UNKNOWN);
        assertThat(report.holds()).isFalse();
        assertThat(report.table()).contains("100 watch, 0 of 1 turns count: server not measured, alerts");
        assertThat(WatchReport.line(1, starved, PLAN))
                .endsWith("DOES NOT COUNT: 3 browsers were closed; a browser got" + " 4.5 of 10 frames a second");
    }

    @Test
    void whatEachBrowserGotIsOfTheTimeAskedFor() {
        final Tally tally = new Tally(1_000_000_000L);
        tally.frame(1_050_000_000L, 7, 1_000);
        for (int i = 0; i < 20; i++) {
            tally.frame(2_000_000_000L + i * 50_000_000L, 10, 384);
            tally.frame(2_000_000_000L + i * 50_000_000L, 0, 24);
        }
        tally.text(2_500_000_000L, 100);

        final Sight sight = tally.between(1_950_000_000L, 3_000_000_000L, 2, 1);

        assertThat(sight.framesPerSecond()).isEqualTo(10, within(1e-9));
        assertThat(sight.bytesPerSecond()).isEqualTo((20 * 408 + 100) / 2.0, within(1e-9));
        assertThat(sight.textsPerSecond()).isEqualTo(0.5, within(1e-9));
        assertThat(sight.closed()).isEqualTo(1);
        assertThat(tally.between(3_000_000_000L, 3_010_000_000L, 2, 0).framesPerSecond())
                .isZero();
    }

    private static void expect(final Spread spread, final double median, final double min, final double max) {
        assertThat(spread.median()).isEqualTo(median, within(1e-9));
        assertThat(spread.min()).isEqualTo(min, within(1e-9));
        assertThat(spread.max()).isEqualTo(max, within(1e-9));
    }

    private static WatchReport of(final WatchTurn... turns) {
        return new WatchReport(PLAN, List.of(List.of(turns)));
    }

    private static WatchTurn turn(final int browsers, final double serverPercent, final double alertP99Millis) {
        return new WatchTurn(
                browsers, 2, load(serverPercent, alertP99Millis, 100, 1.0), browsers == 0 ? Sight.NONE : ALL);
    }

    /** Of 10,000 messages a second in ten seconds: 1 us for each of them is 1 % of a core. */
    private static TurnResult load(
            final double serverPercent,
            final double alertP99Millis,
            final double lagP99Micros,
            final double busyCores) {
        return new TurnResult(
                new TurnResult.Counts(130_000, 130_000, 0, 260, 260, 0, true),
                10,
                10,
                0,
                new TurnResult.Times(100_000, 1, 2, 3, 4),
                new TurnResult.Times(200, 1, alertP99Millis * 1e3, 3, 4),
                new TurnResult.Times(100_000, 1, lagP99Micros, 3, 4),
                busyCores,
                serverPercent,
                1,
                2);
    }
}
