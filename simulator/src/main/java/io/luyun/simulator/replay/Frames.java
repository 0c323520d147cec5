package io.luyun.simulator.replay;

import com.google.protobuf.CodedOutputStream;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Canonical messages in what is around them; a message's field in Message is its kind plus one. */
final class Frames {
    private Frames() {}

    /** A luyun.v1.Message. */
    static byte[] message(final long number, final int kind, final byte[] canonical) {
        final byte[] bytes = new byte
                [CodedOutputStream.computeUInt64Size(Message.NUMBER_FIELD_NUMBER, number)
                        + CodedOutputStream.computeByteArraySize(kind + 1, canonical)];
        final CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeUInt64(Message.NUMBER_FIELD_NUMBER, number);
            out.writeByteArray(kind + 1, canonical);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    /** A luyun.v1.DeviceFrame with that, after its length. */
    static byte[] delimited(final long number, final int kind, final byte[] canonical) {
        final byte[] message = message(number, kind, canonical);
        final int frame = CodedOutputStream.computeByteArraySize(DeviceFrame.MESSAGE_FIELD_NUMBER, message);
        final byte[] bytes = new byte[CodedOutputStream.computeUInt32SizeNoTag(frame) + frame];
        final CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeUInt32NoTag(frame);
            out.writeByteArray(DeviceFrame.MESSAGE_FIELD_NUMBER, message);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    /** Any frame, after its length. */
    static byte[] delimited(final DeviceFrame frame) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            frame.writeDelimitedTo(bytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
