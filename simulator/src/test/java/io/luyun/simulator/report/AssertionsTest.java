package io.luyun.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.simulator.measure.Ledger;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be demanded of a run, and what becomes of it. */
final class AssertionsTest {
    /** 1 to 1,000 ms, one of each. */
    private static Latency ramp(final int factor) {
        final Histogram ns = new Histogram(120_000_000_000L, 3);
        for (int i = 1; i <= 1_000; i++) {
            ns.recordValue(i * 1_000_000L * factor);
        }
        return Latency.of(ns);
    }

    private static RunReport run(final int factor, final Ledger ledger, final List<String> reasons) {
        final RunReport base = SampleReport.of(1, 1, 10);
        return new RunReport(
                base.about(),
                base.machine(),
                RunReport.Validity.of(reasons),
                ledger,
                Map.of("ack", ramp(factor), "alert.FCW", ramp(2 * factor)),
                base.series(),
                new RunReport.Cpu(12.5 * factor, null, 0L),
                List.of(
                        new RunReport.Stage(10_000, true, null, 5.0, 0),
                        new RunReport.Stage(20_000, false, "late", 50.0, 3)));
    }

    private static final RunReport RUN = run(1, SampleReport.ledger(200_000), List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ack.p99<=992ms | true | ack.p99 <= 992ms: 990 ms",
                "ack.p99<989ms | false | ack.p99 < 989ms: 990 ms",
                "ack.p99.9>0.9s | true | ack.p99.9 > 0.9s: 999 ms",
                "ack.p50<1us | false | ack.p50 < 1µs: 500 ms",
                "ack.min>990000ns | true | ack.min > 990,000ns: 1.00 ms",
                "ack.max>=1s | true | ack.max >= 1s: 1.00 s",
                "ack.count=1000 | true | ack.count = 1,000: 1,000",
                "alert.FCW.p50>990ms | true | alert.FCW.p50 > 990ms: 1.00 s",
                "alert.p50<1s | false | alert.p50 < 1s: not known, no alert was measured",
                "alert.count=0 | true | alert.count = 0: 0",
                "lost=0 | true | lost = 0: 0",
                "refused<0.01% | true | refused < 0.01%: 5 (0.0025 %)",
                "refused=0 | false | refused = 0: 5",
                "shed=0 | true | shed = 0: 0",
                "unanswered=0 | true | unanswered = 0: 0",
                "unexplained=0 | true | unexplained = 0: 0",
                "duplicates=0 | true | duplicates = 0: 0",
                "acknowledged>0 | true | acknowledged > 0: 199,995",
                "rate>=20000 | true | rate >= 20,000: 20,000/s",
                "rate>20000 | false | rate > 20,000: 20,000/s",
                "maximum>=10000 | true | maximum >= 10,000: 10,000/s",
                "cpu.server<20us | true | cpu.server < 20µs: 12.5 µs",
                "cpu.generator<20us | false | cpu.generator < 20µs: not known, the generator's processor time was not"
                        + " measured",
                "disturbed=0 | true | disturbed = 0: 0",
                "valid=true | true | valid = true: true",
                "valid=false | false | valid = false: true",
            })
    void judges(final String expression, final boolean holds, final String text) {
        assertThat(Assertions.parse(expression).judge(List.of(RUN)))
                .containsExactly(new Assertions.Verdict(holds, text));
    }

    @Test
    void severalAreJudgedInTheirOrder() {
        assertThat(Assertions.parse("lost=0, ack.p99<1us ,valid=true").judge(List.of(RUN)))
                .extracting(Assertions.Verdict::holds)
                .containsExactly(true, false, true);
    }

    @Test
    void whatTheJournalWouldTellIsNotKnownWithoutIt() {
        final RunReport blind = run(1, Ledger.EMPTY, List.of());
        assertThat(Assertions.parse("lost=0,duplicates=0").judge(List.of(blind)))
                .containsExactly(
                        new Assertions.Verdict(false, "lost = 0: not known, the journal was not looked at"),
                        new Assertions.Verdict(false, "duplicates = 0: not known, the journal was not looked at"));
    }

    @Test
    void ofSeveralRunsTheMedianTheSumAndTheWorstCount() {
        final Ledger ledger = SampleReport.ledger(200_000);
        final List<RunReport> runs =
                List.of(run(1, ledger, List.of()), run(3, ledger, List.of("generator lag")), run(2, ledger, List.of()));
        assertThat(Assertions.parse("ack.p50<1100ms,refused=15,valid=false,cpu.server<26us")
                        .judge(runs))
                .containsExactly(
                        new Assertions.Verdict(true, "ack.p50 < 1,100ms: 1.00 s"),
                        new Assertions.Verdict(true, "refused = 15: 15"),
                        new Assertions.Verdict(true, "valid = false: false"),
                        new Assertions.Verdict(true, "cpu.server < 26µs: 25.0 µs"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alrt.p99<20ms | assert \"alrt.p99<20ms\": \"alrt.p99\" is no figure of a report; there is one of ack, alert,",
                "ack.p101<20ms | assert \"ack.p101<20ms\": \"p101\" in \"ack.p101\" must be p0 to p100",
                "ack.q99<20ms | assert \"ack.q99<20ms\": \"ack.q99\" is no figure",
                "ack.p99<20 | assert \"ack.p99<20\": ack.p99 is a time, so \"20\" needs one of ns, us, ms, s",
                "ack.p99<20% | assert \"ack.p99<20%\": ack.p99 is a time, so",
                "ack.p99=20ms | assert \"ack.p99=20ms\": ack.p99 is measured, so it is compared by < <= > >= and not by =",
                "lost=0ms | assert \"lost=0ms\": lost is a count, so \"0ms\" can have no unit but %",
                "rate>5% | assert \"rate>5%\": rate is messages a second, so \"5%\" can have no unit",
                "rate=5 | assert \"rate=5\": rate is measured",
                "valid=yes | assert \"valid=yes\": valid can be =true or =false alone",
                "valid>true | assert \"valid>true\": valid can be =true or =false alone",
                "lost==0 | assert \"lost==0\": must be a figure, one of < <= > >= =, and a value, as in alert.p99<20ms",
                "lost=many | assert \"lost=many\": \"many\" must be a number, with one of ns, us, ms, s or % behind it",
                "lost=-1 | assert \"lost=-1\": \"-1\" must be a number",
                "ack.p99 < 2 s | assert \"ack.p99 < 2 s\": must be a figure",
                "lost | assert \"lost\": must be a figure",
                "lost=0,,shed=0 | assert \"\": must be a figure",
            })
    void whatIsWrongIsNamed(final String expression, final String message) {
        assertThatThrownBy(() -> Assertions.parse(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ","})
    void nothingIsNoDemand(final String expression) {
        assertThatThrownBy(() -> Assertions.parse(expression)).isInstanceOf(IllegalArgumentException.class);
    }
}
