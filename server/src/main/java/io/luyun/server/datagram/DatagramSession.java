package io.luyun.server.datagram;

import com.google.protobuf.ByteString;
import io.luyun.proto.codec.MessageCount;
import io.luyun.proto.codec.Violation;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope;
import io.luyun.proto.uper.UperDecoder;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.RawMessage;
import io.luyun.server.monitor.Counter;
import io.luyun.server.session.Refusal;
import io.luyun.server.session.Session;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What one device sends in datagrams. Its messages get numbers of this session's boot epoch; nothing is answered. Each frame
 * of an envelope is judged for itself. Owned by the thread of the port; a datagram is the caller's and not kept, and a good
 * one costs no allocation.
 */
final class DatagramSession extends Session {
    /** Clocks of units in the field lead by up to so much, whatever tolerance is set for that within the messages. */
    private static final int ENVELOPE_LEAD_MILLIS = 3_000;

    private static final int RECORD_MAX = 128 * 1024;

    private final DatagramDesk desk;
    private final Unreachable connection;
    private final int number;

    /** Frames of the datagram in hand that have been dealt with. */
    private int done;

    private int unread;
    private boolean refused;
    private boolean secret;

    DatagramSession(final DatagramDesk desk, final Unreachable connection, final int number) {
        super(desk.sessions(), connection);
        this.desk = desk;
        this.connection = connection;
        this.number = number;
    }

    /** Opens it; false when the registry does not know the device any more. */
    boolean open(final String device, final long nowNs) {
        return beginBeside(device, "UDP", nowNs);
    }

    /**
     * A datagram.
     *
     * @return LATER when part of it or all has to wait: hand in the same again before any other
     */
    Outcome onDatagram(
            final InetSocketAddress sender,
            final DirectBuffer in,
            final int offset,
            final int length,
            final long nowNs) {
        connection.from(sender);
        Outcome outcome = Outcome.TAKEN;
        try {
            outcome = announced() ? take(in, offset, length, nowNs) : Outcome.LATER;
        } finally {
            if (outcome != Outcome.LATER) {
                finish(nowNs);
            }
        }
        return outcome;
    }

    @Override
    protected boolean beside() {
        return true;
    }

    @Override
    protected void welcome(final long last) {}

    @Override
    protected void acknowledge(final long upTo) {}

    @Override
    protected void tell(final Refusal refusal, final long refusedNumber, final boolean closes) {
        refused = true;
        desk.onRefused(deviceId(), refusal);
    }

    @Override
    protected void tell(final NoticeCode code, final String text) {}

    private void finish(final long nowNs) {
        if (refused) {
            counters().increment(Counter.UDP_REFUSED);
        }
        done = 0;
        unread = 0;
        refused = false;
        secret = false;
        onBurstEnd(nowNs);
    }

    private Outcome take(final DirectBuffer in, final int offset, final int length, final long nowNs) {
        final String unavailable = unavailable();
        if (unavailable != null) {
            return refuse(ErrorCode.ERROR_CODE_UNAVAILABLE, 0, "", "", unavailable);
        }
        final Outcome outcome =
                enveloped() ? takeEnvelope(in, offset, length, nowNs) : takeBare(in, offset, length, nowNs);
        return outcome == Outcome.TAKEN && unread > 0 && !secret ? keep(in, offset, length, nowNs) : outcome;
    }

    private Outcome takeEnvelope(final DirectBuffer in, final int offset, final int length, final long nowNs) {
        final RsuEnvelope envelope = desk.envelope();
        Violation wrong = envelope.wrap(in, offset, length) ? null : envelope.violation();
        if (wrong == null && done == 0) {
            final int tolerance = clockToleranceMillis();
            wrong = envelope.checkClock(
                    TimeUnit.NANOSECONDS.toMillis(nowNs), Math.max(ENVELOPE_LEAD_MILLIS, tolerance), tolerance);
        }
        if (wrong != null) {
            return refuse(wrong.code(), 0, wrong.field(), wrong.value(), wrong.rule());
        }
        while (envelope.next()) {
            if (envelope.index() >= done) {
                final Outcome outcome = takeFrame(in, envelope.frameOffset(), envelope.frameLength(), nowNs);
                if (outcome != Outcome.TAKEN) {
                    return outcome;
                }
                done++;
            }
        }
        return Outcome.TAKEN;
    }

    private Outcome takeBare(final DirectBuffer in, final int offset, final int length, final long nowNs) {
        final Outcome outcome = done > 0 ? Outcome.TAKEN : takeFrame(in, offset, length, nowNs);
        done = outcome == Outcome.TAKEN ? 1 : 0;
        return outcome;
    }

    private Outcome takeFrame(final DirectBuffer in, final int offset, final int length, final long nowNs) {
        final Dialect dialect = dialect();
        final UperDecoder uper = desk.uper();
        final int decoded = dialect == null ? -1 : uper.decode(dialect, in, offset, length, desk.canonical(), 0);
        if (decoded < 0) {
            // it may be a payment that was damaged on its way
            secret = true;
            return refuse(dialect == null ? null : uper.violation());
        }
        if (decoded > RECORD_MAX) {
            return refuse(
                    ErrorCode.ERROR_CODE_LIMIT, 0, "message", decoded + " bytes", "at most " + RECORD_MAX + " decoded");
        }
        final int kind = uper.messageKind();
        final Outcome outcome = take(kind, used() + 1, nowNs, desk.canonical(), 0, decoded);
        if (outcome == Outcome.TAKEN) {
            unread += uper.unreadExtensions();
            secret |= kind == MessageKind.MESSAGE_KIND_VPM_VALUE;
            final int lost = desk.gaps()
                    .onMessage(
                            number,
                            kind,
                            MessageCount.counterOf(kind, desk.canonical(), 0, decoded),
                            MessageCount.msgCnt(desk.canonical(), 0, decoded),
                            nowNs);
            if (lost > 0) {
                missing(lost);
            }
        }
        return outcome;
    }

    private Outcome refuse(final @Nullable Violation wrong) {
        return wrong == null
                ? refuse(ErrorCode.ERROR_CODE_NOT_ALLOWED, 0, "dialect", "", "must stand in the registry")
                : refuse(wrong.code(), 0, wrong.field(), wrong.value(), wrong.rule());
    }

    /** What was not understood in full is kept as it came, besides what was understood. */
    private Outcome keep(final DirectBuffer in, final int offset, final int length, final long nowNs) {
        final byte[] bytes = new byte[length];
        in.getBytes(offset, bytes);
        final RawMessage raw = RawMessage.newBuilder()
                .setTopic("udp")
                .setPayload(ByteString.copyFrom(bytes))
                .setReason("not understood: " + unread + " extensions")
                .build();
        return keepRaw(used() + 1, raw, nowNs) ? Outcome.TAKEN : Outcome.LATER;
    }
}
