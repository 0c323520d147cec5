package io.luyun.server.mqtt;

import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import java.util.ArrayDeque;

/**
 * What goes down to one device: at once while its window is open, through a bounded queue while it is not. Owned by its
 * session.
 */
final class Outbox {
    private final SessionState state;
    private final MqttPeer peer;
    private final int window;
    private final int maxPacketBytes;
    private final int maxQueued;
    private final Counters counters;
    private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();

    Outbox(
            final SessionState state,
            final MqttPeer peer,
            final int window,
            final int maxPacketBytes,
            final int maxQueued,
            final Counters counters) {
        this.state = state;
        this.peer = peer;
        this.window = Math.min(window, maxQueued);
        this.maxPacketBytes = maxPacketBytes;
        this.maxQueued = maxQueued;
        this.counters = counters;
    }

    boolean wants(final String topic) {
        return state.subscribed(topic) >= 0;
    }

    /** False when the device does not want it, cannot take it, or too much waits for it. */
    boolean send(final String topic, final byte[] payload, final boolean retained) {
        final int qos = state.subscribed(topic);
        if (qos < 0) {
            return false;
        }
        final Outgoing message = new Outgoing(topic, payload, qos, retained);
        if (message.packetBytes() > maxPacketBytes || waiting.size() >= maxQueued) {
            counters.increment(Counter.MQTT_DROPPED);
            return false;
        }
        if (qos == 0) {
            peer.publish(message, 0, false);
        } else if (waiting.isEmpty() && state.unconfirmedCount() < window) {
            peer.publish(message, state.onSent(message), false);
        } else {
            waiting.add(message);
        }
        return true;
    }

    void onConfirmed(final int packetId) {
        state.onConfirmed(packetId);
        while (!waiting.isEmpty() && state.unconfirmedCount() < window) {
            final Outgoing message = waiting.poll();
            peer.publish(message, state.onSent(message), false);
        }
    }

    /** The connection is new: what the one before did not see confirmed goes again. */
    void sendAgain() {
        state.unconfirmed().forEach((packetId, message) -> peer.publish(message, packetId, true));
    }
}
