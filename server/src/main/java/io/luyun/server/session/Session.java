package io.luyun.server.session;

import io.luyun.proto.codec.DeviceFrameReader;
import io.luyun.proto.codec.ServerFrameWriter;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.Welcome;
import io.luyun.server.monitor.Counter;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with one device: hello, messages with rising numbers, acknowledgements once they are safe, and a
 * reasoned refusal of everything else. Owned by the thread of its connection; frames are looked at in the caller's
 * buffer and not kept. A message that is good costs no allocation.
 */
public final class Session {
    /** What became of a frame. */
    public enum Outcome {
        /** It is dealt with. */
        TAKEN,
        /** Nothing was done: hand it in again after {@link Connection#resume} or when the intake has room. */
        LATER,
        /** The session has ended; what follows does not count. */
        ENDED
    }

    private enum State {
        AWAITS_HELLO,
        OPENING,
        OPEN,
        LEAVING,
        ENDED
    }

    boolean waiting;

    private final Sessions owner;
    private final Sessions.Environment env;
    private final Connection connection;
    private final RefusalWindow refusals;
    private final Requests requests;
    private State state = State.AWAITS_HELLO;
    private @Nullable String commonName;
    private DeviceEntry entry = DeviceEntry.NONE;
    private AckLevel level = AckLevel.ACK_LEVEL_UNSPECIFIED;
    private Acknowledgements acks = new Acknowledgements(level);
    private String deviceId = "";
    private int deviceIndex;
    private long id;
    private long openedAt;
    private long lastNumber;
    private long lastAckNs;

    Session(final Sessions owner, final Connection connection) {
        this.owner = owner;
        this.env = owner.env;
        this.connection = connection;
        this.refusals = new RefusalWindow(env.config());
        this.requests = new Requests(env.config().maxSubscriptions());
    }

    /** Id of the session; 0 before its hello. */
    public long id() {
        return id;
    }

    /** The connection it lives on. */
    public Connection connection() {
        return connection;
    }

    /** Whether it waits for its hello or for the journal to take it. */
    public boolean beginning() {
        return state == State.AWAITS_HELLO || state == State.OPENING;
    }

    /** Whether frames wait for the welcome. */
    public boolean opening() {
        return state == State.OPENING;
    }

    /** Whether it is over. */
    public boolean ended() {
        return state == State.ENDED;
    }

    /** The connection has proved a client certificate. */
    public void onCertificate(final String name) {
        commonName = name;
    }

    /** A frame, without the length before it. */
    public Outcome onFrame(final DirectBuffer buffer, final int offset, final int length, final long receivedAtNs) {
        return switch (state) {
            case AWAITS_HELLO, OPEN -> onLiveFrame(buffer, offset, length, receivedAtNs);
            case OPENING -> Outcome.LATER;
            case LEAVING -> Outcome.TAKEN;
            case ENDED -> Outcome.ENDED;
        };
    }

    private Outcome onLiveFrame(
            final DirectBuffer buffer, final int offset, final int length, final long receivedAtNs) {
        if (state == State.OPEN) {
            final String unavailable = env.line().refusal();
            if (unavailable != null) {
                return refuse(ErrorCode.ERROR_CODE_UNAVAILABLE, 0, "", "", unavailable);
            }
        }
        final DeviceFrameReader frame = owner.frame;
        if (!frame.wrap(buffer, offset, length)) {
            return refuse(ErrorCode.ERROR_CODE_MALFORMED, 0, "frame", "", "must be a DeviceFrame");
        }
        final int body = frame.body();
        if (body == 0) {
            return refuseUnknown("frame", frame.unknownField(), "must hold one of the bodies of DeviceFrame", 0);
        }
        if (state == State.AWAITS_HELLO) {
            return onFirstFrame(body, buffer, frame, receivedAtNs);
        }
        return switch (body) {
            case DeviceFrame.MESSAGE_FIELD_NUMBER -> onMessage(buffer, frame, receivedAtNs);
            case DeviceFrame.HEARTBEAT_FIELD_NUMBER -> onHeartbeat(buffer, frame, receivedAtNs);
            case DeviceFrame.HELLO_FIELD_NUMBER ->
                refuse(ErrorCode.ERROR_CODE_OUT_OF_ORDER, 0, "hello", "", "must be the first frame and the only one");
            default -> onRequest(body, buffer, frame, receivedAtNs);
        };
    }

