package io.luyun.server.live;

import com.google.protobuf.ByteString;
import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Position;
import io.luyun.server.monitor.Counters;
import io.luyun.server.site.SiteConfig;
import io.luyun.server.site.Sites;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.WorldListener;
import io.luyun.server.world.ZoneMap;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** A world driven by hand with a feed that hears of it; vehicles are by their numbers, in steps of 1e-7 deg from the middle. */
final class MovingRoad implements WorldListener {
    static final int LAT_E7 = 296_000_000;
    static final int LON_E7 = 1_063_000_000;
    static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(100);

    final Counters counters = new Counters();
    final World world;
    final LivePipe pipe = new LivePipe();
    final LiveFeed feed;
    private final BsmReader reader = new BsmReader();
    long nowNs = 1_790_000_000_000_000_000L;
    private long sequence;

    private static final class Head implements RecordHead {
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

    MovingRoad() {
        world = new World(ZoneMap.empty(LAT_E7, LON_E7), WorldConfig.DEFAULT, this, counters);
        feed = new LiveFeed(pipe, world, new Sites(world, SiteConfig.DEFAULT), new Head(), counters);
    }

    void move(final int vehicle, final int northE7, final int eastE7) {
        final byte[] bytes = Bsm.newBuilder()
                .setMsgCnt(0)
                .setId(ByteString.copyFrom(
                        ByteBuffer.allocate(Long.BYTES).putLong(vehicle + 1L).array()))
                .setSecMark((int) (nowNs / 1_000_000 % 60_000))
                .setPos(Position.newBuilder().setLat(LAT_E7 + northE7).setLon(LON_E7 + eastE7))
                .setSpeed(500)
                .setHeading(7_200)
                .build()
                .toByteArray();
        reader.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
        feed.at(++sequence);
        world.nameDevice(vehicle, "veh-" + vehicle);
        world.onBsm(sequence, nowNs, vehicle, reader);
    }

    /** Number of a vehicle's participant. */
    long id(final int vehicle) {
        final Participant p = world.byBsmId(vehicle + 1L);
        return p == null ? 0 : p.id();
    }

    /** Time passes, and the feed has its turn. */
    void pass() {
        nowNs += STEP_NS;
        world.onTick(nowNs);
        feed.doWork(nowNs);
    }

    @Override
    public void onMoved(final Participant participant, final long sequence, final long atNs) {}

    @Override
    public void onGone(final Participant participant, final long atNs) {
        feed.onParticipantGone(participant.id());
    }

    @Override
    public void onSignal(final SignalState signal, final long sequence, final long atNs) {}

    @Override
    public void onEvent(final RoadEventState event, final long sequence, final long atNs) {
        feed.onEvent(event, sequence);
    }

    @Override
    public void onEventGone(final RoadEventState event, final long atNs) {
        feed.onEventGone(event);
    }
}
