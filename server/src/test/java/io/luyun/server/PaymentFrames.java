package io.luyun.server;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Frames of a payment dialogue, written bit by bit; the codec writes none. What nobody may keep says so. */
final class PaymentFrames {
    static final String UNIT = "TOLLGATE";
    static final String CAR = "PAYER-01";
    /** Stand where the frames carry what identifies or charges. */
    static final String SERVICE = "SVCBYTES";

    static final String RANDOM = "RANDOBU1";
    static final String CREDENTIALS = "CREDENTL";
    /** Of {@code Messages.bsm}. */
    static final String BSM_ID = "0000000000000001";

    private static final int OCTET = 8;
    private static final int LAT_BITS = 31;
    private static final int LON_BITS = 32;
    private static final long LAT_LEAST = -900_000_000;
    private static final long LON_LEAST = -1_799_999_999;
    private static final int TIME_BITS = 7;

    private final StringBuilder bits = new StringBuilder();

    private PaymentFrames() {}

    static String hex(final String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A unit offers something at a place. */
    static byte[] offer(final String unit, final int latE7, final int lonE7) {
        return begin(0).add(0, 1 + TIME_BITS)
                .text(unit)
                .add(0, 4)
                .add(0, 1)
                .add(1, 4)
                .add(0, 1)
                .add(0b0101, 4)
                .add(0b0_0100, 5)
                .add(0, 1)
                .add(latE7 - LAT_LEAST, LAT_BITS)
                .add(lonE7 - LON_LEAST, LON_BITS)
                .add(SERVICE.length() - 1, 9)
                .text(SERVICE)
                .frame();
    }

    /** A vehicle answers. */
    static byte[] answer(final String car, final String unit) {
        return begin(1).add(0b0_1001, 5)
                .add(0, TIME_BITS)
                .text(car)
                .text(unit)
                .text(RANDOM)
                .frame();
    }

    /** A unit asks for a step. */
    static byte[] request(final String unit, final String car) {
        return begin(2).add(0b0_11, 3)
                .add(0, TIME_BITS)
                .add(1, 1)
                .text(unit)
                .text(car)
                .add(1, 4)
                .add(8, 5)
                .add(0, 1)
                .add(0, 2)
                .text(CREDENTIALS)
                .frame();
    }

    /** A vehicle has done it. */
    static byte[] response(final String car, final String unit) {
        return begin(3).add(0b0_10, 3)
                .add(0, TIME_BITS)
                .text(car)
                .text(unit)
                .add(1, 4)
                .add(0, 4)
                .frame();
    }

    private static PaymentFrames begin(final int step) {
        return new PaymentFrames().add(0, 1).add(1, 7).add(0, 1).add(step, 2);
    }

    private PaymentFrames add(final long value, final int count) {
        for (int bit = count - 1; bit >= 0; bit--) {
            bits.append(value >> bit & 1);
        }
        return this;
    }

    private PaymentFrames text(final String text) {
        for (final byte octet : text.getBytes(StandardCharsets.US_ASCII)) {
            add(octet, OCTET);
        }
        return this;
    }

    private byte[] frame() {
        final int length = (bits.length() + OCTET - 1) / OCTET;
        bits.append("0".repeat(length * OCTET - bits.length()));
        final ByteBuffer frame = ByteBuffer.allocate(5 + length);
        frame.put((byte) 0x80).put((byte) (3 + length)).putShort((short) 17).put((byte) length);
        for (int i = 0; i < length; i++) {
            frame.put(new BigInteger(bits.substring(i * OCTET, (i + 1) * OCTET), 2).byteValue());
        }
        return frame.array();
    }
}
