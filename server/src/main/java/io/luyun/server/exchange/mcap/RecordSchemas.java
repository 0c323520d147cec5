package io.luyun.server.exchange.mcap;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
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
import io.luyun.server.research.Records;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The message each kind of record holds, as a schema with all it needs. Stateless. */
final class RecordSchemas {
    private RecordSchemas() {}

    /** The message of luyun.v1 that records of a kind hold; null for a kind without, or one not known here. */
    static @Nullable Descriptor message(final int kind) {
        if (kind > 0 && kind < RecordKind.RECORD_KIND_RAW_VALUE) {
            // MessageKind numbers the kinds in the order of the fields
            final FieldDescriptor body = Message.getDescriptor().findFieldByNumber(kind + Message.NUMBER_FIELD_NUMBER);
            return body == null ? null : body.getMessageType();
        }
        return switch (kind) {
            case RecordKind.RECORD_KIND_RAW_VALUE, RecordKind.RECORD_KIND_DEVICE_WILL_VALUE ->
                RawMessage.getDescriptor();
            case RecordKind.RECORD_KIND_SERVER_STARTED_VALUE -> ServerStarted.getDescriptor();
            case RecordKind.RECORD_KIND_SESSION_OPENED_VALUE -> SessionOpened.getDescriptor();
            case RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE -> SessionClosed.getDescriptor();
            case RecordKind.RECORD_KIND_SUBSCRIPTION_CHANGED_VALUE -> SubscriptionChanged.getDescriptor();
            case RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED_VALUE -> AlertAcknowledged.getDescriptor();
            case RecordKind.RECORD_KIND_DAMAGE_SEALED_VALUE -> DamageSealed.getDescriptor();
            case RecordKind.RECORD_KIND_ALERT_VALUE -> Alert.getDescriptor();
            default -> null;
        };
    }

    /** Number of the kind of message of this full name; 0 for none. */
    static int kindOf(final String messageName) {
        for (int kind = 1; kind < Records.CONTROL_KINDS; kind++) {
            final Descriptor message = message(kind);
            if (message != null && message.getFullName().equals(messageName)) {
                return kind;
            }
        }
        return 0;
    }

    /** Full name of the schema of a kind. */
    static String name(final int kind) {
        final Descriptor message = message(kind);
        return message == null ? RecordHead.BARE : message.getFullName();
    }

    /** A FileDescriptorSet with the message of a kind, to which the head of the record is added. */
    static byte[] descriptors(final int kind) {
        final Descriptor message = message(kind);
        final FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder().addFile(RecordHead.file());
        if (message != null) {
            final Set<FileDescriptor> files = new LinkedHashSet<>();
            collect(message.getFile(), files);
            for (final FileDescriptor file : files) {
                set.addFile(file == message.getFile() ? withHead(file, message.getName()) : file.toProto());
            }
        }
        return set.build().toByteArray();
    }

    /** What a file imports comes before it. */
    static void collect(final FileDescriptor file, final Set<FileDescriptor> into) {
        file.getDependencies().forEach(dependency -> collect(dependency, into));
        into.add(file);
    }

    private static FileDescriptorProto withHead(final FileDescriptor file, final String message) {
        final FileDescriptorProto.Builder proto = file.toProto().toBuilder().addDependency(RecordHead.FILE);
        for (final DescriptorProto.Builder type : proto.getMessageTypeBuilderList()) {
            if (type.getName().equals(message)) {
                type.addField(RecordHead.field());
            }
        }
        return proto.build();
    }
}
