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
 * World and rules: a BSM moves its vehicle on the road, among 1,000 that are matched to 25 roads, and every rule looks at
 * it; no alert is raised.
 */
@State(Scope.Thread)
@NullUnmarked // JMH sets up before it runs
public class WorldBenchmark {
    private static final int VEHICLES = 1_000;

    /** Late enough for times to be those of a real clock, early in a minute. */
    private static final long START_NS = 1_800_000_000_000_000_000L;

    private final Fleet fleet = new Fleet(VEHICLES);
    private final DeviceFrameReader frame = new DeviceFrameReader();
    private final BsmReader bsm = new BsmReader();
    private RoadUnderTest road;
    private long sequence;
    private long nowNs = START_NS;

    @Setup(Level.Trial)
    public void open() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            final ZoneMap zone = ZoneMap.load(ZoneText.write(scratch.path().resolve("zone.geojson"), VEHICLES));
            road = new RoadUnderTest(zone, WorldConfig.DEFAULT, true);
        }
        for (int i = 0; i < VEHICLES; i++) {
            road.world.nameDevice(i, "bench-" + i);
        }
        for (int i = 0; i < RoadUnderTest.REPORTS_TO_SETTLE * VEHICLES; i++) {
            bsm();
        }
    }

    @TearDown(Level.Trial)
    public void expectNoAlerts() {
        if (road.alerts > 0 || road.world.participants() != VEHICLES) {
            throw new IllegalStateException(road.alerts + " alerts, " + road.world.participants() + " participants");
        }
    }

    /** One BSM, read and taken in. */
    @Benchmark
    public long bsm() {
        nowNs += Fleet.PERIOD_NS / VEHICLES;
        final int vehicle = fleet.next(nowNs);
        if (!frame.wrap(fleet.buffer(), fleet.frameOffset(), fleet.frameLength())
                || !bsm.wrap(fleet.buffer(), frame.bodyOffset(), frame.bodyLength())) {
            throw new IllegalStateException("malformed");
        }
        road.world.onBsm(++sequence, nowNs, vehicle, bsm);
        if (vehicle == 0) {
            road.tick(nowNs);
        }
        return road.moves;
    }
}
