package io.luyun.proto.codec;

import io.luyun.proto.v1.NonMotorData;
import io.luyun.proto.v1.PersonalRequest;
import io.luyun.proto.v1.Psm;
import org.agrona.DirectBuffer;

/**
 * The values of a {@code Psm} that the road needs, all read in {@link #wrap}; width and length are those of the circle
 * around the person. One thread; no allocation.
 */
public final class PsmReader extends RoadUserReader {
    private static final int ID = Psm.ID_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int SEC_MARK = Psm.SEC_MARK_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int POS = Psm.POS_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int SPEED = Psm.SPEED_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int HEADING = Psm.HEADING_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int ACCEL = Psm.ACCEL_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int RADIUS = Psm.OVERALL_RADIUS_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int NON_MOTOR = Psm.NON_MOTOR_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int BASIC_TYPE = NonMotorData.BASIC_TYPE_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int PERSONAL_REQ = NonMotorData.PERSONAL_REQ_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int CROSSING = PersonalRequest.CROSSING_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final long READ_NON_MOTOR =
            1L << NonMotorData.BASIC_TYPE_FIELD_NUMBER | 1L << NonMotorData.PERSONAL_REQ_FIELD_NUMBER;
    private static final long READ = 0b11_0011_1010_1100L;
    /** Twice a radius of 0.1 m steps. */
    private static final int CM_PER_STEP = 20;

    private long id;
    private int basicType;
    private int crossing;

    @Override
    public boolean wrap(DirectBuffer buffer, int offset, int length) {
        clearRoadUser();
        id = 0;
        basicType = ABSENT;
        crossing = ABSENT;
        if (!cursor.wrap(buffer, offset, length)) {
            return false;
        }
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case ID -> id = readId();
                case SEC_MARK -> secMark = (int) cursor.varint();
                case POS -> readPosition();
                case SPEED -> speed = (int) cursor.varint();
                case HEADING -> heading = (int) cursor.varint();
                case ACCEL -> readAcceleration();
                case RADIUS -> {
                    widthCm = (int) cursor.varint() * CM_PER_STEP;
                    lengthCm = widthCm;
                }
                case NON_MOTOR -> readNonMotor();
                default -> cursor.skipUnless(tag, READ);
            }
        }
        return !cursor.malformed();
    }

    private void readNonMotor() {
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case BASIC_TYPE -> basicType = (int) cursor.varint();
                case PERSONAL_REQ -> readRequest();
                default -> cursor.skipUnless(tag, READ_NON_MOTOR);
            }
        }
        cursor.leave(outer);
    }

    private void readRequest() {
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            if (tag == CROSSING) {
                crossing = (int) cursor.varint();
            } else {
                cursor.skipUnless(tag, 1L << PersonalRequest.CROSSING_FIELD_NUMBER);
            }
        }
        cursor.leave(outer);
    }

    /** Temporary id, its eight octets in network order; 0 when absent. */
    public long idAsLong() {
        return id;
    }

    /** Number of {@code PersonalDeviceUserType}. */
    public int basicType() {
        return basicType;
    }

    /** Crossing the road: 1 asks to, 2 does, 3 has finished. */
    public int crossing() {
        return crossing;
    }
}
