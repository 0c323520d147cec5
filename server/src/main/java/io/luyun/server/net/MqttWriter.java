package io.luyun.server.net;

import io.luyun.server.monitor.Counter;
import io.luyun.server.mqtt.MqttPeer;
import io.luyun.server.mqtt.Outgoing;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import io.netty.util.ReferenceCountUtil;
import java.util.List;

/**
 * Writes packets of the version the device speaks; version 3.1.1 has no words for most reasons and gets none. Owned by
 * the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes come back as events of the channel
final class MqttWriter implements MqttPeer {
    private static final int VERSION_4 = 4;
    private static final int VERSION_5 = 5;
    private static final int FIRST_ERROR = 0x80;
    private static final int TEXT_CHARS_MAX = 256;
    private static final int SMALL_BYTES = 4;
    private static final MqttMessage PONG = new MqttMessage(header(MqttMessageType.PINGRESP, MqttQoS.AT_MOST_ONCE));

    private final MqttChannel channel;
    private boolean version5;
    private boolean reasons = true;

    MqttWriter(final MqttChannel channel) {
        this.channel = channel;
    }

    MqttChannel channel() {
        return channel;
    }

    /** False when it is of no version spoken here. */
    boolean onConnect(final MqttConnectMessage connect) {
        final int version = connect.variableHeader().version();
        version5 = version == VERSION_5;
        reasons = MqttPackets.wantsReasons(connect);
        return version5 || version == VERSION_4;
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void resume() {
        channel.resume();
    }

    @Override
    public void opened(final long sessionId) {
        channel.opened(sessionId);
    }

    @Override
    public String protocol() {
        return "mqtt";
    }

    @Override
    public String remote() {
        return channel.remote();
    }

    @Override
    public void execute(final Runnable task) {
        channel.execute(task);
    }

    @Override
    public void accepted(final boolean sessionPresent, final long sessionExpirySeconds, final int keepAliveSeconds) {
        final MqttProperties properties = new MqttProperties();
        if (version5) {
            integer(properties, MqttProperties.SESSION_EXPIRY_INTERVAL, (int) sessionExpirySeconds);
            integer(properties, MqttProperties.SERVER_KEEP_ALIVE, keepAliveSeconds);
            integer(properties, MqttProperties.RECEIVE_MAXIMUM, channel.config().receiveMaximum());
            integer(
                    properties,
                    MqttProperties.MAXIMUM_PACKET_SIZE,
                    channel.config().maxPacketBytes());
            integer(
                    properties,
                    MqttProperties.TOPIC_ALIAS_MAXIMUM,
                    channel.config().topicAliasMaximum());
            integer(properties, MqttProperties.WILDCARD_SUBSCRIPTION_AVAILABLE, 0);
            integer(properties, MqttProperties.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0);
            integer(properties, MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE, 0);
        }
        connAck(MqttConnectReturnCode.CONNECTION_ACCEPTED, sessionPresent, properties);
    }

    @Override
    public void rejected(final int reason, final String text) {
        connAck(
                version5 ? MqttConnectReturnCode.valueOf((byte) reason) : oldCode(reason),
                false,
                version5 ? text(text) : MqttProperties.NO_PROPERTIES);
    }

    @Override
    public void acknowledge(final int packetId, final int qos, final int reason, final String text) {
        final MqttMessageType type = qos == 1 ? MqttMessageType.PUBACK : MqttMessageType.PUBREC;
        reply(type, packetId, reason, text);
    }

    @Override
    public void complete(final int packetId, final int reason) {
        reply(MqttMessageType.PUBCOMP, packetId, reason, "");
    }

    @Override
    public void subscribed(final int packetId, final List<Integer> codes, final String text) {
        write(
                new MqttSubAckMessage(
                        header(MqttMessageType.SUBACK, MqttQoS.AT_MOST_ONCE),
                        new MqttMessageIdAndPropertiesVariableHeader(
                                packetId, version5 && reasons ? text(text) : MqttProperties.NO_PROPERTIES),
                        new MqttSubAckPayload(codes.stream()
                                .map(code -> version5 ? code : Math.min(FIRST_ERROR, code))
                                .toList())),
                SMALL_BYTES + codes.size());
    }

    @Override
    public void unsubscribed(final int packetId, final List<Integer> codes) {
        final MqttFixedHeader header = header(MqttMessageType.UNSUBACK, MqttQoS.AT_MOST_ONCE);
        if (version5) {
            write(
                    new MqttUnsubAckMessage(
                            header,
                            new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES),
                            new MqttUnsubAckPayload(
                                    codes.stream().map(Integer::shortValue).toList())),
                    SMALL_BYTES + codes.size());
        } else {
            write(new MqttMessage(header, MqttMessageIdVariableHeader.from(packetId)), SMALL_BYTES);
        }
    }

    @Override
    public void publish(final Outgoing message, final int packetId, final boolean again) {
        write(
                new MqttPublishMessage(
                        new MqttFixedHeader(
                                MqttMessageType.PUBLISH, again, MqttQoS.valueOf(message.qos()), message.retained(), 0),
                        new MqttPublishVariableHeader(message.topic(), packetId),
                        Unpooled.wrappedBuffer(message.payload())),
                message.topic().length() + message.payload().length + SMALL_BYTES);
    }

    @Override
    public void pong() {
        write(PONG, 2);
    }

    @Override
    public void disconnect(final int reason, final String text) {
        if (version5) {
            write(
                    new MqttMessage(
                            header(MqttMessageType.DISCONNECT, MqttQoS.AT_MOST_ONCE),
                            new MqttReasonCodeAndPropertiesVariableHeader((byte) reason, text(text))),
                    SMALL_BYTES + text.length());
        }
    }

    private void connAck(
            final MqttConnectReturnCode code, final boolean sessionPresent, final MqttProperties properties) {
        write(
                new MqttConnAckMessage(
                        header(MqttMessageType.CONNACK, MqttQoS.AT_MOST_ONCE),
                        new MqttConnAckVariableHeader(code, sessionPresent, properties)),
                SMALL_BYTES);
    }

    private void reply(final MqttMessageType type, final int packetId, final int reason, final String text) {
        final boolean plain = reason == 0 || !version5;
        final MqttMessageIdVariableHeader id = plain
                ? MqttMessageIdVariableHeader.from(packetId)
                : new MqttPubReplyMessageVariableHeader(
                        packetId, (byte) reason, reasons ? text(text) : MqttProperties.NO_PROPERTIES);
        write(new MqttMessage(header(type, MqttQoS.AT_MOST_ONCE), id), SMALL_BYTES + (plain ? 0 : text.length()));
    }

    private void write(final MqttMessage packet, final int bytes) {
        final ChannelHandlerContext ctx = channel.context;
        if (ctx == null || channel.closing) {
            ReferenceCountUtil.release(packet);
            return;
        }
        channel.loop.counters().add(Counter.BYTES_SENT, bytes);
        ctx.write(packet, ctx.voidPromise());
        channel.touch();
    }

    private static MqttFixedHeader header(final MqttMessageType type, final MqttQoS qos) {
        return new MqttFixedHeader(type, false, qos, false, 0);
    }

    private static void integer(final MqttProperties properties, final int id, final int value) {
        properties.add(new MqttProperties.IntegerProperty(id, value));
    }

    private static MqttProperties text(final String text) {
        if (text.isEmpty()) {
            return MqttProperties.NO_PROPERTIES;
        }
        final MqttProperties properties = new MqttProperties();
        properties.add(new MqttProperties.StringProperty(
                MqttProperties.REASON_STRING, text.substring(0, Math.min(TEXT_CHARS_MAX, text.length()))));
        return properties;
    }

    private static MqttConnectReturnCode oldCode(final int reason) {
        return switch (reason) {
            case 0x84 -> MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION;
            case 0x85 -> MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED;
            case 0x88 -> MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
            case 0x86 -> MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD;
            default -> MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED;
        };
    }
}
