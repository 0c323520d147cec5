package io.luyun.server.session;

import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.SessionClosed;
import io.luyun.proto.v1.SessionOpened;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Which device lives in which session, and the records that say so, in one order for all loops: a session's end stands
 * before the beginning of the one that takes over. Records the intake has no room for wait here. Any loop; all under
 * one lock, for it is not on a message's way.
 */
public final class ControlRecords {
    private final Line line;
    private final Map<String, Session> live = new HashMap<>();
    private final Map<String, Session> beside = new HashMap<>();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private volatile boolean anyWaiting;

    private record Waiting(int kind, int deviceIndex, long sessionId, long atNs, DirectBuffer payload) {}

    public ControlRecords(final Line line) {
        this.line = line;
    }

    /** Sessions live now. */
    public int sessions() {
        synchronized (live) {
            return live.size() + beside.size();
        }
    }

    /** What may be seen of the sessions that live now. */
    List<DeviceView> views() {
        synchronized (live) {
            return Stream.concat(live.values().stream(), beside.values().stream())
                    .map(Session::view)
                    .toList();
        }
    }

    /** The device's session; null when it has none, but perhaps one beside it. */
    public @Nullable Session find(final String deviceId) {
        synchronized (live) {
            return live.get(deviceId);
        }
    }

    /** Makes this the device's session, or the one beside it; returns the one that was. */
    @Nullable
    Session open(final Session session, final SessionOpened record, final long nowNs) {
        synchronized (live) {
            final Session before = among(session).put(session.deviceId(), session);
            if (before != null) {
                offerClosed(before, "taken over", nowNs);
            }
            offer(
                    RecordKind.RECORD_KIND_SESSION_OPENED_VALUE,
                    session.deviceIndex(),
                    session.id(),
                    nowNs,
                    record.toByteArray());
            return before;
        }
    }

    /** Ends the session, unless another has taken over. */
    void close(final Session session, final String reason, final long nowNs) {
        synchronized (live) {
            if (among(session).remove(session.deviceId(), session)) {
                offerClosed(session, reason, nowNs);
            }
        }
    }

    /** Offers a record of a device that no longer has a session, or will have it offered. */
    public void offer(final int kind, final String deviceId, final long nowNs, final byte[] payload) {
        synchronized (live) {
            offer(kind, line.deviceIndex(deviceId), 0, nowNs, payload);
        }
    }

    /** Offers what waits; true when nothing is left. */
    boolean drain() {
        if (anyWaiting) {
            synchronized (live) {
                while (!waiting.isEmpty() && tryOffer(waiting.peekFirst())) {
                    waiting.removeFirst();
                }
                anyWaiting = !waiting.isEmpty();
            }
        }
        return !anyWaiting;
    }

    private Map<String, Session> among(final Session session) {
        return session.beside() ? beside : live;
    }

    private void offerClosed(final Session session, final String reason, final long nowNs) {
        final SessionClosed closed = SessionClosed.newBuilder()
                .setSessionId(session.id())
                .setReason(reason)
                .build();
        offer(
                RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE,
                session.deviceIndex(),
                session.id(),
                nowNs,
                closed.toByteArray());
    }

    private void offer(
            final int kind, final int deviceIndex, final long sessionId, final long nowNs, final byte[] payload) {
        final Waiting record = new Waiting(kind, deviceIndex, sessionId, nowNs, new UnsafeBuffer(payload));
        if (!waiting.isEmpty() || !tryOffer(record)) {
            waiting.addLast(record);
            anyWaiting = true;
        }
    }

    private boolean tryOffer(final Waiting record) {
        return line.offer(
                record.kind,
                record.deviceIndex,
                0,
                record.sessionId,
                record.atNs,
                record.payload,
                0,
                record.payload.capacity());
    }
}