    /** A frame is longer than the limit, or its length is none. */
    public void onFrameTooLong(final long length) {
        refuse(
                ErrorCode.ERROR_CODE_FRAME_TOO_LONG,
                0,
                "frame",
                Long.toString(length),
                "at most " + env.maxFrameBytes() + " bytes");
    }

    /** What was to come has not come in time. */
    public void onTimeout(final String what, final String rule) {
        if (state == State.OPENING) {
            refuse(ErrorCode.ERROR_CODE_UNAVAILABLE, 0, "", "", "the journal did not take the session in time");
        } else {
            refuse(ErrorCode.ERROR_CODE_OUT_OF_ORDER, 0, what, "", rule);
        }
    }

    /** No frame has come for the configured time. */
    public void onIdle() {
        env.counters().increment(Counter.SESSIONS_IDLE);
        endWith(NoticeCode.NOTICE_CODE_IDLE, "no frame for " + env.config().idleTimeoutMillis() + " ms", "idle");
    }

    /** The server goes down. */
    public void onShutdown() {
        endWith(NoticeCode.NOTICE_CODE_SHUTDOWN, "the server goes down", "server shutdown");
    }

    /** The device reads too slowly for what it has asked for. */
    public void onSlow(final String why) {
        endWith(NoticeCode.NOTICE_CODE_SLOW, why, "slow");
    }

    /** Something ends the session that has no answer for the device, for example that it takes no answers. */
    public void onDisconnected(final String reason) {
        if (state != State.ENDED) {
            state = State.ENDED;
            if (id != 0) {
                env.control().close(this, reason, env.clock().nanoTime());
                owner.unregister(this, level);
            }
        }
    }

    /** No more frames for now. */
    public void onBurstEnd(final long nowNs) {
        if ((state == State.OPEN || state == State.LEAVING) && !acknowledge(nowNs)) {
            owner.awaits(this);
        }
    }

    String deviceId() {
        return deviceId;
    }

    int deviceIndex() {
        return deviceIndex;
    }

    void onAppended(final int kind, final long number, final long sequence) {
        if (kind == RecordKind.RECORD_KIND_SESSION_OPENED_VALUE) {
            lastNumber = number;
            openedAt = sequence;
            owner.awaits(this);
        } else if (number != 0) {
            acks.onAppended(number, sequence);
            owner.awaits(this);
        } else {
            return;
        }
        if (level != AckLevel.ACK_LEVEL_SYNCED || sequence <= owner.synced()) {
            owner.settleSoon();
        }
    }

    /** Sends what has become due; false while something is still owed. */
    boolean settle(final long nowNs) {
        if (state == State.ENDED) {
            return true;
        }
        if (state == State.OPENING) {
            if (level == AckLevel.ACK_LEVEL_SYNCED && openedAt > owner.synced()) {
                return false;
            }
            welcome();
            return true;
        }
        acks.onSynced(owner.synced());
        return acknowledge(nowNs) && acks.settled();
    }

    void onTakenOver() {
        if (state != State.ENDED) {
            env.counters().increment(Counter.SESSIONS_TAKEN_OVER);
            endWith(NoticeCode.NOTICE_CODE_TAKEN_OVER, "the device has connected anew", "taken over");
        }
    }

    void onRegistryChanged() {
        final DeviceEntry now = env.registry().find(deviceId, entry.role());
        if (now != null && entry.survivesAs(now)) {
            entry = now;
        } else {
            endWith(NoticeCode.NOTICE_CODE_REVOKED, "the registry no longer knows this device as it is", "revoked");
        }
    }

