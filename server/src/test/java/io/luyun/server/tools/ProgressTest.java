package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The bar that shows how far a reading is. */
final class ProgressTest {
    private static final int LOOK = 4_096;

    private final StringWriter shown = new StringWriter();
    private long nowNs = 5_000_000_000L;

    private Progress bar(final boolean terminal, final long first, final long span) {
        return new Progress(new PrintWriter(shown), terminal, () -> nowNs, first, span);
    }

    @Test
    void showsPartRecordsAndRateFiveTimesASecondAtMost() {
        try (Progress bar = bar(true, 1_000, 4_000)) {
            bar.at(1_500, LOOK);
            assertThat(shown.toString()).isEmpty();
            nowNs += 1_000_000_000L;
            bar.at(2_000, LOOK);
            assertThat(shown.toString())
                    .isEqualTo("\r" + "█".repeat(10) + "░".repeat(30) + "  25 %  4,096 records  4,096/s ");
            bar.at(4_000, 2 * LOOK);
            bar.at(4_000, 2 * LOOK + 1);
            assertThat(shown.toString()).containsOnlyOnce("\r");
            nowNs += 1_000_000_000L;
            bar.at(9_000, 4 * LOOK);
            assertThat(shown.toString()).endsWith("█".repeat(40) + " 100 %  16,384 records  8,192/s ");
        }
        assertThat(shown.toString()).endsWith(" \r");
    }

    @Test
    void showsNothingWhereNoTerminalIs() {
        try (Progress bar = bar(false, 0, 0)) {
            nowNs += 10_000_000_000L;
            bar.at(1, LOOK);
        }
        assertThat(shown.toString()).isEmpty();
    }
}
