package io.luyun.server.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Clpmm;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Pam;
import io.luyun.proto.v1.PamNode;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.Vir;
import org.jspecify.annotations.Nullable;

/**
 * Whether a message of phase II keeps to the ids and the area of its device's entry. One for each loop, part of {@link
 * MessageChecks}; allocates, but is asked only about devices that are bound to ids or an area.
 */
final class Phase2Bounds {
    private final MessageChecks checks;

    Phase2Bounds(final MessageChecks checks) {
        this.checks = checks;
    }

    /** Why the message is refused; null when it is within bounds or tells neither an id nor a place. */
    @Nullable
    Refusal check(final int kind, final byte[] bytes, final DeviceEntry entry) throws InvalidProtocolBufferException {
        return switch (kind) {
            case MessageKind.MESSAGE_KIND_RSC_VALUE -> {
                final Rsc rsc = Rsc.parseFrom(bytes);
                yield check("message.rsc.id", rsc.getId(), "message.rsc.ref_pos", rsc.getRefPos(), entry);
            }
            case MessageKind.MESSAGE_KIND_SSM_VALUE -> {
                final Ssm ssm = Ssm.parseFrom(bytes);
                yield check("message.ssm.id", ssm.getId(), "message.ssm.sensor_pos", ssm.getSensorPos(), entry);
            }
            case MessageKind.MESSAGE_KIND_VIR_VALUE -> {
                final Vir vir = Vir.parseFrom(bytes);
                yield check("message.vir.id", vir.getId(), "message.vir.ref_pos", vir.getRefPos(), entry);
            }
            case MessageKind.MESSAGE_KIND_PSM_VALUE -> {
                final Psm psm = Psm.parseFrom(bytes);
                yield check("message.psm.id", psm.getId(), "message.psm.pos", psm.getPos(), entry);
            }
            case MessageKind.MESSAGE_KIND_CLPMM_VALUE ->
                checks.id("message.clpmm.id", asLong(Clpmm.parseFrom(bytes).getId()), entry);
            case MessageKind.MESSAGE_KIND_PAM_VALUE -> nodes(Pam.parseFrom(bytes), entry);
            default -> null;
        };
    }

    private @Nullable Refusal check(
            final String idField,
            final ByteString id,
            final String placeField,
            final Position place,
            final DeviceEntry entry) {
        final Refusal wrong = checks.id(idField, asLong(id), entry);
        return wrong != null ? wrong : checks.inArea(placeField, place, entry);
    }

    private @Nullable Refusal nodes(final Pam pam, final DeviceEntry entry) {
        int i = 0;
        for (final PamNode node : pam.getNodesList()) {
            final Refusal wrong = checks.inArea("message.pam.nodes[" + i++ + "].ref_pos", node.getRefPos(), entry);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static long asLong(final ByteString id) {
        return id.asReadOnlyByteBuffer().getLong();
    }
}
