package io.luyun.server.world;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.codec.PsmReader;
import io.luyun.proto.codec.RsmReader;
import io.luyun.proto.codec.SpatReader;
import io.luyun.proto.codec.SsmReader;
import io.luyun.proto.v1.Acceleration4Way;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.proto.v1.VehicleSafetyExtension;
import io.luyun.proto.v1.VehicleSize;
import io.luyun.server.monitor.Counters;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A hand-driven world for tests: positions in metres on the plane of the zone, time by hand, messages through the readers.
 *
 * <pre>
 *            north (3)
 *              ▲
 *   ◀───── (2) │ ─────        y = 12   westbound, two lanes
 *   ─────▶ (1) ┴ ─────▶ (4)   y = 0    eastbound, three lanes (lane 1 at y = 3.5), 60 km/h
 *   0        1000  1040   2000
 * </pre>
 */
public final class Scene implements WorldListener {
    /** Where the plane lies. */
    public static final int REF_LAT = 296_000_000;

    /** Where the plane lies. */
    public static final int REF_LON = 1_063_000_000;

    private static final long START_NS = 1_750_000_000_000_000_000L;

    /** The world driven. */
    public final World world;

    /** What it counts. */
    public final Counters counters = new Counters();

    /** What it told, in words. */
    public final List<String> told = new ArrayList<>();

    /** Time by hand. */
    public long nowNs = START_NS;

    /** The last sequence given. */
    public long sequence;

    private final LocalPlane plane = new LocalPlane(REF_LAT, REF_LON);
    private final BsmReader bsmReader = new BsmReader();
    private final PsmReader psmReader = new PsmReader();
    private final RsmReader rsmReader = new RsmReader();
    private final SsmReader ssmReader = new SsmReader();
    private final SpatReader spatReader = new SpatReader();
    private final WorldListener further;

    /** A world on a zone. */
    public Scene(final ZoneMap zone, final WorldConfig config, final Function<Scene, WorldListener> further) {
        this.further = further.apply(this);
        world = new World(zone, config, this, counters);
    }

    /** A world on the drawn zone that tells no one else. */
    public Scene() {
        this(road(), WorldConfig.DEFAULT, scene -> new Deaf());
    }

    /** The zone drawn above. */
    public static ZoneMap road() {
        return new ZoneDraft()
                .link("1", 10, 20, 3, 60, 0, 0, 500, 0, 1000, 0)
                .link("2", 20, 10, 2, 60, 1000, 12, 0, 12)
                .link("3", 20, 30, 2, 40, 1020, 30, 1020, 530)
                .link("4", 20, 40, 3, 60, 1040, 0, 2000, 0)
                .movement(20, "1", "4", 1000, 0, 1040, 0)
                .movement(20, "1", "3", 1000, 0, 1015, 10, 1020, 30)
                .load();
    }

    /** Roads of 1 km to the east, 60 m apart, three lanes each. */
    public static ZoneMap roads(final int count) {
        final ZoneDraft zone = new ZoneDraft();
        for (int i = 0; i < count; i++) {
            zone.link("r" + i, 100 + 2 * i, 101 + 2 * i, 3, 60, 0, 60 * i, 1000, 60 * i);
        }
        return zone.load();
    }

    /** A zone without roads. */
    public static ZoneMap field() {
        return ZoneMap.empty(REF_LAT, REF_LON);
    }

    /** A point of the plane as a message. */
    public Position position(final double x, final double y) {
        return Position.newBuilder()
                .setLat(plane.latE7(y))
                .setLon(plane.lonE7(x))
                .build();
    }

    /** Time passes. */
    public void pass(final int millis) {
        nowNs += millis * 1_000_000L;
    }

    /** Millisecond within the minute of now. */
    public int secMark() {
        return (int) (nowNs / 1_000_000L % 60_000);
    }

    /** Minute of the year of now. */
    public int minuteOfYear() {
        final LocalDateTime now =
                LocalDateTime.ofInstant(Instant.ofEpochSecond(nowNs / 1_000_000_000L), ZoneOffset.UTC);
        return (now.getDayOfYear() - 1) * 1_440 + now.getHour() * 60 + now.getMinute();
    }

    /** A car's BSM at a place. */
    public Bsm.Builder car(
            final int device, final double x, final double y, final double headingDeg, final double mps) {
        return Bsm.newBuilder()
                .setMsgCnt(0)
                .setId(id(device))
                .setSecMark(secMark())
                .setPos(position(x, y))
                .setSpeed((int) Math.rint(mps / 0.02))
                .setHeading((int) Math.rint(headingDeg / 0.0125))
                .setSize(VehicleSize.newBuilder().setWidth(180).setLength(450))
                .setVehicleClass(VehicleClassification.newBuilder().setClassification(10));
    }

    /** The same with an acceleration and event flags. */
    public Bsm.Builder braking(
            final int device,
            final double x,
            final double y,
            final double headingDeg,
            final double mps,
            final double mps2,
            final int events) {
        final Bsm.Builder car = car(device, x, y, headingDeg, mps)
                .setAccel(Acceleration4Way.newBuilder().setLongitudinal((int) Math.rint(mps2 * 100)));
        if (events != 0) {
            car.setSafetyExt(VehicleSafetyExtension.newBuilder().setEvents(events));
        }
        return car;
    }

