package io.luyun.server.world;

import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.RoadSign;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.TimeSpan;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The events and signs that roadside units send, by unit and number. A repetition keeps one alive; an event of the same
 * type near the same place has changed; else the same number is another one, and the one before is gone. Looking up what is near a road user allocates nothing.
 */
final class RoadEvents {
    /** Signs and events number themselves separately. */
    private static final int SIGN_BIT = 1 << 8;

    private static final int KEY_SHIFT = 16;
    /** About 100 m. */
    private static final int SAME_PLACE_E7 = 9_000;

    private static final RoadEventState[] NONE = {};

    private final RoadNetwork network;
    private final EventReaches reaches;
    private final WorldListener listener;
    private final Counters counters;
    private final long timeoutNs;
    private final int max;
    /** In the order of their numbers, so that all walks are the same in a replay. */
    private final Map<Long, RoadEventState> byKey = new LinkedHashMap<>();

    private final OnLinks onLinks = new OnLinks();
    private RoadEventState[] all = NONE;

    RoadEvents(
            final RoadNetwork network,
            final EventReaches reaches,
            final WorldConfig config,
            final WorldListener listener,
            final Counters counters) {
        this.network = network;
        this.reaches = reaches;
        this.listener = listener;
        this.counters = counters;
        timeoutNs = config.eventTimeoutMillis() * 1_000_000L;
        max = config.maxEvents();
        onLinks.clear(network.links.size());
    }

    void onRsi(final long sequence, final long receivedAtNs, final int device, final Rsi rsi) {
        int ordinal = 0;
        for (final RoadEvent event : rsi.getEventsList()) {
            final long key = (long) device << KEY_SHIFT | event.getEventId();
            final RoadEventState known = byKey.get(key);
            if (known != null && event.equals(known.event)) {
                known.lastSequence = sequence;
                known.lastAtNs = receivedAtNs;
            } else if (known != null && known.event != null && isSame(known.event, event)) {
                change(known, event, sequence, receivedAtNs);
            } else {
                final long[] span = span(event.hasTimeSpan(), event.getTimeSpan(), receivedAtNs);
                final RoadEventState state = new RoadEventState(
                        World.newId(sequence, ordinal), device, event, null, reach(event), span[0], span[1]);
                put(key, state, sequence, receivedAtNs);
            }
            ordinal++;
        }
        for (final RoadSign sign : rsi.getSignsList()) {
            final long key = (long) device << KEY_SHIFT | SIGN_BIT | sign.getSignId();
            final RoadEventState known = byKey.get(key);
            if (known != null && sign.equals(known.roadSign)) {
                known.lastSequence = sequence;
                known.lastAtNs = receivedAtNs;
            } else {
                final long[] span = span(sign.hasTimeSpan(), sign.getTimeSpan(), receivedAtNs);
                final RoadEventState state = new RoadEventState(
                        World.newId(sequence, ordinal), device, null, sign, reach(sign), span[0], span[1]);
                put(key, state, sequence, receivedAtNs);
            }
            ordinal++;
        }
    }

    /** The same type at nearly the same place under the same number: it has grown, moved on, or is better known. */
    private static boolean isSame(final RoadEvent before, final RoadEvent now) {
        return before.getEventType() == now.getEventType()
                && before.hasPos() == now.hasPos()
                && Math.abs((long) before.getPos().getLat() - now.getPos().getLat()) <= SAME_PLACE_E7
                && Math.abs((long) before.getPos().getLon() - now.getPos().getLon()) <= SAME_PLACE_E7;
    }

    private void change(
            final RoadEventState known, final RoadEvent event, final long sequence, final long receivedAtNs) {
        final long[] span = span(event.hasTimeSpan(), event.getTimeSpan(), receivedAtNs);
        onLinks.remove(known);
        known.event = event;
        known.reach = reach(event);
        onLinks.add(known);
        known.startNs = span[0];
        known.endNs = span[1];
        known.lastSequence = sequence;
        known.lastAtNs = receivedAtNs;
        listener.onEvent(known, sequence, receivedAtNs);
    }

    private void put(final long key, final RoadEventState state, final long sequence, final long receivedAtNs) {
        final RoadEventState before = byKey.remove(key);
        if (before != null) {
            before.ended = true;
            onLinks.remove(before);
            all = byKey.values().toArray(NONE);
            listener.onEventGone(before, receivedAtNs);
        }
        if (receivedAtNs >= state.endNs) {
            return;
        }
        if (byKey.size() >= max) {
            counters.increment(Counter.WORLD_REJECTED);
            return;
        }
        state.lastSequence = sequence;
        state.lastAtNs = receivedAtNs;
        byKey.put(key, state);
        onLinks.add(state);
        all = byKey.values().toArray(NONE);
        listener.onEvent(state, sequence, receivedAtNs);
    }

    private EventReach reach(final RoadEvent event) {
        return reaches.build(
                false,
                event.hasPos(),
                event.getPos(),
                event.getRadius(),
                event.getReferencePathsList(),
                event.getReferenceLinksList());
    }

    private EventReach reach(final RoadSign sign) {
        return reaches.build(
                true, sign.hasPos(), sign.getPos(), 0, sign.getReferencePathsList(), sign.getReferenceLinksList());
    }

    /** First and last-but-one moment; a span whose end lies before its begin runs over the turn of the year. */
    private static long[] span(final boolean has, final TimeSpan span, final long receivedAtNs) {
        long start = Long.MIN_VALUE;
        long end = Long.MAX_VALUE;
        if (has && span.hasStartTime()) {
            start = MessageTime.ofMinuteOfYear(span.getStartTime(), receivedAtNs);
        }
        if (has && span.hasEndTime()) {
            final long reference = start == Long.MIN_VALUE ? receivedAtNs : Math.max(start, receivedAtNs);
            end = MessageTime.minuteAfter(MessageTime.ofMinuteOfYear(span.getEndTime(), reference));
        }
        return new long[] {start, end};
    }

    void onTick(final long nowNs) {
        boolean gone = false;
        for (final RoadEventState state : all) {
            if (nowNs >= state.endNs || nowNs - state.lastAtNs > timeoutNs) {
                state.ended = nowNs >= state.endNs;
                gone = true;
            }
        }
        if (!gone) {
            return;
        }
        final List<RoadEventState> left = new ArrayList<>();
        byKey.values().removeIf(state -> {
            final boolean over = nowNs >= state.endNs || nowNs - state.lastAtNs > timeoutNs;
            if (over) {
                left.add(state);
            }
            return over;
        });
        all = byKey.values().toArray(NONE);
        left.forEach(onLinks::remove);
        for (final RoadEventState state : left) {
            listener.onEventGone(state, nowNs);
        }
    }

    /** The map has changed. */
    void remap() {
        for (final RoadEventState state : all) {
            if (state.event != null) {
                state.reach = reach(state.event);
            } else if (state.roadSign != null) {
                state.reach = reach(state.roadSign);
            }
        }
        onLinks.clear(network.links.size());
        for (final RoadEventState state : all) {
            onLinks.add(state);
        }
    }

    RoadEventState[] all() {
        return all;
    }

    /** Those that may concern a road user where it is; not to be changed. */
    RoadEventState[] near(final Participant p) {
        final Link link = p.link;
        return link == null ? all : onLinks.of(link.index);
    }
}
