package io.luyun.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Spat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** State of traffic: flow, speed, density, queues and jams, driven by hand on link 1 of the scene (1 km, three lanes). */
final class TrafficTest {
    private static final long SEED = 20_261_124;
    private static final double EAST = 90;
    private static final double LANE_2 = 0;
    private static final double LANE_3 = -3.5;
    private static final int NODE = 20;
    private static final double SIGMA_METRES = 1.5;

    private final Random random = new Random(SEED);
    private final Scene scene = new Scene();

    private TrafficState at(final int lane) {
        for (int i = 0; i < scene.world.links(); i++) {
            if (scene.world.link(i).linkId().equals("1")) {
                return scene.world.traffic(scene.world.link(i), lane);
            }
        }
        throw new AssertionError("no link 1");
    }

    /** All report with noise, then half a second passes. */
    private void step(final double y, final double mps, final double... alongs) {
        for (int i = 0; i < alongs.length; i++) {
            if (random.nextDouble() < 0.97) {
                final int device = 1 + i;
                scene.bsm(device, scene.car(device, noisy(alongs[i]), noisy(y), EAST, mps));
            }
        }
        scene.pass(500);
        scene.tick();
    }

    private double noisy(final double metres) {
        return metres + SIGMA_METRES * random.nextGaussian();
    }

    private void stand(final int seconds, final double y, final double... alongs) {
        for (int i = 0; i < 2 * seconds; i++) {
            step(y, 0, alongs);
        }
    }

    private static double[] queue(final double front, final int vehicles) {
        final double[] alongs = new double[vehicles];
        for (int i = 0; i < vehicles; i++) {
            alongs[i] = front - 8 * i;
        }
        return alongs;
    }

    private void spat() {
        scene.spat(
                100,
                Spat.newBuilder()
                        .setMsgCnt(0)
                        .addIntersections(IntersectionState.newBuilder()
                                .setIntersection(
                                        NodeReference.newBuilder().setRegion(1).setId(NODE))
                                .addPhases(Phase.newBuilder()
                                        .setId(1)
                                        .addStates(PhaseState.newBuilder()
                                                .setLight(LightState.LIGHT_RED)
                                                .setCounting(CountdownTiming.newBuilder()
                                                        .setStartTime(0)
                                                        .setLikelyEndTime(300)))))
                        .build());
    }

    /** 25 vehicles 40 m apart with 15 m/s on 1 km: 25 a km, 1,350 an hour. */
    @Test
    void knowsFlowSpeedAndDensityOfAStream() {
        final double mps = 15;
        for (int i = 0; i < 600; i++) {
            for (int k = 0; k < 25; k++) {
                final double along = 2 + (k * 40 + i * mps * 0.5) % 1_000;
                // who leaves at the end comes in again at the begin as another one
                final int device = 1 + k + 25 * (int) ((k * 40 + i * mps * 0.5) / 1_000);
                if (random.nextDouble() < 0.97) {
                    scene.bsm(device, scene.car(device, noisy(along), noisy(LANE_2), EAST, mps));
                }
            }
            scene.pass(500);
            scene.tick();
        }
        final TrafficState link = at(0);
        // who falls silent at the end of the link coasts on beyond it
        assertThat(link.speedMps()).isCloseTo(mps, within(0.1));
        assertThat(link.densityPerKm()).isBetween(24.0, 26.0);
        assertThat(link.flowPerHour()).isCloseTo(link.densityPerKm() * link.speedMps() * 3.6, within(1.0));
        assertThat(at(2).speedMps()).isCloseTo(mps, within(0.1));
        assertThat(at(2).flowPerHour()).isCloseTo(at(2).densityPerKm() * mps * 3.6, within(15.0));
        assertThat(at(2).densityPerKm()).as("all in the middle lane").isGreaterThan(0.9 * link.densityPerKm());
        assertThat(at(1).vehicles() + at(3).vehicles()).isLessThan(3);
        assertThat(link.queueMetres()).isZero();
        assertThat(link.jam()).isFalse();
        assertThat(scene.world.jams()).isZero();
    }