    /** Temporary id of a device. */
    public static ByteString id(final long number) {
        return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(number).flip());
    }

    /** Something a roadside unit sees. */
    public RsmParticipant.Builder seen(
            final int ptcId, final double x, final double y, final double headingDeg, final double mps) {
        return RsmParticipant.newBuilder()
                .setPtcType(ParticipantType.PARTICIPANT_MOTOR)
                .setPtcId(ptcId)
                .setSecMark(secMark())
                .setPos(position(x, y))
                .setSpeed((int) Math.rint(mps / 0.02))
                .setHeading((int) Math.rint(headingDeg / 0.0125));
    }

    /** A BSM comes in. */
    public void bsm(final int device, final Bsm.Builder bsm) {
        final UnsafeBuffer buffer = bytes(bsm.build());
        if (!bsmReader.wrap(buffer, 0, buffer.capacity())) {
            throw new AssertionError("malformed");
        }
        world.onBsm(++sequence, nowNs, device, bsmReader);
    }

    /** An RSM comes in. */
    public void rsm(final int device, final RsmParticipant.Builder... seen) {
        final Rsm.Builder rsm = Rsm.newBuilder().setMsgCnt(0).setId(id(device)).setRefPos(position(0, 0));
        for (final RsmParticipant.Builder participant : seen) {
            rsm.addParticipants(participant);
        }
        final UnsafeBuffer buffer = bytes(rsm.build());
        if (!rsmReader.wrap(buffer, 0, buffer.capacity())) {
            throw new AssertionError("malformed");
        }
        world.onRsm(++sequence, nowNs, device, rsmReader);
    }

    /** An SSM comes in; its head does not matter. */
    public void ssm(final int device, final Ssm.Builder ssm) {
        final UnsafeBuffer buffer = bytes(
                ssm.setMsgCnt(0).setId(id(device)).setSensorPos(position(0, 0)).build());
        if (!ssmReader.wrap(buffer, 0, buffer.capacity())) {
            throw new AssertionError("malformed");
        }
        world.onRsm(++sequence, nowNs, device, ssmReader);
        if (ssmReader.malformed()) {
            throw new AssertionError("malformed");
        }
    }

    /** A PSM comes in. */
    public void psm(final int device, final Psm.Builder psm) {
        final UnsafeBuffer buffer = bytes(psm.build());
        if (!psmReader.wrap(buffer, 0, buffer.capacity())) {
            throw new AssertionError("malformed");
        }
        world.onPsm(++sequence, nowNs, device, psmReader);
    }

    /** An RSI comes in. */
    public void rsi(final int device, final Rsi.Builder rsi) {
        world.onRsi(
                ++sequence,
                nowNs,
                device,
                rsi.setMsgCnt(0).setId(id(device)).setRefPos(position(0, 0)).build());
    }

    /** A SPAT comes in. */
    public void spat(final int device, final Spat spat) {
        final UnsafeBuffer buffer = bytes(spat);
        if (!spatReader.wrap(buffer, 0, buffer.capacity())) {
            throw new AssertionError("malformed");
        }
        world.onSpat(++sequence, nowNs, device, spatReader);
    }

    /** A MAP comes in. */
    public void map(final int device, final MapData map) {
        world.onMap(++sequence, nowNs, device, map);
    }

    private static UnsafeBuffer bytes(final MessageLite message) {
        return new UnsafeBuffer(message.toByteArray());
    }

    /** A tick comes in. */
    public void tick() {
        ++sequence;
        world.onTick(nowNs);
    }

    /** All participants, the longest silent first. */
    public List<Participant> participants() {
        final List<Participant> all = new ArrayList<>();
        world.forEach(all::add);
        return all;
    }

    /** The only participant. */
    public Participant only() {
        final List<Participant> all = participants();
        if (all.size() != 1) {
            throw new AssertionError("participants: " + all);
        }
        return all.get(0);
    }

    @Override
    public void onMoved(final Participant participant, final long movedBy, final long atNs) {
        further.onMoved(participant, movedBy, atNs);
    }

    @Override
    public void onGone(final Participant participant, final long atNs) {
        told.add("gone " + participant.device() + "/" + participant.seenBy());
        further.onGone(participant, atNs);
    }

    @Override
    public void onSignal(final SignalState signal, final long by, final long atNs) {
        told.add("signal " + signal.nodeId());
        further.onSignal(signal, by, atNs);
    }

    @Override
    public void onEvent(final RoadEventState event, final long by, final long atNs) {
        told.add("event " + event.number());
        further.onEvent(event, by, atNs);
    }

    @Override
    public void onEventGone(final RoadEventState event, final long atNs) {
        told.add("event gone " + event.number() + (event.ended() ? " ended" : " silent"));
        further.onEventGone(event, atNs);
    }

    /** Hears nothing. */
    public static final class Deaf implements WorldListener {
        @Override
        public void onMoved(final Participant participant, final long sequence, final long atNs) {
            // nothing to do
        }

        @Override
        public void onGone(final Participant participant, final long atNs) {
            // nothing to do
        }

        @Override
        public void onSignal(final SignalState signal, final long sequence, final long atNs) {
            // nothing to do
        }

        @Override
        public void onEvent(final RoadEventState event, final long sequence, final long atNs) {
            // nothing to do
        }

        @Override
        public void onEventGone(final RoadEventState event, final long atNs) {
            // nothing to do
        }
    }
}
