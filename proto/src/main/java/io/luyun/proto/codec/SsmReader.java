package io.luyun.proto.codec;

import io.luyun.proto.v1.DetectedObstacle;
import io.luyun.proto.v1.DetectedParticipant;
import io.luyun.proto.v1.ObjectSize;
import io.luyun.proto.v1.Ssm;
import org.agrona.DirectBuffer;

/**
 * The road users and obstacles of an {@code Ssm}, as an {@link RsmReader} tells of those of an {@code Rsm}. Regions,
 * events, plans and confidences are passed over. One thread; no allocation.
 */
public final class SsmReader extends SeenReader {
    private static final int PARTICIPANTS = Ssm.PARTICIPANTS_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int OBSTACLES = Ssm.OBSTACLES_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int PTC = DetectedParticipant.PTC_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int OBS_TYPE = DetectedObstacle.OBS_TYPE_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int OBS_ID = DetectedObstacle.OBS_ID_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int SOURCE = DetectedObstacle.SOURCE_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int SEC_MARK = DetectedObstacle.SEC_MARK_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int POS = DetectedObstacle.POS_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int SPEED = DetectedObstacle.SPEED_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int HEADING = DetectedObstacle.HEADING_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int ACCEL = DetectedObstacle.ACCEL_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int SIZE = DetectedObstacle.SIZE_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int WIDTH = ObjectSize.WIDTH_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int LENGTH = ObjectSize.LENGTH_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final long READ_OF_OBSTACLE = 0b1100_0101_0111_1010L;
    private static final int CM_PER_STEP = 10;

    private int nextPosition;
    private int end;
    private boolean obstacle;
    private int obstacleType;

    /** {@inheritDoc} What is seen is not looked into before {@link #next}. */
    @Override
    public boolean wrap(DirectBuffer buffer, int offset, int length) {
        clearParticipant();
        obstacle = false;
        nextPosition = 0;
        end = 0;
        if (!cursor.wrap(buffer, offset, length)) {
            return false;
        }
        int tag;
        while ((tag = cursor.tag()) != 0) {
            cursor.skip(tag);
        }
        if (cursor.malformed()) {
            return false;
        }
        end = length;
        return true;
    }

    @Override
    public boolean next() {
        if (nextPosition >= end) {
            return false;
        }
        cursor.resume(nextPosition, end);
        int tag;
        while ((tag = cursor.tag()) != 0) {
            if (tag == PARTICIPANTS || tag == OBSTACLES) {
                clearParticipant();
                obstacle = tag == OBSTACLES;
                if (obstacle) {
                    readObstacle();
                } else {
                    readDetected();
                }
                nextPosition = cursor.position();
                return !cursor.malformed();
            }
            cursor.skip(tag);
        }
        nextPosition = end;
        return false;
    }

    @Override
    public boolean obstacle() {
        return obstacle;
    }

    @Override
    public int obstacleType() {
        return obstacle ? obstacleType : ABSENT;
    }

    private void readDetected() {
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            if (tag == PTC) {
                readParticipant();
            } else {
                cursor.skipUnless(tag, 1L << DetectedParticipant.PTC_FIELD_NUMBER);
            }
        }
        cursor.leave(outer);
    }

    private void readObstacle() {
        ptcType = 0;
        obstacleType = 0;
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case OBS_TYPE -> obstacleType = (int) cursor.varint();
                case OBS_ID -> ptcId = (int) cursor.varint();
                case SOURCE -> source = (int) cursor.varint();
                case SEC_MARK -> secMark = (int) cursor.varint();
                case POS -> readPosition();
                case SPEED -> speed = (int) cursor.varint();
                case HEADING -> heading = (int) cursor.varint();
                case ACCEL -> readAcceleration();
                case SIZE -> readObjectSize();
                default -> cursor.skipUnless(tag, READ_OF_OBSTACLE);
            }
        }
        cursor.leave(outer);
    }

    private void readObjectSize() {
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case WIDTH -> widthCm = (int) cursor.varint() * CM_PER_STEP;
                case LENGTH -> lengthCm = (int) cursor.varint() * CM_PER_STEP;
                default -> cursor.skipUnless(tag, 0b110);
            }
        }
        cursor.leave(outer);
    }
}
