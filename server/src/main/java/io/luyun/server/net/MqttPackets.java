package io.luyun.server.net;

import io.luyun.server.mqtt.ConnectRequest;
import io.luyun.server.mqtt.Will;
import io.luyun.server.mqtt.Wish;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in packets, without Netty's types. Stateless. */
final class MqttPackets {
    private static final int VERSION_5 = 5;
    private static final int RECEIVE_MAXIMUM_DEFAULT = 65_535;
    private static final int RECEIVE_MAXIMUM_OLD = 20;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private MqttPackets() {}

    static ConnectRequest request(final MqttConnectMessage connect) {
        final MqttConnectVariableHeader header = connect.variableHeader();
        final MqttConnectPayload payload = connect.payload();
        final MqttProperties properties = header.properties();
        final boolean version5 = header.version() == VERSION_5;
        final byte[] password = payload.passwordInBytes();
        return new ConnectRequest(
                header.version(),
                payload.clientIdentifier(),
                payload.userName() == null ? "" : payload.userName(),
                password == null ? "" : new String(password, StandardCharsets.UTF_8),
                header.isCleanSession(),
                version5 ? sessionExpiry(properties, 0) : header.isCleanSession() ? 0 : UNSIGNED,
                header.keepAliveTimeSeconds(),
                version5
                        ? integer(properties, MqttProperties.RECEIVE_MAXIMUM, RECEIVE_MAXIMUM_DEFAULT)
                        : RECEIVE_MAXIMUM_OLD,
                integer(properties, MqttProperties.MAXIMUM_PACKET_SIZE, Integer.MAX_VALUE),
                header.isWillFlag() ? will(payload) : null);
    }

    /** Seconds, or what is given when the device does not say. */
    static long sessionExpiry(final MqttProperties properties, final long otherwise) {
        return properties.getProperty(MqttProperties.SESSION_EXPIRY_INTERVAL)
                        instanceof final MqttProperties.IntegerProperty said
                ? said.value() & UNSIGNED
                : otherwise;
    }

    /** Whether texts of reasons are wanted. */
    static boolean wantsReasons(final MqttConnectMessage connect) {
        return integer(connect.variableHeader().properties(), MqttProperties.REQUEST_PROBLEM_INFORMATION, 1) != 0;
    }

    static @Nullable Integer alias(final MqttPublishMessage publish) {
        return publish.variableHeader().properties().getProperty(MqttProperties.TOPIC_ALIAS)
                        instanceof final MqttProperties.IntegerProperty alias
                ? alias.value()
                : null;
    }

    static List<Wish> wishes(final MqttSubscribeMessage subscribe) {
        final List<Wish> wishes = new ArrayList<>();
        for (final MqttTopicSubscription subscription : subscribe.payload().topicSubscriptions()) {
            wishes.add(new Wish(
                    subscription.topicFilter(), subscription.qualityOfService().value()));
        }
        return wishes;
    }

    private static Will will(final MqttConnectPayload payload) {
        final byte[] bytes = payload.willMessageInBytes();
        return new Will(
                payload.willTopic(),
                bytes == null ? new byte[0] : bytes,
                integer(payload.willProperties(), MqttProperties.WILL_DELAY_INTERVAL, 0) & UNSIGNED);
    }

    private static int integer(final MqttProperties properties, final int id, final int otherwise) {
        return properties.getProperty(id) instanceof final MqttProperties.IntegerProperty said
                ? said.value()
                : otherwise;
    }
}
