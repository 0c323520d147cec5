package io.luyun.server.fanout;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Subscribe;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Who is told what: sessions and their subscriptions as the journal's records open and close them, alerts at once,
 * updates at a tick. Core's thread; time is that of the records, the clock only stamps what is sent.
 */
public final class FanOut {
    private static final int UPDATES_PER_TURN = 64;

    private final FanOutConfig config;
    private final Outlet outlet;
    private final Counters counters;
    private final AlertDesk alerts;
    private final UpdateDesk updates;
    private final long updateIntervalNs;
    private final FrameBuffer frame = new FrameBuffer();
    private final Long2ObjectHashMap<Receiver> receivers = new Long2ObjectHashMap<>();
    private final Int2ObjectHashMap<Receiver> byDevice = new Int2ObjectHashMap<>();
    private final List<Receiver> subscribers = new ArrayList<>();
    private int subscriptionCount;
    private int roadSubscriptionCount;
    private int turn;
    private int turnsLeft;
    private long nextTurnNs;

    public FanOut(
            final FanOutConfig config,
            final Outlet outlet,
            final Road road,
            final EpochNanoClock clock,
            final Counters counters,
            final Latencies latencies) {
        this.config = config;
        this.outlet = outlet;
        this.counters = counters;
        alerts = new AlertDesk(config, outlet, clock, counters, latencies);
        updates = new UpdateDesk(outlet, road, counters);
        updateIntervalNs = TimeUnit.MILLISECONDS.toNanos(config.updateMillis());
    }

    /** Forgets everybody and everything. */
    public void clear() {
        alerts.clear();
        updates.clear();
        receivers.clear();
        byDevice.clear();
        subscribers.clear();
        subscriptionCount = 0;
        roadSubscriptionCount = 0;
        turn = 0;
        turnsLeft = 0;
        nextTurnNs = 0;
    }

    /** A session is open; it replaces another one of the same device. */
    public void onSessionOpened(final long sessionId, final int deviceIndex) {
        final Receiver before = byDevice.get(deviceIndex);
        if (before != null) {
            onSessionClosed(before.sessionId());
        }
        final Receiver receiver = new Receiver(sessionId, deviceIndex);
        receivers.put(sessionId, receiver);
        byDevice.put(deviceIndex, receiver);
        alerts.showOwn(receiver);
    }

    /** A session has ended, and with it its subscriptions. */
    public void onSessionClosed(final long sessionId) {
        final Receiver receiver = receivers.remove(sessionId);
        if (receiver == null) {
            return;
        }
        receiver.close();
        if (byDevice.get(receiver.deviceIndex()) == receiver) {
            byDevice.remove(receiver.deviceIndex());
        }
        while (!receiver.subscriptions().isEmpty()) {
            remove(receiver, receiver.subscriptions().getLast());
        }
    }

    /** A subscription has begun, or one of the same number has been replaced. */
    public void onSubscribe(final long sessionId, final Subscribe wish) {
        final Receiver receiver = receivers.get(sessionId);
        if (receiver == null) {
            return;
        }
        onUnsubscribe(sessionId, wish.getSubscriptionId());
        if (subscriptionCount >= config.maxSubscriptions()) {
            refuse(receiver, wish, "at most " + config.maxSubscriptions() + " subscriptions of all sessions");
            return;
        }
        final Subscription subscription = new Subscription(wish, updateIntervalNs);
        if (receiver.subscriptions().isEmpty()) {
            subscribers.add(receiver);
        }
        receiver.subscriptions().add(subscription);
        subscriptionCount++;
        roadSubscriptionCount += subscription.wantsRoad() ? 1 : 0;
        nextTurnNs = Long.MIN_VALUE;
        alerts.showActive(receiver, subscription);
    }

    /** A subscription has ended. */
    public void onUnsubscribe(final long sessionId, final int subscriptionId) {
        final Receiver receiver = receivers.get(sessionId);
        final Subscription subscription = receiver == null ? null : receiver.subscription(subscriptionId);
        if (receiver != null && subscription != null) {
            remove(receiver, subscription);
        }
    }

    /**
     * Sends one step of an alert to the device it concerns and to the subscribers it matches.
     *
     * @param bytes the alert encoded; kept until it is over
     * @param subjectDevice device the alert warns, or -1
     * @param receivedAtNs when the message that caused it came in
     * @param decidedAtNs when the engine decided
     */
    public void onAlert(
            final Alert alert,
            final byte[] bytes,
            final int subjectDevice,
            final long receivedAtNs,
            final long decidedAtNs) {
        final Receiver concerned = subjectDevice < 0 ? null : byDevice.get(subjectDevice);
        boolean concernedIsIn = false;
        for (int i = 0; i < subscribers.size(); i++) {
            final Receiver receiver = subscribers.get(i);
            if (receiver.match(alert) > 0 || receiver == concerned) {
                alerts.target(receiver);
                concernedIsIn |= receiver == concerned;
            }
        }
        if (concerned != null && !concernedIsIn) {
            concerned.matchNone();
            alerts.target(concerned);
        }
        alerts.deliver(new AlertStep(alert, bytes, subjectDevice, receivedAtNs, decidedAtNs));
    }

