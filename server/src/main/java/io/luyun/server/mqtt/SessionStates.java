package io.luyun.server.mqtt;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.session.ControlRecords;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/** The sessions of all devices that outlive their connections, and what is kept for those who subscribe. Any thread. */
public final class SessionStates {
    private final ControlRecords control;
    private final Counters counters;
    private final EpochNanoClock clock;
    private final ConcurrentHashMap<String, SessionState> states = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, byte[]> maps = new ConcurrentHashMap<>();

    /** What a connect finds. */
    record Found(SessionState state, boolean present) {}

    public SessionStates(final ControlRecords control, final Counters counters, final EpochNanoClock clock) {
        this.control = control;
        this.counters = counters;
        this.clock = clock;
    }

    /** Gives the device's session to a new connection. */
    synchronized Found take(final String deviceId, final boolean clean, final Object holder, final long nowNs) {
        final SessionState before = states.get(deviceId);
        final boolean present = before != null && !clean && !before.over(nowNs);
        if (before != null && !present) {
            sendWill(before, Long.MAX_VALUE);
        }
        final SessionState state = before != null && present ? before : new SessionState(deviceId, nowNs);
        state.hold(holder);
        states.put(deviceId, state);
        return new Found(state, present);
    }

    /** Ends what has lasted long enough and keeps the wills that are due. */
    public void sweep() {
        final long nowNs = clock.nanoTime();
        for (final SessionState state : states.values()) {
            sendWill(state, nowNs);
            if (state.over(nowNs)) {
                states.remove(state.deviceId, state);
            }
        }
    }

    /** Sessions there are, with and without a connection. */
    public int size() {
        return states.size();
    }

    /** Sessions with a connection. */
    public int held() {
        int held = 0;
        for (final SessionState state : states.values()) {
            held += state.held() ? 1 : 0;
        }
        return held;
    }

    /** Keeps a MAP for the device, in place of the one before. */
    public void retainMap(final String deviceId, final byte[] canonical) {
        maps.put(deviceId, canonical.clone());
    }

    /** The MAP kept for the device; null when there is none. */
    byte @Nullable [] retainedMap(final String deviceId) {
        return maps.get(deviceId);
    }

    void keep(final String deviceId, final Will will) {
        counters.increment(Counter.MQTT_WILLS);
        final byte[] record = RawMessage.newBuilder()
                .setTopic(will.topic())
                .setPayload(ByteString.copyFrom(will.payload()))
                .setReason("will")
                .build()
                .toByteArray();
        control.offer(RecordKind.RECORD_KIND_DEVICE_WILL_VALUE, deviceId, clock.nanoTime(), record);
    }

    private void sendWill(final SessionState state, final long nowNs) {
        final Will will = state.dueWill(nowNs);
        if (will != null) {
            keep(state.deviceId, will);
        }
    }
}
