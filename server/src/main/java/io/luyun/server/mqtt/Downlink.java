package io.luyun.server.mqtt;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.luyun.proto.json.RoadsideJsonWriter;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts what goes down into the language of its topic. One for each loop. */
public final class Downlink {
    private static final int ID_OCTETS = 8;
    private static final int EVENT_IDS = 256;

    private final RoadsideJsonWriter json = new RoadsideJsonWriter();

    /** Makes a payload; null when the language has no words for it. */
    @FunctionalInterface
    interface Payload {
        byte @Nullable [] bytes();
    }

    byte @Nullable [] alert(
            final TopicRule rule,
            final AlertDelivery delivery,
            final @Nullable Dialect dialect,
            final String deviceId,
            final long nowNs) {
        return switch (rule.form()) {
            case ALERT -> delivery.toByteArray();
            case JSON -> json.alert(rule.content(), delivery.getAlert(), nowNs);
            default -> {
                final Alert alert = delivery.getAlert();
                yield alert.getState() == AlertState.ALERT_STATE_CLEARED
                        ? null
                        : message(
                                rule,
                                MessageKind.MESSAGE_KIND_RSI_VALUE,
                                event(alert, deviceId).toByteArray(),
                                dialect,
                                deviceId,
                                nowNs);
            }
        };
    }

    byte @Nullable [] message(
            final TopicRule rule,
            final int kind,
            final byte[] canonical,
            final @Nullable Dialect dialect,
            final String deviceId,
            final long nowNs) {
        try {
            return switch (rule.form()) {
                case MESSAGE -> wrapped(kind, canonical);
                case JSON -> json(kind, canonical, nowNs);
                case FRAME, ENVELOPE, ENVELOPES, ALERT, RAW, ACK -> null;
            };
        } catch (final InvalidProtocolBufferException e) {
            return null;
        }
    }

    private byte @Nullable [] json(final int kind, final byte[] canonical, final long nowNs)
            throws InvalidProtocolBufferException {
        return switch (kind) {
            case MessageKind.MESSAGE_KIND_RSI_VALUE -> json.rsi(Rsi.parseFrom(canonical), nowNs);
            case MessageKind.MESSAGE_KIND_RSM_VALUE -> json.rsm(Rsm.parseFrom(canonical));
            default -> null;
        };
    }

    /** The fields of Message follow the numbers of the kinds. */
    private static byte[] wrapped(final int kind, final byte[] canonical) throws InvalidProtocolBufferException {
        return Message.newBuilder()
                .mergeFrom(Message.parseFrom(field(kind + Message.NUMBER_FIELD_NUMBER, canonical)))
                .build()
                .toByteArray();
    }

    private static byte[] field(final int number, final byte[] content) {
        final UnknownFieldSet fields = UnknownFieldSet.newBuilder()
                .addField(
                        number,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(content))
                                .build())
                .build();
        return fields.toByteArray();
    }

    /** An alert as a roadside unit can broadcast it: an event at the place of what it warns of. */
    private static Rsi event(final Alert alert, final String deviceId) {
        return Rsi.newBuilder()
                .setMsgCnt(0)
                .setId(ByteString.copyFrom(idOf(deviceId)))
                .setRefPos(alert.getPos())
                .addEvents(RoadEvent.newBuilder()
                        .setEventId((int) Long.remainderUnsigned(alert.getAlertId(), EVENT_IDS))
                        .setEventType(alert.getEvent().getCode())
                        .setPos(alert.getPos())
                        .setDescription(alert.getKind().name().replace("ALERT_KIND_", ""))
                        .setPriority(2 * alert.getSeverityValue() - 1))
                .build();
    }

    static byte[] idOf(final String deviceId) {
        final byte[] octets = deviceId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(Arrays.copyOf(octets, ID_OCTETS)).array();
    }
}
