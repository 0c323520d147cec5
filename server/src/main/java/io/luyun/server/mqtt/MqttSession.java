package io.luyun.server.mqtt;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.Area;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.server.monitor.Counters;
import io.luyun.server.session.Refusal;
import io.luyun.server.session.Session;
import io.luyun.server.session.Sessions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A session over MQTT: its beginning and end, and to which of its parts a packet goes. Owned by the thread of its
 * connection.
 *
 * <pre>
 *   CONNECT ─▶ MqttSession ─▶ Stay   keep-alive, expiry, will
 *   PUBLISH ─▶             ─▶ Inbox  acknowledgement, quality 2
 * SUBSCRIBE ─▶             ─▶ Feed   subscriptions, what goes down
 * </pre>
 */
public final class MqttSession extends Session {
    private static final int VERSION_5 = 5;
    private static final int CLIENT_ID_BYTES_MAX = 64;

    private final MqttShared shared;
    private final MqttPeer peer;
    private final Owner self = new Self();
    private final Stay stay;
    private @Nullable Parts parts;

    /** Whether the device has had its CONNACK, or has been told why it gets none. */
    private boolean welcomed;

    private boolean toldWhy;

    /** What there is once the device has proved itself. */
    private record Parts(SessionState state, boolean present, Inbox inbox, Feed feed) {}

    public MqttSession(final Sessions owner, final MqttPeer peer, final MqttShared shared) {
        super(owner, peer);
        this.peer = peer;
        this.shared = shared;
        stay = new Stay(shared.config());
    }

    /** Longest silence of the device, nanoseconds; 0 for any. */
    public long silenceNs() {
        return stay.silenceNs();
    }

    /** The first packet. */
    public Outcome onConnect(final ConnectRequest said, final long nowNs) {
        if (state() != State.AWAITS_HELLO) {
            return refuse(
                    ErrorCode.ERROR_CODE_OUT_OF_ORDER, 0, "connect", "", "must be the first packet and the only one");
        }
        final int idBytes = said.clientId().getBytes(StandardCharsets.UTF_8).length;
        if (idBytes == 0 || idBytes > CLIENT_ID_BYTES_MAX) {
            return onNoConnect(Reason.CLIENT_ID, "the client id must be the id of the device in the registry");
        }
        if (said.will() != null) {
            final TopicRule rule = shared.topics().find(said.will().topic(), said.clientId());
            if (rule == null || !rule.up()) {
                return onNoConnect(Reason.TOPIC_NAME, "the will must go to a topic of the device");
            }
        }
        stay.onConnect(said);
        final Hello hello = Hello.newBuilder()
                .setProtocol(1)
                .setDeviceId(said.clientId())
                .setRole(roleOf(said.clientId(), saidRole(said.user())))
                .setToken(said.password())
                .setAgent("MQTT " + (said.version() == VERSION_5 ? "5" : "3.1.1"))
                .build();
        return begin(hello, () -> takeState(said, nowNs), nowNs);
    }

    /** What came before the first packet is no connect this server takes. */
    public Outcome onNoConnect(final int reason, final String text) {
        peer.rejected(reason, text);
        toldWhy = true;
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
        return standing == Outcome.TAKEN
                ? parts().inbox().onPublish(topic, qos, packetId, payload, offset, length, nowNs)
                : standing;
    }

    /** The device releases a message of quality 2. */
    public Outcome onRelease(final int packetId) {
        final Outcome standing = standing();
        if (standing == Outcome.TAKEN) {
            parts().inbox().onRelease(packetId);
        }
        return standing;
    }

    /** The device has a message of quality 1. */
    public Outcome onConfirmed(final int packetId) {
        final Outcome standing = standing();
        if (standing == Outcome.TAKEN) {
            parts().feed().onConfirmed(packetId);
        }
        return standing;
    }

    public Outcome onSubscribe(final int packetId, final List<Wish> wishes, final long nowNs) {
        final Outcome standing = standing();
        return standing == Outcome.TAKEN ? parts().feed().onSubscribe(packetId, wishes, nowNs) : standing;
    }

    public Outcome onUnsubscribe(final int packetId, final List<String> filters) {
        final Outcome standing = standing();
        if (standing == Outcome.TAKEN) {
            parts().feed().onUnsubscribe(packetId, filters);
        }
        return standing;
    }

    public Outcome onPing() {
        final Outcome standing = standing();
        if (standing == Outcome.TAKEN) {
            parts().feed().settle();
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
        stay.onDisconnect(withWill, newSessionExpirySeconds);
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
        } else {
            peer.rejected(reason, text);
        }
        toldWhy = true;
        final ErrorCode code = switch (reason) {
            case Reason.TOO_LARGE -> ErrorCode.ERROR_CODE_FRAME_TOO_LONG;
            case Reason.RECEIVE_MAXIMUM -> ErrorCode.ERROR_CODE_LIMIT;
            default -> ErrorCode.ERROR_CODE_MALFORMED;
        };
        refuse(code, 0, "packet", "", text);
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
        final Parts open = parts;
        if (open != null && frame.hasAlert()) {
            open.feed().alert(frame.getAlert());
        } else if (open != null && frame.hasUpdate()) {
            open.feed().crossings(frame.getUpdate().getCrossingsList());
            open.feed().stops(frame.getUpdate().getStopsList());
        } else if (open != null && frame.getMessage().hasSsm()) {
            open.feed()
                    .message(
                            "SSM",
                            MessageKind.MESSAGE_KIND_SSM_VALUE,
                            frame.getMessage().getSsm().toByteArray());
        }
    }

