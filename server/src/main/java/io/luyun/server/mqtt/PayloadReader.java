package io.luyun.server.mqtt;

import io.luyun.proto.codec.DeviceFrameReader;
import io.luyun.proto.codec.Violation;
import io.luyun.proto.json.Mapped;
import io.luyun.proto.json.RoadsideJson;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope;
import io.luyun.proto.uper.UperDecoder;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.MessageKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads payloads of every form into canonical messages. A function of the bytes: what could not be taken is read anew. One
 * for each loop; what it found lies in its own buffer until the next payload.
 */
public final class PayloadReader {
    private static final int MESSAGE_TAG = DeviceFrame.MESSAGE_FIELD_NUMBER << 3 | 2;
    private static final int DECODED_MAX = 65_536;
    private static final int RECORD_MAX = 128 * 1024;
    private static final int INITIAL = 16;
    private static final String NOT_UNDERSTOOD = "not understood: ";

    private final RoadsideJson json;
    private final DeviceFrameReader frames = new DeviceFrameReader();
    private final RsuEnvelope envelope = new RsuEnvelope();
    private final UperDecoder uper = new UperDecoder();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(DECODED_MAX);
    private int[] kinds = new int[INITIAL];
    private int[] offsets = new int[INITIAL];
    private int[] lengths = new int[INITIAL];
    private int count;
    private int end;
    private @Nullable String rawReason;
    private final List<Wrong> refused = new ArrayList<>();
    private @Nullable Wrong wrong;
    private boolean wantsAck;
    private long sequence;
    private boolean enveloped;

    /** Why a payload is refused. */
    record Wrong(ErrorCode code, String field, String value, String rule, boolean swapped) {
        Wrong(final ErrorCode code, final String field, final String value, final String rule) {
            this(code, field, value, rule, false);
        }

        static Wrong of(final Mapped.Fault fault) {
            return new Wrong(fault.code(), fault.field(), fault.value(), fault.rule(), fault.swapped());
        }

        static Wrong of(final Violation violation) {
            return new Wrong(violation.code(), violation.field(), violation.value(), violation.rule());
        }
    }

    public PayloadReader(final RoadsideJson json) {
        this.json = json;
    }

    /** Reads a payload; {@link #wrong} tells whether it can be used. */
    void read(
            final TopicRule rule,
            final DirectBuffer in,
            final int offset,
            final int length,
            final Unit unit,
            final IdCheck ids) {
        count = 0;
        end = 0;
        rawReason = null;
        wrong = null;
        refused.clear();
        wantsAck = false;
        sequence = 0;
        enveloped = false;
        switch (rule.form()) {
            case MESSAGE -> readMessage(in, offset, length);
            case FRAME -> readFrame(unit.dialect(), in, offset, length);
            case ENVELOPE -> readEnvelope(unit.dialect(), in, offset, length, false, ids);
            case ENVELOPES -> readEnvelope(unit.dialect(), in, offset, length, true, ids);
            case PAYMENT -> readFrame(Dialect.PHASE_2, in, offset, length);
            case JSON -> readJson(rule, in, offset, length, unit);
            case RAW, ACK, ALERT -> readUninterpreted(in, offset, length);
        }
        if (wrong == null && count == 0 && rawReason == null) {
            rawReason = "empty";
        }
        if (holdsPayment() || rule.form() == TopicRule.Form.PAYMENT) {
            rawReason = null;
        }
    }

    /** Whether the device may use an id. */
    @FunctionalInterface
    interface IdCheck {
        boolean allows(long id);
    }

    @Nullable
    Wrong wrong() {
        return wrong;
    }

    /** What is wrong with parts of it that were left out. */
    List<Wrong> refused() {
        return refused;
    }

    /** Why the payload is to be kept as it came, besides its messages; null when that is not needed. */
    @Nullable
    String rawReason() {
        return rawReason;
    }

    /** Whether it came in an envelope; then {@link #octets} is what the unit calls itself. */
    boolean enveloped() {
        return enveloped;
    }

    long octets() {
        return envelope.idAsLong();
    }

    int count() {
        return count;
    }

