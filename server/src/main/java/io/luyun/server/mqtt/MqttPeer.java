package io.luyun.server.mqtt;

import io.luyun.server.session.Connection;
import java.util.List;

/**
 * The other side of an {@link MqttSession}: what is said here leaves as packets of the version the device speaks, with
 * codes and texts where that has them. On the thread that owns the connection.
 */
public interface MqttPeer extends Connection {
    /**
     * Answers a connect that is good.
     *
     * @param sessionPresent whether an earlier session goes on
     * @param sessionExpirySeconds how long the session outlives the connection
     * @param keepAliveSeconds what holds
     */
    void accepted(boolean sessionPresent, long sessionExpirySeconds, int keepAliveSeconds);

    /** Answers a connect that is refused. */
    void rejected(int reason, String text);

    /** Answers a message of quality 1 or, its first half, 2. */
    void acknowledge(int packetId, int qos, int reason, String text);

    /** Answers the release of a message of quality 2. */
    void complete(int packetId, int reason);

    /** Answers a subscribe, with a code for each filter. */
    void subscribed(int packetId, List<Integer> codes, String text);

    /** Answers an unsubscribe, with a code for each filter. */
    void unsubscribed(int packetId, List<Integer> codes);

    /** Sends a message; it leaves at the end of the burst at the latest. */
    void publish(Outgoing message, int packetId, boolean again);

    /** Answers a ping. */
    void pong();

    /** Says why the connection is about to close, where the version has words for it. */
    void disconnect(int reason, String text);
}
