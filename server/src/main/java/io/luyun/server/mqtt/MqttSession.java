package io.luyun.server.mqtt;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.SubscriptionChanged;
import io.luyun.proto.v1.Topic;
import io.luyun.server.monitor.Counter;
import io.luyun.server.session.Refusal;
import io.luyun.server.session.Session;
import io.luyun.server.session.Sessions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A session over MQTT. Each publish gets numbers of this session's boot epoch, one for each message in it, and is
 * acknowledged when the last of them is safe. Owned by the thread of its connection.
 *
 * <pre>
 *   quality 0   taken, nothing said
 *   quality 1   taken ─ safe ─▶ PUBACK
 *   quality 2   taken, id remembered ─ safe ─▶ PUBREC ─ PUBREL ─▶ id forgotten, PUBCOMP
 * </pre>
 */
public final class MqttSession extends Session {
    private static final int VERSION_5 = 5;
    private static final int CLIENT_ID_BYTES_MAX = 64;
    private static final int ALERTS = 1;
    private static final int KEEP_ALIVE_PERCENT = 150;

    private final MqttShared shared;
    private final MqttPeer peer;
    private final PendingAcks pending = new PendingAcks();
    private @Nullable ConnectRequest request;
    private @Nullable Outbox outbox;
    private @Nullable SessionState state;
    private @Nullable Will will;
    private boolean present;
    private boolean welcomed;
    private boolean watching;
    private long sessionExpirySeconds;
    private int keepAliveSeconds;
    private int taken;
    private @Nullable String refusedText;
    private int refusedReason;

    public MqttSession(final Sessions owner, final MqttPeer peer, final MqttShared shared) {
        super(owner, peer);
        this.peer = peer;
        this.shared = shared;
    }

    /** Longest silence of the device, nanoseconds; 0 for any. */
    public long silenceNs() {
        return TimeUnit.SECONDS.toNanos(keepAliveSeconds) * KEEP_ALIVE_PERCENT / 100;
    }

    /** The first packet. */
    public Outcome onConnect(final ConnectRequest said, final long nowNs) {
        if (state() != State.AWAITS_HELLO) {
            return refuse(
                    ErrorCode.ERROR_CODE_OUT_OF_ORDER, 0, "connect", "", "must be the first packet and the only one");
        }
        request = said;
        final int idBytes = said.clientId().getBytes(StandardCharsets.UTF_8).length;
        if (idBytes == 0 || idBytes > CLIENT_ID_BYTES_MAX) {
            return onNoConnect(Reason.CLIENT_ID, "the client id must be the id of the device in the registry");
        }
        final Will last = said.will();
        if (last != null) {
            final TopicRule rule = shared.topics().find(last.topic(), said.clientId());
            if (rule == null || !rule.up()) {
                return onNoConnect(Reason.TOPIC_NAME, "the will must go to a topic of the device");
            }
        }
        will = last;
        sessionExpirySeconds =
                Math.min(said.sessionExpirySeconds(), shared.config().maxSessionExpirySeconds());
        keepAliveSeconds = keepAlive(said);
        final Role role = roleOf(said.clientId(), saidRole(said.user()));
        final Hello hello = Hello.newBuilder()
                .setProtocol(1)
                .setDeviceId(said.clientId())
                .setRole(role)
                .setToken(said.password())
                .setAgent("MQTT " + (said.version() == VERSION_5 ? "5" : "3.1.1"))
                .build();
        return begin(hello, () -> takeState(said, nowNs), nowNs);
    }

    /** What came before the first packet is no connect this server takes. */
    public Outcome onNoConnect(final int reason, final String text) {
        peer.rejected(reason, text);
        refusedReason = reason;
        return refuse(ErrorCode.ERROR_CODE_NOT_AUTHENTICATED, 0, "connect", "", text);
    }

