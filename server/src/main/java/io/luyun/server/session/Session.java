package io.luyun.server.session;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the server keeps of one device's session, whatever language is spoken on its connection: identity, rights, the
 * records that open and close it, messages handed to the line, acknowledgement once they are safe, take-over, revocation
 * and the counting of refusals. A subclass speaks the language. Owned by the thread of its connection; buffers are the
 * caller's and not kept. A message that is good costs no allocation.
 */
public abstract class Session {
    /** What became of what was handed in. */
    public enum Outcome {
        /** It is dealt with. */
        TAKEN,
        /** Nothing was done: hand it in again after {@link Connection#resume} or when the intake has room. */
        LATER,
        /** The session has ended; what follows does not count. */
        ENDED
    }

    /** Where it stands; see the package. */
    protected enum State {
        AWAITS_HELLO,
        OPENING,
        OPEN,
        LEAVING,
        ENDED
    }

    /** Kept by {@link Sessions}. */
    boolean waiting;

    boolean held;
    long dueNs;

    final Sessions owner;
    final Sessions.Environment env;

    private final Connection connection;
    private final RefusalWindow refusals;
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
    private boolean lenient;
    private final SessionFigures figures = new SessionFigures();
    private volatile long openedAtNs;
    private volatile long certificateUntilMillis;

    protected Session(final Sessions owner, final Connection connection) {
        this.owner = owner;
        this.env = owner.env;
        this.connection = connection;
        this.refusals = new RefusalWindow(env.config());
    }

    // the language

    /** The session is open and its record safe; what has this number or a lower one is in the journal. */
    protected abstract void welcome(long last);

    /** Everything up to this number is safe or has been refused. */
    protected abstract void acknowledge(long upTo);

    /** Something is refused. The refusal holds until this returns. */
    protected abstract void tell(Refusal refusal, long number, boolean closes);

    /** The session ends, for a reason the device is to know. */
    protected abstract void tell(NoticeCode code, String text);

    /** The session has just ended; called once, before its end is told to the line. */
    protected void onEnded() {}

    /**
     * Whether it stands beside the session the device itself may have. Nobody has proved who sends here: it takes nothing
     * over, is sent nothing, and whatever is refused does not end it.
     */
    protected boolean beside() {
        return false;
    }

    // the connection

    /** Id of the session; 0 before its hello. */
    public final long id() {
        return id;
    }

    /** The connection it lives on. */
    public final Connection connection() {
        return connection;
    }

    /** Whether it waits for its hello or for the journal to take it. */
    public final boolean beginning() {
        return state == State.AWAITS_HELLO || state == State.OPENING;
    }

    /** Whether what comes waits for the welcome. */
    public final boolean opening() {
        return state == State.OPENING;
    }

    /** Whether it is over. */
    public final boolean ended() {
        return state == State.ENDED;
    }

    /** The connection has proved a client certificate that ends at this time, ms since 1970. */
    public final void onCertificate(final String name, final long untilMillis) {
        commonName = name;
        certificateUntilMillis = untilMillis;
    }

    /** The certificate the connection has proved does not hold any more. */
    public final void onCertificateLost(final String why) {
        revoke(why);
    }

    /** Whether the certificate of the connection has ended. */
    public final boolean certificateEnded(final long nowNs) {
        final long untilMillis = certificateUntilMillis;
        return untilMillis > 0 && TimeUnit.NANOSECONDS.toMillis(nowNs) > untilMillis;
    }

    /** What was to come has not come in time. */
    public final void onTimeout(final String what, final String rule) {
        if (state == State.OPENING) {
            refuse(ErrorCode.ERROR_CODE_UNAVAILABLE, 0, "", "", "the journal did not take the session in time");
        } else {
            refuse(ErrorCode.ERROR_CODE_OUT_OF_ORDER, 0, what, "", rule);
        }
    }

    /** Nothing has come for so long. */
    public final void onIdle(final long millis) {
        env.counters().increment(Counter.SESSIONS_IDLE);
        endWith(NoticeCode.NOTICE_CODE_IDLE, "nothing came for " + millis + " ms", "idle");
    }

    /** The server goes down. */
    public final void onShutdown() {
        endWith(NoticeCode.NOTICE_CODE_SHUTDOWN, "the server goes down", "server shutdown");
    }

