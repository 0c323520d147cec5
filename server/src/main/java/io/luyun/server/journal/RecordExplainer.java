package io.luyun.server.journal;

import io.luyun.proto.codec.Violation;
import io.luyun.proto.explain.ExplainedField;
import io.luyun.proto.explain.ExplainedField.Part;
import io.luyun.proto.explain.FieldVisitor;
import io.luyun.proto.explain.Scale;
import io.luyun.proto.v1.ErrorCode;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the octets of a record as it stands in a journal file: header, payload (by somebody who knows it), padding, checksum.
 * The checksum has the record's place in the file mixed in, so bytes alone cannot be checked by it; a {@link JournalReader}
 * has checked what it hands out. One thread; off the line.
 */
public final class RecordExplainer {
    private static final String NAME = "record";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Scale NANOS = new Scale("1", "ns since 1970 UTC");

    private final DirectBuffer in;
    private final int start;
    private final int length;
    private final FieldVisitor visitor;
    private int told;

    /** Explains the octets of one record, which begin at {@code offset}. */
    public RecordExplainer(final DirectBuffer in, final int offset, final int length, final FieldVisitor visitor) {
        this.in = in;
        this.start = offset;
        this.length = length;
        this.visitor = visitor;
    }

    /** Tells a payload. */
    @FunctionalInterface
    public interface Payload {
        /**
         * Explains the payload; rows count their bits from its first.
         *
         * @return what is wrong with it, null when nothing is
         */
        @Nullable
        Violation explain(int kind, int offset, int length, FieldVisitor visitor);
    }

    /** Whether these octets begin as a record does. */
    public static boolean begins(final DirectBuffer in, final int offset, final int length) {
        return length >= Integer.BYTES
                && in.getInt(offset + Frame.MAGIC_OFFSET, ByteOrder.LITTLE_ENDIAN) == Frame.MAGIC;
    }

    /** What is wrong with the record or its payload; null when nothing is. */
    public @Nullable Violation explain(final Payload payload) {
        if (length < Frame.HEADER_LENGTH || !begins(in, start, length)) {
            return refused(
                    "", length + " octets", "a record's header of " + Frame.HEADER_LENGTH + " octets, LYJ1 first");
        }
        octets(Part.VALUE, "magic", Integer.BYTES, "\"LYJ1\"");
        final int payloadLength = in.getInt(start + Frame.LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
        number(Part.LENGTH, "length", Integer.BYTES, payloadLength, Scale.NONE, "octets of payload");
        number("sequence", Long.BYTES, at(Frame.SEQUENCE_OFFSET), "");
        final long timeNs = at(Frame.TIME_OFFSET);
        number(Part.VALUE, "time", Long.BYTES, timeNs, NANOS, time(timeNs));
        number("number", Long.BYTES, at(Frame.NUMBER_OFFSET), "the device's number of the message");
        number("bootEpoch", Long.BYTES, at(Frame.EPOCH_OFFSET), "");
        final int device = in.getInt(start + Frame.DEVICE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        number("device", Integer.BYTES, device, device < 0 ? "none" : "");
        final int kind = in.getShort(start + Frame.KIND_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        number("kind", Short.BYTES, kind, name(kind));
        final int lag = in.getShort(start + Frame.LAG_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        number("lag", Short.BYTES, lag, "records the last sync was behind");
        if (payloadLength < 0 || payloadLength > Frame.PAYLOAD_MAX || length != Frame.frameLength(payloadLength)) {
            return refused(
                    ".length",
                    Integer.toString(payloadLength),
                    "as many octets as there are: " + length + " with header, padding and checksum");
        }
        final int before = told * Byte.SIZE;
        final Violation violation = payload.explain(
                kind, start + Frame.HEADER_LENGTH, payloadLength, field -> visitor.field(field.within(NAME, before)));
        told += payloadLength;
        octets(Part.PADDING, "padding", Frame.padded(payloadLength) - payloadLength, "");
        octets(Part.VALUE, "checksum", Frame.CRC_LENGTH, "CRC-32C of all before it and of its place in the file");
        if (violation != null) {
            violation.within(NAME, -1);
        }
        return violation;
    }

    private static String name(final int kind) {
        final io.luyun.proto.v1.RecordKind known = io.luyun.proto.v1.RecordKind.forNumber(kind);
        return known == null ? "not known" : known.name();
    }

    private static String time(final long ns) {
        return Instant.ofEpochSecond(ns / NANOS_PER_SECOND, ns % NANOS_PER_SECOND)
                .toString();
    }

    private long at(final int offset) {
        return in.getLong(start + offset, ByteOrder.LITTLE_ENDIAN);
    }

    private void number(final String name, final int octets, final long number, final String meaning) {
        number(Part.VALUE, name, octets, number, Scale.NONE, meaning);
    }

    private void number(
            final Part part,
            final String name,
            final int octets,
            final long number,
            final Scale scale,
            final String meaning) {
        emit(part, name, octets, Long.toString(number), number, scale, meaning);
    }

    private void octets(final Part part, final String name, final int count, final String meaning) {
        if (count > 0) {
            final byte[] bytes = new byte[count];
            in.getBytes(start + told, bytes);
            emit(part, name, count, HexFormat.of().formatHex(bytes), null, Scale.NONE, meaning);
        }
    }

    private void emit(
            final Part part,
            final String name,
            final int octets,
            final String raw,
            final @Nullable Long number,
            final Scale scale,
            final String meaning) {
        visitor.field(new ExplainedField(
                part, NAME + '.' + name, "", told * Byte.SIZE, octets * Byte.SIZE, raw, number, scale, false, meaning));
        told += octets;
    }

    private Violation refused(final String field, final String value, final String rule) {
        octets(Part.UNREAD, "", length - told, "not read");
        return new Violation().set(ErrorCode.ERROR_CODE_MALFORMED, NAME + field, value, rule);
    }
}
