package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.server.session.SessionConfig;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop that does not run for a while is not to blame its peers. */
final class StandstillTest {
    private static final long EVERY_MILLIS = 250;
    private static final int IDLE_MILLIS = 2_000;
    private static final int STILL_MILLIS = 2_500;

    private final MockTicker ticker = Ticker.newMockTicker();
    private final Standstill standstill = new Standstill(ticker, TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS));

    @Test
    void jitterIsNoStandstill() {
        for (int i = 0; i < 100; i++) {
            pass(i % 10 == 0 ? EVERY_MILLIS + 1_000 : EVERY_MILLIS);
            assertThat(standstill.justNow()).isFalse();
        }
    }

    @Test
    void afterAStandstillThereIsAsMuchTimeAgain() {
        pass(EVERY_MILLIS + 3_000);
        assertThat(standstill.justNow()).isTrue();
        for (int i = 1; i < 12; i++) {
            pass(EVERY_MILLIS);
            assertThat(standstill.justNow()).isTrue();
        }
        pass(EVERY_MILLIS);
        assertThat(standstill.justNow()).isFalse();
    }

    @Test
    void afterALongOneTheTimeIsBounded() {
        pass(TimeUnit.HOURS.toMillis(1));
        int sweeps = 0;
        while (standstill.justNow()) {
            pass(EVERY_MILLIS);
            sweeps++;
        }
        assertThat(sweeps * EVERY_MILLIS).isEqualTo(TimeUnit.NANOSECONDS.toMillis(Standstill.MOST_NS));
    }

    /** Devices that wait for an answer say nothing while the loop stands still for longer than they may be silent. */
    @Test
    @Timeout(30)
    void whoWaitedForTheLoopWasNotIdle() throws Exception {
        final NetConfig net = Rig.Configs.net();
        // More turns than ticks that are due then: all sweeps that are due have been, too.
        final CountDownLatch turnsAfter = new CountDownLatch(STILL_MILLIS / net.lineTickMillis() + 5);
        final AtomicBoolean stood = new AtomicBoolean();
        try (Rig rig = new Rig(net, new SessionConfig(10_000, 100, 60_000, IDLE_MILLIS, "SYNCED", 0, 2));
                TestDevice device = rig.obu("device")) {
            device.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
            device.expectAck(1);
            rig.line.atTurn(() -> {
                if (stood.compareAndSet(false, true)) {
                    stand();
                }
                turnsAfter.countDown();
            });
            turnsAfter.await();
            device.send(TestDevice.frame(2, TestDevice.bsm(rig.secMark())));
            device.expectAck(2);
        }
    }

    private static void stand() {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STILL_MILLIS);
        while (System.nanoTime() - endNs < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void pass(final long millis) {
        ticker.advance(millis, TimeUnit.MILLISECONDS);
    }
}
