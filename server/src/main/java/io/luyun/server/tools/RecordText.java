package io.luyun.server.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledged;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Clpmm;
import io.luyun.proto.v1.DamageSealed;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.Pam;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.Rtcm;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.proto.v1.SessionClosed;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.SubscriptionChanged;
import io.luyun.proto.v1.TestMsg;
import io.luyun.proto.v1.Vir;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Records of a journal as JSON: absent fields are absent, bytes are hexadecimal, enums are their names. */
public final class RecordText {
    private static final String KIND_PREFIX = "RECORD_KIND_";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RecordText() {}

    /** The short name of a kind: BSM, TICK. */
    public static String kind(final int number) {
        final RecordKind kind = RecordKind.forNumber(number);
        return kind == null ? "KIND_" + number : kind.name().substring(KIND_PREFIX.length());
    }

    /** The number of a kind by its short name, whatever its case; -1 for none. */
    static int kindOf(final String name) {
        for (final RecordKind kind : RecordKind.values()) {
            if (kind != RecordKind.UNRECOGNIZED
                    && kind.name().substring(KIND_PREFIX.length()).equalsIgnoreCase(name)) {
                return kind.getNumber();
            }
        }
        return -1;
    }

    /** The short names of all kinds. */
    static String kinds() {
        return Arrays.stream(RecordKind.values())
                .filter(kind -> kind != RecordKind.UNRECOGNIZED && kind != RecordKind.RECORD_KIND_UNSPECIFIED)
                .map(kind -> kind.name().substring(KIND_PREFIX.length()))
                .collect(Collectors.joining(", "));
    }

    /** A receive time as RFC 3339 with nanoseconds, UTC. */
    public static String time(final long nanos) {
        return DateTimeFormatter.ISO_INSTANT.format(
                Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND)));
    }

    /** The payload as an object; null when the kind has none; a text when it cannot be read. */
    public static @Nullable JsonNode payload(final int kind, final byte[] bytes) {
        final Message prototype = prototype(kind);
        if (prototype == null) {
            return bytes.length == 0 ? null : JSON.textNode(HexFormat.of().formatHex(bytes));
        }
        try {
            return object(prototype.getParserForType().parseFrom(bytes));
        } catch (final InvalidProtocolBufferException e) {
            return JSON.textNode("not readable: " + HexFormat.of().formatHex(bytes));
        }
    }

    /** The message a kind of record holds; null when it holds none. */
    static @Nullable Descriptor descriptor(final int kind) {
        final Message prototype = prototype(kind);
        return prototype == null ? null : prototype.getDescriptorForType();
    }

    private static @Nullable Message prototype(final int kind) {
        final RecordKind known = RecordKind.forNumber(kind);
        if (known == null) {
            return null;
        }
        return switch (known) {
            case RECORD_KIND_BSM -> Bsm.getDefaultInstance();
            case RECORD_KIND_RSM -> Rsm.getDefaultInstance();
            case RECORD_KIND_RSI -> Rsi.getDefaultInstance();
            case RECORD_KIND_SPAT -> Spat.getDefaultInstance();
            case RECORD_KIND_MAP -> MapData.getDefaultInstance();
            case RECORD_KIND_TEST -> TestMsg.getDefaultInstance();
            case RECORD_KIND_RTCM -> Rtcm.getDefaultInstance();
            case RECORD_KIND_RSC -> Rsc.getDefaultInstance();
            case RECORD_KIND_SSM -> Ssm.getDefaultInstance();
            case RECORD_KIND_VIR -> Vir.getDefaultInstance();
            case RECORD_KIND_PAM -> Pam.getDefaultInstance();
            case RECORD_KIND_PSM -> Psm.getDefaultInstance();
            case RECORD_KIND_CLPMM -> Clpmm.getDefaultInstance();
            case RECORD_KIND_RAW, RECORD_KIND_DEVICE_WILL -> RawMessage.getDefaultInstance();
            case RECORD_KIND_SERVER_STARTED -> ServerStarted.getDefaultInstance();
            case RECORD_KIND_SESSION_OPENED -> SessionOpened.getDefaultInstance();
            case RECORD_KIND_SESSION_CLOSED -> SessionClosed.getDefaultInstance();
            case RECORD_KIND_SUBSCRIPTION_CHANGED -> SubscriptionChanged.getDefaultInstance();
            case RECORD_KIND_ALERT_ACKNOWLEDGED -> AlertAcknowledged.getDefaultInstance();
            case RECORD_KIND_DAMAGE_SEALED -> DamageSealed.getDefaultInstance();
            case RECORD_KIND_ALERT -> Alert.getDefaultInstance();
            default -> null;
        };
    }

    private static ObjectNode object(final Message message) {
        final ObjectNode node = JSON.objectNode();
        for (final Map.Entry<FieldDescriptor, Object> field :
                message.getAllFields().entrySet()) {
            if (field.getValue() instanceof Collection<?> values) {
                final ArrayNode array = node.putArray(field.getKey().getName());
                for (final Object value : values) {
                    array.add(value(value));
                }
            } else {
                node.set(field.getKey().getName(), value(field.getValue()));
            }
        }
        return node;
    }

    private static JsonNode value(final Object value) {
        return switch (value) {
            case Message message -> object(message);
            case ByteString bytes -> JSON.textNode(HexFormat.of().formatHex(bytes.toByteArray()));
            case EnumValueDescriptor constant -> JSON.textNode(constant.getName());
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            case Float number -> JSON.numberNode(number);
            case Boolean flag -> JSON.booleanNode(flag);
            default -> JSON.textNode(value.toString());
        };
    }
}
