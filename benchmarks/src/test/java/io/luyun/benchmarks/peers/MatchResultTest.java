package io.luyun.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.benchmarks.rig.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MatchResultTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final double FOREIGN_LIMIT = 10;
    private static final Plan PLAN = new Plan(new Load(100, 2, 10, 0, 3), 2, 0, FOREIGN_LIMIT, 2_000);

    @Test
    void onlyQuietSecondsCount() {
        final Account account = new Account(1, 3);
        account.begin(0);
        for (int second = 0; second < 3; second++) {
            final long ackNs = second == 1 ? 500 * MILLI : (second + 1) * MILLI;
            for (int i = 0; i < 100; i++) {
                account.sent(second * SECOND, second * SECOND);
                account.acked(second * SECOND, second * SECOND + ackNs);
            }
        }
        // Server: 10 ms, then 700 in the second in which another process takes 200, then 30.
        final List<Machine.Look> looks =
                List.of(look(0, 0, 0, 1), look(10, 50, 0, 5), look(710, 100, 200, 9), look(740, 150, 300, 3));

        final TurnResult result = TurnResult.of(account, looks, FOREIGN_LIMIT, true);

        assertThat(result.seconds()).isEqualTo(3);
        assertThat(result.quietSeconds()).isEqualTo(2);
        assertThat(result.foreignPercent()).isEqualTo(20, within(1e-9));
        assertThat(result.cpuMicros()).isEqualTo(200, within(1e-9));
        assertThat(result.serverCores()).isEqualTo(0.02, within(1e-9));
        assertThat(result.ack().count()).isEqualTo(200);
        assertThat(result.ack().maxMicros()).isEqualTo(3_000, within(5.0));
        assertThat(result.alert().count()).isZero();
        assertThat(result.ownBytes()).isEqualTo(9);
        assertThat(result.counts().sent()).isEqualTo(300);
        assertThat(result.valid(2_000)).isTrue();
    }

    @Test
    void aTurnWithoutAQuietSecondOrWithALateGeneratorIsInvalid() {
        final Account account = new Account(1, 1);
        account.begin(0);
        account.sent(0, 3 * MILLI);
        final TurnResult late =
                TurnResult.of(account, List.of(look(0, 0, 0, 0), look(1, 0, 0, 0)), FOREIGN_LIMIT, true);
        assertThat(late.valid(2_000)).isFalse();
        assertThat(late.valid(4_000)).isTrue();
        final TurnResult disturbed =
                TurnResult.of(account, List.of(look(0, 0, 0, 0), look(1, 0, 101, 0)), FOREIGN_LIMIT, true);
        assertThat(disturbed.valid(4_000)).isFalse();
    }

    @Test
    void roundsAreComparedPairByPair() {
        final MatchResult result = new MatchResult(
                Contender.REDIS,
                "9",
                List.of(turn(1_000, 10, 1), turn(2_000, 30, 1), turn(1_000, 1, 9_000)),
                List.of(turn(3_000, 20, 1), turn(2_000, 10, 1), turn(9_000, 1, 1)));
        assertThat(result.alertRatio(PLAN)).isEqualTo(new Spread(2, 1, 3));
        assertThat(result.cpuRatio(PLAN)).isEqualTo(new Spread(1.75, 0.5, 3));
        assertThat(result.luyunSide(PLAN).valid()).isEqualTo(2);
        assertThat(result.luyunSide(PLAN).alertP99Micros()).isEqualTo(new Spread(1_500, 1_000, 2_000));

        final Report report = new Report(PLAN, List.of(result));
        assertThat(report.holds()).isTrue();
        assertThat(report.table())
                .contains("1 of 3 turns of luyun are invalid")
                .contains("alert p99 of redis-streams is median 2.000 (1.000 to 3.000) times Luyun's")
                .contains(Contender.REDIS.promise(), Contender.REDIS.settings(), "(9)");
    }

    @Test
    void nothingHoldsWithoutARoundThatCountsOrWhenLuyunLoses() {
        final TurnResult good = turn(1_000, 10, 1);
        final TurnResult late = turn(1_000, 10, 9_000);
        assertThat(holds(good, good)).isTrue();
        assertThat(holds(late, good)).isFalse();
        assertThat(holds(good, late)).isFalse();
        final TurnResult losing = new TurnResult(
                new TurnResult.Counts(10, 10, 0, 2, 1, 0, false),
                good.seconds(),
                good.quietSeconds(),
                0,
                good.ack(),
                good.alert(),
                good.lag(),
                good.busyCores(),
                10,
                1,
                1);
        assertThat(holds(losing, good)).isFalse();
        assertThat(holds(good, losing)).isTrue();
    }

    private static boolean holds(final TurnResult ours, final TurnResult theirs) {
        return new Report(PLAN, List.of(new MatchResult(Contender.ECHO, "", List.of(ours), List.of(theirs)))).holds();
    }

    private static TurnResult turn(final double alertP99Micros, final double cpuMicros, final double lagP99Micros) {
        return new TurnResult(
                new TurnResult.Counts(10, 10, 0, 1, 1, 0, true),
                3,
                3,
                0,
                new TurnResult.Times(10, 1, 2, 3, 4),
                new TurnResult.Times(1, 1, alertP99Micros, 3, 4),
                new TurnResult.Times(10, 1, lagP99Micros, 3, 4),
                0.5,
                cpuMicros,
                1,
                2);
    }

    private static Machine.Look look(
            final long serverMillis, final long oursMillis, final long foreignMillis, final long own) {
        final long kernelNs = serverMillis * MILLI / 2;
        return new Machine.Look(
                serverMillis * MILLI,
                oursMillis * MILLI,
                kernelNs,
                (serverMillis + oursMillis + foreignMillis) * MILLI + kernelNs,
                own,
                2 * own);
    }
}
