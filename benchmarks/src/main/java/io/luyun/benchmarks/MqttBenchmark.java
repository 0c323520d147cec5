package io.luyun.benchmarks;

import io.luyun.proto.json.RoadsideJson;
import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.server.monitor.Counters;
import io.luyun.server.mqtt.ConnectRequest;
import io.luyun.server.mqtt.DownRequests;
import io.luyun.server.mqtt.Downlink;
import io.luyun.server.mqtt.MqttConfig;
import io.luyun.server.mqtt.MqttSession;
import io.luyun.server.mqtt.MqttShared;
import io.luyun.server.mqtt.MqttStats;
import io.luyun.server.mqtt.PayloadReader;
import io.luyun.server.mqtt.SessionStates;
import io.luyun.server.mqtt.TopicTable;
import io.luyun.server.mqtt.Wish;
import io.luyun.server.payment.PaymentPost;
import io.luyun.server.session.Session.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * MQTT behind Netty's decoder: a unit publishes BSM in UPER in its envelope with quality 1, and has its PUBACK; an alert goes
 * down to a unit, in UPER in the envelope or in JSON. Nothing is sent: the peer throws away what it is given.
 */
@NullUnmarked // JMH sets up before it runs
public class MqttBenchmark {
    private static final String BSM_UP = "V2X.RSU.BSM.UP";
    private static final String UPER_DOWN = "V2X.RSU.RSI." + UnitSessions.DEVICE + ".DOWN";
    private static final String JSON_DOWN = "rsu/" + UnitSessions.DEVICE + "/rsi/down";
    private static final int PAYLOADS = 128;
    private static final int MAX_PACKET_BYTES = 65_536;
    private static final int PACKET_IDS = 65_535;

    /** A unit that is connected. */
    @State(Scope.Thread)
    public static class Connected {
        private final TakingLine line = new TakingLine();
        private final Counters counters = new Counters();
        private final DiscardingPeer peer = new DiscardingPeer();
        private final UnsafeBuffer[] payloads = payloads();
        private final ServerFrame alert = ServerFrame.newBuilder()
                .setAlert(AlertDelivery.newBuilder()
                        .setAlert(FanOutBenchmark.raised().toBuilder().setKind(AlertKind.ALERT_KIND_VRUCW))
                        .setReceivedAtNs(UnitSessions.NOW_NS)
                        .setDecidedAtNs(UnitSessions.NOW_NS)
                        .setSentAtNs(UnitSessions.NOW_NS)
                        .addSubscriptionIds(1))
                .build();
        private MqttSession session;
        private int turn;

        @Setup(Level.Trial)
        public void open() throws IOException {
            final UnitSessions unit = new UnitSessions(line, counters, "");
            session = new MqttSession(unit.sessions(), peer, shared(unit));
            session.onConnect(
                    new ConnectRequest(5, UnitSessions.DEVICE, "", "", true, 0, 60, PACKET_IDS, MAX_PACKET_BYTES, null),
                    UnitSessions.NOW_NS);
            line.answer();
            if (!peer.connected()) {
                throw new IllegalStateException("not connected");
            }
        }

        private MqttShared shared(final UnitSessions unit) {
            final TopicTable topics = TopicTable.load("");
            return new MqttShared(
                    MqttConfig.on(0),
                    new SessionStates(unit.control(), counters, () -> UnitSessions.NOW_NS),
                    topics,
                    new PayloadReader(new RoadsideJson(null, topics.senderMembers())),
                    new Downlink(topics),
                    new DownRequests(),
                    new PaymentPost(300, (_, _, answer) -> answer.delivered(false), counters),
                    new MqttStats(topics));
        }

        final long publish() {
            final UnsafeBuffer payload = payloads[turn % PAYLOADS];
            final Outcome outcome = session.onPublish(
                    BSM_UP, 1, turn % PACKET_IDS + 1, payload, 0, payload.capacity(), UnitSessions.NOW_NS);
            session.onBurstEnd(UnitSessions.NOW_NS);
            line.answer();
            turn++;
            if (outcome != Outcome.TAKEN || peer.acknowledged() != turn) {
                throw new IllegalStateException(outcome + ", " + peer.acknowledged() + " of " + turn);
            }
            return peer.acknowledged();
        }

        final void subscribe(final String topic) {
            session.onSubscribe(1, List.of(new Wish(topic, 0)), UnitSessions.NOW_NS);
            line.answer();
        }

        final long tellAlert() {
            final long before = peer.published();
            session.onServerFrame(alert);
            if (peer.published() == before) {
                throw new IllegalStateException("no alert is sent");
            }
            return peer.bytes();
        }
    }

    /** A unit that wants alerts in UPER. */
    @State(Scope.Thread)
    public static class WantsUper extends Connected {
        @Setup(Level.Trial)
        public void want() {
            subscribe(UPER_DOWN);
        }
    }

    /** A unit that wants alerts in JSON. */
    @State(Scope.Thread)
    public static class WantsJson extends Connected {
        @Setup(Level.Trial)
        public void want() {
            subscribe(JSON_DOWN);
        }
    }

    /** Netty's decoder with nothing behind it. */
    @State(Scope.Thread)
    public static class Bare {
        private final EmbeddedChannel channel = new EmbeddedChannel(new MqttDecoder(MAX_PACKET_BYTES));
        private final ByteBuf[] packets = packets();
        private int turn;

        final int decode() {
            channel.writeInbound(packets[turn++ % PAYLOADS].retainedDuplicate());
            final MqttPublishMessage publish = channel.readInbound();
            final int length = publish.payload().readableBytes();
            ReferenceCountUtil.release(publish);
            return length;
        }
    }

    /** One message, from the packet to its acknowledgement. */
    @Benchmark
    public long publish(final Connected unit) {
        return unit.publish();
    }

    /** Reference: Netty decodes the same packet. */
    @Benchmark
    public int nettyPublish(final Bare bare) {
        return bare.decode();
    }

    /** One alert to one unit in UPER. */
    @Benchmark
    public long alertUper(final WantsUper unit) {
        return unit.tellAlert();
    }

    /** One alert to one unit in JSON. */
    @Benchmark
    public long alertJson(final WantsJson unit) {
        return unit.tellAlert();
    }

    private static UnsafeBuffer[] payloads() {
        final Fleet fleet = new Fleet(PAYLOADS);
        final UnsafeBuffer[] payloads = new UnsafeBuffer[PAYLOADS];
        for (int i = 0; i < PAYLOADS; i++) {
            final byte[] frame = UnitFrames.frame(Fleet.KIND, UnitFrames.bsm(fleet, i, UnitSessions.NOW_NS, i));
            payloads[i] = new UnsafeBuffer(UnitFrames.envelope(UnitSessions.NOW_NS / 1_000_000, frame));
        }
        return payloads;
    }

    private static ByteBuf[] packets() {
        final UnsafeBuffer[] payloads = payloads();
        final ByteBuf[] packets = new ByteBuf[PAYLOADS];
        final EmbeddedChannel encoder = new EmbeddedChannel(MqttEncoder.INSTANCE);
        for (int i = 0; i < PAYLOADS; i++) {
            encoder.writeOutbound(MqttMessageBuilders.publish()
                    .topicName(BSM_UP)
                    .qos(MqttQoS.AT_LEAST_ONCE)
                    .messageId(i + 1)
                    .payload(Unpooled.wrappedBuffer(payloads[i].byteArray()))
                    .build());
            packets[i] = Unpooled.buffer();
            for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
                packets[i].writeBytes(part);
                part.release();
            }
        }
        return packets;
    }
}
