package io.luyun.server;

import com.google.protobuf.Message;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope.Layout;
import io.luyun.proto.uper.RsuEnvelopeWriter;
import io.luyun.proto.uper.UperEncoder;
import io.luyun.proto.v1.Acceleration4Way;
import io.luyun.proto.v1.BrakeStatus;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.VehicleClassification;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** UPER frames and envelopes as devices send them. */
public final class Datagrams {
    /** A platoon message of phase II, millisecond 37865 of the minute, as a unit on the road sent it. */
    public static final String CLPMM =
            "802a0010274c1919999998181819c9f4991999999818181980000000100000000c80001919999998181819a6";

    public static final int CLPMM_SEC_MARK = 37_865;

    /** The same with an addition that is not known. */
    public static final byte[] CLPMM_ADDITION =
            HexFormat.of().parseHex(CLPMM.replace("802a0010", "802d8010") + "0101aa");

    private Datagrams() {}

    /** A BSM with all that has no value for unknown in a frame. */
    public static Bsm bsm(final int vehicle, final int msgCnt, final int secMark) {
        return Messages.bsm(vehicle, secMark, 10, 10).toBuilder()
                .setMsgCnt(msgCnt)
                .setAccel(Acceleration4Way.newBuilder().setYawRate(0))
                .setBrakes(BrakeStatus.newBuilder().setBrakePedal(1))
                .setVehicleClass(VehicleClassification.newBuilder().setClassification(10))
                .build();
    }

    /** A message as a frame. */
    public static byte[] frame(final Dialect dialect, final MessageKind kind, final Message message) {
        final UperEncoder encoder = new UperEncoder();
        final UnsafeBuffer canonical = new UnsafeBuffer(message.toByteArray());
        final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
        final int length = encoder.encode(dialect, kind.getNumber(), canonical, 0, canonical.capacity(), out, 0);
        if (length < 0) {
            throw new IllegalArgumentException(String.valueOf(encoder.violation()));
        }
        return Arrays.copyOf(out.byteArray(), length);
    }

    /** Frames in an envelope. */
    public static byte[] envelope(final Layout layout, final String id, final long millis, final byte[]... frames) {
        final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
        final long idAsLong =
                ByteBuffer.wrap(id.getBytes(StandardCharsets.US_ASCII)).getLong();
        final RsuEnvelopeWriter writer = new RsuEnvelopeWriter().begin(out, 0, layout, frames.length, idAsLong, millis);
        for (final byte[] frame : frames) {
            writer.add(new UnsafeBuffer(frame), 0, frame.length);
        }
        return Arrays.copyOf(out.byteArray(), writer.length());
    }

    /** A payment message of phase II that names a service by this octet, with an addition that is not known. */
    public static byte[] payment(final int service) {
        final String payment = "0" // no additions
                + "0000001" // msgCnt
                + "000" // the first of four steps: an offer
                + "0" // no additions
                + "0000000" // nothing of date and time
                + "0".repeat(64) // id
                + "0000" // one parameter
                + "0" // no additions
                + "0000" // pid
                + "0" // the first form
                + "0" // no additions
                + "001" // service info only
                + "0".repeat(9) // of one octet
                + bits(service, 8);
        final byte[] inner = octets(payment);
        final String extension =
                "1" + bits(17, 15) + bits(inner.length, 8) + bits(inner) + "00000001" + "00000001" + "10101010";
        final byte[] outer = octets(extension);
        return octets("10000000" + bits(outer.length, 8) + bits(outer));
    }

    private static String bits(final int value, final int count) {
        final StringBuilder bits = new StringBuilder();
        for (int i = count - 1; i >= 0; i--) {
            bits.append(value >> i & 1);
        }
        return bits.toString();
    }

    private static String bits(final byte[] octets) {
        final StringBuilder bits = new StringBuilder();
        for (final byte octet : octets) {
            bits.append(bits(octet & 0xFF, Byte.SIZE));
        }
        return bits.toString();
    }

    private static byte[] octets(final String bits) {
        final byte[] octets = new byte[(bits.length() + 7) / Byte.SIZE];
        for (int i = 0; i < bits.length(); i++) {
            octets[i >> 3] |= (byte) ((bits.charAt(i) - '0') << (7 - (i & 7)));
        }
        return octets;
    }
}
