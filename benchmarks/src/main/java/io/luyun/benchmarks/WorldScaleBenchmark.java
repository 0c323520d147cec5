package io.luyun.benchmarks;

import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.codec.DeviceFrameReader;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.ZoneMap;
import java.io.IOException;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a BSM costs in the world and all rules among more and more vehicles at the same density: 20 a second of each vehicle,
 * on roads with a junction each 400 m, so that the rules of junctions look, too. Nothing is raised. The ticks of the core,
 * ten a second, are in it, and so is the writing of the message into one frame that all vehicles share: a message comes
 * out of the journal in sequence, not out of a place of its vehicle's own.
 */
public class WorldScaleBenchmark {
    private static final int LINKS_PER_ROAD = 4;
    private static final long PERIOD_NS = 50_000_000L;
    private static final long TICK_NS = 100_000_000L;
    /** Late enough for times to be those of a real clock, early in a minute. */
    private static final long START_NS = 1_800_000_000_000_000_000L;

    /** The smallest zone. */
    @State(Scope.Thread)
    public static class Of500 extends Scale {
        public Of500() {
            super(500);
        }
    }

    /** The zone of the goal: 100,000 BSM in a second. */
    @State(Scope.Thread)
    public static class Of5000 extends Scale {
        public Of5000() {
            super(5_000);
        }
    }

    /** The largest. */
    @State(Scope.Thread)
    public static class Of20000 extends Scale {
        public Of20000() {
            super(20_000);
        }
    }

    /** Among 500 vehicles. */
    @Benchmark
    public long bsm500(final Of500 scale) {
        return scale.bsm();
    }

    /** Among 5,000 vehicles. */
    @Benchmark
    public long bsm5000(final Of5000 scale) {
        return scale.bsm();
    }

    /** Among 20,000 vehicles. */
    @Benchmark
    public long bsm20000(final Of20000 scale) {
        return scale.bsm();
    }

    /** A zone of so many vehicles. */
    @State(Scope.Thread)
    @NullUnmarked // JMH sets up before it runs
    public abstract static class Scale {
        private final int vehicles;
        /** From one sender to the next: neighbours on the road do not speak one after the other. */
        private final int stride;

        private final Fleet fleet;
        private final DeviceFrameReader frame = new DeviceFrameReader();
        private final BsmReader bsm = new BsmReader();
        private RoadUnderTest road;
        private int turn;
        private long sequence;
        private long nowNs = START_NS;
        private long tickNs = START_NS;

        Scale(final int vehicles) {
            this.vehicles = vehicles;
            stride = (int) (vehicles * 0.618) | 1;
            fleet = new Fleet(vehicles, 1);
        }

        @Setup(Level.Trial)
        public void open() throws IOException {
            try (Scratch scratch = Scratch.create()) {
                final ZoneMap zone =
                        ZoneMap.load(ZoneText.write(scratch.path().resolve("zone.geojson"), vehicles, LINKS_PER_ROAD));
                road = new RoadUnderTest(zone, WorldConfig.DEFAULT, true);
            }
            for (int i = 0; i < vehicles; i++) {
                road.world.nameDevice(i, "bench-" + i);
            }
            for (int i = 0; i < RoadUnderTest.REPORTS_TO_SETTLE * vehicles; i++) {
                bsm();
            }
        }

        @TearDown(Level.Trial)
        public void expectNoAlerts() {
            if (road.alerts > 0 || road.world.participants() != vehicles) {
                throw new IllegalStateException(
                        road.alerts + " alerts, " + road.world.participants() + " participants");
            }
        }

        final int vehicles() {
            return vehicles;
        }

        final long bsm() {
            nowNs += PERIOD_NS / vehicles;
            turn = (turn + stride) % vehicles;
            final int vehicle = turn;
            fleet.report(vehicle, nowNs);
            if (!frame.wrap(fleet.buffer(), fleet.frameOffset(), fleet.frameLength())
                    || !bsm.wrap(fleet.buffer(), frame.bodyOffset(), frame.bodyLength())) {
                throw new IllegalStateException("malformed");
            }
            road.world.onBsm(++sequence, nowNs, vehicle, bsm);
            if (nowNs - tickNs >= TICK_NS) {
                tickNs = nowNs;
                road.tick(nowNs);
            }
            return road.moves;
        }
    }
}
