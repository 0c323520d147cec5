package io.luyun.proto.codec;

import io.luyun.proto.v1.RsmParticipant;

/**
 * Road users that somebody else sees: {@link #wrap}, then {@link #next} once for each, whose values the accessors answer.
 * One thread; no allocation.
 */
public abstract sealed class SeenReader extends RoadUserReader permits RsmReader, SsmReader {
    private static final int PTC_TYPE = RsmParticipant.PTC_TYPE_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int PTC_ID = RsmParticipant.PTC_ID_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int SOURCE = RsmParticipant.SOURCE_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int BSM_ID = RsmParticipant.ID_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int SEC_MARK = RsmParticipant.SEC_MARK_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int POS = RsmParticipant.POS_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int TRANSMISSION = RsmParticipant.TRANSMISSION_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int SPEED = RsmParticipant.SPEED_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int HEADING = RsmParticipant.HEADING_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int STEERING = RsmParticipant.STEERING_ANGLE_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int ACCEL = RsmParticipant.ACCEL_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int SIZE = RsmParticipant.SIZE_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int CLASS = RsmParticipant.VEHICLE_CLASS_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    // all but pos_confidence and motion_confidence
    private static final long READ = 0b1110_1111_0111_1110L;

    int ptcType;
    int ptcId;
    int source;
    private boolean hasId;
    private long participantId;

    /** Goes on to the next one; false when there is no more, or when the next one is {@link #malformed()}. */
    public abstract boolean next();

    /** Whether reading ended because the bytes are not such a message. */
    public final boolean malformed() {
        return cursor.malformed();
    }

    /** Whether it is an obstacle, numbered apart from the road users. */
    public boolean obstacle() {
        return false;
    }

    /** Number of {@code ObstacleType}, 0 when that is not told; {@link #ABSENT} for a road user. */
    public int obstacleType() {
        return ABSENT;
    }

    final void clearParticipant() {
        clearRoadUser();
        ptcType = ABSENT;
        ptcId = ABSENT;
        source = ABSENT;
        hasId = false;
        participantId = 0;
    }

    /** Reads an {@code RsmParticipant}. */
    final void readParticipant() {
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case PTC_TYPE -> ptcType = (int) cursor.varint();
                case PTC_ID -> ptcId = (int) cursor.varint();
                case SOURCE -> source = (int) cursor.varint();
                case BSM_ID -> {
                    final int length = cursor.bytes();
                    hasId = length == ID_LENGTH;
                    participantId = hasId ? cursor.octets(cursor.position() - ID_LENGTH) : 0;
                }
                case SEC_MARK -> secMark = (int) cursor.varint();
                case POS -> readPosition();
                case TRANSMISSION -> transmission = (int) cursor.varint();
                case SPEED -> speed = (int) cursor.varint();
                case HEADING -> heading = (int) cursor.varint();
                case STEERING -> steeringAngle = Wire.zigZag(cursor.varint());
                case ACCEL -> readAcceleration();
                case SIZE -> readSize();
                case CLASS -> readClassification();
                default -> cursor.skipUnless(tag, READ);
            }
        }
        cursor.leave(outer);
    }

    /** Number of {@code ParticipantType}. */
    public final int ptcType() {
        return ptcType;
    }

    /** Number the sender gave it. */
    public final int ptcId() {
        return ptcId;
    }

    /** Number of {@code SourceType}. */
    public final int source() {
        return source;
    }

    /** Whether the participant has a BSM id. */
    public final boolean hasId() {
        return hasId;
    }

    /** The participant's BSM id, its eight octets in network order; 0 when absent. */
    public final long participantIdAsLong() {
        return participantId;
    }
}
