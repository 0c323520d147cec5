package io.luyun.proto.codec;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The protobuf wire format in static helpers: tags and varints. Stateless, any thread.
 *
 * <pre>
 *   field  = tag payload          tag = varint of (number &lt;&lt; 3 | wire type)
 *   varint = 7 bits a byte, least significant first; the high bit says that another byte follows; 1 to 10 bytes
 * </pre>
 */
public final class Wire {
    /** What an int accessor of a reader answers when the field is not in the message. */
    public static final int ABSENT = Integer.MIN_VALUE;

    /** Longest varint in bytes. */
    public static final int MAX_VARINT_LENGTH = 10;

    /** Wire type of integers, enums and flags. */
    static final int VARINT = 0;

    /** Wire type of eight bytes. */
    static final int FIXED64 = 1;

    /** Wire type of strings, bytes, messages and packed numbers: varint length, then that many bytes. */
    static final int LENGTH_DELIMITED = 2;

    /** Wire type of four bytes. */
    static final int FIXED32 = 5;

    private Wire() {}

    /** Bytes {@code value} takes as a varint: 1..10; negative values take 10. */
    public static int sizeOfVarint(long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }

    /**
     * Writes a varint.
     *
     * @return the bytes written, 1..10
     */
    public static int putVarint(MutableDirectBuffer buffer, int offset, long value) {
        int position = offset;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer.putByte(position++, (byte) (rest | 0x80));
            rest >>>= 7;
        }
        buffer.putByte(position++, (byte) rest);
        return position - offset;
    }

    /**
     * Length of the varint at {@code position}.
     *
     * @return 1..10; 0 when the bytes before {@code end} do not complete it; -1 when it is longer than a varint can be
     */
    public static int varintLength(DirectBuffer buffer, int position, int end) {
        final int limit = Math.min(end, position + MAX_VARINT_LENGTH);
        for (int i = position; i < limit; i++) {
            if (buffer.getByte(i) >= 0) {
                return i - position + 1;
            }
        }
        return end - position >= MAX_VARINT_LENGTH ? -1 : 0;
    }

    /** Value of the varint at {@code position}, whose {@code length} {@link #varintLength} has told. */
    public static long varint(DirectBuffer buffer, int position, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (buffer.getByte(position + i) & 0x7FL) << (7 * i);
        }
        return value;
    }

    static int zigZag(long raw) {
        final int value = (int) raw;
        return (value >>> 1) ^ -(value & 1);
    }

    /** The signed number of a zigzag varint. */
    public static long zigZag64(long raw) {
        return (raw >>> 1) ^ -(raw & 1);
    }
}