    @Test
    void forgetsWhatWasWhenTheRoadIsEmpty() {
        stand(400, LANE_2, queue(500, 10));
        final TrafficState link = at(0);
        final double before = link.densityPerKm();
        assertThat(before).isCloseTo(10, within(0.5));
        assertThat(link.speedMps()).isZero();
        scene.pass(2_500);
        for (int i = 0; i < 60; i++) {
            scene.tick();
            scene.pass(1_000);
        }
        assertThat(link.vehicles()).isZero();
        // a minute later a 1/e is left
        assertThat(link.densityPerKm()).isCloseTo(before / Math.E, within(0.5));
    }

    @Test
    void measuresTheQueueFromTheStopLine() {
        stand(20, LANE_2, queue(990, 8));
        assertThat(at(2).queueVehicles()).isEqualTo(8);
        // from the stop line at 1,000 to the rear bumper of the one at 934
        assertThat(at(2).queueMetres()).isCloseTo(68.25, within(2.0));
        assertThat(at(0).queueMetres()).isEqualTo(at(2).queueMetres());
        assertThat(at(1).queueMetres()).isZero();
    }

    @Test
    void knowsAQueueFarFromAStopLineForNoQueueOfTheSignals() {
        stand(5, LANE_2, queue(900, 4));
        assertThat(at(2).queueMetres()).isZero();
    }

    @Test
    void seesAJamInItsLaneAndWhereItBegins() {
        stand(15, LANE_3, queue(600, 20));
        assertThat(at(3).jam()).as("too short a time").isFalse();
        stand(10, LANE_3, queue(600, 20));
        assertThat(at(3).jam()).isTrue();
        assertThat(at(3).jamTailMetres()).isCloseTo(600 - 19 * 8 - 2.25, within(2.0));
        assertThat(at(3).jamHeadMetres()).isCloseTo(602.25, within(2.0));
        assertThat(at(2).jam()).isFalse();
        assertThat(at(0).jam()).as("two lanes are free").isFalse();
        assertThat(scene.world.jams()).isEqualTo(1);
    }

    @Test
    void isOverAfterATimeOfFlow() {
        stand(30, LANE_2, queue(600, 20));
        final TrafficState lane = at(2);
        assertThat(lane.jam()).isTrue();
        final double[] alongs = queue(600, 20);
        for (int i = 0; i < 16; i++) {
            step(LANE_2, 8, alongs);
            for (int k = 0; k < alongs.length; k++) {
                alongs[k] += 4;
            }
        }
        assertThat(lane.jam()).as("8 s of flow").isTrue();
        for (int i = 0; i < 8; i++) {
            step(LANE_2, 8, alongs);
        }
        assertThat(lane.jam()).isFalse();
        assertThat(scene.world.jams()).isZero();
    }

    @Test
    void takesNoRedLightForAJam() {
        spat();
        stand(60, LANE_2, queue(995, 18));
        assertThat(at(2).queueMetres()).isCloseTo(143.25, within(3.0));
        assertThat(at(2).jam()).isFalse();
        // it reaches further back than a red light makes it
        stand(25, LANE_2, queue(995, 22));
        assertThat(at(2).jam()).isTrue();
    }

    @Test
    void takesTheSameForAJamWhereThereAreNoSignals() {
        stand(30, LANE_2, queue(995, 18));
        assertThat(at(2).jam()).isTrue();
    }

    @Test
    void takesFewAndScatteredForNoJam() {
        stand(30, LANE_2, 600, 592, 584, 576);
        assertThat(at(2).jam()).as("four").isFalse();
        stand(30, LANE_2, 600, 560, 520, 480, 440, 400, 360, 320);
        assertThat(at(2).jam()).as("40 m apart").isFalse();
        stand(30, LANE_2, 300, 300, 300, 300, 300, 300);
        assertThat(at(2).jam()).as("six at one place").isFalse();
    }

    @Test
    void startsAnew() {
        stand(30, LANE_2, queue(600, 20));
        scene.world.clear();
        assertThat(scene.world.jams()).isZero();
        stand(5, LANE_2, queue(600, 20));
        assertThat(at(2).jam()).isFalse();
        assertThat(at(0).vehicles()).isEqualTo(20);
    }
}
