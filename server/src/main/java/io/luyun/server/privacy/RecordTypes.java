package io.luyun.server.privacy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledged;
import io.luyun.proto.v1.DamageSealed;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.proto.v1.SessionClosed;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.SubscriptionChanged;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which message the payload of a kind of record is. */
final class RecordTypes {
    private static final String PREFIX = "RECORD_KIND_";

    private RecordTypes() {}

    /** Of a number of RecordKind; null when it has none, or is not known. */
    static @Nullable Descriptor of(final int number) {
        final RecordKind kind = RecordKind.forNumber(number);
        return switch (kind) {
            case null -> null;
            case RECORD_KIND_UNSPECIFIED, RECORD_KIND_TICK, UNRECOGNIZED -> null;
            case RECORD_KIND_RAW, RECORD_KIND_DEVICE_WILL -> RawMessage.getDescriptor();
            case RECORD_KIND_SERVER_STARTED -> ServerStarted.getDescriptor();
            case RECORD_KIND_SESSION_OPENED -> SessionOpened.getDescriptor();
            case RECORD_KIND_SESSION_CLOSED -> SessionClosed.getDescriptor();
            case RECORD_KIND_SUBSCRIPTION_CHANGED -> SubscriptionChanged.getDescriptor();
            case RECORD_KIND_ALERT_ACKNOWLEDGED -> AlertAcknowledged.getDescriptor();
            case RECORD_KIND_DAMAGE_SEALED -> DamageSealed.getDescriptor();
            case RECORD_KIND_ALERT -> Alert.getDescriptor();
            default -> message(kind);
        };
    }

    /** Whether records of a kind have no payload. */
    static boolean withoutPayload(final int number) {
        return number == RecordKind.RECORD_KIND_TICK_VALUE;
    }

    /** A message of a device is one of those that may stand in a frame, under the name of its kind. */
    private static @Nullable Descriptor message(final RecordKind kind) {
        final FieldDescriptor body = Message.getDescriptor()
                .findFieldByName(kind.name().substring(PREFIX.length()).toLowerCase(Locale.ROOT));
        return body == null ? null : body.getMessageType();
    }
}
