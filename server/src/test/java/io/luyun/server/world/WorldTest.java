package io.luyun.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.monitor.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Participants: who they are, when they are gone, and that nobody is there twice. */
final class WorldTest {
    private static final double EAST = 90;
    private static final int CAR = 1;
    private static final int UNIT = 100;
    private static final int OTHER_UNIT = 101;

    private final Scene scene = new Scene();

    @Test
    void knowsWhatABsmSays() {
        scene.bsm(CAR, scene.braking(CAR, 200, -3.5, EAST, 15, -2.5, 1 << 7));
        final Participant p = scene.only();
        assertThat(p.device()).isEqualTo(CAR);
        assertThat(p.speedMps()).isEqualTo(15, within(1e-9));
        assertThat(p.headingDeg()).isEqualTo(EAST);
        assertThat(p.accelMps2()).isEqualTo(-2.5, within(1e-9));
        assertThat(p.events()).isEqualTo(1 << 7);
        assertThat(p.x()).isEqualTo(200, within(0.02));
        assertThat(p.link()).isNotNull();
        assertThat(p.lane()).isEqualTo(3);
        assertThat(p.alongMetres()).isEqualTo(200, within(0.02));
        assertThat(p.lateralMetres()).isEqualTo(3.5, within(0.02));
        assertThat(p.lastSequence()).isEqualTo(1);
        assertThat(p.id()).isEqualTo(1 << 10);
    }

    @Test
    void forgetsWhoIsSilent() {
        scene.bsm(CAR, scene.car(CAR, 200, 0, EAST, 15));
        scene.pass(2_000);
        scene.tick();
        assertThat(scene.participants()).hasSize(1);
        scene.pass(1);
        scene.tick();
        assertThat(scene.participants()).isEmpty();
        assertThat(scene.told).containsExactly("gone 1/-1");
    }

    @Test
    void countsAndLeavesLateReports() {
        final var late = scene.car(CAR, 100, 0, EAST, 15);
        scene.pass(100);
        scene.bsm(CAR, scene.car(CAR, 101.5, 0, EAST, 15));
        scene.bsm(CAR, late);
        assertThat(scene.counters.get(Counter.WORLD_LATE)).isEqualTo(1);
        assertThat(scene.only().lastSequence()).isEqualTo(1);
        assertThat(scene.only().x()).isEqualTo(101.5, within(0.05));
    }

    @Test
    void takesAClockThatSteppedBackWhenItKeepsGoing() {
        scene.bsm(CAR, scene.car(CAR, 100, 0, EAST, 15));
        for (int i = 1; i <= 12; i++) {
            scene.pass(100);
            final int before = (scene.secMark() + 60_000 - 8_000) % 60_000;
            scene.bsm(CAR, scene.car(CAR, 100 + 1.5 * i, 0, EAST, 15).setSecMark(before));
        }
        assertThat(scene.counters.get(Counter.WORLD_STALE)).isEqualTo(10);
        assertThat(scene.only().lastSequence()).isEqualTo(scene.sequence);
        assertThat(scene.only().x()).isEqualTo(118, within(0.05));
    }

    @Test
    void leavesABacklogUnusedUntilItIsOver() {
        scene.bsm(CAR, scene.car(CAR, 100, 0, EAST, 15));
        scene.pass(10_000);
        scene.tick();
        assertThat(scene.participants()).isEmpty();
        for (int age = 9_900; age >= 0; age -= 100) {
            final int then = (scene.secMark() + 60_000 - age) % 60_000;
            scene.bsm(CAR, scene.car(CAR, 250 - age * 0.015, 0, EAST, 15).setSecMark(then));
            if (!scene.participants().isEmpty()) {
                assertThat(scene.only().x()).as("age %d", age).isEqualTo(250, within(0.1));
            }
            scene.pass(1);
        }
        assertThat(scene.counters.get(Counter.WORLD_STALE)).isBetween(85L, 92L);
        assertThat(scene.participants()).hasSize(1);
    }

    @Test
    void countsLateReportsOverTheTurnOfTheMinute() {
        scene.nowNs += (60_000 - scene.secMark()) * 1_000_000L + 50_000_000L;
        scene.bsm(CAR, scene.car(CAR, 100, 0, EAST, 15).setSecMark(20));
        scene.bsm(CAR, scene.car(CAR, 99, 0, EAST, 15).setSecMark(59_990));
        assertThat(scene.counters.get(Counter.WORLD_LATE)).isEqualTo(1);
        scene.bsm(CAR, scene.car(CAR, 101, 0, EAST, 15).setSecMark(40));
        assertThat(scene.counters.get(Counter.WORLD_LATE)).isEqualTo(1);
    }

