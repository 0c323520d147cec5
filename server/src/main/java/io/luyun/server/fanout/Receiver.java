package io.luyun.server.fanout;

import io.luyun.proto.v1.Alert;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One session as the fan-out sees it: its subscriptions and the alerts that wait for its socket. Core's thread. */
final class Receiver {
    /** What waits, with the subscriptions it matched. */
    static final class Waiting {
        final AlertNews news;
        final int[] subscriptionIds;

        Waiting(final AlertNews news, final int[] subscriptionIds) {
            this.news = news;
            this.subscriptionIds = subscriptionIds;
        }
    }

    private final long sessionId;
    private final int deviceIndex;
    private final List<Subscription> subscriptions = new ArrayList<>(1);
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int[] matched = new int[4];
    private int matchedCount;
    private boolean matchedCloses;
    private long dropped;
    private boolean closing;

    Receiver(final long sessionId, final int deviceIndex) {
        this.sessionId = sessionId;
        this.deviceIndex = deviceIndex;
    }

    long sessionId() {
        return sessionId;
    }

    int deviceIndex() {
        return deviceIndex;
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    @Nullable
    Subscription subscription(final int id) {
        for (int i = 0; i < subscriptions.size(); i++) {
            if (subscriptions.get(i).id() == id) {
                return subscriptions.get(i);
            }
        }
        return null;
    }

    /** Finds the subscriptions that take the alert; {@link #matched()} holds their ids until the next call. */
    int match(final Alert alert) {
        matchNone();
        for (int i = 0; i < subscriptions.size(); i++) {
            final Subscription subscription = subscriptions.get(i);
            if (subscription.takes(alert)) {
                matchAlso(subscription);
            }
        }
        return matchedCount;
    }

    /** Finds the subscriptions that have been shown an alert, as {@link #match} does those that take one. */
    int matchShown(final long alertId) {
        matchNone();
        for (int i = 0; i < subscriptions.size(); i++) {
            if (subscriptions.get(i).wasShown(alertId)) {
                matchAlso(subscriptions.get(i));
            }
        }
        return matchedCount;
    }

    /** Makes one subscription the only match. */
    void matchOnly(final Subscription subscription) {
        matchNone();
        matchAlso(subscription);
    }

    /** No subscription matched: what comes concerns the receiver itself. */
    void matchNone() {
        matchedCount = 0;
        matchedCloses = false;
    }

    /** Whether the same subscription numbers matched here and there. */
    boolean matchedLike(final Receiver other) {
        return Arrays.equals(matched, 0, matchedCount, other.matched, 0, other.matchedCount);
    }

    int[] matched() {
        return matched;
    }

    int matchedCount() {
        return matchedCount;
    }

    /** Whether a subscription that matched wants the connection closed rather than lose an alert. */
    boolean matchedCloses() {
        return matchedCloses;
    }

    ArrayDeque<Waiting> waiting() {
        return waiting;
    }

    /** Counts an alert this receiver lost. */
    void lost() {
        dropped++;
    }

    /** Alerts lost since the receiver was last told. */
    long dropped() {
        return dropped;
    }

    void told() {
        dropped = 0;
    }

    boolean closing() {
        return closing;
    }

    /** Nothing more goes to this receiver: its connection is being closed. */
    void close() {
        closing = true;
        waiting.clear();
    }

    private void matchAlso(final Subscription subscription) {
        if (matchedCount == matched.length) {
            matched = Arrays.copyOf(matched, matchedCount * 2);
        }
        matched[matchedCount++] = subscription.id();
        matchedCloses |= subscription.closesWhenSlow();
    }
}