    /** The device reads too slowly for what it has asked for. */
    public final void onSlow(final String why) {
        endWith(NoticeCode.NOTICE_CODE_SLOW, why, "slow");
    }

    /** Something ends the session that has no answer for the device, for example that it takes no answers. */
    public final void onDisconnected(final String reason) {
        if (state != State.ENDED) {
            state = State.ENDED;
            onEnded();
            if (id != 0) {
                env.control().close(this, reason, env.clock().nanoTime());
                owner.unregister(this, level);
            }
        }
    }

    /** Nothing more for now. */
    public final void onBurstEnd(final long nowNs) {
        if (state == State.OPEN || state == State.LEAVING) {
            acknowledgeDue(nowNs);
        }
    }

    // the other sessions and the journal

    /** Id of the device; empty before its hello. */
    protected final String deviceId() {
        return deviceId;
    }

    final int deviceIndex() {
        return deviceIndex;
    }

    final void onAppended(final int kind, final long number, final long sequence) {
        if (kind == RecordKind.RECORD_KIND_SESSION_OPENED_VALUE) {
            lastNumber = number;
            openedAt = sequence;
            owner.awaits(this);
        } else if (number != 0) {
            acks.onAppended(number, sequence, owner.synced());
            owner.awaits(this);
        } else {
            return;
        }
        if (level != AckLevel.ACK_LEVEL_SYNCED || sequence <= owner.synced()) {
            owner.settleSoon();
        }
    }

    /** Sends what has become due; false while something is owed that waits for the disk. */
    final boolean settle(final long nowNs) {
        if (state == State.ENDED) {
            return true;
        }
        if (state == State.OPENING) {
            if (level == AckLevel.ACK_LEVEL_SYNCED && openedAt > owner.synced()) {
                return false;
            }
            state = State.OPEN;
            welcome(lastNumber);
            connection.opened(id);
            connection.resume();
            return acks.settled();
        }
        acks.onSynced(owner.synced());
        acknowledgeDue(nowNs);
        return held || acks.settled();
    }

    /** Whether everything taken has been acknowledged. */
    final boolean settled() {
        return (state != State.OPEN && state != State.LEAVING) || (acks.settled() && acks.due() == 0);
    }

    final void onTakenOver() {
        if (state != State.ENDED) {
            env.counters().increment(Counter.SESSIONS_TAKEN_OVER);
            endWith(NoticeCode.NOTICE_CODE_TAKEN_OVER, "the device has connected anew", "taken over");
        }
    }

    final void onRegistryChanged() {
        final DeviceEntry now = env.registry().find(deviceId, entry.role());
        if (now != null && entry.survivesAs(now)) {
            entry = now;
        } else {
            revoke("the registry no longer knows this device as it is");
        }
    }

    // for the subclass

    /** Where it stands. */
    protected final State state() {
        return state;
    }

    /** The server's clock, nanoseconds since 1970. */
    protected final long nanoTime() {
        return env.clock().nanoTime();
    }

    /** Where to count. */
    protected final Counters counters() {
        return env.counters();
    }

    /** Dialect of the device's UPER frames; null where the registry names none. */
    protected final @Nullable Dialect dialect() {
        return entry.language().dialect();
    }

    /** Whether the device may watch. */
    protected final boolean subscribes() {
        return entry.subscribes();
    }

    /** Whether the device takes part in payments. */
    protected final boolean pays() {
        return entry.pays();
    }

    /** Where the registry says it may speak of; null for everywhere. */
    protected final io.luyun.proto.v1.@Nullable Area area() {
        final Area area = entry.area();
        return area == null ? null : area.message();
    }

    /** What the registry says it is. */
    protected final Role role() {
        return entry.role();
    }

    /** Whether the device may use this id, first octet highest. */
    protected final boolean allowsId(final long messageId) {
        return entry.allowsId(messageId);
    }

    /** The role the registry gives a device; without a registry, the one it says it has. */
    protected final Role roleOf(final String device, final Role said) {
        final DeviceEntry found = env.registry().find(device, said);
        return found == null ? said : found.role();
    }

