package io.luyun.benchmarks.peers;

import io.luyun.benchmarks.rig.Wires;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * MQTT 3.1.1: a connection for each vehicle, which publishes to {@code bsm/N}, or to {@code alert/N} what concerns somebody, retained,
 * since that is what a broker keeps; and one connection that has subscribed to {@code alert/#}.
 */
final class MqttClient implements Client {
    /** Packet ids go from 1 to this. */
    private static final int PACKET_IDS = 65_535;

    private final Wires wires;
    private final int vehicles;
    private final MqttQoS quality;
    private final Reports reports;
    private final List<Publisher> publishers = new ArrayList<>();

    MqttClient(final int port, final int vehicles, final boolean acknowledged, final Reports reports) {
        wires = new Wires(port);
        this.vehicles = vehicles;
        quality = acknowledged ? MqttQoS.AT_LEAST_ONCE : MqttQoS.AT_MOST_ONCE;
        this.reports = reports;
    }

    @Override
    public EventLoop loop() {
        return wires.loop();
    }

    @Override
    public void open(final Account account) throws IOException, InterruptedException {
        final Watcher watcher = new Watcher(account);
        greet(watcher, "watch");
        watcher.ask(
                wires,
                MqttMessageBuilders.subscribe()
                        .messageId(1)
                        .addSubscription(quality, "alert/#")
                        .build());
        for (int i = 0; i < vehicles; i++) {
            final Publisher publisher = new Publisher(i, account);
            greet(publisher, "v" + i);
            publishers.add(publisher);
        }
    }

    private void greet(final Line line, final String id) throws IOException, InterruptedException {
        wires.connect(new MqttDecoder(), MqttEncoder.INSTANCE, line);
        line.ask(
                wires,
                MqttMessageBuilders.connect()
                        .protocolVersion(MqttVersion.MQTT_3_1_1)
                        .clientId(id)
                        .cleanSession(true)
                        .keepAlive(0)
                        .build());
    }

    @Override
    public void publish(final int vehicle, final boolean concerns, final long intendedNs) {
        publishers.get(vehicle).publish(concerns, intendedNs);
    }

    @Override
    public boolean acknowledges() {
        return quality != MqttQoS.AT_MOST_ONCE;
    }

    @Override
    public String failure() {
        return wires.failure();
    }

    @Override
    public void close() {
        wires.close();
    }

    private static boolean answersGreeting(final Line line, final MqttMessage message) {
        if (!(message instanceof MqttConnAckMessage answer)) {
            return false;
        }
        final MqttConnectReturnCode code = answer.variableHeader().connectReturnCode();
        if (code == MqttConnectReturnCode.CONNECTION_ACCEPTED) {
            line.answered(message);
        } else {
            line.refused("the broker refuses: " + code);
        }
        return true;
    }

    private final class Publisher extends Line {
        private final int vehicle;
        private final String ofAll;
        private final String ofAlerts;
        private final Account account;

        Publisher(final int vehicle, final Account account) {
            this.vehicle = vehicle;
            this.account = account;
            ofAll = "bsm/" + vehicle;
            ofAlerts = "alert/" + vehicle;
        }

        void publish(final boolean concerns, final long intendedNs) {
            int packetId = 1;
            if (acknowledges()) {
                packetId = (int) (inFlight().add(intendedNs) % PACKET_IDS) + 1;
                if (inFlight().next() - inFlight().first() > PACKET_IDS) {
                    wires.fail("all packet ids of a connection are without an answer");
                }
            }
            if (concerns) {
                account.await(vehicle, reports.number(), intendedNs);
            }
            final byte[] frame = reports.frame();
            write(new MqttPublishMessage(
                    new MqttFixedHeader(MqttMessageType.PUBLISH, false, quality, true, 0),
                    new MqttPublishVariableHeader(concerns ? ofAlerts : ofAll, packetId),
                    allocator().directBuffer(frame.length).writeBytes(frame)));
        }

        @Override
        public void channelRead(final ChannelHandlerContext context, final Object read) {
            final long nowNs = System.nanoTime();
            final MqttMessage message = (MqttMessage) read;
            if (message instanceof MqttPubAckMessage ack) {
                account.acked(inFlight().take(number(ack.variableHeader().messageId())), nowNs);
            } else if (!answersGreeting(this, message)) {
                wires.fail("a publisher got " + message);
            }
        }

        /** The oldest message without an answer that can have this packet id. */
        private long number(final int packetId) {
            final long first = inFlight().first();
            return first + Math.floorMod(packetId - 1 - first % PACKET_IDS, (long) PACKET_IDS);
        }
    }

    private final class Watcher extends Line {
        private final Account account;

        Watcher(final Account account) {
            this.account = account;
        }

        @Override
        public void channelRead(final ChannelHandlerContext context, final Object read) {
            final long nowNs = System.nanoTime();
            final MqttMessage message = (MqttMessage) read;
            if (message instanceof MqttPublishMessage publish) {
                delivered(publish, nowNs);
                publish.release();
            } else if (message.fixedHeader() != null && message.fixedHeader().messageType() == MqttMessageType.SUBACK) {
                answered(message);
            } else if (!answersGreeting(this, message)) {
                wires.fail("the subscriber got " + message);
            }
        }

        /** What was retained before it subscribed comes marked as such. */
        private void delivered(final MqttPublishMessage publish, final long nowNs) {
            if (!publish.fixedHeader().isRetain()) {
                final ByteBuf payload = publish.payload();
                final byte[] frame = bytes(payload);
                account.delivered(reports.vehicleIn(frame), reports.numberIn(frame), nowNs);
            }
            if (publish.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE) {
                write(new MqttPubAckMessage(
                        new MqttFixedHeader(MqttMessageType.PUBACK, false, MqttQoS.AT_MOST_ONCE, false, 2),
                        MqttMessageIdVariableHeader.from(
                                publish.variableHeader().packetId())));
            }
        }
    }
}
