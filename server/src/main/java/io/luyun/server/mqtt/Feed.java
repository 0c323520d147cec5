package io.luyun.server.mqtt;

import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.BusStopState;
import io.luyun.proto.v1.CrossingState;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Topic;
import io.luyun.server.monitor.Counter;
import io.luyun.server.session.Session.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** What a device has subscribed to, and what it is sent of it. Owned by its session. */
final class Feed {
    private static final String CROSSING = "CROSSING";
    private static final String ARRIVAL = "ARRIVAL";

    private final Owner owner;
    private final MqttPeer peer;
    private final MqttShared shared;
    private final SessionState state;
    private final Outbox outbox;
    private final AlertWatch watch;
    private int alerts;

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
        watch = new AlertWatch(owner, state, shared.config().alertRadiusMetres());
    }

    /** The session is open: what an earlier connection did not see confirmed goes again. */
    void open() {
        outbox.sendAgain();
        state.subscriptions().forEach(this::watch);
        settle();
    }

    /** Tries again what the line had no room for. */
    void settle() {
        watch.settle(owner.nanoTime());
    }

    /** The unit has called itself so. */
    void onOctets(final long octets) {
        state.onOctets(octets);
    }

    /** The unit has said something, perhaps where it is. */
    void onMessage(final int kind, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        watch.onMessage(kind, buffer, offset, length, nowNs);
    }

    /** The device has a message of quality 1. */
    void onConfirmed(final int packetId) {
        outbox.onConfirmed(packetId);
    }

    Outcome onSubscribe(final int packetId, final List<Wish> wishes, final long nowNs) {
        wishes.forEach(wish -> watch(wish.filter()));
        if (!watch.settle(nowNs)) {
            return Outcome.LATER;
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
        final Unit unit = unit();
        for (final TopicRule rule : shared.topics().down()) {
            if (rule.carries().contains("ALERT") && outbox.wants(rule.topic(unit.deviceId()))) {
                send(rule, shared.downlink().alert(rule, delivery, unit, alerts++, owner.nanoTime()));
            }
        }
    }

    /** What has changed at crossings whose lights can be told. */
    void crossings(final List<CrossingState> states) {
        for (final CrossingState crossing : states) {
            for (final TopicRule rule : shared.topics().down()) {
                if (crossing.getSmart()
                        && rule.carries().contains(CROSSING)
                        && outbox.wants(rule.topic(owner.deviceId()))) {
                    send(rule, shared.downlink().crossing(rule, crossing));
                }
            }
        }
    }

    /** What has changed at bus stops. */
    void stops(final List<BusStopState> states) {
        for (final BusStopState stop : states) {
            for (final TopicRule rule : shared.topics().down()) {
                if (rule.carries().contains(ARRIVAL) && outbox.wants(rule.topic(owner.deviceId()))) {
                    send(rule, shared.downlink().stop(rule, stop));
                }
            }
        }
    }

    /** A canonical message on every topic for its kind; on how many. */
    int message(final String kind, final int number, final byte[] canonical) {
        final Unit unit = unit();
        int sent = 0;
        for (final TopicRule rule : shared.topics().down()) {
            if (rule.carries().contains(kind) && outbox.wants(rule.topic(unit.deviceId()))) {
                sent += send(rule, shared.downlink().message(rule, number, canonical, unit, owner.nanoTime()));
            }
        }
        return sent;
    }

    /** Bytes as they are on every topic for them; on how many. */
    int raw(final String what, final byte[] payload) {
        int sent = 0;
        for (final TopicRule rule : shared.topics().down()) {
            if (rule.carries().contains(what) && outbox.wants(rule.topic(owner.deviceId()))) {
                sent += send(rule, Downlink.Payload.of(payload));
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

    /** Has the core tell what a topic carries of the road, where the device may know. */
    private void watch(final String topic) {
        final TopicRule rule = shared.topics().find(topic, owner.deviceId());
        if (rule == null || !owner.subscribes()) {
            return;
        }
        if (rule.carries().contains("ALERT")) {
            watch.want(Topic.TOPIC_ALERTS);
        }
        if (rule.carries().contains(CROSSING)) {
            watch.want(Topic.TOPIC_CROSSINGS);
        }
        if (rule.carries().contains(ARRIVAL)) {
            watch.want(Topic.TOPIC_ARRIVALS);
        }
    }

    private void sendRetained(final String topic) {
        final TopicRule rule = shared.topics().find(topic, owner.deviceId());
        final byte @Nullable [] map = shared.states().retainedMap(owner.deviceId());
        if (rule == null || map == null || !rule.carries().contains("MAP")) {
            return;
        }
        final Downlink.Payload payload =
                shared.downlink().message(rule, MessageKind.MESSAGE_KIND_MAP_VALUE, map, unit(), owner.nanoTime());
        send(rule, payload, true);
    }

    /** The unit as it has named itself. */
    Unit unit() {
        return state.unit(owner.dialect());
    }

    private int send(final TopicRule rule, final Downlink.Payload payload) {
        return send(rule, payload, false);
    }

    private int send(final TopicRule rule, final Downlink.Payload payload, final boolean retained) {
        if (payload.why() != null) {
            owner.counters().increment(Counter.MQTT_UNWRITABLE);
            shared.stats().unwritable(rule.family(), payload.why());
        }
        if (payload.bytes() == null || !outbox.send(rule.topic(owner.deviceId()), payload.bytes(), retained)) {
            return 0;
        }
        shared.stats().sent(rule.family());
        return 1;
    }
}
