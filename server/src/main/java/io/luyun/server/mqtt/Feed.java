package io.luyun.server.mqtt;

import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.SubscriptionChanged;
import io.luyun.proto.v1.Topic;
import io.luyun.server.monitor.Counter;
import io.luyun.server.session.Session.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a device has subscribed to, and what it is sent of it. Owned by its session. */
final class Feed {
    private static final int ALERTS = 1;

    private final Owner owner;
    private final MqttPeer peer;
    private final MqttShared shared;
    private final SessionState state;
    private final Outbox outbox;
    private boolean watching;

    Feed(
            final Owner owner,
            final MqttPeer peer,
            final MqttShared shared,
            final SessionState state,
            final ConnectRequest said) {
        this.owner = owner;
        this.peer = peer;
        this.shared = shared;
        this.state = state;
        outbox = new Outbox(
                state,
                peer,
                said.receiveMaximum(),
                said.maxPacketBytes(),
                shared.config().maxQueued(),
                owner.counters());
    }

    /** The session is open: what an earlier connection did not see confirmed goes again. */
    void open() {
        outbox.sendAgain();
    }

    /** The device has a message of quality 1. */
    void onConfirmed(final int packetId) {
        outbox.onConfirmed(packetId);
    }

    Outcome onSubscribe(final int packetId, final List<Wish> wishes, final long nowNs) {
        if (wantsAlerts(wishes) && !watching) {
            if (!watchAlerts(nowNs)) {
                return Outcome.LATER;
            }
            watching = true;
        }
        final List<Integer> codes = new ArrayList<>();
        String text = "";
        for (final Wish wish : wishes) {
            final int code = subscribe(wish);
            codes.add(code);
            if (code >= Reason.ERROR) {
                text = wish.filter() + ": must be a topic of this device without wildcards";
                if (owner.refuse(ErrorCode.ERROR_CODE_NOT_ALLOWED, "subscribe", wish.filter(), text) == Outcome.ENDED) {
                    return Outcome.ENDED;
                }
            }
        }
        peer.subscribed(packetId, codes, text);
        for (int i = 0; i < codes.size(); i++) {
            if (codes.get(i) < Reason.ERROR) {
                sendRetained(wishes.get(i).filter());
            }
        }
        return Outcome.TAKEN;
    }

    void onUnsubscribe(final int packetId, final List<String> filters) {
        final List<Integer> codes = new ArrayList<>();
        for (final String filter : filters) {
            codes.add(state.unsubscribe(filter) ? Reason.SUCCESS : Reason.NO_SUBSCRIPTION);
        }
        peer.unsubscribed(packetId, codes);
    }

    void alert(final AlertDelivery delivery) {
        for (final TopicRule rule : shared.topics().down()) {
            if (rule.carries().contains("ALERT")) {
                send(
                        rule,
                        () -> shared.downlink()
                                .alert(rule, delivery, owner.dialect(), owner.deviceId(), owner.nanoTime()));
            }
        }
    }

    /** A canonical message on every topic for its kind; on how many. */
    int message(final String kind, final int number, final byte[] canonical) {
        int sent = 0;
        for (final TopicRule rule : shared.topics().down()) {
            if (rule.carries().contains(kind)) {
                sent += send(rule, () -> written(rule, number, canonical));
            }
        }
        return sent;
    }

    /** Bytes as they are on every topic for them; on how many. */
    int raw(final String what, final byte[] payload) {
        int sent = 0;
        for (final TopicRule rule : shared.topics().down()) {
            if (rule.carries().contains(what)) {
                sent += send(rule, () -> payload);
            }
        }
        return sent;
    }

    /** The answer of a family to a message that asked for one. */
    void answer(final String topic, final byte[] payload) {
        outbox.send(topic, payload, false);
    }

    private int subscribe(final Wish wish) {
        final String filter = wish.filter();
        if (filter.startsWith("$share/")) {
            return Reason.SHARED;
        }
        if (filter.indexOf('#') >= 0 || filter.indexOf('+') >= 0) {
            return Reason.WILDCARD;
        }
        final TopicRule rule = shared.topics().find(filter, owner.deviceId());
        if (rule == null || rule.up() || rule.suffix() == null) {
            return Reason.NOT_AUTHORIZED;
        }
        final int qos = Math.min(1, wish.qos());
        state.subscribe(filter, qos);
        return qos;
    }

    /** Alerts that concern a device reach it unasked; those of its surroundings when the registry lets it watch. */
    private boolean wantsAlerts(final List<Wish> wishes) {
        if (!owner.subscribes()) {
            return false;
        }
        for (final Wish wish : wishes) {
            final TopicRule rule = shared.topics().find(wish.filter(), owner.deviceId());
            if (rule != null && rule.carries().contains("ALERT")) {
                return true;
            }
        }
        return false;
    }

    private boolean watchAlerts(final long nowNs) {
        final byte[] record = SubscriptionChanged.newBuilder()
                .setSessionId(owner.id())
                .setSubscribe(Subscribe.newBuilder().setSubscriptionId(ALERTS).addTopics(Topic.TOPIC_ALERTS))
                .build()
                .toByteArray();
        return owner.record(RecordKind.RECORD_KIND_SUBSCRIPTION_CHANGED_VALUE, record, nowNs);
    }

    private void sendRetained(final String topic) {
        final TopicRule rule = shared.topics().find(topic, owner.deviceId());
        final byte @Nullable [] map = shared.states().retainedMap(owner.deviceId());
        if (rule == null || map == null || !rule.carries().contains("MAP")) {
            return;
        }
        final byte @Nullable [] payload = written(rule, MessageKind.MESSAGE_KIND_MAP_VALUE, map);
        if (payload != null) {
            outbox.send(topic, payload, true);
        }
    }

    private byte @Nullable [] written(final TopicRule rule, final int number, final byte[] canonical) {
        return shared.downlink().message(rule, number, canonical, owner.dialect(), owner.deviceId(), owner.nanoTime());
    }

    private int send(final TopicRule rule, final Downlink.Payload payload) {
        final String topic = rule.topic(owner.deviceId());
        if (!outbox.wants(topic)) {
            return 0;
        }
        final byte @Nullable [] bytes = payload.bytes();
        if (bytes == null) {
            owner.counters().increment(Counter.MQTT_DROPPED);
            return 0;
        }
        return outbox.send(topic, bytes, false) ? 1 : 0;
    }
}