    int kind(final int index) {
        return kinds[index];
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int offset(final int index) {
        return offsets[index];
    }

    int length(final int index) {
        return lengths[index];
    }

    /** Whether the message asks for an acknowledgement of its family. */
    boolean wantsAck() {
        return wantsAck;
    }

    /** The message's own number, for that acknowledgement. */
    long sequence() {
        return sequence;
    }

    /** What tells of a payer must not reach the journal, not even as the bytes it came in. */
    private boolean holdsPayment() {
        for (int i = 0; i < count; i++) {
            if (kinds[i] == MessageKind.MESSAGE_KIND_VPM_VALUE) {
                return true;
            }
        }
        return false;
    }

    /** To be kept as it came; but a payment in a form that is known here is found, so that it is refused. */
    private void readUninterpreted(final DirectBuffer in, final int offset, final int length) {
        rawReason = "no canonical form";
        findPayment(in, offset, length);
        if (count == 0) {
            findPaymentWithin(in, offset, length, false);
        }
        if (count == 0) {
            findPaymentWithin(in, offset, length, true);
        }
        if (count == 0) {
            readMessage(in, offset, length);
            if (!holdsPayment()) {
                wrong = null;
                count = 0;
            }
        }
    }

    private void findPaymentWithin(final DirectBuffer in, final int offset, final int length, final boolean counted) {
        if (envelope.wrap(in, offset, length, counted)) {
            while (count == 0 && envelope.next()) {
                findPayment(in, envelope.frameOffset(), envelope.frameLength());
            }
        }
    }

    /** Only phase II has payments. */
    private void findPayment(final DirectBuffer in, final int offset, final int length) {
        final int decoded = uper.decode(Dialect.PHASE_2, in, offset, length, buffer, 0);
        if (decoded >= 0 && uper.messageKind() == MessageKind.MESSAGE_KIND_VPM_VALUE) {
            add(uper.messageKind(), 0, decoded);
        }
    }

    private void readMessage(final DirectBuffer in, final int offset, final int length) {
        // as if it stood in a frame of the server's own language
        int at = 0;
        buffer.putByte(at++, (byte) MESSAGE_TAG);
        int rest = length;
        while (rest > 0x7F) {
            buffer.putByte(at++, (byte) (rest | 0x80));
            rest >>>= 7;
        }
        buffer.putByte(at++, (byte) rest);
        buffer.putBytes(at, in, offset, length);
        if (!frames.wrap(buffer, 0, at + length)) {
            wrong = new Wrong(ErrorCode.ERROR_CODE_MALFORMED, "message", "", "must be a luyun.v1 Message");
        } else if (frames.messageKind() == 0) {
            wrong = new Wrong(
                    ErrorCode.ERROR_CODE_UNKNOWN_KIND,
                    "message",
                    frames.unknownField() == 0 ? "" : "field " + frames.unknownField(),
                    "must hold one of the bodies of Message");
        } else {
            add(frames.messageKind(), frames.bodyOffset(), frames.bodyLength());
        }
    }

    private void readFrame(final @Nullable Dialect dialect, final DirectBuffer in, final int offset, final int length) {
        if (dialect == null) {
            wrong = new Wrong(
                    ErrorCode.ERROR_CODE_NOT_ALLOWED, "dialect", "", "must stand in the registry for a device of UPER");
            return;
        }
        final int decoded = uper.decode(dialect, in, offset, length, buffer, end);
        if (decoded < 0) {
            final Violation violation = uper.violation();
            wrong = violation == null
                    ? new Wrong(ErrorCode.ERROR_CODE_MALFORMED, "frame", "", "must be a MessageFrame")
                    : Wrong.of(violation);
            return;
        }
        if (uper.unreadExtensions() > 0) {
            rawReason = NOT_UNDERSTOOD + uper.unreadExtensions() + " extensions";
        }
        add(uper.messageKind(), end, decoded);
        end += decoded;
    }

    private void readEnvelope(
            final @Nullable Dialect dialect,
            final DirectBuffer in,
            final int offset,
            final int length,
            final boolean counted,
            final IdCheck ids) {
        if (!envelope.wrap(in, offset, length, counted)) {
            final Violation violation = envelope.violation();
            wrong = violation == null
                    ? new Wrong(ErrorCode.ERROR_CODE_MALFORMED, "envelope", "", "must be the envelope of a unit")
                    : Wrong.of(violation);
            return;
        }
        if (!ids.allows(envelope.idAsLong())) {
            wrong = new Wrong(
                    ErrorCode.ERROR_CODE_NOT_ALLOWED,
                    "envelope.id",
                    String.format("%016x", envelope.idAsLong()),
                    "must be one of the ids the registry gives this device");
            return;
        }
        enveloped = true;
        while (envelope.next()) {
            readFrame(dialect, in, envelope.frameOffset(), envelope.frameLength());
            if (wrong != null) {
                refused.add(wrong);
                wrong = null;
            }
        }
        if (count == 0 && !refused.isEmpty()) {
            wrong = refused.removeFirst();
        }
    }

    private void readJson(
            final TopicRule rule, final DirectBuffer in, final int offset, final int length, final Unit unit) {
        final byte[] bytes = new byte[length];
        in.getBytes(offset, bytes);
        final Mapped mapped = json.map(
                rule.content(),
                bytes,
                ByteBuffer.allocate(Long.BYTES).putLong(unit.octets()).array());
        wantsAck = mapped.wantsAck();
        sequence = mapped.sequence();
        if (rule.suffix() == null
                && !mapped.senders().isEmpty()
                && !mapped.senders().contains(unit.deviceId())) {
            wrong = new Wrong(
                    ErrorCode.ERROR_CODE_NOT_ALLOWED,
                    "sender",
                    String.join(", ", mapped.senders()),
                    "must be the id of the device, which this topic does not tell");
            return;
        }
        mapped.refused().forEach(part -> refused.add(Wrong.of(part)));
        final Mapped.Fault fault = mapped.fault();
        if (fault != null) {
            wrong = Wrong.of(fault);
            return;
        }
        for (final Mapped.Message message : mapped.messages()) {
            buffer.putBytes(end, message.bytes());
            add(message.kind(), end, message.bytes().length);
            end += message.bytes().length;
        }
        rawReason = mapped.rawReason();
    }

    private void add(final int kind, final int offset, final int length) {
        if (length > RECORD_MAX) {
            wrong = new Wrong(ErrorCode.ERROR_CODE_LIMIT, "message", length + " bytes", "at most " + RECORD_MAX);
            return;
        }
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        kinds[count] = kind;
        offsets[count] = offset;
        lengths[count++] = length;
    }
}
