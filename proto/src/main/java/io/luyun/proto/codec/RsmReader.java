package io.luyun.proto.codec;

import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import org.agrona.DirectBuffer;

/**
 * An {@code Rsm}: {@link #wrap}, then {@link #next} once for each participant, whose values the accessors of
 * {@link RoadUserReader} answer. One thread; no allocation.
 */
public final class RsmReader extends RoadUserReader {
    private static final int MSG_CNT = Rsm.MSG_CNT_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int ID = Rsm.ID_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int REF_POS = Rsm.REF_POS_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int PARTICIPANTS = Rsm.PARTICIPANTS_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int LAT = Position.LAT_FIELD_NUMBER << 3 | Wire.FIXED32;
    private static final int LON = Position.LON_FIELD_NUMBER << 3 | Wire.FIXED32;

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

    private int msgCnt;
    private long id;
    private int refLatE7;
    private int refLonE7;
    private int nextPosition;
    private int end;
    private int ptcType;
    private int ptcId;
    private int source;
    private boolean hasId;
    private long participantId;

    /** {@inheritDoc} The participants are not looked into before {@link #next}. */
    @Override
    public boolean wrap(DirectBuffer buffer, int offset, int length) {
        clear();
        if (!cursor.wrap(buffer, offset, length)) {
            return false;
        }
        end = length;
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case MSG_CNT -> msgCnt = (int) cursor.varint();
                case ID -> id = readId();
                case REF_POS -> readReference();
                case PARTICIPANTS -> cursor.bytes();
                default -> cursor.skipUnless(tag, 0b11110);
            }
        }
        if (cursor.malformed()) {
            end = 0;
            return false;
        }
        return true;
    }

    private void clear() {
        clearParticipant();
        msgCnt = ABSENT;
        id = 0;
        refLatE7 = ABSENT;
        refLonE7 = ABSENT;
        nextPosition = 0;
        end = 0;
    }

    private void clearParticipant() {
        clearRoadUser();
        ptcType = ABSENT;
        ptcId = ABSENT;
        source = ABSENT;
        hasId = false;
        participantId = 0;
    }

    private void readReference() {
        final int outer = cursor.enter();
        int tag;
        while ((tag = cursor.tag()) != 0) {
            switch (tag) {
                case LAT -> refLatE7 = cursor.fixed32();
                case LON -> refLonE7 = cursor.fixed32();
                default -> cursor.skipUnless(tag, 0b110);
            }
        }
        cursor.leave(outer);
    }

    /** Goes on to the next participant; false when there is no more, or when the next one is {@link #malformed()}. */
    public boolean next() {
        if (nextPosition >= end) {
            return false;
        }
        cursor.resume(nextPosition, end);
        int tag;
        while ((tag = cursor.tag()) != 0) {
            if (tag == PARTICIPANTS) {
                clearParticipant();
                readParticipant();
                nextPosition = cursor.position();
                return !cursor.malformed();
            }
            cursor.skip(tag);
        }
        nextPosition = end;
        return false;
    }

    /** Whether reading ended because the bytes are not an {@code Rsm}. */
    public boolean malformed() {
        return cursor.malformed();
    }

    private void readParticipant() {
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

    /** Counter of the sender's messages, 0..127. */
    public int msgCnt() {
        return msgCnt;
    }

    /** Id of the roadside unit, its eight octets in network order; 0 when absent. */
    public long idAsLong() {
        return id;
    }

    /** North latitude of the roadside unit, 1e-7 degrees. */
    public int refLatE7() {
        return refLatE7;
    }

    /** East longitude of the roadside unit, 1e-7 degrees. */
    public int refLonE7() {
        return refLonE7;
    }

    /** Number of {@code ParticipantType}. */
    public int ptcType() {
        return ptcType;
    }

    /** Number the roadside unit gave the participant. */
    public int ptcId() {
        return ptcId;
    }

    /** Number of {@code SourceType}. */
    public int source() {
        return source;
    }

    /** Whether the participant has a BSM id. */
    public boolean hasId() {
        return hasId;
    }

    /** The participant's BSM id, its eight octets in network order; 0 when absent. */
    public long participantIdAsLong() {
        return participantId;
    }
}
