package io.luyun.server.net;

import io.luyun.server.session.Sessions;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * What the line thread tells one event loop about appends. One producer, one consumer.
 *
 * <pre>
 *  0            8            16           24        28        32
 *  +------------+------------+------------+---------+---------+
 *  | session id |   number   |  sequence  |  kind   |duplicate|
 *  +------------+------------+------------+---------+---------+
 * </pre>
 */
final class AppendedQueue {
    private static final int CAPACITY = 1 << 20;
    private static final int NUMBER = 8;
    private static final int SEQUENCE = 16;
    private static final int KIND = 24;
    private static final int DUPLICATE = 28;
    private static final int LENGTH = 32;

    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH)));
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH]);

    /** False when full. */
    boolean offer(
            final long sessionId, final int kind, final long number, final long sequence, final boolean duplicate) {
        message.putLong(0, sessionId);
        message.putLong(NUMBER, number);
        message.putLong(SEQUENCE, sequence);
        message.putInt(KIND, kind);
        message.putInt(DUPLICATE, duplicate ? 1 : 0);
        return ring.write(1, message, 0, LENGTH);
    }

    boolean isEmpty() {
        return ring.size() == 0;
    }

    void drain(final Sessions sessions) {
        int read;
        do {
            read = ring.read((type, buffer, index, length) -> sessions.onAppended(
                    buffer.getLong(index),
                    buffer.getInt(index + KIND),
                    buffer.getLong(index + NUMBER),
                    buffer.getLong(index + SEQUENCE),
                    buffer.getInt(index + DUPLICATE) != 0));
        } while (read > 0);
    }
}
