package io.luyun.benchmarks;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Acceleration4Way;
import io.luyun.proto.v1.BrakeStatus;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.MotionConfidence;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.PositionConfidence;
import io.luyun.proto.v1.TransmissionState;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.proto.v1.VehicleSafetyExtension;
import io.luyun.proto.v1.VehicleSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of a delimited frame with a BSM, as a vehicle's unit fills it in, and where in them the parts lie that change
 * from message to message. They are found by values that occur once, and have a fixed length: the numbers are written as
 * varints of 5 and 3 bytes, with leading zeros where they are small.
 */
final class BsmFrame {
    /** Numbers from here to 2^35 take 5 bytes. */
    static final long FIRST_NUMBER = 1L << 28;

    private static final int NUMBER_BYTES = 5;
    private static final int SMALL_BYTES = 3;
    private static final long NUMBER_MARK = FIRST_NUMBER + 0x0123_4567;
    private static final int SEC_MARK_MARK = 54_321;
    private static final int HEADING_MARK = 28_123;
    private static final int SPEED_MARK = 8_123;
    private static final int SPEED_BYTES = 2;
    private static final int LAT_MARK = 0x1122_3344;
    private static final int LON_MARK = 0x2233_4455;

    private final byte[] bytes;
    private final int numberAt;
    private final int secMarkAt;
    private final int headingAt;
    private final int speedAt;
    private final int latAt;
    private final int lonAt;
    private final int idAt;

    /** A car of this id going at this speed. */
    BsmFrame(final long id, final int speed) {
        bytes = encode(id);
        numberAt = find(varint(NUMBER_MARK, NUMBER_BYTES));
        secMarkAt = find(varint(SEC_MARK_MARK, SMALL_BYTES));
        headingAt = find(varint(HEADING_MARK, SMALL_BYTES));
        speedAt = find(varint(SPEED_MARK, SPEED_BYTES));
        latAt = find(fixed(LAT_MARK));
        lonAt = find(fixed(LON_MARK));
        idAt = find(ByteBuffer.allocate(Long.BYTES).putLong(id).array());
        speed(speed);
    }

    /** The whole frame with its length in front; the array is the frame's own. */
    byte[] bytes() {
        return bytes;
    }

    /** Bytes of the length in front. */
    int lengthBytes() {
        return bytes.length < 129 ? 1 : 2;
    }

    BsmFrame number(final long number) {
        write(numberAt, number, NUMBER_BYTES);
        return this;
    }

    /** The id as its octets in network order tell it. */
    BsmFrame id(final long id) {
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[idAt + i] = (byte) (id >> (Long.SIZE - Byte.SIZE * (i + 1)));
        }
        return this;
    }

    BsmFrame secMark(final int millisecond) {
        write(secMarkAt, millisecond, SMALL_BYTES);
        return this;
    }

    BsmFrame heading(final int heading) {
        write(headingAt, heading, SMALL_BYTES);
        return this;
    }

    /** In steps of 0.02 m/s, up to 2^14 of them. */
    BsmFrame speed(final int speed) {
        write(speedAt, speed, SPEED_BYTES);
        return this;
    }

    /** The id in a frame of this shape. */
    long idIn(final byte[] frame) {
        return ByteBuffer.wrap(frame).getLong(idAt);
    }

    /** The number in a frame of this shape. */
    long numberIn(final byte[] frame) {
        long number = 0;
        for (int i = 0; i < NUMBER_BYTES; i++) {
            number |= (frame[numberAt + i] & 0x7fL) << (7 * i);
        }
        return number;
    }

    BsmFrame position(final int latE7, final int lonE7) {
        writeFixed(latAt, latE7);
        writeFixed(lonAt, lonE7);
        return this;
    }

    private void write(final int at, final long value, final int length) {
        long rest = value;
        for (int i = 0; i < length - 1; i++) {
            bytes[at + i] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at + length - 1] = (byte) (rest & 0x7f);
    }

    private void writeFixed(final int at, final int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >> 8);
        bytes[at + 2] = (byte) (value >> 16);
        bytes[at + 3] = (byte) (value >> 24);
    }

    private int find(final byte[] mark) {
        int found = -1;
        for (int i = 0; i + mark.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + mark.length, mark, 0, mark.length)) {
                if (found >= 0) {
                    throw new IllegalStateException("a mark occurs twice");
                }
                found = i;
            }
        }
        if (found < 0) {
            throw new IllegalStateException("a mark does not occur");
        }
        return found;
    }

    private static byte[] varint(final long value, final int length) {
        final byte[] mark = new byte[length];
        for (int i = 0; i < length; i++) {
            mark[i] = (byte) ((value >>> (7 * i) & 0x7f) | (i < length - 1 ? 0x80 : 0));
        }
        return mark;
    }

    private static byte[] fixed(final int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .putInt(Integer.reverseBytes(value))
                .array();
    }

    private static byte[] encode(final long id) {
        final byte[] octets = ByteBuffer.allocate(Long.BYTES).putLong(id).array();
        final Bsm bsm = Bsm.newBuilder()
                .setMsgCnt(17)
                .setId(ByteString.copyFrom(octets))
                .setSecMark(SEC_MARK_MARK)
                .setPos(Position.newBuilder().setLat(LAT_MARK).setLon(LON_MARK).setElevation(2_650))
                .setPosConfidence(PositionConfidence.newBuilder().setPos(11).setElevation(10))
                .setTransmission(TransmissionState.TRANSMISSION_FORWARD_GEARS)
                .setSpeed(SPEED_MARK)
                .setHeading(HEADING_MARK)
                .setSteeringAngle(-2)
                .setMotionConfidence(
                        MotionConfidence.newBuilder().setSpeed(4).setHeading(5).setSteer(2))
                .setAccel(Acceleration4Way.newBuilder()
                        .setLongitudinal(12)
                        .setLateral(-3)
                        .setVertical(1)
                        .setYawRate(15))
                .setBrakes(BrakeStatus.newBuilder()
                        .setBrakePedal(1)
                        .setWheelBrakes(0)
                        .setTraction(2)
                        .setAbs(2)
                        .setScs(2))
                .setSize(VehicleSize.newBuilder().setWidth(185).setLength(465).setHeight(30))
                .setVehicleClass(
                        VehicleClassification.newBuilder().setClassification(10).setFuelType(4))
                .setSafetyExt(VehicleSafetyExtension.newBuilder().setLights(1))
                .build();
        final DeviceFrame frame = DeviceFrame.newBuilder()
                .setMessage(Message.newBuilder().setNumber(NUMBER_MARK).setBsm(bsm))
                .build();
        final ByteArrayOutputStream out = new ByteArrayOutputStream(frame.getSerializedSize() + 2);
        try {
            frame.writeDelimitedTo(out);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
