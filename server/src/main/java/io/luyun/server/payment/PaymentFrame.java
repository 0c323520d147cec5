package io.luyun.server.payment;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.explain.ExplainedField;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.UperExplainer;
import io.luyun.proto.v1.PaymentApplication;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Vpm;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One frame of a payment dialogue as the post sees it: which step, from whom, to whom. The canonical message leaves out who
 * pays, so the ids are read from the frame itself.
 *
 * @param step which of the four
 * @param from the sender's id, first octet highest; null only in a frame the decoder refuses
 * @param to the id of the other side; null where the frame names none
 * @param places of what is offered; empty in other steps
 */
public record PaymentFrame(
        Vpm.PaymentCase step, @Nullable Long from, @Nullable Long to, List<Position> places) {
    private static final int HEX = 16;
    /** Dots in the path of a field of a step: message, payment, step, field. */
    private static final int STEP_DOTS = 3;

    /** The ids of a frame by the last component of their paths. */
    private static final class Ids {
        @Nullable
        Long from;

        @Nullable
        Long to;

        void take(final ExplainedField field) {
            if (field.part() != ExplainedField.Part.VALUE) {
                return;
            }
            final String path = field.path();
            // what a request or response carries may have fields of these names further in
            if (path.chars().filter(c -> c == '.').count() != STEP_DOTS) {
                return;
            }
            switch (path.substring(path.lastIndexOf('.') + 1)) {
                case "id", "obuId", "sourceId" -> from = Long.parseUnsignedLong(field.raw(), HEX);
                case "targetId" -> to = Long.parseUnsignedLong(field.raw(), HEX);
                default -> {
                    // nothing the post looks at
                }
            }
        }
    }

    /**
     * Reads a frame that the decoder has taken.
     *
     * @param frame the MessageFrame in phase II
     * @param canonical what the decoder made of it
     */
    public static PaymentFrame read(
            final DirectBuffer frame, final int offset, final int length, final byte[] canonical) {
        final Vpm vpm;
        try {
            vpm = Vpm.parseFrom(canonical);
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("a message that has been decoded", e);
        }
        final Ids ids = new Ids();
        new UperExplainer().explain(Dialect.PHASE_2, frame, offset, length, ids::take);
        final List<Position> places = new ArrayList<>();
        for (final PaymentApplication offer : vpm.getInitializationRequest().getPaymentListList()) {
            if (offer.getTollingNodeInfo().hasPos()) {
                places.add(offer.getTollingNodeInfo().getPos());
            }
        }
        return new PaymentFrame(vpm.getPaymentCase(), ids.from, ids.to, List.copyOf(places));
    }

    /** Whether a roadside unit sends this step, not a vehicle. */
    boolean fromUnit() {
        return step == Vpm.PaymentCase.INITIALIZATION_REQUEST || step == Vpm.PaymentCase.ACTION_REQUEST;
    }
}
