package io.luyun.proto.codec;

import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Rsm;
import org.agrona.DirectBuffer;

/**
 * An {@code Rsm}: {@link #wrap}, then {@link #next} once for each participant, whose values the accessors of
 * {@link RoadUserReader} answer. One thread; no allocation.
 */
public final class RsmReader extends SeenReader {
    private static final int MSG_CNT = Rsm.MSG_CNT_FIELD_NUMBER << 3 | Wire.VARINT;
    private static final int ID = Rsm.ID_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int REF_POS = Rsm.REF_POS_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int PARTICIPANTS = Rsm.PARTICIPANTS_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED;
    private static final int LAT = Position.LAT_FIELD_NUMBER << 3 | Wire.FIXED32;
    private static final int LON = Position.LON_FIELD_NUMBER << 3 | Wire.FIXED32;

    private int msgCnt;
    private long id;
    private int refLatE7;
    private int refLonE7;
    private int nextPosition;
    private int end;

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

    @Override
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
}
