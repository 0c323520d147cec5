package io.luyun.server.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class BinsTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Bins bins = new Bins();

    @Test
    void countsASecondAsAYear() {
        for (final long spanNs : new long[] {SECOND_NS, 365L * 86_400 * SECOND_NS}) {
            final Bins some = new Bins();
            for (int i = 0; i < 1_000; i++) {
                some.add(7 + i * (spanNs / 1_000));
            }
            assertThat(Arrays.stream(some.over(7, spanNs, 10)).sum()).isEqualTo(1_000);
            assertThat(some.over(7, spanNs, 2)[0]).isBetween(490L, 510L);
        }
    }

    @Test
    void showsWhereNothingWas() {
        bins.add(0);
        bins.add(90 * SECOND_NS);
        assertThat(bins.over(0, 100 * SECOND_NS, 10)).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    }

    @Test
    void liesWithinALongerSpan() {
        bins.add(50 * SECOND_NS);
        assertThat(bins.over(0, 100 * SECOND_NS, 4)).containsExactly(0, 0, 1, 0);
    }

    @Test
    void losesNothingInRates() {
        for (int i = 0; i <= 1_000; i++) {
            bins.add(i * SECOND_NS / 7);
        }
        for (final int columns : new int[] {1, 3, 47, 500}) {
            final long spanNs = 1_000 * SECOND_NS / 7 + 1;
            final double[] rates = bins.rates(0, spanNs, columns);
            final double seconds = (double) spanNs / SECOND_NS / columns;
            assertThat(Arrays.stream(rates).map(rate -> rate * seconds).sum())
                    .as("%d columns", columns)
                    .isCloseTo(1_001, within(1e-6));
        }
    }
}
