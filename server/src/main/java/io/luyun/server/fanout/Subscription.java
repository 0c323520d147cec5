package io.luyun.server.fanout;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.SlowPolicy;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.Topic;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.LongArrayList;
import org.agrona.collections.LongHashSet;

/** One subscription: what it wants, and what it has been shown. Core's thread. */
final class Subscription {
    /** How many alerts that are over an acknowledgement may still be for; chosen here. */
    private static final int ENDED_KEPT = 256;

    private final int id;
    private final Area area;
    private final BitSet topics = new BitSet();
    private final BitSet alertKinds = new BitSet();
    private final int minSeverity;
    private final boolean closesWhenSlow;
    private final long intervalNs;
    private final LongHashSet shownAlerts = new LongHashSet();
    private final ArrayDeque<Long> endedAlerts = new ArrayDeque<>(0);

    // what UpdateDesk keeps of it
    final LongHashSet shownParticipants = new LongHashSet();
    final LongHashSet shownEvents = new LongHashSet();
    final LongArrayList goneParticipants = new LongArrayList();
    final LongArrayList goneEvents = new LongArrayList();
    boolean snapshotSent;
    long sentVersion;
    long nextUpdateNs;

    Subscription(final Subscribe wish, final long shortestIntervalNs) {
        id = wish.getSubscriptionId();
        area = Area.of(wish.getArea());
        wish.getTopicsList().forEach(topic -> topics.set(topic.getNumber()));
        wish.getAlertKindsValueList().forEach(alertKinds::set);
        minSeverity = wish.getMinSeverityValue();
        closesWhenSlow = wish.getSlowPolicy() == SlowPolicy.SLOW_POLICY_CLOSE;
        intervalNs = Math.max(shortestIntervalNs, TimeUnit.MILLISECONDS.toNanos(wish.getIntervalMs()));
    }

    int id() {
        return id;
    }

    boolean closesWhenSlow() {
        return closesWhenSlow;
    }

    long intervalNs() {
        return intervalNs;
    }

    boolean wants(final Topic topic) {
        return topics.isEmpty() || topics.get(topic.getNumber());
    }

    /** Whether any topic beside alerts is wanted. */
    boolean wantsRoad() {
        return topics.isEmpty() || topics.cardinality() > (topics.get(Topic.TOPIC_ALERTS_VALUE) ? 1 : 0);
    }

    boolean covers(final int latE7, final int lonE7) {
        return area.contains(latE7, lonE7);
    }

    /**
     * Decides on one step of an alert and remembers it. Who was shown an alert sees it through to its end, also when it
     * leaves the area or loses severity; who was not is not told of its end.
     */
    boolean takes(final Alert alert) {
        final boolean over = alert.getState() == AlertState.ALERT_STATE_CLEARED;
        final long alertId = alert.getAlertId();
        if (over) {
            return shownAlerts.remove(alertId) && ended(alertId);
        }
        if (shownAlerts.contains(alertId)) {
            return true;
        }
        final boolean matches = wants(Topic.TOPIC_ALERTS)
                && (alertKinds.isEmpty() || alertKinds.get(alert.getKindValue()))
                && alert.getSeverityValue() >= minSeverity
                && (alert.hasPos()
                        ? covers(alert.getPos().getLat(), alert.getPos().getLon())
                        : covers(Road.NOWHERE, Road.NOWHERE));
        if (matches) {
            shownAlerts.add(alertId);
        }
        return matches;
    }

    /** Whether it has been shown the alert, which may be over since, though not for long. */
    boolean wasShown(final long alertId) {
        return shownAlerts.contains(alertId) || endedAlerts.contains(alertId);
    }

    void participantGone(final long participantId) {
        if (shownParticipants.remove(participantId)) {
            goneParticipants.addLong(participantId);
        }
    }

    void eventGone(final long eventId) {
        if (shownEvents.remove(eventId)) {
            goneEvents.addLong(eventId);
        }
    }

    private boolean ended(final long alertId) {
        if (endedAlerts.size() == ENDED_KEPT) {
            endedAlerts.removeFirst();
        }
        return endedAlerts.add(alertId);
    }
}
