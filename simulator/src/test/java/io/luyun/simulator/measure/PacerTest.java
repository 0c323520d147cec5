package io.luyun.simulator.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacerTest {
    private static final long MS = 1_000_000;

    @Test
    void everySenderIsDueOnceAPeriodInOrderAtItsTime() throws Exception {
        final List<String> due = new ArrayList<>();
        try (ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1)) {
            final var finished = new java.util.concurrent.CountDownLatch(1);
            final long startNs = System.nanoTime() + 5 * MS;
            new Pacer(loop, System::nanoTime, new double[] {0, 0.29}, new Even(10 * MS), new Pacer.Target() {
                        @Override
                        public boolean due(final int sender, final long step, final long intendedNs) {
                            assertThat(System.nanoTime()).isGreaterThanOrEqualTo(intendedNs);
                            due.add(step + "/" + sender + "@" + (intendedNs - startNs) / MS);
                            return true;
                        }

                        @Override
                        public void stepDone(final long step) {
                            due.add("done " + step);
                        }

                        @Override
                        public void finished() {
                            finished.countDown();
                        }
                    })
                    .start(startNs, 3);
            assertThat(finished.await(5, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(due)
                .containsExactly(
                        "0/0@0", "0/1@2", "done 0", "1/0@10", "1/1@12", "done 1", "2/0@20", "2/1@22", "done 2");
    }

    @Test
    void whatIsNotThereYetIsAskedForAgainWithTheTimeItWasDue() throws Exception {
        final List<Long> intended = new ArrayList<>();
        try (ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1)) {
            final var finished = new java.util.concurrent.CountDownLatch(1);
            final long startNs = System.nanoTime();
            new Pacer(loop, System::nanoTime, new double[1], new Even(10 * MS), new Pacer.Target() {
                        @Override
                        public boolean due(final int sender, final long step, final long intendedNs) {
                            intended.add(intendedNs - startNs);
                            return intended.size() > 3;
                        }

                        @Override
                        public void finished() {
                            finished.countDown();
                        }
                    })
                    .start(startNs, 1);
            assertThat(finished.await(5, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(intended).containsExactly(0L, 0L, 0L, 0L);
    }

    private record Even(long periodNs) implements Pacer.Steps {
        @Override
        public long atNs(final long step) {
            return step * periodNs;
        }

        @Override
        public long lengthNs(final long step) {
            return periodNs;
        }
    }
}
