package io.luyun.simulator.link;

import io.luyun.proto.v1.DeviceFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.agrona.DirectBuffer;

/**
 * Writes device frames, each a varint length and one DeviceFrame.
 *
 * <pre>
 *   length | 0x12 length | 0x08 number | (kind + 1) &lt;&lt; 3 | 2  length | canonical bytes
 *            DeviceFrame.message  Message.number   Message.bsm, rsm, rsi, spat, map
 * </pre>
 */
final class Frames {
    private static final int MESSAGE_TAG = DeviceFrame.MESSAGE_FIELD_NUMBER << 3 | 2;
    private static final int NUMBER_TAG = 1 << 3;

    private Frames() {}

    /** One C-V2X message; its field in Message is the kind plus one. */
    static ByteBuf message(
            final ByteBufAllocator allocator,
            final long number,
            final int kind,
            final DirectBuffer body,
            final int offset,
            final int length) {
        final int messageLength = messageLength(number, length);
        final int frameLength = 1 + varintLength(messageLength) + messageLength;
        final int size = varintLength(frameLength) + frameLength;
        final ByteBuf out = allocator.directBuffer(size, size);
        varint(out, frameLength);
        out.writeByte(MESSAGE_TAG);
        varint(out, messageLength);
        message(out, number, kind, body, offset, length);
        return out;
    }

    /** The bytes of a Message alone. */
    static byte[] bare(final long number, final int kind, final DirectBuffer body, final int offset, final int length) {
        final byte[] bytes = new byte[messageLength(number, length)];
        message(Unpooled.wrappedBuffer(bytes).clear(), number, kind, body, offset, length);
        return bytes;
    }

    private static int messageLength(final long number, final int length) {
        return 1 + varintLength(number) + 1 + varintLength(length) + length;
    }

    private static void message(
            final ByteBuf out,
            final long number,
            final int kind,
            final DirectBuffer body,
            final int offset,
            final int length) {
        out.writeByte(NUMBER_TAG);
        varint(out, number);
        out.writeByte(((kind + 1) << 3) | 2);
        varint(out, length);
        if (body.byteArray() != null) {
            out.writeBytes(body.byteArray(), Math.toIntExact(body.wrapAdjustment()) + offset, length);
        } else {
            final int at = out.writerIndex();
            body.getBytes(offset, out.nioBuffer(at, length), length);
            out.writerIndex(at + length);
        }
    }

    /** Any frame, off the hot path. */
    static ByteBuf of(final ByteBufAllocator allocator, final DeviceFrame frame) {
        final byte[] bytes = frame.toByteArray();
        final ByteBuf out = allocator.directBuffer(bytes.length + 5);
        varint(out, bytes.length);
        return out.writeBytes(bytes);
    }

    private static void varint(final ByteBuf out, final long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.writeByte((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    private static int varintLength(final long value) {
        return value == 0 ? 1 : (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7;
    }
}
