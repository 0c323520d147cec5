package io.luyun.benchmarks;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.luyun.proto.codec.MessageValidator;
import io.luyun.proto.codec.PsmReader;
import io.luyun.proto.codec.RsmReader;
import io.luyun.proto.codec.SpatReader;
import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.NonMotorData;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.Spat;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.ZoneMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The other messages that come ten times a second: 16 road users that a unit sees, the lights of a junction with 8 phases, a
 * pedestrian. Each is checked against the schema and read; the lights are taken into the world as well.
 */
@State(Scope.Thread)
public class RoadsideBenchmark {
    private static final int PARTICIPANTS = 16;
    private static final int PHASES = 8;
    private static final int GREEN_TENTHS = 300;
    /** A tenth of a second apart, a whole minute, so that the last is followed by the first. */
    private static final int SPATS = 600;

    private static final long PERIOD_NS = 100_000_000L;
    /** A minute begins. */
    private static final long START_NS = 1_800_000_000_000_000_000L;

    private static final int UNIT = 1;

    private final MessageValidator validator = new MessageValidator();
    private final RsmReader rsmReader = new RsmReader();
    private final SpatReader spatReader = new SpatReader();
    private final PsmReader psmReader = new PsmReader();
    private final UnsafeBuffer rsm = bytes(seen());
    private final UnsafeBuffer psm = bytes(pedestrian());
    private final UnsafeBuffer[] spats = new UnsafeBuffer[SPATS];
    private final RoadUnderTest road =
            new RoadUnderTest(ZoneMap.empty(Fleet.ORIGIN_LAT_E7, Fleet.ORIGIN_LON_E7), WorldConfig.DEFAULT, false);
    private int turn;

    public RoadsideBenchmark() {
        for (int i = 0; i < SPATS; i++) {
            spats[i] = bytes(lights(i));
        }
        road.world.nameDevice(UNIT, "bench-unit");
    }

    /** 16 road users, checked and read. */
    @Benchmark
    public long rsm() {
        check(MessageKind.MESSAGE_KIND_RSM_VALUE, rsm, rsmReader.wrap(rsm, 0, rsm.capacity()));
        long sum = 0;
        while (rsmReader.next()) {
            sum += rsmReader.latE7();
        }
        return sum;
    }

    /** Reference: the same by protobuf-java, unchecked. */
    @Benchmark
    public int rsmProtobufJava() throws InvalidProtocolBufferException {
        return Rsm.parseFrom(rsm.byteArray()).getParticipantsCount();
    }

    /** The lights of a junction, checked, read and taken into the world. */
    @Benchmark
    public long spat() {
        turn++;
        final UnsafeBuffer spat = spats[turn % SPATS];
        check(MessageKind.MESSAGE_KIND_SPAT_VALUE, spat, spatReader.wrap(spat, 0, spat.capacity()));
        final long nowNs = START_NS + turn * PERIOD_NS;
        road.world.onSpat(turn, nowNs, UNIT, spatReader);
        if (road.signals != turn) {
            throw new IllegalStateException(road.signals + " of " + turn + " taken");
        }
        return road.signals;
    }

    /** Reference: the same by protobuf-java, unchecked. */
    @Benchmark
    public int spatProtobufJava() throws InvalidProtocolBufferException {
        return Spat.parseFrom(spats[++turn % SPATS].byteArray()).getIntersectionsCount();
    }

    /** A pedestrian, checked and read. */
    @Benchmark
    public int psm() {
        check(MessageKind.MESSAGE_KIND_PSM_VALUE, psm, psmReader.wrap(psm, 0, psm.capacity()));
        return psmReader.latE7();
    }

    /** Reference: the same by protobuf-java, unchecked. */
    @Benchmark
    public int psmProtobufJava() throws InvalidProtocolBufferException {
        return Psm.parseFrom(psm.byteArray()).getPos().getLat();
    }

    private void check(final int kind, final UnsafeBuffer message, final boolean wrapped) {
        if (!wrapped) {
            throw new IllegalStateException("malformed");
        }
        if (validator.check(kind, message, 0, message.capacity()) != null) {
            throw new IllegalStateException("refused: " + validator.check(kind, message, 0, message.capacity()));
        }
    }

    private static Rsm seen() {
        try {
            final Rsm all = Rsm.parseFrom(new JunctionFrames().rsm(0));
            return all.toBuilder()
                    .clearParticipants()
                    .addAllParticipants(all.getParticipantsList().subList(0, PARTICIPANTS))
                    .build();
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Psm pedestrian() {
        return Psm.newBuilder()
                .setMsgCnt(17)
                .setId(ByteString.copyFromUtf8("walker-1"))
                .setSecMark(12_300)
                .setPos(Position.newBuilder().setLat(Fleet.ORIGIN_LAT_E7).setLon(Fleet.ORIGIN_LON_E7))
                .setSpeed(60)
                .setHeading(7_200)
                .setOverallRadius(4)
                .setNonMotor(NonMotorData.getDefaultInstance())
                .build();
    }

    private static Spat lights(final int tenths) {
        final IntersectionState.Builder junction = IntersectionState.newBuilder()
                .setIntersection(NodeReference.newBuilder().setRegion(1).setId(149))
                .setStatus(0)
                .setTimeStamp(100 * tenths);
        for (int phase = 0; phase < PHASES; phase++) {
            final int rest = GREEN_TENTHS - (tenths + 30 * phase) % GREEN_TENTHS;
            junction.addPhases(Phase.newBuilder()
                    .setId(phase + 1)
                    .addStates(state(LightState.LIGHT_RED, 0, rest))
                    .addStates(state(LightState.LIGHT_PROTECTED_GREEN, rest, rest + GREEN_TENTHS))
                    .addStates(state(LightState.LIGHT_YELLOW, rest + GREEN_TENTHS, rest + GREEN_TENTHS + 30)));
        }
        return Spat.newBuilder()
                .setMsgCnt(tenths % 128)
                .setTimeStamp(100 * tenths)
                .addIntersections(junction)
                .build();
    }

    private static PhaseState state(final LightState light, final int start, final int end) {
        return PhaseState.newBuilder()
                .setLight(light)
                .setCounting(CountdownTiming.newBuilder().setStartTime(start).setLikelyEndTime(end))
                .build();
    }

    private static UnsafeBuffer bytes(final MessageLite message) {
        return new UnsafeBuffer(message.toByteArray());
    }
}