    /**
     * A message.
     *
     * @return LATER when part of it or all has to wait: hand it in again
     */
    public Outcome onPublish(
            final String topic,
            final int qos,
            final int packetId,
            final DirectBuffer payload,
            final int offset,
            final int length,
            final long nowNs) {
        final Outcome standing = standing();
        if (standing != Outcome.TAKEN) {
            return standing;
        }
        final SessionState held = held();
        if (qos == 2 && taken == 0 && again(held, packetId)) {
            return Outcome.TAKEN;
        }
        if (qos > 0 && tooMany(held)) {
            return violated(Reason.RECEIVE_MAXIMUM, "more messages in flight than the receive maximum");
        }
        final TopicRule rule = shared.topics().find(topic, deviceId());
        if (taken == 0) {
            refusedText = null;
        }
        final Outcome outcome = rule == null || !rule.up()
                ? refuse(ErrorCode.ERROR_CODE_NOT_ALLOWED, used() + 1, "topic", topic, "must be a topic of the device")
                : take(rule, topic, payload, offset, length, nowNs);
        if (outcome == Outcome.TAKEN) {
            taken = 0;
            finish(held, rule, topic, qos, packetId);
        }
        return outcome;
    }

    /** The device releases a message of quality 2. */
    public Outcome onRelease(final int packetId) {
        final Outcome standing = standing();
        if (standing == Outcome.TAKEN) {
            peer.complete(packetId, held().onReleased(packetId) ? Reason.SUCCESS : Reason.PACKET_ID_UNKNOWN);
        }
        return standing;
    }

    /** The device has a message of quality 1. */
    public Outcome onConfirmed(final int packetId) {
        final Outcome standing = standing();
        if (standing == Outcome.TAKEN && outbox != null) {
            outbox.onConfirmed(packetId);
        }
        return standing;
    }

