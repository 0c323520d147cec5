package io.luyun.server.mqtt;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What of an MQTT session outlives its connection: its boot epoch, messages of quality 2 not yet released, subscriptions,
 * messages of quality 1 on their way to the device, what the unit has told of itself. The connection that holds it changes it; one that has lost it to
 * another connection, perhaps of another loop, finds its changes ignored, hence the monitor.
 */
@SuppressWarnings("ReferenceEquality") // the holder is that very connection
final class SessionState {
    private static final int PACKET_ID_MAX = 65_535;

    final String deviceId;
    final long bootEpoch;

    private final Int2ObjectHashMap<Long> unreleased = new Int2ObjectHashMap<>();
    private final Map<String, Integer> subscriptions = new LinkedHashMap<>();
    private final Map<Integer, Outgoing> unconfirmed = new LinkedHashMap<>();
    private long unitOctets;
    private @Nullable Position unitPlace;
    private @Nullable Object holder;
    private int lastPacketId;
    private long endsAtNs;
    private @Nullable Will will;
    private long willAtNs;

    SessionState(final String deviceId, final long bootEpoch) {
        this.deviceId = deviceId;
        this.bootEpoch = bootEpoch;
        unitOctets = Unit.octetsOf(deviceId);
    }

    synchronized void hold(final Object newHolder) {
        holder = newHolder;
        will = null;
        endsAtNs = Long.MAX_VALUE;
    }

    /** The holder's connection is over. */
    synchronized void letGo(
            final Object by, final long newEndsAtNs, final @Nullable Will newWill, final long newWillAtNs) {
        if (holder == by) {
            holder = null;
            endsAtNs = newEndsAtNs;
            will = newWill;
            willAtNs = newWillAtNs;
        }
    }

    /** Whether it has a connection. */
    synchronized boolean held() {
        return holder != null;
    }

    synchronized boolean over(final long nowNs) {
        return holder == null && nowNs >= endsAtNs;
    }

    /** The will, once, when nobody has come back in time. */
    synchronized @Nullable Will dueWill(final long nowNs) {
        final Will due = will;
        if (due == null || holder != null || nowNs < Math.min(willAtNs, endsAtNs)) {
            return null;
        }
        will = null;
        return due;
    }

    // messages of the device, quality 2

    synchronized void onReceived(final Object by, final int packetId, final long number) {
        if (holder == by) {
            unreleased.put(packetId, Long.valueOf(number));
        }
    }

    /** Number of the message that came under this id and has not been released; 0 when there is none. */
    synchronized long received(final int packetId) {
        final Long number = unreleased.get(packetId);
        return number == null ? 0 : number;
    }

    synchronized boolean onReleased(final int packetId) {
        return unreleased.remove(packetId) != null;
    }

    synchronized int unreleasedCount() {
        return unreleased.size();
    }

    /** Forgets what has not reached the journal: it will come again and is then new. */
    synchronized void forgetAbove(final long lastNumber) {
        unreleased.values().removeIf(number -> number > lastNumber);
    }

    // subscriptions

    synchronized void subscribe(final String topic, final int qos) {
        subscriptions.put(topic, qos);
    }

    synchronized boolean unsubscribe(final String topic) {
        return subscriptions.remove(topic) != null;
    }

    /** Quality granted; -1 when the device has not subscribed to this topic. */
    synchronized int subscribed(final String topic) {
        return subscriptions.getOrDefault(topic, -1);
    }

    synchronized List<String> subscriptions() {
        return new ArrayList<>(subscriptions.keySet());
    }

    // what the unit has told of itself

    synchronized void onOctets(final long octets) {
        unitOctets = octets;
    }

    synchronized void onPlace(final Position place) {
        unitPlace = place;
    }

    /** The unit as it has named itself. */
    synchronized Unit unit(final @Nullable Dialect dialect) {
        return new Unit(deviceId, dialect, unitOctets, unitPlace);
    }

    // messages to the device, quality 1

    synchronized int unconfirmedCount() {
        return unconfirmed.size();
    }

    /** Gives the message a packet id. */
    synchronized int onSent(final Outgoing message) {
        do {
            lastPacketId = lastPacketId == PACKET_ID_MAX ? 1 : lastPacketId + 1;
        } while (unconfirmed.containsKey(lastPacketId));
        unconfirmed.put(lastPacketId, message);
        return lastPacketId;
    }

    synchronized void onConfirmed(final int packetId) {
        unconfirmed.remove(packetId);
    }

    synchronized Map<Integer, Outgoing> unconfirmed() {
        return new LinkedHashMap<>(unconfirmed);
    }
}
