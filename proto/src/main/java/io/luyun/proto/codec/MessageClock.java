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
            case MessageKind.MESSAGE_KIND_BSM_VALUE ->
                WireFields.varint(buffer, offset, end, Bsm.SEC_MARK_FIELD_NUMBER);
            case MessageKind.MESSAGE_KIND_RSC_VALUE ->
                WireFields.varint(buffer, offset, end, Rsc.SEC_MARK_FIELD_NUMBER);
            case MessageKind.MESSAGE_KIND_SSM_VALUE ->
                WireFields.varint(buffer, offset, end, Ssm.SEC_MARK_FIELD_NUMBER);
            case MessageKind.MESSAGE_KIND_VIR_VALUE ->
                WireFields.varint(buffer, offset, end, Vir.SEC_MARK_FIELD_NUMBER);
            case MessageKind.MESSAGE_KIND_PSM_VALUE ->
                WireFields.varint(buffer, offset, end, Psm.SEC_MARK_FIELD_NUMBER);
            case MessageKind.MESSAGE_KIND_CLPMM_VALUE ->
                WireFields.varint(buffer, offset, end, Clpmm.SEC_MARK_FIELD_NUMBER);
            case MessageKind.MESSAGE_KIND_RSM_VALUE ->
                WireFields.inFirst(
                        buffer, offset, end, Rsm.PARTICIPANTS_FIELD_NUMBER, RsmParticipant.SEC_MARK_FIELD_NUMBER);
            case MessageKind.MESSAGE_KIND_SPAT_VALUE -> {
                final int own = WireFields.varint(buffer, offset, end, Spat.TIME_STAMP_FIELD_NUMBER);
                yield own != ABSENT
                        ? own
                        : WireFields.inFirst(
                                buffer,
                                offset,
                                end,
                                Spat.INTERSECTIONS_FIELD_NUMBER,
                                IntersectionState.TIME_STAMP_FIELD_NUMBER);
            }
            default -> ABSENT;
        };
    }
}
