package io.luyun.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.RsmParticipant;
import io.luyun.server.monitor.Counter;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That nobody is there twice, whatever noise, latency, loss, clocks and changing numbers do. */
final class WhoIsWhoTest {
    private static final double EAST = 90;
    private static final int CAR = 1;
    private static final int OTHER_CAR = 2;
    private static final int UNIT = 100;
    private static final int OTHER_UNIT = 101;

    private final Scene scene = new Scene();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void knowsAlmostAlwaysWhoIsWhoInDenseTraffic(final long seed) {
        check(seed, new JunctionTraffic.Faults(), 4);
        check(seed, new JunctionTraffic.Faults().lag(300), 4);
        check(seed, new JunctionTraffic.Faults().lag(300).hints(0.5), 3);
    }

    /** At no moment more participants than vehicles and so many. */
    private static void check(final long seed, final JunctionTraffic.Faults faults, final int excess) {
        final JunctionTraffic traffic = new JunctionTraffic(new Scene(), faults, seed);
        traffic.drive(500);
        assertThat(traffic.accuracy()).as("seed %d: %s", seed, traffic).isGreaterThan(0.995);
        assertThat(traffic.excess).as("seed %d: %s", seed, traffic).isLessThanOrEqualTo(excess);
        assertThat(traffic.ghosts).as("seed %d: %s", seed, traffic).isZero();
        assertThat(traffic.switches).as("seed %d: %s", seed, traffic).isLessThan(30);
    }

    @Test
    void aUnitThatLagsIsPutRightAlongTheWay() {
        // two lanes apart, so that the lag is all that may part them
        drive(300, step -> {
            final double x = 10 + 2 * step;
            scene.bsm(CAR, scene.car(CAR, x, 0, EAST, 20));
            scene.rsm(UNIT, scene.seen(7, x - 6, 0, EAST, 20), scene.seen(8, x - 26, 0, EAST, 20));
            if (step > 20) {
                assertThat(scene.participants()).as("step %d", step).hasSize(2);
            }
        });
        // 0.3 s behind, which is learned from the one and holds for the other
        final Participant other = scene.participants().stream()
                .filter(p -> p.device() < 0)
                .findFirst()
                .orElseThrow();
        assertThat(other.x()).isEqualTo(10 + 2 * 299 - 20, within(1.0));
    }

    @Test
    void aUnitThatSeesAsideIsPutRight() {
        final Random random = new Random(4);
        drive(300, step -> {
            final double x = 10 + 2 * step;
            scene.bsm(CAR, scene.car(CAR, x, 0, EAST, 20));
            scene.rsm(
                    UNIT,
                    scene.seen(7, x + random.nextGaussian(), 1 + random.nextGaussian(), EAST, 20),
                    // the next lane, three metres away
                    scene.seen(8, x + random.nextGaussian(), -2 + random.nextGaussian(), EAST, 20));
            if (step > 20) {
                assertThat(scene.participants()).as("seed 4 step %d", step).hasSize(2);
            }
        });
        final Participant other = scene.participants().stream()
                .filter(p -> p.device() < 0)
                .findFirst()
                .orElseThrow();
        assertThat(other.y()).isEqualTo(-3, within(1.0));
    }

    @Test
    void aQueueWithSevenMetresBetweenKeepsItsNumbers() {
        final Random random = new Random(5);
        drive(100, step -> {
            for (int i = 0; i < 10; i += 2) {
                scene.bsm(1 + i, scene.car(1 + i, 900 - 7 * i, 0, EAST, 0));
            }
            final RsmParticipant.Builder[] seen = new RsmParticipant.Builder[10];
            for (int i = 0; i < 10; i++) {
                seen[i] = scene.seen(10 + i, 901.5 - 7 * i + random.nextGaussian(), random.nextGaussian(), EAST, 0);
            }
            scene.rsm(UNIT, seen);
            if (step > 20) {
                assertThat(scene.participants()).as("seed 5 step %d", step).hasSize(10);
            }
        });
        scene.world.forEach(p -> {
            if (p.device() >= 0) {
                assertThat(p.ptcId()).isEqualTo(9 + p.device());
            }
        });
    }