    @Test
    void countsLateSightings() {
        final var late = scene.seen(7, 100, 0, EAST, 15);
        scene.pass(200);
        scene.rsm(UNIT, scene.seen(7, 103, 0, EAST, 15));
        scene.rsm(UNIT, late);
        assertThat(scene.counters.get(Counter.WORLD_LATE)).isEqualTo(1);
    }

    @Test
    void followsAVehicleThroughItsPseudonyms() {
        scene.bsm(CAR, scene.car(CAR, 100, 0, EAST, 15));
        final long id = scene.only().id();
        scene.pass(100);
        scene.bsm(CAR, scene.car(CAR, 101.5, 0, EAST, 15).setId(Scene.id(999)));
        assertThat(scene.only().id()).isEqualTo(id);
        assertThat(scene.only().bsmId()).isEqualTo(999);
    }

    @Test
    void keepsVehiclesOfOneForwarderApart() {
        for (int i = 0; i < 5; i++) {
            scene.bsm(UNIT, scene.car(1, 100 + i, 0, EAST, 10));
            scene.bsm(UNIT, scene.car(2, 120 + i, 0, EAST, 10));
            scene.pass(100);
        }
        assertThat(scene.participants()).hasSize(2);
    }

    @Test
    void confirmsWhatAUnitSees() {
        for (int i = 0; i < 2; i++) {
            scene.rsm(UNIT, scene.seen(7, 100 + i, 0, EAST, 10));
            scene.pass(100);
        }
        assertThat(scene.participants()).isEmpty();
        scene.rsm(UNIT, scene.seen(7, 102, 0, EAST, 10));
        assertThat(scene.only().seenBy()).isEqualTo(UNIT);
        assertThat(scene.only().ptcId()).isEqualTo(7);
        assertThat(scene.only().device()).isEqualTo(-1);
    }

    @Test
    void doesNotTakeAUnitForARoadUser() {
        for (int i = 0; i < 5; i++) {
            scene.rsm(UNIT, scene.seen(255, 0, 0, 0, 0).setPtcType(ParticipantType.PARTICIPANT_RSU));
            scene.pass(100);
        }
        assertThat(scene.participants()).isEmpty();
    }

