package io.luyun.server.fanout;

import io.luyun.proto.v1.BusStopState;
import io.luyun.proto.v1.CrossingState;
import io.luyun.proto.v1.EventState;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LinkTraffic;
import io.luyun.proto.v1.ParticipantState;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Topic;
import io.luyun.proto.v1.Update;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest state of everything that somebody has subscribed to, encoded once, and sends each subscription what
 * changed since its last update. Core's thread. Holds nothing while there is no such subscription.
 */
final class UpdateDesk implements Road.Sink {
    private static final class State {
        private final long id;
        private int latE7;
        private int lonE7;
        private long version;
        private byte[] bytes = {};

        private State(final long id) {
            this.id = id;
        }
    }

    /** All things of one kind. */
    private static final class Shelf {
        private final Topic topic;
        private final int field;
        private final Long2ObjectHashMap<State> states = new Long2ObjectHashMap<>();

        private Shelf(final Topic topic, final int field) {
            this.topic = topic;
            this.field = field;
        }
    }

    private final Outlet outlet;
    private final Road road;
    private final Counters counters;
    private final FrameBuffer frame = new FrameBuffer();
    private final Shelf participants = new Shelf(Topic.TOPIC_PARTICIPANTS, Update.PARTICIPANTS_FIELD_NUMBER);
    private final Shelf signals = new Shelf(Topic.TOPIC_SIGNALS, Update.SIGNALS_FIELD_NUMBER);
    private final Shelf events = new Shelf(Topic.TOPIC_EVENTS, Update.EVENTS_FIELD_NUMBER);
    private final Shelf crossings = new Shelf(Topic.TOPIC_CROSSINGS, Update.CROSSINGS_FIELD_NUMBER);
    private final Shelf stops = new Shelf(Topic.TOPIC_ARRIVALS, Update.STOPS_FIELD_NUMBER);
    private final Shelf traffic = new Shelf(Topic.TOPIC_TRAFFIC, Update.TRAFFIC_FIELD_NUMBER);
    private final long[] sessionId = new long[1];
    private long[] gone = new long[64];
    private long version;
    private long pulledSequence;
    private boolean somethingPut;

    UpdateDesk(final Outlet outlet, final Road road, final Counters counters) {
        this.outlet = outlet;
        this.road = road;
        this.counters = counters;
    }

    void clear() {
        participants.states.clear();
        signals.states.clear();
        events.states.clear();
        crossings.states.clear();
        stops.states.clear();
        traffic.states.clear();
        pulledSequence = 0;
    }

    /** Takes over what changed on the road since the last call. */
    void pull() {
        version++;
        pulledSequence = road.changes(pulledSequence, this);
    }

    @Override
    public void participant(final long id, final int latE7, final int lonE7, final ParticipantState state) {
        put(participants, id, latE7, lonE7, state.toByteArray());
    }

    @Override
    public void signal(final long id, final int latE7, final int lonE7, final IntersectionState state) {
        put(signals, id, latE7, lonE7, state.toByteArray());
    }

    @Override
    public void event(final long id, final int latE7, final int lonE7, final EventState state) {
        put(events, id, latE7, lonE7, state.toByteArray());
    }

    @Override
    public void crossing(final long id, final int latE7, final int lonE7, final CrossingState state) {
        put(crossings, id, latE7, lonE7, state.toByteArray());
    }

    @Override
    public void stop(final long id, final int latE7, final int lonE7, final BusStopState state) {
        put(stops, id, latE7, lonE7, state.toByteArray());
    }

    @Override
    public void traffic(final long id, final int latE7, final int lonE7, final LinkTraffic state) {
        put(traffic, id, latE7, lonE7, state.toByteArray());
    }

    boolean participantGone(final long id) {
        return participants.states.remove(id) != null;
    }

    boolean eventGone(final long id) {
        return events.states.remove(id) != null;
    }

    /** Sends the subscription its snapshot, or what changed; leaves it for the next time when its socket is full. */
    void update(final Receiver receiver, final Subscription subscription, final long nowNs) {
        if (receiver.closing()) {
            return;
        }
        if (!receiver.waiting().isEmpty() || !outlet.ready(receiver.sessionId())) {
            counters.increment(Counter.UPDATES_SKIPPED);
            return;
        }
        somethingPut = !subscription.snapshotSent;
        frame.begin()
                .varint(Update.SUBSCRIPTION_ID_FIELD_NUMBER, subscription.id())
                .fixed64(Update.AT_NS_FIELD_NUMBER, nowNs);
        if (!subscription.snapshotSent) {
            frame.varint(Update.SNAPSHOT_FIELD_NUMBER, 1);
        }
        putChanged(subscription, participants, subscription.shownParticipants, subscription.goneParticipants);
        putGone(Update.PARTICIPANTS_GONE_FIELD_NUMBER, subscription.goneParticipants);
        putChanged(subscription, signals, null, null);
        putChanged(subscription, events, subscription.shownEvents, subscription.goneEvents);
        putGone(Update.EVENTS_GONE_FIELD_NUMBER, subscription.goneEvents);
        putChanged(subscription, crossings, null, null);
        putChanged(subscription, stops, null, null);
        putChanged(subscription, traffic, null, null);
        subscription.sentVersion = version;
        subscription.snapshotSent = true;
        subscription.nextUpdateNs = nowNs + subscription.intervalNs();
        if (somethingPut) {
            frame.end(ServerFrame.UPDATE_FIELD_NUMBER);
            sessionId[0] = receiver.sessionId();
            outlet.send(sessionId, 1, frame.buffer(), frame.offset(), frame.length());
            counters.increment(Counter.UPDATES_SENT);
        }
    }

    private void put(final Shelf shelf, final long id, final int latE7, final int lonE7, final byte[] bytes) {
        State state = shelf.states.get(id);
        if (state == null) {
            state = new State(id);
            shelf.states.put(id, state);
        }
        state.latE7 = latE7;
        state.lonE7 = lonE7;
        state.bytes = bytes;
        state.version = version;
    }

    private void putChanged(
            final Subscription subscription,
            final Shelf shelf,
            final @Nullable LongHashSet shown,
            final @Nullable LongArrayList left) {
        if (!subscription.wants(shelf.topic)) {
            return;
        }
        for (final State state : shelf.states.values()) {
            if (state.version <= subscription.sentVersion) {
                continue;
            }
            if (subscription.covers(state.latE7, state.lonE7)) {
                frame.bytes(shelf.field, state.bytes);
                somethingPut = true;
                if (shown != null) {
                    shown.add(state.id);
                }
            } else if (shown != null && left != null && shown.remove(state.id)) {
                left.addLong(state.id);
            }
        }
    }

    private void putGone(final int field, final LongArrayList ids) {
        final int count = ids.size();
        if (count == 0) {
            return;
        }
        if (gone.length < count) {
            gone = new long[Math.max(count, gone.length * 2)];
        }
        for (int i = 0; i < count; i++) {
            gone[i] = ids.getLong(i);
        }
        frame.packedFixed64(field, gone, count);
        ids.clear();
        somethingPut = true;
    }
}
