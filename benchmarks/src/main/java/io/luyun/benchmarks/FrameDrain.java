package io.luyun.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/** What Netty alone needs to cut a stream into its varint-delimited frames. */
final class FrameDrain extends ByteToMessageDecoder {
    private static final int MAX_LENGTH_BYTES = 3;

    @Override
    protected void decode(final ChannelHandlerContext context, final ByteBuf in, final List<Object> out) {
        in.markReaderIndex();
        int length = 0;
        for (int i = 0; i < MAX_LENGTH_BYTES && in.isReadable(); i++) {
            final byte b = in.readByte();
            length |= (b & 0x7f) << (7 * i);
            if (b >= 0) {
                if (in.readableBytes() >= length) {
                    out.add(in.readRetainedSlice(length));
                    return;
                }
                break;
            }
        }
        in.resetReaderIndex();
    }
}
