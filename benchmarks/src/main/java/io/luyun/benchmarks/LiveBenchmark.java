package io.luyun.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.codec.DeviceFrameReader;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.core.CoreConfig;
import io.luyun.server.journal.Journal;
import io.luyun.server.live.LiveClient;
import io.luyun.server.live.LiveConfig;
import io.luyun.server.live.LiveFeed;
import io.luyun.server.live.LiveHub;
import io.luyun.server.live.LivePipe;
import io.luyun.server.live.LiveRoads;
import io.luyun.server.live.Outbox;
import io.luyun.server.live.RecordHead;
import io.luyun.server.monitor.Counters;
import io.luyun.server.site.SiteConfig;
import io.luyun.server.site.Sites;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.ZoneMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What browsers watch: a turn of a road with 1,000 vehicles that all have moved is handed over, kept as a picture and written as a frame
 * for each of the browsers. What is sent is thrown away.
 */
public class LiveBenchmark {
    private static final int VEHICLES = 1_000;
    private static final int BROWSERS = 100;
    private static final long START_NS = 1_800_000_000_000_000_000L;
    private static final String EVERYWHERE = "{\"type\":\"view\",\"box\":[105.0,28.0,108.0,31.0],\"hz\":10}";

    /** A road and some browsers that see all of it. */
    @State(Scope.Thread)
    @NullUnmarked // JMH sets up before it runs
    public abstract static class Watched {
        private final int browsers;
        private final Away away = new Away();
        private Scratch scratch;
        private LiveFeed feed;
        private LiveHub hub;
        private long nowNs = START_NS;
        private long machineNs;

        Watched(final int browsers) {
            this.browsers = browsers;
        }

        @Setup(Level.Trial)
        public void open() {
            scratch = Scratch.create();
            JournalBenchmark.open(scratch).close();
            final RoadUnderTest road = road();
            final LivePipe pipe = new LivePipe();
            // at(…) is never called: every vehicle counts as moved at every turn
            feed = new LiveFeed(
                    pipe, road.world, new Sites(road.world, SiteConfig.DEFAULT), new NoRecord(), new Counters());
            hub = hub(pipe, scratch.path());
            for (int i = 0; i < browsers; i++) {
                final LiveClient client = hub.connect(away, List.of("read"), nowNs);
                if (client == null) {
                    throw new IllegalStateException("sent away");
                }
                client.onText(EVERYWHERE);
            }
            if (browsers == 0) {
                hub.connect(away, List.of("read"), nowNs);
            }
            turn();
        }

        @TearDown(Level.Trial)
        public void close() {
            hub.close();
            scratch.close();
        }

        final long turn() {
            nowNs += Fleet.PERIOD_NS;
            machineNs += Fleet.PERIOD_NS;
            if (feed.doWork(nowNs) == 0) {
                throw new IllegalStateException("nothing was handed over");
            }
            final long before = away.bytes;
            hub.poll(machineNs);
            if (away.bytes - before < (long) browsers * VEHICLES) {
                throw new IllegalStateException("not all frames were sent");
            }
            return away.bytes;
        }

        private static RoadUnderTest road() {
            final RoadUnderTest road = new RoadUnderTest(
                    ZoneMap.empty(Fleet.ORIGIN_LAT_E7, Fleet.ORIGIN_LON_E7), WorldConfig.DEFAULT, false);
            final Fleet fleet = new Fleet(VEHICLES);
            final DeviceFrameReader frame = new DeviceFrameReader();
            final BsmReader bsm = new BsmReader();
            for (int i = 1; i <= VEHICLES; i++) {
                final int vehicle = fleet.next(START_NS);
                if (!frame.wrap(fleet.buffer(), fleet.frameOffset(), fleet.frameLength())
                        || !bsm.wrap(fleet.buffer(), frame.bodyOffset(), frame.bodyLength())) {
                    throw new IllegalStateException("malformed");
                }
                road.world.nameDevice(vehicle, "bench-" + vehicle);
                road.world.onBsm(i, START_NS, vehicle, bsm);
            }
            if (road.world.participants() != VEHICLES) {
                throw new IllegalStateException(road.world.participants() + " participants");
            }
            return road;
        }

        private static LiveHub hub(final LivePipe pipe, final Path journal) {
            final CoreConfig core = new CoreConfig(
                    ZoneMap.empty(Fleet.ORIGIN_LAT_E7, Fleet.ORIGIN_LON_E7),
                    WorldConfig.DEFAULT,
                    SiteConfig.DEFAULT,
                    AlertConfig.DEFAULT);
            return new LiveHub(
                    LiveConfig.defaults(),
                    "bench",
                    pipe,
                    new LiveRoads(
                            core,
                            () -> Journal.openReadOnly(journal),
                            () -> Journal.openReadOnly(journal),
                            () -> VEHICLES,
                            i -> "bench-" + i),
                    alert -> JsonNodeFactory.instance.objectNode(),
                    new Counters(),
                    error -> {
                        throw new IllegalStateException(error);
                    });
        }
    }

    /** Nobody has said where to look: the road's part and the picture alone. */
    @State(Scope.Thread)
    public static class Unseen extends Watched {
        public Unseen() {
            super(0);
        }
    }

    /** One browser sees everything. */
    @State(Scope.Thread)
    public static class One extends Watched {
        public One() {
            super(1);
        }
    }

    /** A hundred do. */
    @State(Scope.Thread)
    public static class Hundred extends Watched {
        public Hundred() {
            super(BROWSERS);
        }
    }

    /** The least a row can cost: its fields written one after the other. */
    @State(Scope.Thread)
    public static class Rows {
        private final ByteBuffer frame = ByteBuffer.allocate(VEHICLES * 36).order(ByteOrder.LITTLE_ENDIAN);
        private int north;

        final int write() {
            frame.clear();
            north++;
            for (int i = 0; i < VEHICLES; i++) {
                frame.putLong(i)
                        .putInt(Fleet.ORIGIN_LAT_E7 + north)
                        .putInt(Fleet.ORIGIN_LON_E7 + i)
                        .putShort((short) Fleet.SPEED)
                        .putShort((short) north)
                        .putInt(i)
                        .putInt(i)
                        .putInt(-1)
                        .putInt(north);
            }
            return frame.position();
        }
    }

    /** One vehicle of a turn handed over and kept. */
    @Benchmark
    @OperationsPerInvocation(VEHICLES)
    public long turn(final Unseen road) {
        return road.turn();
    }

    /** The same, and its row for one browser. */
    @Benchmark
    @OperationsPerInvocation(VEHICLES)
    public long frame(final One road) {
        return road.turn();
    }

    /** A row for one of a hundred browsers. */
    @Benchmark
    @OperationsPerInvocation(VEHICLES * BROWSERS)
    public long frameOfHundred(final Hundred road) {
        return road.turn();
    }

    /** Reference: the fields of a row written one after the other. */
    @Benchmark
    @OperationsPerInvocation(VEHICLES)
    public int row(final Rows rows) {
        return rows.write();
    }

    private static final class NoRecord implements RecordHead {
        @Override
        public int deviceIndex() {
            return -1;
        }

        @Override
        public long bootEpoch() {
            return 0;
        }

        @Override
        public long number() {
            return 0;
        }
    }

    private static final class Away implements Outbox {
        private long bytes;

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void text(final byte[] utf8) {}

        @Override
        public void binary(final byte[] frame, final int length) {
            bytes += length;
        }

        @Override
        public void close(final int code, final String why) {
            if (code != GOING_AWAY) {
                throw new IllegalStateException(why);
            }
        }
    }
}
