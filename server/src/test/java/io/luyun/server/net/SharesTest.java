package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.monitor.Counter;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is slowed when the intake fills up, and who is not. */
final class SharesTest {
    private static final int PIECE = 16_384;
    private static final int LIGHT = 100;
    private static final int LIGHTS = 50;
    private static final int WINDOWS = 200;

    private final MemoryLine line = new MemoryLine();
    private final Shares shares = new Shares(line, true);

    @Test
    void nobodyIsSlowedWhileThereIsRoom() {
        final Shares.Account heavy = new Shares.Account();
        for (int i = 0; i < 1_000; i++) {
            assertThat(shares.refuses(heavy, PIECE, i * 1_000_000L)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void whoSendsMostIsSlowedAndWhoSendsLittleIsNot(final int heavies) {
        final List<Shares.Account> heavy = accounts(heavies);
        final List<Shares.Account> light = accounts(LIGHTS);
        window(heavy, light, 0);
        line.crowded(true);
        long taken = 0;
        for (int window = 1; window <= WINDOWS; window++) {
            taken += window(heavy, light, window * Shares.WINDOW_NS);
        }
        final long mean = taken / heavies / WINDOWS;
        assertThat(mean)
                .as("bytes a window of a heavy sender that sends 10 pieces of %d", PIECE)
                .isBetween(Shares.LEAST_BYTES / 2, 4 * Shares.LEAST_BYTES);

        line.crowded(false);
        assertThat(window(heavy, light, (WINDOWS + 1) * Shares.WINDOW_NS))
                .as("as soon as there is room")
                .isEqualTo(10L * PIECE * heavies);
    }

    /** Else all who have had nothing for a while come in at once, before a message of who sends little. */
    @Test
    void aPieceLargerThanItsShareWaitsWhileItIsCrowdedUntilThatMuchIsSaved() {
        final Shares.Account fresh = new Shares.Account();
        long window = 1;
        assertThat(shares.refuses(fresh, LIGHT, window * Shares.WINDOW_NS)).isFalse();
        line.crowded(true);
        final long first = ++window;
        while (shares.refuses(fresh, PIECE, window * Shares.WINDOW_NS)) {
            window++;
        }
        assertThat(window - first).as("windows it waited").isEqualTo(PIECE / Shares.LEAST_BYTES - 1);
    }

    /** All send alike: then there is nobody to be slowed for, and each has the same. */
    @Test
    void equalsAreTreatedAlike() {
        line.crowded(true);
        final List<Shares.Account> all = accounts(20);
        final long[] had = new long[all.size()];
        for (int window = 1; window <= WINDOWS; window++) {
            for (int i = 0; i < had.length; i++) {
                had[i] += offer(all.get(i), window * Shares.WINDOW_NS);
            }
        }
        for (final long one : had) {
            assertThat(one).isPositive().isBetween(had[0] * 9 / 10, had[0] * 11 / 10);
        }
    }

    /** The line has always more to do, as it has while paused connections have something left: others are read all the same. */
    @Test
    @Timeout(15)
    void theLoopLooksAtItsSocketsBetweenTwoRunsOfTheLine() throws Exception {
        try (Rig rig = new Rig();
                TestDevice light = rig.obu("light")) {
            rig.line.restless(true);
            try {
                for (int number = 1; number <= 50; number++) {
                    light.send(TestDevice.frame(number, TestDevice.bsm(rig.secMark())));
                    light.expectAck(number);
                }
            } finally {
                rig.line.restless(false);
            }
        }
    }

    /** A tick that comes while a run is scheduled must not make two of it: each would schedule the next one. */
    @Test
    @Timeout(15)
    void theTickMakesNoSecondRunBetweenTwoLooks() throws Exception {
        final LoopProbe probe = new LoopProbe();
        try (Rig rig = new Rig(
                Rig.Configs.net(draft -> {
                    draft.lineTickMillis = 1;
                    return draft;
                }),
                Rig.Configs.session())) {
            rig.line.atTurn(probe);
            rig.line.restless(true);
            try (TestDevice device = rig.obu("device")) {
                device.send(TestDevice.frame(1, TestDevice.bsm(rig.secMark())));
                probe.done.await();
            } finally {
                rig.line.restless(false);
            }
        }
        assertThat(probe.most)
                .as("turns of the line between two looks at the sockets")
                .isLessThanOrEqualTo(2 * NetLoop.LINE_ROUNDS);
    }

    /** Counts turns of the line between two runs of a task that is scheduled anew each time, so between two looks at the sockets. */
    private static final class LoopProbe implements Runnable {
        private static final int LOOKS = 10_000;

        private final CountDownLatch done = new CountDownLatch(1);
        private boolean begun;
        private int turns;
        private int looks;
        private volatile int most;

        @Override
        public void run() {
            turns++;
            if (!begun) {
                begun = true;
                look(Objects.requireNonNull(ThreadExecutorMap.currentExecutor()));
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // a task that throws nothing
        private void look(final EventExecutor loop) {
            most = Math.max(most, turns);
            turns = 0;
            if (++looks < LOOKS) {
                loop.schedule(() -> look(loop), 0, TimeUnit.NANOSECONDS);
            } else {
                done.countDown();
            }
        }
    }

    /** Over sockets: the light one is answered while the heavy one's frames wait; then they come, all of them. */
    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void overSocketsNothingIsLost(final String mode) throws Exception {
        final int frames = 5_000;
        try (Rig rig = new Rig(
                        Rig.Configs.net(draft -> {
                            draft.mode = mode;
                            return draft;
                        }),
                        Rig.Configs.session());
                TestDevice heavy = rig.obu("heavy");
                TestDevice light = rig.obu("light")) {
            rig.line.crowded(true);
            final DeviceFrame[] burst = new DeviceFrame[frames];
            for (int i = 0; i < frames; i++) {
                burst[i] = TestDevice.frame(i + 1, TestDevice.bsm(rig.secMark()));
            }
            final Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    heavy.send(burst);
                } catch (final java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            while (rig.counters.get(Counter.READS_SLOWED) == 0) {
                Thread.onSpinWait();
            }
            for (int number = 1; number <= 20; number++) {
                light.send(TestDevice.frame(number, TestDevice.bsm(rig.secMark())));
                light.expectAck(number);
            }
            assertThat(rig.line.journal(RecordKind.RECORD_KIND_BSM))
                    .as("the heavy one's wait")
                    .hasSizeLessThan(frames);
            rig.line.crowded(false);
            heavy.expectAck(frames);
            sender.join();
            assertThat(rig.line.journal(RecordKind.RECORD_KIND_BSM)).hasSize(frames + 20);
        }
    }

    private static List<Shares.Account> accounts(final int count) {
        final List<Shares.Account> accounts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            accounts.add(new Shares.Account());
        }
        return accounts;
    }

    /** Each heavy one offers ten pieces, each light one a message, which must be taken; what was taken of the heavy ones. */
    private long window(final List<Shares.Account> heavy, final List<Shares.Account> light, final long nowNs) {
        long taken = 0;
        for (final Shares.Account account : heavy) {
            taken += offer(account, nowNs);
        }
        for (final Shares.Account account : light) {
            assertThat(shares.refuses(account, LIGHT, nowNs)).isFalse();
        }
        return taken;
    }

    private long offer(final Shares.Account account, final long nowNs) {
        long taken = 0;
        for (int piece = 0; piece < 10; piece++) {
            if (!shares.refuses(account, PIECE, nowNs)) {
                taken += PIECE;
            }
        }
        return taken;
    }
}