    /**
     * Sends a canonical message on every topic the device has subscribed to for its kind, in that topic's language.
     *
     * @param kind short name of the kind, for example MAP
     * @return on how many topics
     */
    public int sendMessage(final String kind, final int number, final byte[] canonical) {
        final Parts open = parts;
        return open == null ? 0 : open.feed().message(kind, number, canonical);
    }

    /**
     * Sends bytes as they are on every topic the device has subscribed to for them.
     *
     * @param what CONFIG, OM_CONFIG, QUERY, TRAFFIC, UPGRADE or PAYMENT
     * @return on how many topics
     */
    public int sendRaw(final String what, final byte[] payload) {
        final Parts open = parts;
        return open == null ? 0 : open.feed().raw(what, payload);
    }

    @Override
    protected void welcome(final long last) {
        final Parts open = parts();
        numberFrom(last);
        open.state().forgetAbove(last);
        welcomed = true;
        peer.accepted(open.present(), stay.expirySeconds(), stay.keepAliveSeconds());
        open.feed().open();
    }

    @Override
    protected void acknowledge(final long upTo) {
        parts().inbox().acknowledge(upTo);
    }

    @Override
    protected void tell(final Refusal refusal, final long number, final boolean closes) {
        final int reason = Reason.of(refusal.code());
        shared.stats().refused(refusal.code());
        final Parts open = parts;
        if (!closes && open != null) {
            open.inbox().onRefused(reason, text(refusal));
        } else if (!toldWhy && welcomed) {
            peer.disconnect(reason, text(refusal));
        } else if (!toldWhy) {
            peer.rejected(reason, text(refusal));
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
        final Parts open = parts;
        if (open != null) {
            stay.end(shared.states(), open.state(), self, nanoTime());
        }
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
        final SessionStates.Found found = shared.states().take(said.clientId(), said.clean(), self, nowNs);
        final SessionState taken = found.state();
        final Feed feed = new Feed(self, peer, shared, taken, said);
        final Inbox inbox = new Inbox(self, peer, shared, taken, feed, said.version() == VERSION_5);
        parts = new Parts(taken, found.present(), inbox, feed);
        return taken.bootEpoch;
    }

    private Parts parts() {
        if (parts == null) {
            throw new IllegalStateException("no session yet");
        }
        return parts;
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

    /** The session as its parts see it, and what holds its state. */
    private final class Self implements Owner {
        @Override
        public Outcome take(
                final int kind,
                final long receivedAtNs,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            return MqttSession.this.take(kind, used() + 1, receivedAtNs, buffer, offset, length);
        }

        @Override
        public Outcome takePayment(
                final long receivedAtNs, final DirectBuffer buffer, final int offset, final int length) {
            return MqttSession.this.takePayment(used() + 1, receivedAtNs, buffer, offset, length);
        }

        @Override
        public boolean pays() {
            return MqttSession.this.pays();
        }

        @Override
        public boolean keepRaw(final RawMessage raw, final long receivedAtNs) {
            return MqttSession.this.keepRaw(used() + 1, raw, receivedAtNs);
        }

        @Override
        public boolean record(final int kind, final byte[] payload, final long nowNs) {
            return MqttSession.this.record(kind, payload, nowNs);
        }

        @Override
        public Outcome refuseMessage(final ErrorCode code, final String field, final String value, final String rule) {
            return MqttSession.this.refuse(code, used() + 1, field, value, rule);
        }

        @Override
        public Outcome refuse(final ErrorCode code, final String field, final String value, final String rule) {
            return MqttSession.this.refuse(code, 0, field, value, rule);
        }

        @Override
        public void lenient(final boolean on) {
            MqttSession.this.lenient(on);
        }

        @Override
        public Outcome violated(final int reason, final String text) {
            return MqttSession.this.violated(reason, text);
        }

        @Override
        public long used() {
            return MqttSession.this.used();
        }

        @Override
        public long id() {
            return MqttSession.this.id();
        }

        @Override
        public String deviceId() {
            return MqttSession.this.deviceId();
        }

        @Override
        public @Nullable Dialect dialect() {
            return MqttSession.this.dialect();
        }

        @Override
        public boolean allowsId(final long id) {
            return MqttSession.this.allowsId(id);
        }

        @Override
        public boolean subscribes() {
            return MqttSession.this.subscribes();
        }

        @Override
        public @Nullable Area area() {
            return MqttSession.this.area();
        }

        @Override
        public Role role() {
            return MqttSession.this.role();
        }

        @Override
        public Counters counters() {
            return MqttSession.this.counters();
        }

        @Override
        public long nanoTime() {
            return MqttSession.this.nanoTime();
        }
    }
}
