package io.luyun.server.fanout;

import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Notice;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Topic;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.monitor.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Brings alerts and their acknowledgements to their receivers: at once where the socket takes them, through the receiver's bounded queue where it
 * does not. Keeps the alerts that are not over, for those who come later. Core's thread; bytes of an alert are encoded
 * once and shared by all deliveries.
 */
final class AlertDesk {
    private final int queueLimit;
    private final Outlet outlet;
    private final EpochNanoClock clock;
    private final Counters counters;
    private final Latencies latencies;
    private final FrameBuffer frame = new FrameBuffer();
    private final Long2ObjectHashMap<AlertStep> active = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<AlertSeen> acknowledged = new Long2ObjectHashMap<>();
    private final List<Receiver> targets = new ArrayList<>();
    private final List<Receiver> backlogged = new ArrayList<>();
    private long[] sessionIds = new long[64];

    AlertDesk(
            final FanOutConfig config,
            final Outlet outlet,
            final EpochNanoClock clock,
            final Counters counters,
            final Latencies latencies) {
        queueLimit = config.alertQueue();
        this.outlet = outlet;
        this.clock = clock;
        this.counters = counters;
        this.latencies = latencies;
    }

    void clear() {
        active.clear();
        acknowledged.clear();
        backlogged.clear();
    }

    /** Remembers the step and sends it to the receivers added by {@link #target} since the last call. */
    void deliver(final AlertStep step) {
        if (step.alert.getState() == AlertState.ALERT_STATE_CLEARED) {
            active.remove(step.alert.getAlertId());
            acknowledged.remove(step.alert.getAlertId());
        } else {
            active.put(step.alert.getAlertId(), step);
        }
        deliverToTargets(step);
    }

    /** The same for an acknowledgement; who comes later is shown the last one. */
    void deliver(final AlertSeen seen) {
        if (active.containsKey(seen.alertId())) {
            acknowledged.put(seen.alertId(), seen);
        }
        deliverToTargets(seen);
    }

    /** Adds a receiver of what is delivered next; what it matched must stand in it. */
    void target(final Receiver receiver) {
        targets.add(receiver);
    }

    /** Shows a new subscription the alerts that are not over. */
    void showActive(final Receiver receiver, final Subscription subscription) {
        if (!subscription.wants(Topic.TOPIC_ALERTS)) {
            return;
        }
        for (final AlertStep step : inOrder()) {
            if (subscription.takes(step.alert)) {
                receiver.matchOnly(subscription);
                handOver(receiver, step);
                final AlertSeen seen = acknowledged.get(step.alert.getAlertId());
                if (seen != null) {
                    handOver(receiver, seen);
                }
            }
        }
    }

    /** Shows a device that has come back the alerts that concern it. */
    void showOwn(final Receiver receiver) {
        for (final AlertStep step : inOrder()) {
            if (step.subjectDevice == receiver.deviceIndex()) {
                receiver.matchNone();
                handOver(receiver, step);
            }
        }
    }

    /** Sends what waits to the receivers that take more now. */
    int doWork() {
        int sent = 0;
        for (int i = backlogged.size() - 1; i >= 0; i--) {
            final Receiver receiver = backlogged.get(i);
            sent += drain(receiver);
            if (receiver.waiting().isEmpty()) {
                backlogged.remove(i);
            }
        }
        return sent;
    }

    private List<AlertStep> inOrder() {
        if (active.isEmpty()) {
            return List.of();
        }
        final List<AlertStep> steps = new ArrayList<>(active.values());
        steps.sort((a, b) -> Long.compareUnsigned(a.alert.getAlertId(), b.alert.getAlertId()));
        return steps;
    }

    private void deliverToTargets(final AlertNews news) {
        while (!targets.isEmpty()) {
            deliverLikeTheLast(news);
        }
    }

    /** One frame serves all receivers whose subscriptions have the same numbers. */
    private void deliverLikeTheLast(final AlertNews news) {
        final Receiver model = targets.getLast();
        int count = 0;
        int kept = 0;
        for (int i = 0; i < targets.size(); i++) {
            final Receiver receiver = targets.get(i);
            if (!receiver.matchedLike(model)) {
                targets.set(kept++, receiver);
            } else if (!receiver.closing() && receiver.waiting().isEmpty() && outlet.ready(receiver.sessionId())) {
                if (count == sessionIds.length) {
                    sessionIds = Arrays.copyOf(sessionIds, count * 2);
                }
                sessionIds[count++] = receiver.sessionId();
            } else {
                keep(receiver, news);
            }
        }
        targets.subList(kept, targets.size()).clear();
        if (count > 0) {
            send(count, news, model.matched(), model.matchedCount());
        }
    }

