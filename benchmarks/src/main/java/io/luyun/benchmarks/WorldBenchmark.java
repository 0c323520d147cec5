package io.luyun.benchmarks;

import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.codec.DeviceFrameReader;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.ZoneMap;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * World and rules: a BSM moves its vehicle on the road, among 1,000 that are matched to 25 roads, and every rule looks at
 * it; no alert is raised.
 */
public class WorldBenchmark {
    private static final int VEHICLES = 1_000;

    /** Late enough for times to be those of a real clock, early in a minute. */
    private static final long START_NS = 1_800_000_000_000_000_000L;

    /** What comes in. */
    @State(Scope.Thread)
    public static class Reports {
        final Fleet fleet = new Fleet(VEHICLES);
        final BsmReader bsm = new BsmReader();
        private final DeviceFrameReader frame = new DeviceFrameReader();
        long nowNs = START_NS;

        /** Reads the next one; returns its vehicle. */
        final int read() {
            nowNs += Fleet.PERIOD_NS / VEHICLES;
            final int vehicle = fleet.next(nowNs);
            if (!frame.wrap(fleet.buffer(), fleet.frameOffset(), fleet.frameLength())
                    || !bsm.wrap(fleet.buffer(), frame.bodyOffset(), frame.bodyLength())) {
                throw new IllegalStateException("malformed");
            }
            return vehicle;
        }
    }

    /** A road that knows them. */
    @State(Scope.Thread)
    @NullUnmarked // JMH sets up before it runs
    public abstract static class Road extends Reports {
        private final boolean rules;
        private RoadUnderTest road;
        private long sequence;

        Road(final boolean rules) {
            this.rules = rules;
        }

        @Setup(Level.Trial)
        public void open() throws IOException {
            try (Scratch scratch = Scratch.create()) {
                final ZoneMap zone = ZoneMap.load(ZoneText.write(scratch.path().resolve("zone.geojson"), VEHICLES));
                road = new RoadUnderTest(zone, WorldConfig.DEFAULT, rules);
            }
            for (int i = 0; i < VEHICLES; i++) {
                road.world.nameDevice(i, "bench-" + i);
            }
            for (int i = 0; i < RoadUnderTest.REPORTS_TO_SETTLE * VEHICLES; i++) {
                take();
            }
        }

        @TearDown(Level.Trial)
        public void expectNoAlerts() {
            if (road.alerts > 0 || road.world.participants() != VEHICLES) {
                throw new IllegalStateException(
                        road.alerts + " alerts, " + road.world.participants() + " participants");
            }
        }

        final long take() {
            final int vehicle = read();
            road.world.onBsm(++sequence, nowNs, vehicle, bsm);
            if (vehicle == 0) {
                road.tick(nowNs);
            }
            return road.moves;
        }
    }

    /** With all rules. */
    @State(Scope.Thread)
    public static class WithRules extends Road {
        public WithRules() {
            super(true);
        }
    }

    /** Without: where everybody is. */
    @State(Scope.Thread)
    public static class WithoutRules extends Road {
        public WithoutRules() {
            super(false);
        }
    }

    /** The least that a road could be: where each vehicle was last. */
    @State(Scope.Thread)
    public static class Places extends Reports {
        private final Map<Long, int[]> places = new HashMap<>();

        final int put() {
            read();
            final Long id = bsm.idAsLong();
            int[] place = places.get(id);
            if (place == null) {
                place = new int[2];
                places.put(id, place);
            }
            place[0] = bsm.latE7();
            place[1] = bsm.lonE7();
            return places.size();
        }
    }

    /** One BSM, read and taken in. */
    @Benchmark
    public long bsm(final WithRules road) {
        return road.take();
    }

    /** The same without rules. */
    @Benchmark
    public long bsmWithoutRules(final WithoutRules road) {
        return road.take();
    }

    /** Reference: the same read, and its place kept in a HashMap. */
    @Benchmark
    public int hashMap(final Places places) {
        return places.put();
    }
}
