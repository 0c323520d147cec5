package io.luyun.server.net;

import io.luyun.server.session.Session.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what was read into frames, in place. Only a frame whose end has not come yet is copied, into a buffer that never
 * grows beyond the frame's own length, which is checked before anything grows at all. Owned by one connection's loop.
 *
 * <pre>
 *  0        1..5
 *  +--------+---------//---------+
 *  | varint |  DeviceFrame       |     varint: length of what follows it, 7 bits a byte, lowest first
 *  +--------+---------//---------+
 * </pre>
 */
public final class FrameCutter {
    private static final int HEADER_MAX = 5;
    private static final int TAIL_INITIAL = 256;

    /** Takes the frames. */
    public interface Sink {
        /** A frame; the buffer is the sink's until it returns. */
        Outcome onFrame(DirectBuffer buffer, int offset, int length);

        /** A length above the limit; nothing can be cut after it. */
        void onTooLong(long length);
    }

    private final Sink sink;
    private final ByteBufAllocator allocator;
    private final int maxFrameBytes;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private @Nullable ByteBuf tail;
    private int headerBytes;
    private long frameBytes;

    public FrameCutter(final Sink sink, final ByteBufAllocator allocator, final int maxFrameBytes) {
        this.sink = sink;
        this.allocator = allocator;
        this.maxFrameBytes = maxFrameBytes;
    }

    /** Whether a frame has begun and not ended. */
    boolean midFrame() {
        return tail != null;
    }

    /**
     * Hands the frames to the sink.
     *
     * @return TAKEN when all bytes are used; LATER when the sink took a frame not yet: call again with the same buffer
     */
    public Outcome cut(final ByteBuf in) {
        if (tail != null) {
            final Outcome outcome = fill(tail, in);
            if (outcome != Outcome.TAKEN) {
                return outcome;
            }
        }
        while (in.isReadable()) {
            final int start = in.readerIndex();
            readHeader(in);
            if (frameBytes > maxFrameBytes) {
                sink.onTooLong(frameBytes);
                return Outcome.ENDED;
            }
            if (headerBytes == 0 || in.readableBytes() - headerBytes < frameBytes) {
                tail = allocator.buffer(TAIL_INITIAL, HEADER_MAX + maxFrameBytes);
                tail.writeBytes(in);
                return Outcome.TAKEN;
            }
            final Outcome outcome = hand(in, start + headerBytes);
            if (outcome != Outcome.TAKEN) {
                return outcome;
            }
            in.readerIndex(start + headerBytes + (int) frameBytes);
        }
        return Outcome.TAKEN;
    }

    /** Forgets a frame that has begun. */
    public void release() {
        if (tail != null) {
            tail.release();
            tail = null;
        }
    }

    private Outcome fill(final ByteBuf begun, final ByteBuf in) {
        readHeader(begun);
        while (headerBytes == 0 && in.isReadable()) {
            begun.writeByte(in.readByte());
            readHeader(begun);
        }
        if (frameBytes > maxFrameBytes) {
            sink.onTooLong(frameBytes);
            return Outcome.ENDED;
        }
        if (headerBytes == 0) {
            return Outcome.TAKEN;
        }
        final int missing = headerBytes + (int) frameBytes - begun.readableBytes();
        begun.writeBytes(in, Math.min(missing, in.readableBytes()));
        if (begun.readableBytes() < headerBytes + frameBytes) {
            return Outcome.TAKEN;
        }
        final Outcome outcome = hand(begun, begun.readerIndex() + headerBytes);
        if (outcome == Outcome.TAKEN) {
            release();
        }
        return outcome;
    }

    private void readHeader(final ByteBuf in) {
        final int start = in.readerIndex();
        final int available = Math.min(HEADER_MAX, in.readableBytes());
        long length = 0;
        for (int i = 0; i < available; i++) {
            final byte next = in.getByte(start + i);
            length |= (long) (next & 0x7F) << (7 * i);
            if (next >= 0) {
                headerBytes = i + 1;
                frameBytes = length;
                return;
            }
        }
        headerBytes = 0;
        frameBytes = available == HEADER_MAX ? Long.MAX_VALUE : 0;
    }

    private Outcome hand(final ByteBuf from, final int index) {
        final int length = (int) frameBytes;
        if (from.hasMemoryAddress()) {
            view.wrap(from.memoryAddress() + index, length);
        } else if (from.hasArray()) {
            view.wrap(from.array(), from.arrayOffset() + index, length);
        } else {
            final ByteBuffer inside = from.internalNioBuffer(index, length);
            view.wrap(inside, inside.position(), length);
        }
        return sink.onFrame(view, 0, length);
    }
}
