package io.luyun.server.mqtt;

import io.luyun.server.monitor.Settings;

/**
 * The MQTT endpoint. Address, encryption and connection limits are those of the device port.
 *
 * @param enabled true to listen
 * @param port TCP port, 0 to 65,535; 0 takes any free one
 * @param topics path of a table of topics that takes the place of the built-in one; empty for that
 * @param maxPacketBytes longest packet taken, 1,024 to 122,880, so that it fits into a record
 * @param maxKeepAliveSeconds longest keep-alive, 5 to 65,535; also that of MQTT 5 clients that ask for none
 * @param maxSessionExpirySeconds how long a session outlives its connection at most, 0 to 604,800
 * @param receiveMaximum messages of one device not yet acknowledged, 1 to 65,535
 * @param topicAliasMaximum aliases of one connection, 0 to 1,000
 * @param maxQueued messages that wait for one device, 1 to 65,535
 * @param alertRadiusMetres how far around a roadside unit it is told of alerts, where the registry gives it no area; 0 for
 *     everywhere, up to 100,000
 * @param paymentRadiusMetres how far from the place of what it offers a unit's payment offer goes, 1 to 10,000
 */
public record MqttConfig(
        boolean enabled,
        int port,
        String topics,
        int maxPacketBytes,
        int maxKeepAliveSeconds,
        int maxSessionExpirySeconds,
        int receiveMaximum,
        int topicAliasMaximum,
        int maxQueued,
        int alertRadiusMetres,
        int paymentRadiusMetres) {
    public MqttConfig {
        Settings.inRange("mqtt.port", port, 0, 65_535);
        Settings.inRange("mqtt.maxPacketBytes", maxPacketBytes, 1_024, 122_880);
        Settings.inRange("mqtt.maxKeepAliveSeconds", maxKeepAliveSeconds, 5, 65_535);
        Settings.inRange("mqtt.maxSessionExpirySeconds", maxSessionExpirySeconds, 0, 604_800);
        Settings.inRange("mqtt.receiveMaximum", receiveMaximum, 1, 65_535);
        Settings.inRange("mqtt.topicAliasMaximum", topicAliasMaximum, 0, 1_000);
        Settings.inRange("mqtt.maxQueued", maxQueued, 1, 65_535);
        Settings.inRange("mqtt.alertRadiusMetres", alertRadiusMetres, 0, 100_000);
        Settings.inRange("mqtt.paymentRadiusMetres", paymentRadiusMetres, 1, 10_000);
    }

    /** Listening on the port given; otherwise what holds unless configured otherwise. */
    public static MqttConfig on(final int port) {
        return new MqttConfig(true, port, "", 65_536, 600, 3_600, 1_024, 16, 256, 1_000, 300);
    }
}
