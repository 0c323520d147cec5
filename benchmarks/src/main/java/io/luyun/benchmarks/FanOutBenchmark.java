package io.luyun.benchmarks;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Area;
import io.luyun.proto.v1.Circle;
import io.luyun.proto.v1.ParticipantState;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.Topic;
import io.luyun.proto.v1.Update;
import io.luyun.proto.v1.VehicleSize;
import io.luyun.server.fanout.FanOut;
import io.luyun.server.fanout.FanOutConfig;
import io.luyun.server.fanout.Outlet;
import io.luyun.server.fanout.Road;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Fan-out: 20 subscribers with areas get what changed of 500 vehicles, which all move all the time; an alert goes to all
 * of them. Delivery ends at an outlet that throws everything away.
 */
@State(Scope.Thread)
public class FanOutBenchmark {
    private static final int VEHICLES = 500;
    private static final int SUBSCRIBERS = 20;
    private static final int STATES = VEHICLES * SUBSCRIBERS;
    private static final int RADIUS_CM = 500_000;
    private static final long TICK_NS = 100_000_000L;

    private final List<ParticipantState> states = states();
    private final Sink sink = new Sink();
    private final FanOut fanOut = new FanOut(
            FanOutConfig.defaults(),
            sink,
            new MovingRoad(),
            SystemEpochNanoClock.INSTANCE,
            new Counters(),
            new Latencies());
    private final Alert alert = raised();
    private final byte[] alertBytes = alert.toByteArray();
    private long nowNs = TICK_NS;

    public FanOutBenchmark() {
        for (int i = 0; i < SUBSCRIBERS; i++) {
            fanOut.onSessionOpened(i + 1, i);
            fanOut.onSubscribe(
                    i + 1,
                    Subscribe.newBuilder()
                            .setSubscriptionId(1)
                            .setArea(Area.newBuilder()
                                    .setCircle(Circle.newBuilder()
                                            .setCenter(position(0))
                                            .setRadiusCm(RADIUS_CM)))
                            .addTopics(Topic.TOPIC_PARTICIPANTS)
                            .addTopics(Topic.TOPIC_ALERTS)
                            .build());
        }
    }

    /** One state of a road user to one subscriber. */
    @Benchmark
    @OperationsPerInvocation(STATES)
    public long update() {
        nowNs += TICK_NS;
        final long before = sink.frames;
        while (sink.frames < before + SUBSCRIBERS) {
            if (fanOut.doWork(nowNs) == 0) {
                throw new IllegalStateException("nothing is sent");
            }
        }
        return sink.bytes;
    }

    /** Reference: the same states encoded by protobuf-java for each subscriber. */
    @Benchmark
    @OperationsPerInvocation(STATES)
    public long updateProtobufJava() {
        nowNs += TICK_NS;
        for (int i = 0; i < SUBSCRIBERS; i++) {
            final ServerFrame frame = ServerFrame.newBuilder()
                    .setUpdate(Update.newBuilder()
                            .setSubscriptionId(1)
                            .setAtNs(nowNs)
                            .addAllParticipants(states))
                    .build();
            sink.bytes += frame.toByteArray().length;
        }
        return sink.bytes;
    }

    /** One alert to one of its receivers. */
    @Benchmark
    @OperationsPerInvocation(SUBSCRIBERS)
    public long alert() {
        nowNs += TICK_NS;
        fanOut.onAlert(alert, alertBytes, 0, nowNs, nowNs);
        return sink.bytes;
    }

    /** Reference: the same delivery encoded by protobuf-java for each receiver. */
    @Benchmark
    @OperationsPerInvocation(SUBSCRIBERS)
    public long alertProtobufJava() {
        nowNs += TICK_NS;
        for (int i = 0; i < SUBSCRIBERS; i++) {
            final ServerFrame frame = ServerFrame.newBuilder()
                    .setAlert(AlertDelivery.newBuilder()
                            .setAlert(alert)
                            .setReceivedAtNs(nowNs)
                            .setDecidedAtNs(nowNs)
                            .setSentAtNs(nowNs)
                            .addSubscriptionIds(1))
                    .build();
            sink.bytes += frame.toByteArray().length;
        }
        return sink.bytes;
    }

    private static List<ParticipantState> states() {
        final List<ParticipantState> states = new ArrayList<>();
        for (int i = 0; i < VEHICLES; i++) {
            states.add(ParticipantState.newBuilder()
                    .setParticipantId(i + 1)
                    .setPtcType(ParticipantType.PARTICIPANT_MOTOR)
                    .setDeviceId("bench-" + i)
                    .setPos(position(i))
                    .setSpeed(550)
                    .setHeading(7_200)
                    .setSize(VehicleSize.newBuilder().setWidth(185).setLength(465))
                    .setClassification(10)
                    .setAtNs(TICK_NS)
                    .build());
        }
        return states;
    }

    private static Position position(final int vehicle) {
        return Position.newBuilder()
                .setLat(Fleet.latE7(vehicle % 20))
                .setLon(Fleet.lonE7(vehicle))
                .build();
    }

    static Alert raised() {
        return Alert.newBuilder()
                .setAlertId(1)
                .setKind(AlertKind.ALERT_KIND_FCW)
                .setState(AlertState.ALERT_STATE_RAISED)
                .setSeverity(Severity.SEVERITY_WARNING)
                .setSubject(AlertParty.newBuilder().setParticipantId(1).setDeviceId("bench-0"))
                .setTarget(AlertParty.newBuilder().setParticipantId(2).setDeviceId("bench-1"))
                .setPos(position(0))
                .setTimeToCollisionMs(2_400)
                .setDistanceCm(2_350)
                .setSpeed(550)
                .addCauseSequences(1_000_001)
                .addCauseSequences(1_000_000)
                .setRaisedAtNs(TICK_NS)
                .setAtNs(TICK_NS)
                .build();
    }

    private final class MovingRoad implements Road {
        @Override
        public long changes(final long afterSequence, final Road.Sink target) {
            for (int i = 0; i < states.size(); i++) {
                final ParticipantState state = states.get(i);
                target.participant(
                        state.getParticipantId(),
                        state.getPos().getLat(),
                        state.getPos().getLon(),
                        state);
            }
            return afterSequence + 1;
        }
    }

    private static final class Sink implements Outlet {
        private long frames;
        private long bytes;

        @Override
        public boolean ready(final long sessionId) {
            return true;
        }

        @Override
        public void send(
                final long[] sessionIds,
                final int count,
                final DirectBuffer frame,
                final int offset,
                final int length) {
            frames += count;
            bytes += (long) count * length;
        }

        @Override
        public void closeSlow(final long sessionId, final String why) {
            throw new IllegalStateException(why);
        }
    }
}
