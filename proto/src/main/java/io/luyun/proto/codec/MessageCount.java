package io.luyun.proto.codec;

import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Spat;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Finds what tells whether messages were lost on the way, without reading the rest: the sender's counter, and whose
 * counter it is. Stateless, any thread, no allocation.
 */
public final class MessageCount {
    /** The message does not tell. */
    public static final int ABSENT = Wire.ABSENT;

    private static final int ID_OCTETS = 8;
    /** Every kind has its counter there, and all but RSI the id. */
    private static final int MSG_CNT = Bsm.MSG_CNT_FIELD_NUMBER;

    private static final int ID = Bsm.ID_FIELD_NUMBER;

    private MessageCount() {}

    /** The counter: 0..127 in a valid message; {@link #ABSENT} when it does not tell or the bytes are malformed. */
    public static int msgCnt(DirectBuffer buffer, int offset, int length) {
        return within(buffer, offset, length) ? WireFields.varint(buffer, offset, offset + length, MSG_CNT) : ABSENT;
    }

    /**
     * Who counts: the message's id, first octet highest; of a SPAT its first intersection, the region above the node.
     *
     * @return 0 for kinds without either, whose counter is that of the device
     */
    public static long counterOf(int messageKind, DirectBuffer buffer, int offset, int length) {
        if (!within(buffer, offset, length)) {
            return 0;
        }
        final int end = offset + length;
        return switch (messageKind) {
            case MessageKind.MESSAGE_KIND_BSM_VALUE,
                    MessageKind.MESSAGE_KIND_RSM_VALUE,
                    MessageKind.MESSAGE_KIND_RSC_VALUE,
                    MessageKind.MESSAGE_KIND_SSM_VALUE,
                    MessageKind.MESSAGE_KIND_VIR_VALUE,
                    MessageKind.MESSAGE_KIND_PSM_VALUE,
                    MessageKind.MESSAGE_KIND_CLPMM_VALUE -> id(buffer, offset, end, ID);
            case MessageKind.MESSAGE_KIND_RSI_VALUE -> id(buffer, offset, end, Rsi.ID_FIELD_NUMBER);
            case MessageKind.MESSAGE_KIND_SPAT_VALUE -> intersection(buffer, offset, end);
            default -> 0;
        };
    }

    private static boolean within(DirectBuffer buffer, int offset, int length) {
        return offset >= 0 && length >= 0 && offset <= buffer.capacity() - length;
    }

    private static long id(DirectBuffer buffer, int offset, int end, int field) {
        final long found = WireFields.find(buffer, offset, end, field << 3 | Wire.LENGTH_DELIMITED);
        return found != WireFields.NOT_FOUND && WireFields.length(found) == ID_OCTETS
                ? buffer.getLong(WireFields.offset(found), ByteOrder.BIG_ENDIAN)
                : 0;
    }

    private static long intersection(DirectBuffer buffer, int offset, int end) {
        final long state =
                WireFields.find(buffer, offset, end, Spat.INTERSECTIONS_FIELD_NUMBER << 3 | Wire.LENGTH_DELIMITED);
        if (state == WireFields.NOT_FOUND) {
            return 0;
        }
        final int from = WireFields.offset(state);
        final int to = from + WireFields.length(state);
        final int region = WireFields.inFirst(
                buffer, from, to, IntersectionState.INTERSECTION_FIELD_NUMBER, NodeReference.REGION_FIELD_NUMBER);
        final int node = WireFields.inFirst(
                buffer, from, to, IntersectionState.INTERSECTION_FIELD_NUMBER, NodeReference.ID_FIELD_NUMBER);
        return (region == ABSENT ? 0 : (long) region << Integer.SIZE) | (node == ABSENT ? 0 : node & 0xFFFF_FFFFL);
    }
}