    private Outcome onFirstFrame(
            final int body, final DirectBuffer buffer, final DeviceFrameReader frame, final long receivedAtNs) {
        if (body != DeviceFrame.HELLO_FIELD_NUMBER) {
            return refuse(ErrorCode.ERROR_CODE_OUT_OF_ORDER, 0, "hello", "", "must be the first frame");
        }
        final Refusal wrong =
                owner.admission.judge(buffer, frame.bodyOffset(), frame.bodyLength(), commonName, receivedAtNs);
        if (wrong != null) {
            return refuse(wrong, 0);
        }
        open(owner.admission.hello(), owner.admission.entry(), receivedAtNs);
        return Outcome.TAKEN;
    }

    private void open(final Hello hello, final DeviceEntry found, final long nowNs) {
        entry = found;
        deviceId = hello.getDeviceId();
        deviceIndex = env.line().deviceIndex(deviceId);
        level = hello.getAckLevel() == AckLevel.ACK_LEVEL_UNSPECIFIED
                ? env.config().ackLevel()
                : hello.getAckLevel();
        acks = new Acknowledgements(level);
        state = State.OPENING;
        id = owner.register(this, level);
        final SessionOpened record = SessionOpened.newBuilder()
                .setSessionId(id)
                .setDeviceId(deviceId)
                .setRole(hello.getRole())
                .setBootEpoch(hello.getBootEpoch())
                .setAgent(hello.getAgent())
                .build();
        final Session before = env.control().open(this, record, nowNs);
        if (before != null) {
            before.connection.execute(before::onTakenOver);
        }
    }

    private void welcome() {
        state = State.OPEN;
        Answers.send(
                connection,
                ServerFrame.newBuilder()
                        .setWelcome(Welcome.newBuilder()
                                .setSessionId(id)
                                .setLastNumber(lastNumber)
                                .setServerTimeMs(TimeUnit.NANOSECONDS.toMillis(
                                        env.clock().nanoTime()))
                                .setAckLevel(level)
                                .setIdleTimeoutMs(env.config().idleTimeoutMillis())
                                .setMaxFrameBytes(env.maxFrameBytes())
                                .setServer(env.version()))
                        .build());
        connection.opened(id);
        connection.resume();
    }

    private Outcome onMessage(final DirectBuffer buffer, final DeviceFrameReader frame, final long receivedAtNs) {
        final long number = frame.number();
        final Refusal wrongNumber = owner.checks.number(number);
        if (wrongNumber != null) {
            return refuse(wrongNumber, 0);
        }
        if (number <= acks.used()) {
            return refuse(
                    ErrorCode.ERROR_CODE_NUMBER_BACKWARDS,
                    number,
                    "message.number",
                    Long.toString(number),
                    "must be above " + acks.used() + ", the last one of this session");
        }
        final int kind = frame.messageKind();
        if (kind == 0) {
            return refuseUnknown("message", frame.unknownField(), "must hold one of the bodies of Message", number);
        }
        if (!entry.allowsKind(kind)) {
            return refuse(
                    ErrorCode.ERROR_CODE_NOT_ALLOWED,
                    number,
                    "message",
                    MessageChecks.kindName(kind),
                    "must be a kind the registry lets this device send");
        }
        final int offset = frame.bodyOffset();
        final int length = frame.bodyLength();
        final Refusal wrong = owner.checks.message(kind, buffer, offset, length, entry, receivedAtNs);
        if (wrong != null) {
            return refuse(wrong, number);
        }
        if (!env.line().offer(kind, deviceIndex, number, id, receivedAtNs, buffer, offset, length)) {
            return Outcome.LATER;
        }
        countGap(number);
        acks.onOffered(number);
        env.counters().message(entry.role().getNumber(), kind);
        return Outcome.TAKEN;
    }

