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
    private static final int SHORT_TAGS = 16;
    private static final int SMALL = 1;
    private static final int LARGE = 2;
    private static final int TIME_LENGTH = 12;
    private static final byte[] FIVE = new byte[5];
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private final Octets out;

    ProtoWriter(final Octets out) {
        this.out = out;
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

    /** Text of at most 16,383 octets. */
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

    /** google.protobuf.Timestamp or Duration, always in as many octets. */
    void time(final int field, final long nanos) {
        tag(field, LENGTH_DELIMITED);
        out.u8(TIME_LENGTH);
        out.u8(1 << 3);
        fiveOctets(out, out.length(), 0);
        out.u8(2 << 3);
        fiveOctets(out, out.length(), 0);
        timeAt(out, out.length(), nanos);
    }

    /** Sets the time that ends there. */
    static void timeAt(final Octets octets, final int end, final long nanos) {
        fiveOctets(octets, end - 11, Math.floorDiv(nanos, NANOS_A_SECOND));
        fiveOctets(octets, end - 5, Math.floorMod(nanos, NANOS_A_SECOND));
    }

    /** A varint of up to 35 bits in five octets, more than it may need. */
    private static void fiveOctets(final Octets octets, final int at, final long value) {
        if (at == octets.length()) {
            octets.bytes(FIVE);
        }
        final byte[] array = octets.array();
        array[at] = (byte) (value | 0x80);
        array[at + 1] = (byte) (value >>> 7 | 0x80);
        array[at + 2] = (byte) (value >>> 14 | 0x80);
        array[at + 3] = (byte) (value >>> 21 | 0x80);
        array[at + 4] = (byte) (value >>> 28 & 0x7F);
    }

    /** Sets the length of two octets that stands there. */
    static void largeLengthAt(final Octets octets, final int at, final int length) {
        if (length >= 1 << 14) {
            throw new IllegalStateException(length + " octets where 2 were set aside for their length");
        }
        final byte[] array = octets.array();
        array[at] = (byte) ((length & 0x7F) | 0x80);
        array[at + 1] = (byte) (length >>> 7);
    }

    /** A field whose content has been written elsewhere. */
    static void bytes(final Octets octets, final int field, final Octets content) {
        octets.varint((long) field << 3 | LENGTH_DELIMITED);
        octets.varint(content.length());
        octets.bytes(content.array(), 0, content.length());
    }

    private int begin(final int field, final int room) {
        tag(field, LENGTH_DELIMITED);
        final int at = out.length();
        if (room == SMALL) {
            out.u8(0);
        } else {
            out.u16(0);
        }
        return at;
    }

    private void end(final int begun, final int room) {
        final int length = out.length() - begun - room;
        if (room == LARGE) {
            largeLengthAt(out, begun, length);
        } else if (length < 1 << 7) {
            out.array()[begun] = (byte) length;
        } else {
            throw new IllegalStateException(length + " octets where 1 was set aside for their length");
        }
    }

    private void tag(final int field, final int wireType) {
        if (field < SHORT_TAGS) {
            out.u8(field << 3 | wireType);
        } else {
            out.varint((long) field << 3 | wireType);
        }
    }
}
