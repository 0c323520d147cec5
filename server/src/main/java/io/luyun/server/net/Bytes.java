package io.luyun.server.net;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/** Copies between the two families of buffers. */
final class Bytes {
    private Bytes() {}

    static void copy(final DirectBuffer from, final int offset, final int length, final ByteBuf to) {
        final byte[] array = from.byteArray();
        if (array != null) {
            to.writeBytes(array, from.wrapAdjustment() + offset, length);
            return;
        }
        to.ensureWritable(length);
        final ByteBuffer target = to.internalNioBuffer(to.writerIndex(), length);
        from.getBytes(offset, target, length);
        to.writerIndex(to.writerIndex() + length);
    }
}
