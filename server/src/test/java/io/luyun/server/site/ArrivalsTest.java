package io.luyun.server.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.BusStopState;
import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Spat;
import io.luyun.server.world.Scene;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.ZoneDraft;
import io.luyun.server.world.ZoneMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A bus whose drive is known, against what its stops are told.
 *
 * <pre>
 *   0 ──── first (300) ──── lights (1000) ▒ 1040 ──── second (1500) ──── third (1900) ── 2000    y = -3.5
 * </pre>
 */
final class ArrivalsTest {
    private static final long SEED = 20261124;
    private static final int BUS = 7;
    private static final int UNIT = 100;
    private static final double EAST = 90;
    private static final double STEP = 0.1;
    private static final double[] STOPS = {300, 1_500, 1_900};
    private static final double STOP_LINE = 1_000;
    private static final double CYCLE = 60;
    private static final double RED = 32;

    private final Random random = new Random(SEED);
    private Scene scene = new Scene(zone(), WorldConfig.DEFAULT, s -> new Scene.Deaf());
    private Sites sites = new Sites(scene.world, SiteConfig.DEFAULT);

    private static ZoneMap zone() {
        return new ZoneDraft()
                .link("1", 10, 20, 3, 60, 0, 0, 1000, 0)
                .link("4", 20, 40, 3, 60, 1040, 0, 2000, 0)
                .movement(20, "1", "4", "\"phaseId\":3", 1000, 0, 1040, 0)
                .point("busStop", "\"name\":\"first\",\"link\":\"1\",\"alongM\":300", 300, -7)
                .point("busStop", "\"name\":\"second\",\"link\":\"4\",\"alongM\":460", 1_500, -7)
                .point("busStop", "\"name\":\"third\",\"link\":\"4\",\"alongM\":860", 1_900, -7)
                .point("busStop", "\"name\":\"of no line\",\"link\":\"4\",\"alongM\":900", 1_940, -7)
                .point(
                        "busLine",
                        "\"name\":\"shuttle\",\"stops\":[\"first\",\"second\",\"third\"],\"devices\":[\"bus-7\"]",
                        0,
                        0)
                .load();
    }

    /** A drive in steps of a tenth of a second: place, speed, and when it was where. */
    private final class Drive {
        final double dwell = 10 + 15 * random.nextDouble();
        final double cruise = (0.75 + 0.2 * random.nextDouble()) * 60 / 3.6;
        final double redSince = CYCLE * random.nextDouble();
        double at = 20;
        double mps = 10;
        double seconds;
        int served;
        double stood;
        final double[] arrived = {Double.NaN, Double.NaN, Double.NaN};
        /** What was told of the stops in each second, absolute; NaN for nothing. */
        final List<double[]> told = new ArrayList<>();

        boolean red(final double then) {
            final double phase = (then - redSince) % CYCLE;
            return (phase < 0 ? phase + CYCLE : phase) < RED;
        }

        double lightEnds(final double then) {
            double phase = (then - redSince) % CYCLE;
            phase = phase < 0 ? phase + CYCLE : phase;
            return phase < RED ? RED - phase : CYCLE - phase;
        }

        void step() {
            double goal = served < STOPS.length ? STOPS[served] : 1_990;
            if (at < STOP_LINE && red(seconds)) {
                goal = Math.min(goal, STOP_LINE - 1);
            }
            final double safe = Math.sqrt(2 * 1.3 * Math.max(0, goal - at));
            mps = Math.min(Math.min(cruise, mps + 1.2 * STEP), safe);
            if (safe < 0.3) {
                mps = 0;
            }
            at += mps * STEP;
            seconds += STEP;
            if (served < STOPS.length && mps == 0 && STOPS[served] - at < 1) {
                if (stood == 0) {
                    arrived[served] = seconds;
                }
                stood += STEP;
                if (stood >= dwell) {
                    served++;
                    stood = 0;
                }
            }
        }

        Drive run() {
            scene = new Scene(zone(), WorldConfig.DEFAULT, s -> new Scene.Deaf());
            scene.world.nameDevice(BUS, "bus-7");
            scene.world.nameDevice(BUS + 1, "car-8");
            sites = new Sites(scene.world, SiteConfig.DEFAULT);
            for (int i = 0; i < 4_000 && served < STOPS.length; i++) {
                step();
                scene.bsm(BUS, scene.car(BUS, at, -3.5, EAST, mps));
                scene.bsm(BUS + 1, scene.car(BUS + 1, 800, 3.5, EAST, 0));
                if (i % 10 == 0) {
                    scene.spat(UNIT, spat());
                }
                scene.pass(100);
                scene.tick();
                sites.onTick(scene.sequence, scene.nowNs);
                if (i % 10 == 9) {
                    told.add(tell());
                }
            }
            assertThat(served).as("stops served").isEqualTo(STOPS.length);
            return this;
        }

        private double[] tell() {
            final double[] now = new double[STOPS.length];
            for (int stop = 0; stop < STOPS.length; stop++) {
                final StopSite site = sites.arrivals().all()[stop];
                now[stop] = site.arrivals() == 0 ? Double.NaN : seconds + site.arrivalSeconds(0);
            }
            assertThat(sites.arrivals().all()[3].arrivals()).isZero();
            return now;
        }

