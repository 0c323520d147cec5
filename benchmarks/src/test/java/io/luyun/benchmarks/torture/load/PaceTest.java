package io.luyun.benchmarks.torture.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a sender may send. */
final class PaceTest {
    private static final long BEGAN_NS = 5_000_000_000L;
    private static final int BEFORE = 40;

    @Test
    void theClockDoesNotWaitForAnswers() {
        final Pace pace = Pace.clock(100, BEGAN_NS, BEFORE);
        final long later = BEGAN_NS + TimeUnit.SECONDS.toNanos(3);
        assertThat(pace.upTo(BEGAN_NS, BEFORE)).isEqualTo(BEFORE);
        assertThat(pace.due(later)).isEqualTo(300);
        assertThat(pace.upTo(later, BEFORE)).isEqualTo(BEFORE + 300);
        assertThat(pace.intendedNs(BEFORE + 300)).isEqualTo(later);
        final long muchLater = BEGAN_NS + TimeUnit.HOURS.toNanos(1);
        assertThat(pace.due(muchLater)).as("offered").isEqualTo(360_000);
        assertThat(pace.upTo(muchLater, BEFORE)).as("but held back").isEqualTo(BEFORE + 16_384);
    }

    @Test
    void answersAreWaitedForWithoutClock() {
        final Pace pace = Pace.ahead(64, BEGAN_NS, BEFORE);
        assertThat(pace.timed()).isFalse();
        assertThat(pace.upTo(BEGAN_NS, BEFORE)).isEqualTo(BEFORE + 64);
        assertThat(pace.upTo(BEGAN_NS, BEFORE + 10)).isEqualTo(BEFORE + 74);
    }

    @Test
    void whoRestsSendsNothing() {
        assertThat(Pace.rest(BEFORE).upTo(BEGAN_NS, BEFORE)).isEqualTo(BEFORE);
        assertThat(Pace.rest(BEFORE).upTo(BEGAN_NS, 0)).isLessThan(BEFORE);
    }
}
