package io.luyun.proto.codec;

import org.agrona.DirectBuffer;

/** Finds single fields of a message without reading the rest. Stateless, any thread, no allocation. */
final class WireFields {
    /** What {@link #find} answers when there is none. */
    static final long NOT_FOUND = -1;

    private WireFields() {}

    /** The number in the first field of this number; {@link Wire#ABSENT} when there is none. */
    static int varint(DirectBuffer buffer, int offset, int end, int field) {
        final long found = find(buffer, offset, end, field << 3 | Wire.VARINT);
        return found == NOT_FOUND ? Wire.ABSENT : (int) Wire.varint(buffer, offset(found), length(found));
    }

    /** The same within the first message of another field. */
    static int inFirst(DirectBuffer buffer, int offset, int end, int outerField, int innerField) {
        final long found = find(buffer, offset, end, outerField << 3 | Wire.LENGTH_DELIMITED);
        return found == NOT_FOUND
                ? Wire.ABSENT
                : varint(buffer, offset(found), offset(found) + length(found), innerField);
    }

    /** Where the payload of the first field of this tag begins and its length. */
    static long find(DirectBuffer buffer, int offset, int end, int wanted) {
        int position = offset;
        while (position < end) {
            final int tagLength = Wire.varintLength(buffer, position, end);
            if (tagLength <= 0) {
                return NOT_FOUND;
            }
            final long tag = Wire.varint(buffer, position, tagLength);
            position += tagLength;
            final int wireType = (int) tag & 7;
            long length = headLength(buffer, position, end, wireType);
            if (length <= 0) {
                return NOT_FOUND;
            }
            if (wireType == Wire.LENGTH_DELIMITED) {
                final int head = (int) length;
                length = Wire.varint(buffer, position, head);
                position += head;
            }
            if (length < 0 || length > end - position) {
                return NOT_FOUND;
            }
            if (tag == wanted) {
                return (long) position << Integer.SIZE | length;
            }
            position += (int) length;
        }
        return NOT_FOUND;
    }

    static int offset(long found) {
        return (int) (found >>> Integer.SIZE);
    }

    static int length(long found) {
        return (int) found;
    }

    /** Length of a number, or of the length in front of bytes; 0 or less when there is none. */
    private static int headLength(DirectBuffer buffer, int position, int end, int wireType) {
        return switch (wireType) {
            case Wire.FIXED64 -> Long.BYTES;
            case Wire.FIXED32 -> Integer.BYTES;
            case Wire.VARINT, Wire.LENGTH_DELIMITED -> Wire.varintLength(buffer, position, end);
            default -> 0;
        };
    }
}
