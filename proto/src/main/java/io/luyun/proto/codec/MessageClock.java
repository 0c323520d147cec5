package io.luyun.proto.codec;

import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Clpmm;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.Vir;
import org.agrona.DirectBuffer;

/** Finds the device's own time in a message without reading the rest. Stateless, any thread, no allocation. */
public final class MessageClock {
    /** The message does not tell. */
    public static final int ABSENT = Wire.ABSENT;

    private static final long NOT_FOUND = -1;

    private MessageClock() {}

    /**
     * Millisecond within the UTC minute of the sender's clock: of an RSM its first participant's, of a SPAT its own or else
     * its first intersection's, of a BSM, RSC, SSM, VIR, PSM or CLPMM its own.
     *
     * @return 0..59999 in a valid message; {@link #ABSENT} when it does not tell, its kind has no such field, or the
     *     bytes are malformed
     */
    public static int secMark(int messageKind, DirectBuffer buffer, int offset, int length) {
        if (offset < 0 || length < 0 || offset > buffer.capacity() - length) {
            return ABSENT;
        }
        final int end = offset + length;
        return switch (messageKind) {
            case MessageKind.MESSAGE_KIND_BSM_VALUE -> varintField(buffer, offset, end, Bsm.SEC_MARK_FIELD_NUMBER);
            case MessageKind.MESSAGE_KIND_RSC_VALUE -> varintField(buffer, offset, end, Rsc.SEC_MARK_FIELD_NUMBER);
            case MessageKind.MESSAGE_KIND_SSM_VALUE -> varintField(buffer, offset, end, Ssm.SEC_MARK_FIELD_NUMBER);
            case MessageKind.MESSAGE_KIND_VIR_VALUE -> varintField(buffer, offset, end, Vir.SEC_MARK_FIELD_NUMBER);
            case MessageKind.MESSAGE_KIND_PSM_VALUE -> varintField(buffer, offset, end, Psm.SEC_MARK_FIELD_NUMBER);
            case MessageKind.MESSAGE_KIND_CLPMM_VALUE -> varintField(buffer, offset, end, Clpmm.SEC_MARK_FIELD_NUMBER);
            case MessageKind.MESSAGE_KIND_RSM_VALUE ->
                inFirst(buffer, offset, end, Rsm.PARTICIPANTS_FIELD_NUMBER, RsmParticipant.SEC_MARK_FIELD_NUMBER);
            case MessageKind.MESSAGE_KIND_SPAT_VALUE -> {
                final int own = varintField(buffer, offset, end, Spat.TIME_STAMP_FIELD_NUMBER);
                yield own != ABSENT
                        ? own
                        : inFirst(
                                buffer,
                                offset,
                                end,
                                Spat.INTERSECTIONS_FIELD_NUMBER,
                                IntersectionState.TIME_STAMP_FIELD_NUMBER);
            }
            default -> ABSENT;
        };
    }

    private static int inFirst(DirectBuffer buffer, int offset, int end, int outerField, int innerField) {
        final long found = find(buffer, offset, end, outerField << 3 | Wire.LENGTH_DELIMITED);
        if (found == NOT_FOUND) {
            return ABSENT;
        }
        final int begin = (int) (found >>> Integer.SIZE);
        return varintField(buffer, begin, begin + (int) found, innerField);
    }

    private static int varintField(DirectBuffer buffer, int offset, int end, int field) {
        final long found = find(buffer, offset, end, field << 3 | Wire.VARINT);
        return found == NOT_FOUND ? ABSENT : (int) Wire.varint(buffer, (int) (found >>> Integer.SIZE), (int) found);
    }

    /** Where the payload of the first field of this tag begins (upper half) and its length (lower half). */
    private static long find(DirectBuffer buffer, int offset, int end, int wanted) {
        int position = offset;
        while (position < end) {
            final int tagLength = Wire.varintLength(buffer, position, end);
            if (tagLength <= 0) {
                return NOT_FOUND;
            }
            final long tag = Wire.varint(buffer, position, tagLength);
            position += tagLength;
            final int wireType = (int) tag & 7;
            long length = headLength(buffer, position, end, wireType);
            if (length <= 0) {
                return NOT_FOUND;
            }
            if (wireType == Wire.LENGTH_DELIMITED) {
                final int head = (int) length;
                length = Wire.varint(buffer, position, head);
                position += head;
            }
            if (length < 0 || length > end - position) {
                return NOT_FOUND;
            }
            if (tag == wanted) {
                return (long) position << Integer.SIZE | length;
            }
            position += (int) length;
        }
        return NOT_FOUND;
    }

    /** Length of a number, or of the length in front of bytes; 0 or less when there is none. */
    private static int headLength(DirectBuffer buffer, int position, int end, int wireType) {
        return switch (wireType) {
            case Wire.FIXED64 -> Long.BYTES;
            case Wire.FIXED32 -> Integer.BYTES;
            case Wire.VARINT, Wire.LENGTH_DELIMITED -> Wire.varintLength(buffer, position, end);
            default -> 0;
        };
    }
}