    /**
     * Judges what takes the place of a hello, and opens the session or refuses it.
     *
     * @param bootEpoch asked once the device has proved itself
     */
    protected final Outcome begin(final Hello hello, final LongSupplier bootEpoch, final long nowNs) {
        final Refusal wrong = owner.admission.judge(hello, commonName, nowNs);
        if (wrong != null) {
            return refuse(wrong, 0);
        }
        final DeviceEntry found = owner.admission.entry();
        open(hello.toBuilder().setBootEpoch(bootEpoch.getAsLong()).build(), found, nowNs);
        return Outcome.TAKEN;
    }

    /**
     * Opens a session beside, of a device known by where its messages come from. Messages may be taken at once, as soon as
     * {@link #announced}.
     *
     * @return false when the registry has no device of exactly this id
     */
    protected final boolean beginBeside(final String device, final String agent, final long nowNs) {
        final DeviceEntry found = env.registry().find(device);
        if (found == null) {
            return false;
        }
        open(
                Hello.newBuilder()
                        .setDeviceId(device)
                        .setRole(found.role())
                        .setBootEpoch(nowNs)
                        .setAckLevel(AckLevel.ACK_LEVEL_SYNCED)
                        .setAgent(agent)
                        .build(),
                found,
                nowNs);
        return true;
    }

    /** Whether the record that opens it has gone to the line, so that messages can follow it. */
    protected final boolean announced() {
        return owner.drainControl();
    }

    /** Whether the device's datagrams have an envelope. */
    protected final boolean enveloped() {
        final UdpSource udp = entry.language().udp();
        return udp != null && udp.envelopeId() != null;
    }

    /** How far its clock may be off, milliseconds. */
    protected final int clockToleranceMillis() {
        return env.config().clockToleranceMillis();
    }

    /** So many messages are missing in the device's numbering. */
    protected final void missing(final long count) {
        figures.missing(count);
    }

    /** What others may see of it. Any thread, once it is open. */
    final DeviceView view() {
        return new DeviceView(
                deviceId,
                entry.role(),
                true,
                openedAtNs,
                connection.remote(),
                connection.protocol(),
                figures.messages(),
                figures.gaps(),
                figures.refusals(),
                figures.clockAheadMillis(),
                figures.lastAtNs(),
                certificateUntilMillis);
    }

    final DeviceEntry entry() {
        return entry;
    }

    final AckLevel level() {
        return level;
    }

    final @Nullable String commonName() {
        return commonName;
    }

    /** Highest number used on this connection. */
    protected final long used() {
        return acks.used();
    }

    /** Goes on behind a number of an earlier connection; in {@link #welcome} only. */
    protected final void numberFrom(final long last) {
        acks.startAt(last);
    }

    /** Why nothing is taken now, for people; null while the line accepts. */
    protected final @Nullable String unavailable() {
        return env.line().refusal();
    }

    /** Opens the session of a device that has proved itself; {@link #welcome} follows when its record is safe. */
    final void open(final Hello hello, final DeviceEntry found, final long nowNs) {
        entry = found;
        deviceId = hello.getDeviceId();
        deviceIndex = env.line().deviceIndex(deviceId);
        level = hello.getAckLevel() == AckLevel.ACK_LEVEL_UNSPECIFIED
                ? env.config().ackLevel()
                : hello.getAckLevel();
        acks = new Acknowledgements(level);
        state = State.OPENING;
        openedAtNs = nowNs;
        id = owner.register(this, level);
        final SessionOpened.Builder record = SessionOpened.newBuilder()
                .setSessionId(id)
                .setDeviceId(deviceId)
                .setRole(hello.getRole())
                .setBootEpoch(hello.getBootEpoch())
                .setAgent(hello.getAgent());
        if (beside()) {
            record.setBeside(true);
        }
        final Session before = env.control().open(this, record.build(), nowNs);
        if (before != null) {
            before.connection.execute(before::onTakenOver);
        }
    }

    /** Checks a message and hands it to the line. Its number is above {@link #used}. */
    protected final Outcome take(
            final int kind,
            final long number,
            final long receivedAtNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (!entry.allowsKind(kind)) {
            return refuse(
                    ErrorCode.ERROR_CODE_NOT_ALLOWED,
                    number,
                    "message",
                    MessageChecks.kindName(kind),
                    MessageChecks.kindRule(kind));
        }
        return checked(kind, number, receivedAtNs, buffer, offset, length);
    }