    private void countGap(final long number) {
        if (acks.used() > 0 && number > acks.used() + 1) {
            env.counters().add(Counter.NUMBER_GAPS, number - acks.used() - 1);
        }
    }

    private Outcome onHeartbeat(final DirectBuffer buffer, final DeviceFrameReader frame, final long receivedAtNs) {
        final Refusal wrong =
                owner.checks.body(DeviceFrame.HEARTBEAT_FIELD_NUMBER, buffer, frame.bodyOffset(), frame.bodyLength());
        if (wrong != null) {
            return refuse(wrong, 0);
        }
        final int length = ServerFrameWriter.heartbeatReply(
                owner.scratch,
                0,
                frame.heartbeatDeviceTimeNs(),
                receivedAtNs,
                env.clock().nanoTime());
        connection.send(owner.scratch, 0, length);
        return Outcome.TAKEN;
    }

    private Outcome onRequest(
            final int body, final DirectBuffer buffer, final DeviceFrameReader frame, final long receivedAtNs) {
        final Refusal wrong = owner.checks.body(body, buffer, frame.bodyOffset(), frame.bodyLength());
        if (wrong != null) {
            return refuse(wrong, 0);
        }
        if (body == DeviceFrame.BYE_FIELD_NUMBER) {
            state = State.LEAVING;
            return Outcome.TAKEN;
        }
        final byte[] bytes = new byte[frame.bodyLength()];
        buffer.getBytes(frame.bodyOffset(), bytes);
        final Refusal refusal = requests.onRequest(body, bytes, id, entry, owner.refusal);
        if (refusal != null) {
            return refuse(refusal, 0);
        }
        final byte @Nullable [] record = requests.record();
        if (record != null) {
            final int kind = requests.recordKind();
            final UnsafeBuffer payload = new UnsafeBuffer(record);
            if (!env.line().offer(kind, deviceIndex, 0, id, receivedAtNs, payload, 0, record.length)) {
                return Outcome.LATER;
            }
        }
        requests.onTaken();
        return Outcome.TAKEN;
    }

    private boolean acknowledge(final long nowNs) {
        final long upTo = acks.due();
        if (upTo > 0) {
            if (nowNs - lastAckNs < owner.ackIntervalNs && state != State.LEAVING) {
                owner.hold();
                return false;
            }
            lastAckNs = nowNs;
            acks.onSent(upTo);
            connection.send(owner.scratch, 0, ServerFrameWriter.ack(owner.scratch, 0, upTo));
        }
        if (state == State.LEAVING && acks.settled()) {
            end("bye");
        }
        return true;
    }

    private Outcome refuseUnknown(final String field, final int found, final String rule, final long number) {
        final String value = found == 0 ? "" : "field " + found;
        return refuse(ErrorCode.ERROR_CODE_UNKNOWN_KIND, number, field, value, rule);
    }

    private Outcome refuse(
            final ErrorCode code, final long number, final String field, final String value, final String rule) {
        return refuse(owner.refusal.set(code, field, value, rule), number);
    }

    private Outcome refuse(final Refusal refusal, final long number) {
        final boolean abuse = refusals.onRefusal(env.clock().nanoTime());
        final boolean closes = state == State.AWAITS_HELLO || refusal.closes();
        env.counters().increment(refusal.counter());
        acks.onRefused(number);
        Answers.error(connection, refusal, number, closes);
        if (!closes && abuse) {
            refusal.set(ErrorCode.ERROR_CODE_ABUSE, "", "", refusals.rule());
            env.counters().increment(refusal.counter());
            Answers.error(connection, refusal, 0, true);
        }
        if (closes || abuse) {
            end(refusal.code().name());
            return Outcome.ENDED;
        }
        return Outcome.TAKEN;
    }

    private void endWith(final NoticeCode code, final String text, final String reason) {
        if (state != State.ENDED) {
            Answers.notice(connection, code, text);
            end(reason);
        }
    }

    private void end(final String reason) {
        onDisconnected(reason);
        connection.close();
    }
}