    /**
     * An operator has acknowledged an alert: tells the subscriptions that were shown it.
     *
     * @param deviceId the operator's device
     * @param atNs time of the record
     */
    public void onAlertAcknowledged(
            final AlertAcknowledgement acknowledgement, final String deviceId, final long atNs) {
        for (int i = 0; i < subscribers.size(); i++) {
            if (subscribers.get(i).matchShown(acknowledgement.getAlertId()) > 0) {
                alerts.target(subscribers.get(i));
            }
        }
        alerts.deliver(new AlertSeen(acknowledgement, deviceId, atNs));
    }

    /** What those get who ask to be told what others perceive. */
    public SharingConfig sharing() {
        return config.sharing();
    }

    /**
     * Sends a message to a device.
     *
     * @return false when it has no session, or its socket takes no more now; the message is not kept
     */
    public boolean toDevice(final int deviceIndex, final Message message) {
        final Receiver receiver = byDevice.get(deviceIndex);
        if (receiver == null
                || receiver.closing()
                || !receiver.waiting().isEmpty()
                || !outlet.ready(receiver.sessionId())) {
            return false;
        }
        frame.message(ServerFrame.MESSAGE_FIELD_NUMBER, message.toByteArray());
        outlet.send(new long[] {receiver.sessionId()}, 1, frame.buffer(), frame.offset(), frame.length());
        return true;
    }

    /** A road user is gone. */
    public void onParticipantGone(final long participantId) {
        if (updates.participantGone(participantId)) {
            for (int i = 0; i < subscribers.size(); i++) {
                final List<Subscription> subscriptions = subscribers.get(i).subscriptions();
                for (int j = 0; j < subscriptions.size(); j++) {
                    subscriptions.get(j).participantGone(participantId);
                }
            }
        }
    }

    /** An event or sign has ended. */
    public void onEventGone(final long eventId) {
        if (updates.eventGone(eventId)) {
            for (int i = 0; i < subscribers.size(); i++) {
                final List<Subscription> subscriptions = subscribers.get(i).subscriptions();
                for (int j = 0; j < subscriptions.size(); j++) {
                    subscriptions.get(j).eventGone(eventId);
                }
            }
        }
    }

    /**
     * Sends what waits and what is due.
     *
     * @param nowNs time of the last record
     * @return how much was done
     */
    public int doWork(final long nowNs) {
        int work = alerts.doWork();
        if (turnsLeft == 0 && subscriptionCount > 0 && nowNs >= nextTurnNs) {
            nextTurnNs = nowNs + updateIntervalNs;
            if (roadSubscriptionCount > 0) {
                updates.pull();
            }
            turnsLeft = subscribers.size();
        }
        if (turnsLeft > 0) {
            work += updateSome(nowNs);
        }
        return work;
    }

    /** Goes round the subscribers, some at a time so that alerts do not wait behind updates. */
    private int updateSome(final long nowNs) {
        int sent = 0;
        turnsLeft = Math.min(turnsLeft, subscribers.size());
        while (turnsLeft > 0 && sent < UPDATES_PER_TURN) {
            turnsLeft--;
            turn = turn >= subscribers.size() - 1 ? 0 : turn + 1;
            final Receiver receiver = subscribers.get(turn);
            final List<Subscription> subscriptions = receiver.subscriptions();
            for (int i = 0; i < subscriptions.size(); i++) {
                if (nowNs >= subscriptions.get(i).nextUpdateNs) {
                    updates.update(receiver, subscriptions.get(i), nowNs);
                    sent++;
                }
            }
        }
        return sent;
    }

    private void remove(final Receiver receiver, final Subscription subscription) {
        receiver.subscriptions().remove(subscription);
        subscriptionCount--;
        roadSubscriptionCount -= subscription.wantsRoad() ? 1 : 0;
        if (receiver.subscriptions().isEmpty()) {
            subscribers.remove(receiver);
        }
        if (roadSubscriptionCount == 0) {
            updates.clear();
        }
    }

    private void refuse(final Receiver receiver, final Subscribe wish, final String rule) {
        counters.increment(Counter.REFUSED_LIMIT);
        final Error error = Error.newBuilder()
                .setCode(ErrorCode.ERROR_CODE_LIMIT)
                .setField("subscribe.subscription_id")
                .setValue(Integer.toString(wish.getSubscriptionId()))
                .setRule(rule)
                .build();
        frame.message(ServerFrame.ERROR_FIELD_NUMBER, error.toByteArray());
        outlet.send(new long[] {receiver.sessionId()}, 1, frame.buffer(), frame.offset(), frame.length());
    }
}
