package io.luyun.benchmarks;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope.Layout;
import io.luyun.proto.uper.RsuEnvelopeWriter;
import io.luyun.proto.uper.UperEncoder;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DeviceFrame;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The fleet's messages as a roadside unit passes them on: UPER frames, and the envelope around them. */
final class UnitFrames {
    static final Dialect DIALECT = Dialect.PHASE_1_2019;

    /** R1003101. */
    static final long UNIT_ID = 0x5231_3030_3331_3031L;

    private UnitFrames() {}

    /**
     * What a vehicle of the fleet says, canonical.
     *
     * @param nowNs the moment it stands for
     * @param msgCnt the count of its messages
     */
    static Bsm bsm(final Fleet fleet, final int vehicle, final long nowNs, final int msgCnt) {
        fleet.report(vehicle, nowNs);
        try {
            return DeviceFrame.parser()
                    .parseFrom(fleet.bytes(), fleet.frameOffset(), fleet.frameLength())
                    .getMessage()
                    .getBsm()
                    .toBuilder()
                    .setMsgCnt(msgCnt)
                    .build();
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A message as a frame. */
    static byte[] frame(final int kind, final MessageLite message) {
        final UperEncoder encoder = new UperEncoder();
        final UnsafeBuffer canonical = new UnsafeBuffer(message.toByteArray());
        final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
        final int length = encoder.encode(DIALECT, kind, canonical, 0, canonical.capacity(), out, 0);
        if (length < 0) {
            throw new IllegalStateException(String.valueOf(encoder.violation()));
        }
        return Arrays.copyOf(out.byteArray(), length);
    }

    /** Frames in the envelope of BSM: a count, then each behind its length. */
    static byte[] envelope(final long nowMillis, final byte[]... frames) {
        final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
        final RsuEnvelopeWriter writer =
                new RsuEnvelopeWriter().begin(out, 0, Layout.COUNTED, frames.length, UNIT_ID, nowMillis);
        for (final byte[] frame : frames) {
            writer.add(new UnsafeBuffer(frame), 0, frame.length);
        }
        return Arrays.copyOf(out.byteArray(), writer.length());
    }
}
