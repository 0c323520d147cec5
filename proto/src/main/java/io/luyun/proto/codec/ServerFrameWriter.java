package io.luyun.proto.codec;

import io.luyun.proto.v1.Ack;
import io.luyun.proto.v1.HeartbeatReply;
import io.luyun.proto.v1.ServerFrame;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes the server's frequent frames, each complete with the varint length before it. Stateless, any thread, no
 * allocation; the caller owns the buffer.
 *
 * <pre>
 *   0        1        2        3
 *   +--------+--------+--------+---------//--------+
 *   | length |  tag   | length |  fields of body   |      both lengths stay below 128
 *   +--------+--------+--------+---------//--------+
 * </pre>
 */
public final class ServerFrameWriter {
    private static final int HEADER_LENGTH = 3;

    /** Most bytes {@link #ack} writes. */
    public static final int MAX_ACK_LENGTH = HEADER_LENGTH + 1 + Wire.MAX_VARINT_LENGTH;

    /** Bytes {@link #heartbeatReply} writes. */
    public static final int HEARTBEAT_REPLY_LENGTH = HEADER_LENGTH + 3 * (1 + Long.BYTES);

    private ServerFrameWriter() {}

    /**
     * Writes an {@code Ack}.
     *
     * @return the bytes written, at most {@link #MAX_ACK_LENGTH}
     */
    public static int ack(MutableDirectBuffer buffer, int offset, long upTo) {
        int position = offset + HEADER_LENGTH;
        buffer.putByte(position++, (byte) (Ack.UP_TO_FIELD_NUMBER << 3 | Wire.VARINT));
        position += Wire.putVarint(buffer, position, upTo);
        return finish(buffer, offset, position, ServerFrame.ACK_FIELD_NUMBER);
    }

    /**
     * Writes a {@code HeartbeatReply}; all times in nanoseconds since 1970 UTC.
     *
     * @return {@link #HEARTBEAT_REPLY_LENGTH}
     */
    public static int heartbeatReply(
            MutableDirectBuffer buffer, int offset, long deviceTimeNs, long receivedAtNs, long sentAtNs) {
        int position = offset + HEADER_LENGTH;
        position = fixed64(buffer, position, HeartbeatReply.DEVICE_TIME_NS_FIELD_NUMBER, deviceTimeNs);
        position = fixed64(buffer, position, HeartbeatReply.RECEIVED_AT_NS_FIELD_NUMBER, receivedAtNs);
        position = fixed64(buffer, position, HeartbeatReply.SENT_AT_NS_FIELD_NUMBER, sentAtNs);
        return finish(buffer, offset, position, ServerFrame.HEARTBEAT_REPLY_FIELD_NUMBER);
    }

    private static int fixed64(MutableDirectBuffer buffer, int position, int field, long value) {
        buffer.putByte(position, (byte) (field << 3 | Wire.FIXED64));
        buffer.putLong(position + 1, value, ByteOrder.LITTLE_ENDIAN);
        return position + 1 + Long.BYTES;
    }

    private static int finish(MutableDirectBuffer buffer, int offset, int end, int body) {
        final int length = end - offset;
        buffer.putByte(offset, (byte) (length - 1));
        buffer.putByte(offset + 1, (byte) (body << 3 | Wire.LENGTH_DELIMITED));
        buffer.putByte(offset + 2, (byte) (length - HEADER_LENGTH));
        return length;
    }
}