    public Outcome onSubscribe(final int packetId, final List<Wish> wishes, final long nowNs) {
        final Outcome standing = standing();
        if (standing != Outcome.TAKEN) {
            return standing;
        }
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
                if (refuse(ErrorCode.ERROR_CODE_NOT_ALLOWED, 0, "subscribe", wish.filter(), text) == Outcome.ENDED) {
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

    public Outcome onUnsubscribe(final int packetId, final List<String> filters) {
        final Outcome standing = standing();
        if (standing == Outcome.TAKEN) {
            final List<Integer> codes = new ArrayList<>();
            for (final String filter : filters) {
                codes.add(held().unsubscribe(filter) ? Reason.SUCCESS : Reason.NO_SUBSCRIPTION);
            }
            peer.unsubscribed(packetId, codes);
        }
        return standing;
    }

    public Outcome onPing() {
        final Outcome standing = standing();
        if (standing == Outcome.TAKEN) {
            peer.pong();
        }
        return standing;
    }

    /**
     * The device goes.
     *
     * @param withWill whether its will is to be kept all the same
     * @param newSessionExpirySeconds how long the session outlives it; below 0: as said when it came
     */
    public Outcome onDisconnect(final boolean withWill, final long newSessionExpirySeconds) {
        if (!withWill) {
            will = null;
        }
        if (newSessionExpirySeconds >= 0 && sessionExpirySeconds > 0) {
            sessionExpirySeconds =
                    Math.min(newSessionExpirySeconds, shared.config().maxSessionExpirySeconds());
        }
        end("disconnect");
        return Outcome.ENDED;
    }

    /** The device has broken the protocol, or what it sends is none. */
    public Outcome violated(final int reason, final String text) {
        if (ended()) {
            return Outcome.ENDED;
        }
        if (welcomed) {
            peer.disconnect(reason, text);
        }
        refusedReason = reason;
        welcomed = false;
        refuse(
                reason == Reason.TOO_LARGE
                        ? ErrorCode.ERROR_CODE_FRAME_TOO_LONG
                        : reason == Reason.RECEIVE_MAXIMUM
                                ? ErrorCode.ERROR_CODE_LIMIT
                                : ErrorCode.ERROR_CODE_MALFORMED,
                0,
                "packet",
                "",
                text);
        if (!ended()) {
            end(text);
        }
        return Outcome.ENDED;
    }

    /** A packet longer than the limit. */
    public Outcome onTooLong(final String text) {
        return violated(Reason.TOO_LARGE, text);
    }

    /** Bytes that are no packet. */
    public Outcome onMalformed(final String text) {
        return violated(Reason.MALFORMED, text);
    }

    /** A topic alias that means nothing. */
    public Outcome onBadAlias(final int alias) {
        return violated(Reason.TOPIC_ALIAS, "topic alias " + alias);
    }

    /** What the core has for this session. */
    public void onServerFrame(final ServerFrame frame) {
        final Outbox out = outbox;
        if (out == null || !frame.hasAlert()) {
            return;
        }
        for (final TopicRule rule : shared.topics().down()) {
            if (rule.carries().contains("ALERT")) {
                send(
                        out,
                        rule,
                        () -> shared.downlink().alert(rule, frame.getAlert(), dialect(), deviceId(), nanoTime()));
            }
        }
    }

    /**
     * Sends a canonical message on every topic the device has subscribed to for its kind, in that topic's language.
     *
     * @param kind short name of the kind, for example MAP
     * @return on how many topics
     */
    public int sendMessage(final String kind, final int number, final byte[] canonical) {
        final Outbox out = outbox;
        int sent = 0;
        for (final TopicRule rule : shared.topics().down()) {
            if (out != null && rule.carries().contains(kind)) {
                sent += send(
                        out,
                        rule,
                        () -> shared.downlink().message(rule, number, canonical, dialect(), deviceId(), nanoTime()));
            }
        }
        return sent;
    }

    /**
     * Sends bytes as they are on every topic the device has subscribed to for them.
     *
     * @param what CONFIG, OM_CONFIG, QUERY, TRAFFIC or UPGRADE
     * @return on how many topics
     */
    public int sendRaw(final String what, final byte[] payload) {
        final Outbox out = outbox;
        int sent = 0;
        for (final TopicRule rule : shared.topics().down()) {
            if (out != null && rule.carries().contains(what)) {
                sent += send(out, rule, () -> payload);
            }
        }
        return sent;
    }

    @Override
    protected void welcome(final long last) {
        final SessionState held = held();
        numberFrom(last);
        held.forgetAbove(last);
        welcomed = true;
        peer.accepted(present, sessionExpirySeconds, keepAliveSeconds);
        if (outbox != null) {
            outbox.sendAgain();
        }
    }

    @Override
    protected void acknowledge(final long upTo) {
        while (pending.number() <= upTo) {
            final int packetId = pending.packetId();
            final int qos = pending.qos();
            final PendingAcks.Answer answer = pending.remove();
            final int reason = answer == null ? Reason.SUCCESS : answer.reason();
            final String text = answer == null ? "" : answer.text();
            if (qos > 0) {
                peer.acknowledge(packetId, qos, reason, text);
            }
            if (qos == 2 && reason >= Reason.ERROR && version5()) {
                held().onReleased(packetId);
            }
            if (answer != null && answer.ack() != null) {
                final FamilyAck ack = answer.ack();
                final Outbox out = outbox;
                if (out != null) {
                    out.send(ack.topic(), ack.payload(reason, text), false);
                }
            }
        }
    }

    @Override
    protected void tell(final Refusal refusal, final long number, final boolean closes) {
        final String text = text(refusal);
        if (closes && state() == State.AWAITS_HELLO) {
            if (refusedReason == 0) {
                peer.rejected(Reason.of(refusal.code()), text);
            }
        } else if (closes) {
            if (welcomed) {
                peer.disconnect(Reason.of(refusal.code()), text);
            } else if (refusedReason == 0) {
                peer.rejected(Reason.of(refusal.code()), text);
            }
        } else if (refusedText == null) {
            refusedText = text;
            refusedReason = Reason.of(refusal.code());
        }
    }

    @Override
    protected void tell(final NoticeCode code, final String text) {
        if (welcomed) {
            peer.disconnect(Reason.of(code), text);
        }
    }

    @Override
    protected void onEnded() {
        final SessionState held = state;
        if (held == null) {
            return;
        }
        final long nowNs = nanoTime();
        final Will last = will;
        final boolean waits = last != null && last.delaySeconds() > 0 && sessionExpirySeconds > 0;
        if (last != null && !waits) {
            shared.states().keep(deviceId(), last);
        }
        held.letGo(
                this,
                nowNs + TimeUnit.SECONDS.toNanos(sessionExpirySeconds),
                waits ? last : null,
                last == null ? 0 : nowNs + TimeUnit.SECONDS.toNanos(last.delaySeconds()));
    }

    private Outcome standing() {
        return switch (state()) {
            case OPENING -> Outcome.LATER;
            case ENDED, LEAVING -> Outcome.ENDED;
            case AWAITS_HELLO -> onNoConnect(Reason.PROTOCOL_ERROR, "a connect must be the first packet");
            case OPEN -> {
                final String unavailable = unavailable();
                yield unavailable == null
                        ? Outcome.TAKEN
                        : refuse(ErrorCode.ERROR_CODE_UNAVAILABLE, 0, "", "", unavailable);
            }
        };
    }

    private long takeState(final ConnectRequest said, final long nowNs) {
        final SessionStates.Found found = shared.states().take(said.clientId(), said.clean(), this, nowNs);
        state = found.state();
        present = found.present();
        outbox = new Outbox(
                found.state(),
                peer,
                said.receiveMaximum(),
                said.maxPacketBytes(),
                shared.config().maxQueued(),
                counters());
        return found.state().bootEpoch;
    }

    private int keepAlive(final ConnectRequest said) {
        final int longest = shared.config().maxKeepAliveSeconds();
        if (said.version() < VERSION_5) {
            return said.keepAliveSeconds();
        }
        return said.keepAliveSeconds() == 0 ? longest : Math.min(longest, said.keepAliveSeconds());
    }

    /** Without a registry the user's name says what the device is. */
    private static Role saidRole(final String user) {
        return switch (user.toUpperCase(Locale.ROOT)) {
            case "OBU" -> Role.ROLE_OBU;
            case "OPERATOR" -> Role.ROLE_OPERATOR;
            case "OBSERVER" -> Role.ROLE_OBSERVER;
            default -> Role.ROLE_RSU;
        };
    }

    private boolean again(final SessionState held, final int packetId) {
        final long number = held.received(packetId);
        if (number != 0 && number < pending.number()) {
            peer.acknowledge(packetId, 2, Reason.SUCCESS, "");
        }
        return number != 0;
    }

    private boolean tooMany(final SessionState held) {
        final int most = version5() ? shared.config().receiveMaximum() : 65_535;
        return pending.size() >= most || held.unreleasedCount() >= most;
    }

    private boolean version5() {
        return request != null && request.version() == VERSION_5;
    }

    private Outcome take(
            final TopicRule rule,
            final String topic,
            final DirectBuffer payload,
            final int offset,
            final int length,
            final long nowNs) {
        final PayloadReader reader = shared.reader();
        reader.read(rule, dialect(), payload, offset, length, Downlink.idOf(deviceId()), this::allowsId);
        final PayloadReader.Wrong wrong = reader.wrong();
        if (wrong != null) {
            if (wrong.swapped()) {
                counters().increment(Counter.SWAPPED_COORDINATES);
            }
            return refuse(wrong.code(), used() + 1, wrong.field(), wrong.value(), wrong.rule());
        }
        while (taken < reader.count()) {
            final Outcome outcome = take(
                    reader.kind(taken), used() + 1, nowNs, reader.buffer(), reader.offset(taken), reader.length(taken));
            if (outcome != Outcome.TAKEN) {
                return outcome;
            }
            taken++;
        }
        final String rawReason = reader.rawReason();
        if (rawReason != null) {
            final byte[] bytes = new byte[length];
            payload.getBytes(offset, bytes);
            final RawMessage raw = RawMessage.newBuilder()
                    .setTopic(topic)
                    .setPayload(ByteString.copyFrom(bytes))
                    .setReason(rawReason)
                    .build();
            if (!keepRaw(used() + 1, raw, nowNs)) {
                return Outcome.LATER;
            }
            if (rule.form() == TopicRule.Form.ACK) {
                shared.requests().onAck(deviceId(), bytes);
            }
        }
        return Outcome.TAKEN;
    }

    private void finish(
            final SessionState held,
            final @Nullable TopicRule rule,
            final String topic,
            final int qos,
            final int packetId) {
        final PayloadReader reader = shared.reader();
        final FamilyAck ack = rule != null && rule.ack() && reader.wantsAck()
                ? new FamilyAck(topic + TopicRule.ACK_SUFFIX, reader.sequence())
                : null;
        PendingAcks.Answer answer = null;
        if (refusedText != null) {
            answer = new PendingAcks.Answer(refusedReason, refusedText, ack);
        } else if (ack != null) {
            answer = new PendingAcks.Answer(Reason.SUCCESS, "", ack);
        }
        refusedText = null;
        refusedReason = 0;
        if (qos == 2) {
            held.onReceived(this, packetId, used());
        }
        if (qos > 0 || answer != null) {
            pending.add(used(), packetId, qos, answer);
        }
    }

    private int subscribe(final Wish wish) {
        final String filter = wish.filter();
        if (filter.startsWith("$share/")) {
            return Reason.SHARED;
        }
        if (filter.indexOf('#') >= 0 || filter.indexOf('+') >= 0) {
            return Reason.WILDCARD;
        }
        final TopicRule rule = shared.topics().find(filter, deviceId());
        if (rule == null || rule.up() || rule.suffix() == null) {
            return Reason.NOT_AUTHORIZED;
        }
        final int qos = Math.min(1, wish.qos());
        held().subscribe(filter, qos);
        return qos;
    }

    /** Alerts that concern a device reach it unasked; those of its surroundings when the registry lets it watch. */
    private boolean wantsAlerts(final List<Wish> wishes) {
        if (!subscribes()) {
            return false;
        }
        for (final Wish wish : wishes) {
            final TopicRule rule = shared.topics().find(wish.filter(), deviceId());
            if (rule != null && rule.carries().contains("ALERT")) {
                return true;
            }
        }
        return false;
    }

    private boolean watchAlerts(final long nowNs) {
        final byte[] record = SubscriptionChanged.newBuilder()
                .setSessionId(id())
                .setSubscribe(Subscribe.newBuilder().setSubscriptionId(ALERTS).addTopics(Topic.TOPIC_ALERTS))
                .build()
                .toByteArray();
        return record(RecordKind.RECORD_KIND_SUBSCRIPTION_CHANGED_VALUE, record, nowNs);
    }

    private void sendRetained(final String topic) {
        final TopicRule rule = shared.topics().find(topic, deviceId());
        final byte @Nullable [] map = shared.states().retainedMap(deviceId());
        if (rule == null || map == null || outbox == null || !rule.carries().contains("MAP")) {
            return;
        }
        final byte @Nullable [] payload = shared.downlink()
                .message(rule, MessageKind.MESSAGE_KIND_MAP_VALUE, map, dialect(), deviceId(), nanoTime());
        if (payload != null) {
            outbox.send(topic, payload, true);
        }
    }

    private int send(final Outbox out, final TopicRule rule, final Downlink.Payload payload) {
        final String topic = rule.topic(deviceId());
        if (!out.wants(topic)) {
            return 0;
        }
        final byte @Nullable [] bytes = payload.bytes();
        if (bytes == null) {
            counters().increment(Counter.MQTT_DROPPED);
            return 0;
        }
        return out.send(topic, bytes, false) ? 1 : 0;
    }

    private SessionState held() {
        if (state == null) {
            throw new IllegalStateException("no session yet");
        }
        return state;
    }

    private static String text(final Refusal refusal) {
        final StringBuilder text = new StringBuilder();
        if (!refusal.field().isEmpty()) {
            text.append(refusal.field());
            if (!refusal.value().isEmpty()) {
                text.append(" = ").append(refusal.value());
            }
            text.append(": ");
        }
        return text.append(refusal.rule()).toString();
    }
}
