package io.luyun.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SessionsTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final Sessions sessions = new Sessions();

    @Test
    void nothingIsSettledWhileTheLoopHasYetToAsk() {
        sessions.announced();
        assertThat(sessions.settled(0)).isFalse();
        sessions.asked();
        assertThat(sessions.settled(1)).isFalse();
        sessions.opened();
        assertThat(sessions.settled(2)).isTrue();
        assertThat(sessions.closed()).isNull();
    }

    @Test
    void nobodyAskedIsNobodyToWaitFor() {
        assertThat(sessions.settled(0)).isTrue();
        assertThat(sessions.closed()).isNull();
    }

    @Test
    void theLastToFailClosesTheTargetForTheFirstReason() {
        sessions.asked();
        sessions.asked();
        sessions.failed("unknown", false);
        assertThat(sessions.closed()).isNull();
        sessions.failed("refused", false);
        assertThat(sessions.closed()).isEqualTo("unknown");
    }

    @Test
    void troubleWithNothingOpenIsGivenUpAfterThreeSeconds() {
        sessions.asked();
        sessions.troubled("Connection refused");
        assertThat(sessions.settled(0)).isFalse();
        assertThat(sessions.settled(3 * SECOND_NS)).isFalse();
        assertThat(sessions.settled(3 * SECOND_NS + 1)).isTrue();
        assertThat(sessions.closed()).isEqualTo("Connection refused");
    }

    @Test
    void oneThatDoesNotOpenHoldsTheOthersUpForTenSeconds() {
        sessions.asked();
        sessions.asked();
        sessions.opened();
        sessions.troubled("no Welcome");
        assertThat(sessions.settled(0)).isFalse();
        assertThat(sessions.settled(10 * SECOND_NS)).isFalse();
        assertThat(sessions.settled(10 * SECOND_NS + 1)).isTrue();
        assertThat(sessions.closed()).isNull();
    }
}
