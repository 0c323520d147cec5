package io.luyun.proto.codec;

import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Heartbeat;
import io.luyun.proto.v1.Message;
import org.agrona.DirectBuffer;

/**
 * Finds its way in one {@code DeviceFrame}: what it holds and where. One thread; keeps nothing of the
 * caller's buffer. Offsets are those of that buffer.
 */
public final class DeviceFrameReader {
    private static final int LAST_BODY = DeviceFrame.BYE_FIELD_NUMBER;
    private static final int LAST_MESSAGE = Message.VPM_FIELD_NUMBER;
    private static final int NUMBER = Message.NUMBER_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int DEVICE_TIME = Heartbeat.DEVICE_TIME_NS_FIELD_NUMBER << 3 | Wire.FIXED64;

    private final WireCursor cursor = new WireCursor();
    private int body;
    private int unknownField;
    private int bodyOffset;
    private int bodyLength;
    private int messageKind;
    private long number;
    private long heartbeatDeviceTimeNs;

    /**
     * Looks at one frame, without the varint length before it.
     *
     * @return false when the bytes are not a frame of this schema; the accessors then mean nothing
     */
    public boolean wrap(DirectBuffer buffer, int offset, int length) {
        body = 0;
        unknownField = 0;
        bodyOffset = offset;
        bodyLength = 0;
        messageKind = 0;
        number = 0;
        heartbeatDeviceTimeNs = 0;
        if (!cursor.wrap(buffer, offset, length)) {
            return false;
        }
        int tag;
        while ((tag = cursor.tag()) != 0) {
            final int field = tag >>> 3;
            if (field > LAST_BODY) {
                unknownField = field;
                cursor.skip(tag);
            } else if (body != 0 || (tag & 7) != Wire.LENGTH_DELIMITED) {
                return false;
            } else {
                body = field;
                readBody(offset);
            }
        }
        return !cursor.malformed();
    }

    private void readBody(int offset) {
        final int outer = cursor.enter();
        if (cursor.malformed()) {
            return;
        }
        bodyOffset = offset + cursor.position();
        bodyLength = cursor.limit() - cursor.position();
        if (body == DeviceFrame.MESSAGE_FIELD_NUMBER) {
            bodyLength = 0;
            readMessage(offset);
        } else if (body == DeviceFrame.HEARTBEAT_FIELD_NUMBER) {
            readHeartbeat();
        } else {
            cursor.resume(cursor.limit(), outer);
        }
        cursor.leave(outer);
    }

    private void readMessage(int offset) {
        int tag;
        while ((tag = cursor.tag()) != 0) {
            final int field = tag >>> 3;
            if (tag == NUMBER) {
                number = cursor.varint();
            } else if (field > LAST_MESSAGE) {
                unknownField = field;
                cursor.skip(tag);
            } else if (messageKind != 0 || (tag & 7) != Wire.LENGTH_DELIMITED || field == Message.NUMBER_FIELD_NUMBER) {
                cursor.fail(cursor.position());
            } else {
                bodyLength = cursor.bytes();
                bodyOffset = offset + cursor.position() - bodyLength;
                // MessageKind numbers the kinds in the order of the fields
                messageKind = field - Message.NUMBER_FIELD_NUMBER;
            }
        }
    }

    private void readHeartbeat() {
        int tag;
        while ((tag = cursor.tag()) != 0) {
            if (tag == DEVICE_TIME) {
                heartbeatDeviceTimeNs = cursor.fixed64();
            } else {
                cursor.skipUnless(tag, 1L << Heartbeat.DEVICE_TIME_NS_FIELD_NUMBER);
            }
        }
    }

    /** Field number of the body in {@code DeviceFrame}; 0 when there is none or one this version does not know. */
    public int body() {
        return body;
    }

    /** Number of a field this version does not know, in the frame or in its message; 0 when there is none. */
    public int unknownField() {
        return unknownField;
    }

    /** Number of the message; 0 when absent. Values of 2^63 and more are negative here. */
    public long number() {
        return number;
    }

    /** {@code MessageKind} of the message; 0 when it holds none or one this version does not know. */
    public int messageKind() {
        return messageKind;
    }

    /** Where the innermost message begins: the {@code Bsm} of a BSM, the {@code Hello} of a hello. */
    public int bodyOffset() {
        return bodyOffset;
    }

    /** Its length in bytes. */
    public int bodyLength() {
        return bodyLength;
    }

    /** Clock of the device in a heartbeat, nanoseconds since 1970 UTC; 0 when absent. */
    public long heartbeatDeviceTimeNs() {
        return heartbeatDeviceTimeNs;
    }
}