    @Test
    void joinsASightingToTheVehicleThatReportsItself() {
        final long seed = 42;
        final Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            scene.bsm(CAR, scene.car(CAR, 100 + 1.5 * i, 0, EAST, 15));
            scene.rsm(
                    UNIT,
                    scene.seen(
                            7,
                            100 + 1.5 * i + random.nextGaussian() * 0.8,
                            random.nextGaussian() * 0.8,
                            EAST + random.nextGaussian() * 3,
                            15 + random.nextGaussian() * 0.5));
            scene.pass(100);
            assertThat(scene.participants()).as("seed %d step %d", seed, i).hasSize(1);
        }
        assertThat(scene.only().device()).isEqualTo(CAR);
        assertThat(scene.only().seenBy()).isEqualTo(UNIT);
        assertThat(scene.only().lateralMetres()).isEqualTo(0, within(0.02));
    }

    @Test
    void joinsBySameIdHoweverFar() {
        for (int i = 0; i < 5; i++) {
            scene.bsm(CAR, scene.car(CAR, 100, 0, EAST, 0));
            scene.rsm(UNIT, scene.seen(7, 110, 0, EAST, 0).setId(Scene.id(CAR)));
            scene.pass(100);
        }
        assertThat(scene.participants()).hasSize(1);
    }

    @Test
    void keepsItsNumberWhenASightingBeginsToReportItself() {
        for (int i = 0; i < 4; i++) {
            scene.rsm(UNIT, scene.seen(7, 100 + i, 0, EAST, 10));
            scene.pass(100);
        }
        final long id = scene.only().id();
        scene.bsm(CAR, scene.car(CAR, 104.5, 0.5, EAST, 10));
        assertThat(scene.only().id()).isEqualTo(id);
        assertThat(scene.only().device()).isEqualTo(CAR);
        scene.rsm(UNIT, scene.seen(7, 105, 0, EAST, 10));
        assertThat(scene.participants()).hasSize(1);
    }

    @Test
    void keepsTheCarInTheNextLane() {
        for (int i = 0; i < 50; i++) {
            scene.bsm(CAR, scene.car(CAR, 100 + i, 0, EAST, 10));
            scene.rsm(
                    UNIT,
                    scene.seen(7, 100.3 + i, 0.3, EAST, 10),
                    scene.seen(8, 100 + i, 3.5, EAST, 10),
                    scene.seen(9, 108 + i, 0, EAST, 10));
            scene.pass(100);
        }
        assertThat(scene.participants()).hasSize(3);
    }

    @Test
    void takesOneVehicleSeenByTwoUnitsForOne() {
        for (int i = 0; i < 20; i++) {
            scene.rsm(UNIT, scene.seen(7, 100 + i, 0, EAST, 10));
            if (i >= 5) {
                scene.rsm(OTHER_UNIT, scene.seen(70, 100.8 + i, 0.6, EAST, 10));
            }
            scene.pass(100);
        }
        final long id = scene.only().id();
        assertThat(scene.only().seenBy()).isEqualTo(UNIT);
        final List<String> sightings = new ArrayList<>();
        scene.world.forEachSighting(scene.only(), (unit, ptcId, _) -> sightings.add(unit + "#" + ptcId));
        assertThat(sightings).containsExactlyInAnyOrder(UNIT + "#7", OTHER_UNIT + "#70");
        for (int i = 20; i < 30; i++) {
            scene.rsm(OTHER_UNIT, scene.seen(70, 100.8 + i, 0.6, EAST, 10));
            scene.pass(100);
        }
        assertThat(scene.only().id()).isEqualTo(id);
        assertThat(scene.only().seenBy()).isEqualTo(OTHER_UNIT);
    }

    @Test
    void partsWhatHasPartedWays() {
        for (int i = 0; i < 5; i++) {
            scene.bsm(CAR, scene.car(CAR, 100 + i, 0, EAST, 10));
            scene.rsm(UNIT, scene.seen(7, 100 + i, 0, EAST, 10));
            scene.pass(100);
        }
        for (int i = 5; i < 30; i++) {
            scene.bsm(CAR, scene.car(CAR, 100 + i, 0, EAST, 10));
            scene.rsm(UNIT, scene.seen(7, 140 + i, 0, EAST, 10));
            scene.pass(100);
        }
        assertThat(scene.participants()).hasSize(2);
    }

    @Test
    void forgetsSightingsAndClears() {
        for (int i = 0; i < 4; i++) {
            scene.rsm(UNIT, scene.seen(7, 100 + i, 0, EAST, 10));
            scene.pass(100);
        }
        scene.pass(2_100);
        scene.tick();
        assertThat(scene.participants()).isEmpty();
        scene.bsm(CAR, scene.car(CAR, 100, 0, EAST, 15));
        scene.told.clear();
        scene.world.clear();
        assertThat(scene.participants()).isEmpty();
        assertThat(scene.told).isEmpty();
    }

    @Test
    void smoothsNoiseAndTakesJumps() {
        final long seed = 7;
        final Random random = new Random(seed);
        double sum = 0;
        for (int i = 0; i < 300; i++) {
            final double x = 100 + 1.5 * i;
            scene.bsm(CAR, scene.car(CAR, x + random.nextGaussian() * 1.5, random.nextGaussian() * 1.5, EAST, 15));
            if (i > 10) {
                sum += Math.pow(scene.only().y(), 2) + Math.pow(scene.only().x() - x, 2);
            }
            scene.pass(100);
        }
        assertThat(Math.sqrt(sum / 289 / 2)).as("seed %d", seed).isLessThan(0.8);
        scene.bsm(CAR, scene.car(CAR, 900, -3.5, EAST, 15));
        assertThat(scene.only().x()).isEqualTo(900, within(0.02));
    }

    @Test
    void refusesMoreThanItMayKeep() {
        final WorldConfig small = new WorldConfig(
                2_000,
                1_500,
                10_000,
                5_000,
                2,
                10,
                5_000,
                1_000,
                0.3,
                4,
                45,
                6,
                2.5,
                4,
                30,
                3,
                500,
                300,
                TrafficConfig.DEFAULT);
        final Scene crowded = new Scene(Scene.road(), small, s -> new Scene.Deaf());
        for (int i = 1; i <= 3; i++) {
            crowded.bsm(i, crowded.car(i, 100 * i, 0, EAST, 10));
        }
        assertThat(crowded.participants()).hasSize(2);
        assertThat(crowded.counters.get(Counter.WORLD_REJECTED)).isEqualTo(1);
    }
}
