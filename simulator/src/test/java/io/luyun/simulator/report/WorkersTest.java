package io.luyun.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Processes that made one run together are one run. */
final class WorkersTest {
    private static final RunReport ONE = SampleReport.of(1, 1, 10);
    private static final RunReport TWO = SampleReport.of(1, 1.2, 10);

    private static RunReport with(final RunReport base, final String started, final List<RunReport.Stage> stages) {
        final RunReport.About about = base.about();
        return new RunReport(
                new RunReport.About(about.command(), about.scenario(), started, 10, 5, 1),
                base.machine(),
                RunReport.Validity.of(List.of("lag in it")),
                base.ledger(),
                base.latencyMicros(),
                base.series(),
                base.cpu(),
                stages);
    }

    private static RunReport join(final RunReport... workers) {
        return Workers.joined(new Runs(List.of("w0", "w1", "w2").subList(0, workers.length), List.of(workers)));
    }

    @Test
    void messagesAndRatesAreAddedAndTimesMerged() {
        final RunReport joined = join(ONE, TWO);
        assertThat(joined.about().workers()).isEqualTo(2);
        assertThat(joined.rate()).isEqualTo(40_000);
        assertThat(joined.ledger().script().sent()).isEqualTo(400_000);
        assertThat(joined.ledger().open()).isEmpty();
        assertThat(joined.latencyMicros().get("ack").count()).isEqualTo(40_000);
        assertThat(joined.validity().valid()).isTrue();
        final RunReport.Second row = joined.series().get(3);
        assertThat(joined.series()).hasSize(10);
        assertThat(row.second()).isEqualTo(3);
        assertThat(row.sent()).isEqualTo(40_000);
        assertThat(row.connections()).isEqualTo(2_040);
        assertThat(row.generatorCores()).isCloseTo(0.12, offset(1e-9));
        assertThat(row.ackP99Micros())
                .isEqualTo(Math.max(
                        ONE.series().get(3).ackP99Micros(), TWO.series().get(3).ackP99Micros()));
    }

    @Test
    void theServerIsOneAndItsTimeIsSharedByAllMessages() {
        final RunReport joined = join(ONE, TWO);
        // both saw one server: 12.9 * 1.2 µs for each of 200,000 messages is the most seen, for 400,000 half of it
        assertThat(joined.cpu().serverMicrosPerMessage()).isCloseTo(12.9 * 1.2 / 2, offset(1e-6));
        assertThat(joined.cpu().generatorMicrosPerMessage()).isCloseTo(3.1, offset(1e-6));
    }

    @Test
    void secondsAreThoseOfTheEarliest() {
        final RunReport late = with(TWO, "2026-03-01T08:00:02.100Z", List.of());
        final RunReport joined = join(late, ONE);
        assertThat(joined.about().started()).isEqualTo("2026-03-01T08:00:00Z");
        assertThat(joined.series()).hasSize(12);
        assertThat(joined.series().get(1).sent()).isEqualTo(20_000);
        assertThat(joined.series().get(2).sent()).isEqualTo(40_000);
        assertThat(joined.series().getLast().second()).isEqualTo(11);
        assertThat(joined.validity().reasons()).containsExactly("w0: lag in it");
        assertThat(RunReportFile.parse("x", RunReportFile.json(joined))).isEqualTo(joined);
    }

    @Test
    void aStagePassesWhenItDoesForAll() {
        final RunReport one =
                with(ONE, "2026-03-01T08:00:00Z", List.of(new RunReport.Stage(1_000, true, null, 5.0, 0)));
        final RunReport two =
                with(TWO, "2026-03-01T08:00:00Z", List.of(new RunReport.Stage(1_000, false, "shed", 7.0, 3)));
        assertThat(join(one, two).stages()).containsExactly(new RunReport.Stage(2_000, false, "shed", 7.0, 3));
        assertThatThrownBy(() -> join(ONE, two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("w1: is not of one run with w0: scenario, seed and number of stages must be the same");
    }
}
