package io.luyun.simulator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SearchPathTest {
    @Test
    void growsUntilItDoesNotHoldAndThenHalves() {
        final SearchPath path = new SearchPath(new Search(10, 2, 5, 3, 10_000, 50));
        final List<Double> tried = new ArrayList<>();
        while (!path.over()) {
            tried.add(path.rate());
            path.judged(path.rate() <= 100);
        }
        assertThat(tried).containsExactly(10.0, 20.0, 40.0, 80.0, 160.0, 120.0, 100.0, 110.0);
        assertThat(path.best()).isEqualTo(100);
    }

    @Test
    void goesNoFurtherThanTold() {
        final SearchPath path = new SearchPath(new Search(10, 2, 5, 3, 50, 50));
        final List<Double> tried = new ArrayList<>();
        while (!path.over()) {
            tried.add(path.rate());
            path.judged(true);
        }
        assertThat(tried).containsExactly(10.0, 20.0, 40.0, 50.0);
        assertThat(path.best()).isEqualTo(50);
    }

    @Test
    void endsWhenNotEvenTheFirstHolds() {
        final SearchPath path = new SearchPath(new Search(10, 2, 5, 3, 50, 50));
        path.judged(false);
        assertThat(path.over()).isTrue();
        assertThat(path.best()).isZero();
    }

    @Test
    void endsWhenToldThatMoreCannotBeOffered() {
        final SearchPath path = new SearchPath(new Search(10, 2, 5, 3, 50, 50));
        path.judged(true);
        path.judged(false);
        assertThat(path.over()).isFalse();
        path.end();
        assertThat(path.over()).isTrue();
        assertThat(path.best()).isEqualTo(10);
    }
}
