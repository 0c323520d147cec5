package io.luyun.proto.uper;

import io.luyun.proto.uper.RsuEnvelope.Layout;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes an envelope as {@link RsuEnvelope} reads it. One thread, no allocation; the caller owns the buffer. */
public final class RsuEnvelopeWriter {
    private MutableDirectBuffer buffer = new UnsafeBuffer(new byte[0]);
    private Layout layout = Layout.ONE_FRAME;
    private int start;
    private int position;
    private int lengthAt;
    private int awaited;

    /**
     * Begins an envelope.
     *
     * @param frames how many will be added: 1..255, in {@code ONE_FRAME} 1
     * @param id of the unit, first octet highest
     * @param timestampMillis milliseconds since 1970 UTC
     */
    public RsuEnvelopeWriter begin(
            MutableDirectBuffer out, int offset, Layout form, int frames, long id, long timestampMillis) {
        if (frames < 1 || frames > (form == Layout.ONE_FRAME ? 1 : RsuEnvelope.MAX_FRAMES)) {
            throw new IllegalArgumentException(frames + " frames in " + form);
        }
        buffer = out;
        layout = form;
        start = offset;
        awaited = frames;
        out.putLong(offset, id, ByteOrder.BIG_ENDIAN);
        out.putLong(offset + RsuEnvelope.TIMESTAMP, timestampMillis, ByteOrder.LITTLE_ENDIAN);
        position = offset + RsuEnvelope.HEAD_LENGTH;
        if (form != Layout.ONE_FRAME) {
            out.putByte(position++, (byte) frames);
        }
        lengthAt = position;
        if (form == Layout.LENGTHS_FIRST) {
            position += frames * RsuEnvelope.LENGTH_BYTES;
        }
        return this;
    }

    /** Adds a frame of 1..65535 bytes. */
    public RsuEnvelopeWriter add(DirectBuffer frame, int offset, int length) {
        if (length < 1 || length > RsuEnvelope.MAX_FRAME_LENGTH || awaited == 0) {
            throw new IllegalArgumentException(length + " bytes, " + awaited + " frames awaited");
        }
        awaited--;
        if (layout != Layout.LENGTHS_FIRST) {
            lengthAt = position;
            position += RsuEnvelope.LENGTH_BYTES;
        }
        buffer.putShort(lengthAt, (short) length, ByteOrder.LITTLE_ENDIAN);
        lengthAt += RsuEnvelope.LENGTH_BYTES;
        buffer.putBytes(position, frame, offset, length);
        position += length;
        return this;
    }

    /** Its length in bytes, once all frames have been added. */
    public int length() {
        if (awaited != 0) {
            throw new IllegalStateException(awaited + " frames are missing");
        }
        return position - start;
    }
}