        private Spat spat() {
            final int ends = (int) Math.round(lightEnds(seconds) * 10);
            final PhaseState.Builder now = state(red(seconds), 0, ends);
            final PhaseState.Builder next =
                    state(!red(seconds), ends, ends + (int) (10 * (red(seconds) ? CYCLE - RED : RED)));
            return Spat.newBuilder()
                    .setMsgCnt(0)
                    .addIntersections(IntersectionState.newBuilder()
                            .setIntersection(
                                    NodeReference.newBuilder().setRegion(1).setId(20))
                            .addPhases(
                                    Phase.newBuilder().setId(3).addStates(now).addStates(next)))
                    .build();
        }
    }

    private static PhaseState.Builder state(final boolean red, final int start, final int end) {
        return PhaseState.newBuilder()
                .setLight(red ? LightState.LIGHT_RED : LightState.LIGHT_PROTECTED_GREEN)
                .setCounting(CountdownTiming.newBuilder()
                        .setStartTime(start)
                        .setMinEndTime(end)
                        .setLikelyEndTime(end)
                        .setMaxEndTime(end));
    }

    @Test
    void tellsWhenTheBusComes() {
        final List<Double> near = new ArrayList<>();
        final List<Double> far = new ArrayList<>();
        for (int run = 0; run < 60; run++) {
            final Drive drive = new Drive().run();
            for (int stop = 0; stop < STOPS.length; stop++) {
                for (int second = 5; second < drive.told.size(); second++) {
                    final double left = drive.arrived[stop] - (second + 1);
                    final double told = drive.told.get(second)[stop];
                    if (left > 1 && left <= 30) {
                        near.add(Math.abs(told - drive.arrived[stop]));
                    } else if (left > 30 && left <= 120) {
                        far.add(Math.abs(told - drive.arrived[stop]));
                    }
                }
            }
        }
        System.out.printf(
                "ArrivalsTest seed %d: error within 30 s median %.1f p90 %.1f s (%d), 30 to 120 s median %.1f p90 %.1f s (%d)%n",
                SEED, part(near, 0.5), part(near, 0.9), near.size(), part(far, 0.5), part(far, 0.9), far.size());
        assertThat(near).doesNotContain(Double.NaN);
        assertThat(far).doesNotContain(Double.NaN);
        assertThat(part(near, 0.5)).as("seed %d", SEED).isLessThan(3);
        assertThat(part(near, 0.9)).as("seed %d", SEED).isLessThan(5);
        assertThat(part(far, 0.5)).as("seed %d", SEED).isLessThan(10);
        assertThat(part(far, 0.9)).as("seed %d", SEED).isLessThan(45);
    }

    private static double part(final List<Double> values, final double part) {
        final List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) (part * (sorted.size() - 1)));
    }

    @Test
    void followsTheBusFromStopToStop() {
        final Drive drive = new Drive();
        scene.world.nameDevice(BUS, "bus-7");
        final StopSite[] stops = sites.arrivals().all();
        assertThat(stops).isEmpty();
        final List<String> seen = new ArrayList<>();
        for (int i = 0; i < 4_000 && drive.served < STOPS.length; i++) {
            drive.step();
            scene.bsm(BUS, scene.car(BUS, drive.at, -3.5, EAST, drive.mps));
            scene.pass(100);
            scene.tick();
            sites.onTick(scene.sequence, scene.nowNs);
            final StringBuilder now = new StringBuilder();
            for (int stop = 0; stop < STOPS.length; stop++) {
                final StopSite site = sites.arrivals().all()[stop];
                now.append(site.arrivals() == 0 ? "-" : site.atStop(0) ? "A" : site.stopsBefore(0));
            }
            if (seen.isEmpty() || !seen.getLast().contentEquals(now)) {
                seen.add(now.toString());
            }
        }
        assertThat(seen).as("seed %d", SEED).containsExactly("012", "A12", "-01", "-A1", "--0", "--A");
    }

    @Test
    void isPutIntoWordsOnlyWhenThereIsNews() {
        final Drive drive = new Drive().run();
        final StopSite second = sites.arrivals().all()[1];
        final BusStopState state = sites.arrivals().all()[2].toMessage();
        assertThat(state.getName()).isEqualTo("third");
        assertThat(state.getArrivals(0).getLine()).isEqualTo("shuttle");
        assertThat(state.getArrivals(0).getDeviceId()).isEqualTo("bus-7");
        assertThat(state.getArrivals(0).getAtStop()).isTrue();
        assertThat(second.dwellSeconds()).as("learns").isCloseTo(15 + 0.3 * (drive.dwell - 15), within(1.0));
        final long told = second.lastSequence();
        for (int i = 0; i < 30; i++) {
            scene.pass(100);
            scene.bsm(BUS, scene.car(BUS, drive.at, -3.5, EAST, 0));
            scene.tick();
            sites.onTick(scene.sequence, scene.nowNs);
        }
        assertThat(second.lastSequence()).isEqualTo(told);
        assertThat(sites.board().stops()).hasSize(4);
    }
}
