package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.Subscribe;
import io.luyun.server.monitor.Counter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A good device beside one that subscribes to everything and reads nothing, and one that sends garbage without end. */
final class NeighbourTest {
    private static final int VEHICLES = 200;
    private static final int QUIET_ROUNDS = 60;
    private static final int ROUNDS_MAX = 2_000;
    private static final int GARBAGE_CONNECTIONS = 120;
    private static final int STEP_MILLIS = 100;
    private static final long SLOWEST_NANOS = TimeUnit.SECONDS.toNanos(2);

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock();
    private final long[] ackNanos = new long[ROUNDS_MAX * VEHICLES];
    private int number;

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void badNeighboursAreNotFelt(final String mode) throws Exception {
        final long seed = System.nanoTime();
        System.out.println("NeighbourTest seed " + seed);
        try (TestServer server = new TestServer(
                        directory, mode, clock, "fanout: {updateMillis: 10}\nsession: {idleTimeoutMillis: 600000}");
                BlockingDevice good = BlockingDevice.open(server.devicePort(), "car-1", 1, AckLevel.ACK_LEVEL_SYNCED);
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            for (int round = 0; round < QUIET_ROUNDS; round++) {
                round(good);
            }
            final long[] alone = latencies(0);
            assertThat(server.count(Counter.UPDATES_SKIPPED)).isZero();

            final int before = number;
            final Nuisance nuisance = new Nuisance(server.devicePort(), new Random(seed), clock);
            final Future<?> garbage = thread.submit(() -> {
                nuisance.run(GARBAGE_CONNECTIONS);
                return null;
            });
            try (TestDevice deaf = server.deaf("eye-1", Role.ROLE_OBSERVER)) {
                for (int id = 1; id <= 16; id++) {
                    deaf.subscribe(Subscribe.newBuilder().setSubscriptionId(id));
                }
                boolean both = false;
                for (int round = QUIET_ROUNDS; round < ROUNDS_MAX && !both; round++) {
                    round(good);
                    both = garbage.isDone() && server.count(Counter.UPDATES_SKIPPED) > 0;
                }
                garbage.get();
                assertThat(both).isTrue();
            }
            compare(alone, latencies(before));
            nuisance.earned()
                    .forEach((reason, times) ->
                            assertThat(server.count(reason)).as("%s", reason).isGreaterThanOrEqualTo(times));
            assertThat(nuisance.earned()).hasSize(4);
            assertThat(server.journaled(RecordKind.RECORD_KIND_BSM))
                    .hasSize(number)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    /** All vehicles report through the good device, which waits until every message is acknowledged. */
    private void round(final BlockingDevice good) throws IOException {
        final int first = number + 1;
        for (int vehicle = 1; vehicle <= VEHICLES; vehicle++) {
            number++;
            good.send(number, Messages.bsm(vehicle, clock.secMark(), vehicle * 1_000 + number / VEHICLES, 10));
        }
        final long sentAtNs = System.nanoTime();
        good.flush();
        int acknowledged = first - 1;
        while (acknowledged < number) {
            final int upTo = Math.toIntExact(good.awaitAck());
            Arrays.fill(ackNanos, acknowledged, upTo, System.nanoTime() - sentAtNs);
            acknowledged = upTo;
        }
        clock.passMillis(STEP_MILLIS);
    }

    private long[] latencies(final int from) {
        final long[] sorted = Arrays.copyOfRange(ackNanos, from, number);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Wide bounds: what is looked for is a device that waits for its neighbours, not a machine that is busy. */
    private static void compare(final long[] alone, final long[] beside) {
        final long median = beside[beside.length / 2];
        final long slow = beside[(int) (beside.length * 0.99)];
        System.out.printf(
                "NeighbourTest median %d us alone, %d us beside; 99th %d us; %d messages%n",
                alone[alone.length / 2] / 1_000, median / 1_000, slow / 1_000, beside.length);
        assertThat(median).isLessThan(50 * alone[alone.length / 2]);
        assertThat(slow).isLessThan(SLOWEST_NANOS);
    }
}