    private void handOver(final Receiver receiver, final AlertNews news) {
        if (!receiver.closing() && receiver.waiting().isEmpty() && outlet.ready(receiver.sessionId())) {
            sessionIds[0] = receiver.sessionId();
            send(1, news, receiver.matched(), receiver.matchedCount());
        } else {
            keep(receiver, news);
        }
    }

    private void keep(final Receiver receiver, final AlertNews news) {
        if (receiver.closing()) {
            return;
        }
        if (receiver.waiting().size() >= queueLimit) {
            counters.increment(Counter.ALERTS_DROPPED);
            if (receiver.matchedCloses()) {
                counters.add(Counter.ALERTS_DROPPED, receiver.waiting().size());
                counters.increment(Counter.SUBSCRIBERS_CLOSED);
                receiver.close();
                backlogged.remove(receiver);
                outlet.closeSlow(receiver.sessionId(), queueLimit + " alerts wait and none is read");
                return;
            }
            receiver.waiting().removeFirst();
            receiver.lost();
        }
        if (receiver.waiting().isEmpty()) {
            backlogged.add(receiver);
        }
        final int[] ids = Arrays.copyOf(receiver.matched(), receiver.matchedCount());
        receiver.waiting().addLast(new Receiver.Waiting(news, ids));
    }

    private int drain(final Receiver receiver) {
        int sent = 0;
        while (!receiver.waiting().isEmpty() && outlet.ready(receiver.sessionId())) {
            sessionIds[0] = receiver.sessionId();
            if (receiver.dropped() > 0) {
                sendSlowNotice(receiver);
            } else {
                final Receiver.Waiting next = receiver.waiting().removeFirst();
                send(1, next.news, next.subscriptionIds, next.subscriptionIds.length);
            }
            sent++;
        }
        return sent;
    }

    private void sendSlowNotice(final Receiver receiver) {
        final Notice notice = Notice.newBuilder()
                .setCode(NoticeCode.NOTICE_CODE_SLOW)
                .setText("alerts were dropped because this connection reads too slowly")
                .setDropped(receiver.dropped())
                .build();
        receiver.told();
        frame.message(ServerFrame.NOTICE_FIELD_NUMBER, notice.toByteArray());
        outlet.send(sessionIds, 1, frame.buffer(), frame.offset(), frame.length());
    }

    private void send(final int count, final AlertNews news, final int[] subscriptionIds, final int idCount) {
        switch (news) {
            case final AlertStep step -> sendStep(count, step, subscriptionIds, idCount);
            case final AlertSeen seen -> {
                frame.message(ServerFrame.ALERT_ACKNOWLEDGEMENT_FIELD_NUMBER, seen.bytes(subscriptionIds, idCount));
                outlet.send(sessionIds, count, frame.buffer(), frame.offset(), frame.length());
                counters.add(Counter.ALERT_ACKNOWLEDGEMENTS_SENT, count);
            }
        }
    }

    private void sendStep(final int count, final AlertStep step, final int[] subscriptionIds, final int idCount) {
        final long sentAtNs = clock.nanoTime();
        frame.begin()
                .bytes(AlertDelivery.ALERT_FIELD_NUMBER, step.bytes)
                .fixed64(AlertDelivery.RECEIVED_AT_NS_FIELD_NUMBER, step.receivedAtNs)
                .fixed64(AlertDelivery.DECIDED_AT_NS_FIELD_NUMBER, step.decidedAtNs)
                .fixed64(AlertDelivery.SENT_AT_NS_FIELD_NUMBER, sentAtNs)
                .packedVarints(AlertDelivery.SUBSCRIPTION_IDS_FIELD_NUMBER, subscriptionIds, idCount)
                .end(ServerFrame.ALERT_FIELD_NUMBER);
        outlet.send(sessionIds, count, frame.buffer(), frame.offset(), frame.length());
        counters.add(Counter.ALERTS_SENT, count);
        latencies.record(Stage.ALERT_SOCKET, sentAtNs - step.decidedAtNs);
    }
}