    /** As {@link #take} for a step of a payment, of a device that {@link #pays}, without what tells of the payer. */
    protected final Outcome takePayment(
            final long number, final long receivedAtNs, final DirectBuffer buffer, final int offset, final int length) {
        return checked(MessageKind.MESSAGE_KIND_VPM_VALUE, number, receivedAtNs, buffer, offset, length);
    }

    private Outcome checked(
            final int kind,
            final long number,
            final long receivedAtNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final Refusal wrong = owner.checks.message(kind, buffer, offset, length, entry, receivedAtNs);
        if (wrong != null) {
            return refuse(wrong, number);
        }
        if (!env.line().offer(kind, deviceIndex, number, id, receivedAtNs, buffer, offset, length)) {
            return Outcome.LATER;
        }
        acks.onOffered(number);
        env.counters().message(entry.role().getNumber(), kind);
        figures.taken(kind, owner.checks.clockAheadMillis(), receivedAtNs);
        return Outcome.TAKEN;
    }

    /** Hands the line what the device said as it came. Its number is above {@link #used}; false when the intake is full. */
    protected final boolean keepRaw(final long number, final RawMessage raw, final long receivedAtNs) {
        final int kind = RecordKind.RECORD_KIND_RAW_VALUE;
        final byte[] payload = raw.toByteArray();
        if (!env.line()
                .offer(kind, deviceIndex, number, id, receivedAtNs, new UnsafeBuffer(payload), 0, payload.length)) {
            return false;
        }
        acks.onOffered(number);
        env.counters().increment(Counter.RAW_KEPT);
        return true;
    }

    /** Hands the line a record that is not a message; false when the intake is full. */
    protected final boolean record(final int kind, final byte[] payload, final long nowNs) {
        return env.line().offer(kind, deviceIndex, 0, id, nowNs, new UnsafeBuffer(payload), 0, payload.length);
    }

    /** The device wants no more than what it has sent acknowledged. */
    final void leave() {
        state = State.LEAVING;
    }

    /**
     * Whether refusals speak against the device. They do not when what is refused is part of something it only passes on,
     * of which the rest is good.
     */
    protected final void lenient(final boolean on) {
        lenient = on;
    }

    /** Refuses what had this number; 0 where it had none. */
    protected final Outcome refuse(
            final ErrorCode code, final long number, final String field, final String value, final String rule) {
        return refuse(owner.refusal.set(code, field, value, rule), number);
    }

    final Outcome refuse(final Refusal refusal, final long number) {
        final boolean abuse =
                !lenient && !beside() && refusals.onRefusal(env.clock().nanoTime());
        final boolean closes = !beside() && (state == State.AWAITS_HELLO || refusal.closes());
        env.counters().increment(refusal.counter());
        figures.refused(refusal.code());
        acks.onRefused(number);
        tell(refusal, number, closes);
        if (!closes && abuse) {
            refusal.set(ErrorCode.ERROR_CODE_ABUSE, "", "", refusals.rule());
            env.counters().increment(refusal.counter());
            tell(refusal, 0, true);
        }
        if (closes || abuse) {
            end(refusal.code().name());
            return Outcome.ENDED;
        }
        return Outcome.TAKEN;
    }

    /** Ends the session and closes the connection. */
    protected final void end(final String reason) {
        onDisconnected(reason);
        connection.close();
    }

    private void acknowledgeDue(final long nowNs) {
        final long upTo = acks.due();
        if (upTo > 0) {
            if (nowNs - lastAckNs < owner.ackIntervalNs && state != State.LEAVING) {
                owner.hold(this, nowNs);
                return;
            }
            lastAckNs = nowNs;
            acks.onSent(upTo);
            acknowledge(upTo);
        }
        if (state == State.LEAVING && acks.settled()) {
            end("bye");
        }
    }

    private void revoke(final String why) {
        if (state != State.ENDED) {
            env.counters().increment(Counter.SESSIONS_REVOKED);
            endWith(NoticeCode.NOTICE_CODE_REVOKED, why, "revoked");
        }
    }

    private void endWith(final NoticeCode code, final String text, final String reason) {
        if (state != State.ENDED) {
            tell(code, text);
            end(reason);
        }
    }
}
