package io.luyun.benchmarks;

import io.luyun.server.mqtt.MqttPeer;
import io.luyun.server.mqtt.Outgoing;
import java.util.List;

/** The other side of an MQTT session: counts what it is given and throws it away. What must not happen fails. */
final class DiscardingPeer implements MqttPeer {
    private static final int FIRST_ERROR = 0x80;

    private boolean connected;
    private long acknowledged;
    private long published;
    private long bytes;

    boolean connected() {
        return connected;
    }

    long acknowledged() {
        return acknowledged;
    }

    long published() {
        return published;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void accepted(final boolean sessionPresent, final long sessionExpirySeconds, final int keepAliveSeconds) {
        connected = true;
    }

    @Override
    public void rejected(final int reason, final String text) {
        throw new IllegalStateException(text);
    }

    @Override
    public void acknowledge(final int packetId, final int qos, final int reason, final String text) {
        if (reason >= FIRST_ERROR) {
            throw new IllegalStateException(text);
        }
        acknowledged++;
    }

    @Override
    public void complete(final int packetId, final int reason) {
        throw new IllegalStateException("complete");
    }

    @Override
    public void subscribed(final int packetId, final List<Integer> codes, final String text) {
        if (codes.stream().anyMatch(code -> code >= FIRST_ERROR)) {
            throw new IllegalStateException(text);
        }
    }

    @Override
    public void unsubscribed(final int packetId, final List<Integer> codes) {
        throw new IllegalStateException("unsubscribed");
    }

    @Override
    public void publish(final Outgoing message, final int packetId, final boolean again) {
        published++;
        bytes += message.payload().length;
    }

    @Override
    public void pong() {
        throw new IllegalStateException("pong");
    }

    @Override
    public void disconnect(final int reason, final String text) {
        throw new IllegalStateException(text);
    }

    @Override
    public void close() {
        throw new IllegalStateException("closed");
    }

    @Override
    public void resume() {}

    @Override
    public void opened(final long sessionId) {}

    @Override
    public void execute(final Runnable task) {
        task.run();
    }
}
