package io.luyun.server.fanout;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Builds one delimited ServerFrame at a time, field by field, in a buffer that is reused. The body is written first,
 * the lengths before it are put in front of it afterwards.
 *
 * <pre>
 *   0                 HEAD
 *   +------//---------+------------------------------+
 *   |  len  tag  len  | body: fields as they are put |
 *   +-------^---------+------------------------------+
 *           offset()                   offset() + length()
 * </pre>
 */
final class FrameBuffer {
    private static final int HEAD = 24;
    private static final int WIRE_VARINT = 0;
    private static final int WIRE_FIXED64 = 1;
    private static final int WIRE_BYTES = 2;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4_096);
    private int position = HEAD;
    private int offset = HEAD;

    FrameBuffer begin() {
        position = HEAD;
        return this;
    }

    FrameBuffer fixed64(final int field, final long value) {
        tag(field, WIRE_FIXED64);
        buffer.putLong(position, value, ByteOrder.LITTLE_ENDIAN);
        position += Long.BYTES;
        return this;
    }

    FrameBuffer varint(final int field, final long value) {
        tag(field, WIRE_VARINT);
        position = putVarint(position, value);
        return this;
    }

    /** Puts a message or string whose bytes are known. */
    FrameBuffer bytes(final int field, final byte[] value) {
        tag(field, WIRE_BYTES);
        position = putVarint(position, value.length);
        buffer.putBytes(position, value);
        position += value.length;
        return this;
    }

    FrameBuffer packedVarints(final int field, final int[] values, final int count) {
        if (count > 0) {
            int size = 0;
            for (int i = 0; i < count; i++) {
                size += varintSize(values[i]);
            }
            tag(field, WIRE_BYTES);
            position = putVarint(position, size);
            for (int i = 0; i < count; i++) {
                position = putVarint(position, values[i]);
            }
        }
        return this;
    }

    FrameBuffer packedFixed64(final int field, final long[] values, final int count) {
        if (count > 0) {
            tag(field, WIRE_BYTES);
            position = putVarint(position, (long) count * Long.BYTES);
            for (int i = 0; i < count; i++) {
                buffer.putLong(position, values[i], ByteOrder.LITTLE_ENDIAN);
                position += Long.BYTES;
            }
        }
        return this;
    }

    /** Makes a whole frame of one encoded body. */
    void message(final int serverFrameField, final byte[] body) {
        begin();
        buffer.putBytes(position, body);
        position += body.length;
        end(serverFrameField);
    }

    /** Closes the frame: the body becomes this field of ServerFrame. */
    void end(final int serverFrameField) {
        final int tag = serverFrameField << 3 | WIRE_BYTES;
        final int bodyLength = position - HEAD;
        final int frameLength = varintSize(tag) + varintSize(bodyLength) + bodyLength;
        offset = HEAD + bodyLength - frameLength - varintSize(frameLength);
        putVarint(putVarint(putVarint(offset, frameLength), tag), bodyLength);
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int offset() {
        return offset;
    }

    int length() {
        return position - offset;
    }

    private void tag(final int field, final int wireType) {
        position = putVarint(position, (long) field << 3 | wireType);
    }

    private int putVarint(final int at, final long value) {
        long rest = value;
        int index = at;
        while ((rest & ~0x7FL) != 0) {
            buffer.putByte(index++, (byte) (rest | 0x80));
            rest >>>= 7;
        }
        buffer.putByte(index++, (byte) rest);
        return index;
    }

    private static int varintSize(final long value) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
    }
}
