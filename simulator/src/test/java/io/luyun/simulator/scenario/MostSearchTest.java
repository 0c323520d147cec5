package io.luyun.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.simulator.link.LinkListener;
import io.luyun.simulator.measure.AlertBook;
import io.luyun.simulator.measure.Meter;
import io.luyun.simulator.measure.Opening;
import io.luyun.simulator.measure.SendTimes;
import io.luyun.simulator.measure.Totals;
import io.luyun.simulator.plan.Search;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MostSearchTest {
    private static final long MS = 1_000_000;

    private final Meter meter =
            new Meter(new AlertBook(), new Opening(1), new LinkListener() {}, new SendTimes(List.of()), () -> 0);
    private double waiting;

    @Test
    void findsWhatAServerTakesAndWaitsUntilABacklogIsWorkedOff() {
        final MostSearch search = new MostSearch(new Search(100, 2, 2, 3, 100_000, 50));
        final List<Double> rates = run(search, 1_000, 0);

        assertThat(search.stages().stream().map(Stage::stepsPerSecond))
                .containsExactly(100.0, 200.0, 400.0, 800.0, 1_600.0, 1_200.0, 1_000.0, 1_100.0);
        assertThat(search.stages().stream().map(Stage::held))
                .containsExactly(true, true, true, true, false, false, true, false);
        assertThat(search.stages().get(4).problem()).startsWith("acknowledgement p99");
        assertThat(rates).as("half of what held, until nothing waits").contains(400.0);
        final int failed = rates.lastIndexOf(1_600.0);
        assertThat(rates.get(failed + 1)).isEqualTo(400.0);
    }

    @Test
    void aGeneratorThatIsLateEndsIt() {
        final MostSearch search = new MostSearch(new Search(100, 2, 2, 3, 100_000, 50));
        run(search, 1_000_000, 500);

        assertThat(search.over()).isTrue();
        assertThat(search.stages()).hasSize(4);
        assertThat(search.stages().getLast().problem()).contains("the generator is 30.0 ms late");
    }

    /** A server of that capacity; the generator is late beyond a rate, if any. */
    private List<Double> run(final MostSearch search, final double capacity, final double lateBeyond) {
        final List<Double> rates = new ArrayList<>();
        double rate = 100;
        for (int second = 0; second < 200 && !search.over(); second++) {
            rates.add(rate);
            final long lagNs = lateBeyond > 0 && rate > lateBeyond ? 30 * MS : 0;
            final double due = rate + waiting;
            final double done = Math.min(due, capacity);
            waiting = due - done;
            for (int i = 0; i < rate; i++) {
                meter.offered(1, 1, lagNs);
            }
            for (int i = 0; i < done; i++) {
                meter.onAcked(1, 0, waiting > 0 ? 500 * MS : 5 * MS);
            }
            final Totals totals = new Totals();
            meter.addTo(totals);
            totals.addOutstanding((long) waiting);
            rate = search.second(totals);
        }
        return rates;
    }
}
