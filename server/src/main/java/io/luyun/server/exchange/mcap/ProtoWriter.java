package io.luyun.server.exchange.mcap;

import org.agrona.DirectBuffer;

/**
 * Fields of protobuf, written by hand because builders cost several times as much. A message within a message has its length before it,
 * in as many octets as {@link #begin} has set aside: a varint may be longer than it must.
 */
final class ProtoWriter {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;
    private static final int SMALL = 1;
    private static final int LARGE = 2;

    private Octets out;

    ProtoWriter(final Octets out) {
        this.out = out;
    }

    /** Goes on writing there. */
    ProtoWriter into(final Octets next) {
        out = next;
        return this;
    }

    void varint(final int field, final long value) {
        tag(field, VARINT);
        out.varint(value);
    }

    void flag(final int field) {
        varint(field, 1);
    }

    void fixed64(final int field, final long value) {
        tag(field, FIXED64);
        out.u64(value);
    }

    void fixed32(final int field, final int value) {
        tag(field, FIXED32);
        out.u32(value);
    }

    void number(final int field, final double value) {
        fixed64(field, Double.doubleToRawLongBits(value));
    }

    /** Text of any length. */
    void text(final int field, final String text) {
        final int begun = begin(field, LARGE);
        out.utf8(text);
        end(begun, LARGE);
    }

    void bytes(final int field, final byte[] value) {
        bytes(field, value, 0, value.length);
    }

    void bytes(final int field, final byte[] value, final int offset, final int length) {
        tag(field, LENGTH_DELIMITED);
        out.varint(length);
        out.bytes(value, offset, length);
    }

    void bytes(final int field, final DirectBuffer buffer, final int offset, final int length) {
        tag(field, LENGTH_DELIMITED);
        out.varint(length);
        out.bytes(buffer, offset, length);
    }

    /** Begins a message, or a text, of at most 127 octets; answers what ends it. */
    int beginSmall(final int field) {
        return begin(field, SMALL);
    }

    void endSmall(final int begun) {
        end(begun, SMALL);
    }

    /** The same of at most 16,383 octets. */
    int beginLarge(final int field) {
        return begin(field, LARGE);
    }

    void endLarge(final int begun) {
        end(begun, LARGE);
    }

    /** google.protobuf.Timestamp or Duration. */
    void time(final int field, final long nanos) {
        final int begun = beginSmall(field);
        varint(1, Math.floorDiv(nanos, 1_000_000_000L));
        varint(2, Math.floorMod(nanos, 1_000_000_000L));
        endSmall(begun);
    }

    private int begin(final int field, final int room) {
        tag(field, LENGTH_DELIMITED);
        final int at = out.length();
        for (int i = 0; i < room; i++) {
            out.u8(0);
        }
        return at;
    }

    private void end(final int begun, final int room) {
        final int length = out.length() - begun - room;
        if (length >= 1 << 7 * room) {
            throw new IllegalStateException(length + " octets where " + room + " were set aside for their length");
        }
        final byte[] array = out.array();
        for (int i = 0; i < room; i++) {
            array[begun + i] = (byte) (length >>> 7 * i & 0x7F | (i < room - 1 ? 0x80 : 0));
        }
    }

    private void tag(final int field, final int wireType) {
        out.varint((long) field << 3 | wireType);
    }
}