    @Test
    void aThingSeenUnderAnotherNumberIsTheSame() {
        drive(20, step -> scene.rsm(UNIT, scene.seen(7, 100 + step, 0, EAST, 10)));
        final long id = scene.only().id();
        drive(20, step -> {
            scene.rsm(UNIT, scene.seen(8, 120 + step, 0, EAST, 10));
            assertThat(scene.only().id()).as("step %d", step).isEqualTo(id);
        });
        assertThat(scene.only().ptcId()).isEqualTo(8);
    }

    @Test
    void oneVehicleOverTwoPathsIsOneAlsoWhenItTakesAnotherId() {
        drive(60, step -> {
            final long id = step < 30 ? 77 : 88;
            final var direct = scene.car(CAR, 100 + step, 0, EAST, 10).setId(Scene.id(id));
            final var passedOn = scene.car(CAR, 100 + step, 0, EAST, 10).setId(Scene.id(id));
            // by turns either path is the first
            if (step % 2 == 0) {
                scene.bsm(OTHER_UNIT, passedOn);
                scene.bsm(CAR, direct);
            } else {
                scene.bsm(CAR, direct);
                scene.bsm(OTHER_UNIT, passedOn);
            }
            assertThat(scene.participants()).as("step %d", step).hasSize(1);
        });
        assertThat(scene.counters.get(Counter.WORLD_SECOND_PATH)).isEqualTo(60);
    }

    @Test
    void twoVehiclesOfOneForwarderDoNotTakeEachOthersIds() {
        drive(40, step -> {
            scene.bsm(UNIT, scene.car(CAR, 100 + step, 0, EAST, 10));
            scene.bsm(UNIT, scene.car(OTHER_CAR, 93 + step, 0, EAST, 10));
        });
        assertThat(scene.participants()).hasSize(2);
        assertThat(scene.participants().get(0).firstAtNs).isLessThan(scene.nowNs - 3_000_000_000L);
    }

    @Test
    void whoFallsSilentCoastsForABoundedTimeAndIsGone() {
        drive(10, step -> scene.bsm(CAR, scene.car(CAR, 100 + 2 * step, 0, EAST, 20)));
        final Participant p = scene.only();
        final double last = p.x();
        assertThat(p.coasting()).isFalse();
        // the last report is a tenth of a second old
        scene.pass(400);
        scene.tick();
        assertThat(p.coasting()).isTrue();
        assertThat(p.x()).isEqualTo(last + 20 * 0.5, within(0.1));
        assertThat(near(p)).isTrue();
        scene.pass(1_100);
        scene.tick();
        assertThat(near(p)).as("no rule looks at it").isFalse();
        assertThat(scene.participants()).hasSize(1);
        // it may come back as long as it is not gone
        scene.bsm(CAR, scene.car(CAR, last + 32, 0, EAST, 20));
        assertThat(scene.only().coasting()).isFalse();
        assertThat(near(p)).isTrue();
        scene.pass(2_001);
        scene.tick();
        assertThat(scene.participants()).isEmpty();
    }

    @Test
    void movesALateReportOnToNow() {
        drive(10, step -> scene.bsm(CAR, scene.car(CAR, 100 + 2 * step, 0, EAST, 20)));
        final var slow = scene.car(CAR, 120, 0, EAST, 20);
        scene.pass(300);
        scene.bsm(CAR, slow);
        assertThat(scene.only().x()).isEqualTo(126, within(0.1));
    }

    private boolean near(final Participant p) {
        final boolean[] found = {false};
        scene.world.forEachIn(-2_000, -2_000, 4_000, 2_000, other -> found[0] |= other == p);
        return found[0];
    }

    private void drive(final int steps, final Consumer<Integer> step) {
        for (int i = 0; i < steps; i++) {
            step.accept(i);
            scene.pass(100);
            scene.tick();
        }
    }
}
