package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a loop waits for more frames, by hand-made times. */
class BurstPauseTest {
    private static final int PAUSE_MICROS = 500;
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(PAUSE_MICROS);
    private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long START_NS = TimeUnit.HOURS.toNanos(1);

    private final BurstPause pause = new BurstPause(PAUSE_MICROS);

    @Test
    void waitsWhileSeveralFramesComeWithinAPause() {
        becomeBusy();

        assertThat(pause.pauseNs(START_NS + WINDOW_NS + PAUSE_NS / 4)).isEqualTo(PAUSE_NS * 3 / 4);
    }

    @Test
    void doesNotWaitForAFrameNowAndThen() {
        pause.pauseNs(START_NS);
        pause.onFrames(15);
        pause.pauseNs(START_NS + WINDOW_NS);

        assertThat(pause.pauseNs(START_NS + WINDOW_NS + 1)).isZero();
    }

    @Test
    void stopsWaitingWhenTheFramesStop() {
        becomeBusy();

        pause.pauseNs(START_NS + 2 * WINDOW_NS);

        assertThat(pause.pauseNs(START_NS + 2 * WINDOW_NS + 1)).isZero();
    }

    @Test
    void neverWaitsWhenSwitchedOff() throws Exception {
        final BurstPause off = new BurstPause(0);
        off.onFrames(1_000_000);

        assertThat(off.calculateStrategy(() -> 7, false)).isEqualTo(SelectStrategy.SELECT);
        assertThat(off.pauseNs(START_NS)).isZero();
    }

    @Test
    void looksAtOnceWhileTasksWait() throws Exception {
        assertThat(pause.calculateStrategy(() -> 7, true)).isEqualTo(7);
    }

    @Test
    void waitsOnlyForWhatIsLeftOfThePause() {
        pause.pauseNs(START_NS);
        pause.onFrames(1_000);
        pause.pauseNs(START_NS + WINDOW_NS - 1);
        final long lookedNs = START_NS + WINDOW_NS;
        assertThat(pause.pauseNs(lookedNs)).isEqualTo(PAUSE_NS - 1);

        assertThat(pause.pauseNs(lookedNs + 2 * PAUSE_NS)).isZero();
    }

    private void becomeBusy() {
        pause.pauseNs(START_NS);
        pause.onFrames(16);
        pause.pauseNs(START_NS + WINDOW_NS);
    }
}
