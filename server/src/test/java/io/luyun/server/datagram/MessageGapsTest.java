package io.luyun.server.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessageGapsTest {
    private static final int BSM = 1;
    private static final int RSM = 2;
    private static final long NOW_NS = 1_800_000_000_000_000_000L;

    private final Counters counters = new Counters();
    private final MessageGaps gaps = new MessageGaps(counters);

    @ParameterizedTest
    @CsvSource({
        "5, 6, 0, 0, 0",
        "127, 0, 0, 0, 0",
        "5, 5, 0, 0, 1",
        "5, 7, 1, 0, 0",
        "126, 2, 3, 0, 0",
        "0, 64, 63, 0, 0",
        "0, 65, 0, 1, 0",
        "0, 127, 0, 1, 0",
        "10, 9, 0, 1, 0",
        "1, 127, 0, 1, 0",
    })
    void aStepIsInOrderLostLateOrRepeated(
            final int first, final int second, final long lost, final long late, final long repeated) {
        gaps.onMessage(1, BSM, 7, first, NOW_NS);
        assertThat(gaps.onMessage(1, BSM, 7, second, NOW_NS + 1)).isEqualTo((int) lost);
        assertCounts(lost, late, repeated);
    }

    @Test
    void whatComesLateDoesNotTakeTheCountBack() {
        for (final int count : new int[] {1, 2, 4, 3, 5, 6}) {
            gaps.onMessage(1, BSM, 7, count, NOW_NS);
        }
        assertCounts(1, 1, 0);
    }

    @Test
    void sessionsKindsAndSendersCountForThemselves() {
        gaps.onMessage(1, BSM, 7, 1, NOW_NS);
        gaps.onMessage(2, BSM, 7, 50, NOW_NS);
        gaps.onMessage(1, RSM, 7, 100, NOW_NS);
        gaps.onMessage(1, BSM, 8, 20, NOW_NS);
        gaps.onMessage(1, BSM, 7, 2, NOW_NS);
        gaps.onMessage(2, BSM, 7, 51, NOW_NS);
        gaps.onMessage(1, RSM, 7, 101, NOW_NS);
        gaps.onMessage(1, BSM, 8, 21, NOW_NS);
        assertCounts(0, 0, 0);
    }

    @Test
    void aSenderThatWasSilentForLongBeginsAnew() {
        gaps.onMessage(1, BSM, 7, 1, NOW_NS);
        gaps.onMessage(1, BSM, 7, 3, NOW_NS + MessageGaps.SILENCE_NS);
        assertCounts(1, 0, 0);
        gaps.onMessage(1, BSM, 7, 30, NOW_NS + 2 * MessageGaps.SILENCE_NS + 1);
        assertCounts(1, 0, 0);
        gaps.onMessage(1, BSM, 7, 31, NOW_NS + 2 * MessageGaps.SILENCE_NS + 2);
        assertCounts(1, 0, 0);
    }

    @Test
    void ofManySendersTheSilentOnesAreForgotten() {
        final long seed = System.nanoTime();
        System.out.println("MessageGapsTest: seed " + seed);
        final Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            gaps.onMessage(1, BSM, random.nextLong(), 3, NOW_NS + i);
            if (i % 100 == 0) {
                gaps.onMessage(1, BSM, 0, i / 100 & 127, NOW_NS + i);
            }
        }
        assertThat(counters.get(Counter.UDP_LOST)).as("one that goes on").isZero();
    }

    @Test
    void everyMessageDroppedIsCounted() {
        final long seed = System.nanoTime();
        System.out.println("MessageGapsTest: seed " + seed);
        final Random random = new Random(seed);
        long dropped = 0;
        long afterLast = 0;
        for (int i = 0; i < 100_000; i++) {
            if (i > 0 && random.nextInt(5) == 0 && afterLast < 62) {
                afterLast++;
            } else {
                gaps.onMessage(1, BSM, 7, i & 127, NOW_NS + i);
                dropped += afterLast;
                afterLast = 0;
            }
        }
        assertCounts(dropped, 0, 0);
    }

    private void assertCounts(final long lost, final long late, final long repeated) {
        assertThat(counters.get(Counter.UDP_LOST)).as("lost").isEqualTo(lost);
        assertThat(counters.get(Counter.UDP_LATE)).as("late").isEqualTo(late);
        assertThat(counters.get(Counter.UDP_REPEATED)).as("repeated").isEqualTo(repeated);
    }
}
