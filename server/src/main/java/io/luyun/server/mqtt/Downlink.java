package io.luyun.server.mqtt;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.luyun.proto.codec.Violation;
import io.luyun.proto.json.ArrivalJsonWriter;
import io.luyun.proto.json.RoadsideJsonWriter;
import io.luyun.proto.uper.RsuEnvelope;
import io.luyun.proto.uper.RsuEnvelopeWriter;
import io.luyun.proto.uper.UperEncoder;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.BusStopState;
import io.luyun.proto.v1.CrossingState;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Puts what goes down into the language of its topic: canonical protobuf, UPER in the unit's dialect with or without
 * envelope, JSON. One for each loop.
 */
public final class Downlink {
    private static final int FRAME_BYTES = 8_192;

    private final AlertTable alerts;
    private final RoadsideJsonWriter json = new RoadsideJsonWriter();
    private final ArrivalJsonWriter arrivals = new ArrivalJsonWriter();
    private final UperEncoder uper = new UperEncoder();
    private final RsuEnvelopeWriter envelope = new RsuEnvelopeWriter();
    private final ExpandableArrayBuffer frame = new ExpandableArrayBuffer(FRAME_BYTES);
    private final ExpandableArrayBuffer enveloped = new ExpandableArrayBuffer(FRAME_BYTES);

    /**
     * What became of something that is to go down.
     *
     * @param bytes the payload; null when there is none
     * @param why it cannot be said on this topic; null when it can, or need not be said
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    record Payload(byte @Nullable [] bytes, @Nullable String why) {
        static final Payload NONE = new Payload(null, null);

        static Payload of(final byte[] bytes) {
            return new Payload(bytes, null);
        }

        static Payload not(final String why) {
            return new Payload(null, why);
        }
    }

    public Downlink(final TopicTable topics) {
        alerts = topics.alerts();
    }

    /** An alert; {@code count} is the unit's number of messages of this kind. */
    Payload alert(
            final TopicRule rule, final AlertDelivery delivery, final Unit unit, final int count, final long nowNs) {
        if (rule.form() == TopicRule.Form.ALERT) {
            return Payload.of(delivery.toByteArray());
        }
        final Alert alert = delivery.getAlert();
        final AlertTable.Row row = alerts.find(alert.getKind());
        final boolean own = alert.getEvent().getDeviceId().equals(unit.deviceId());
        if (row == null || own) {
            // a unit that has reported an event broadcasts it already
            return Payload.NONE;
        }
        if (rule.form() == TopicRule.Form.JSON) {
            final byte[] text = json.alert(
                    rule.content(),
                    Long.toUnsignedString(alert.getAlertId()),
                    row.classOf(row.typeOf(alert)),
                    AlertEvents.over(alert),
                    AlertEvents.event(alert, row),
                    nowNs);
            return text == null ? Payload.not("no alert in JSON " + rule.content()) : Payload.of(text);
        }
        if (!row.frame()) {
            return Payload.NONE;
        }
        final byte[] rsi = AlertEvents.rsi(alert, row, unit, count).toByteArray();
        return message(rule, MessageKind.MESSAGE_KIND_RSI_VALUE, rsi, unit, nowNs);
    }

    /** A bus stop and who comes there. */
    Payload stop(final TopicRule rule, final BusStopState stop) {
        return rule.form() == TopicRule.Form.JSON
                ? Payload.of(arrivals.stop(stop))
                : Payload.not("a bus stop is told in JSON only");
    }

    /** A crossing and who is there. */
    Payload crossing(final TopicRule rule, final CrossingState crossing) {
        return rule.form() == TopicRule.Form.JSON
                ? Payload.of(json.crossing(crossing))
                : Payload.not("a crossing is told in JSON only");
    }

    /** A canonical message. */
    Payload message(final TopicRule rule, final int kind, final byte[] canonical, final Unit unit, final long nowNs) {
        try {
            return switch (rule.form()) {
                case MESSAGE -> Payload.of(wrapped(kind, canonical));
                case JSON -> json(kind, canonical, nowNs);
                case FRAME -> framed(kind, canonical, unit, false, nowNs);
                case ENVELOPE -> framed(kind, canonical, unit, true, nowNs);
                case ENVELOPES, PAYMENT, ALERT, RAW, ACK ->
                    Payload.not("a topic of form " + rule.form() + " carries none");
            };
        } catch (final InvalidProtocolBufferException e) {
            return Payload.not("not a message of luyun.v1");
        }
    }

    private Payload framed(
            final int kind, final byte[] canonical, final Unit unit, final boolean inEnvelope, final long nowNs) {
        if (unit.dialect() == null) {
            return Payload.not("the registry names no dialect");
        }
        final int length =
                uper.encode(unit.dialect(), kind, new UnsafeBuffer(canonical), 0, canonical.length, frame, 0);
        if (length < 0) {
            final Violation violation = uper.violation();
            return Payload.not(violation == null ? "not to be encoded" : violation.field() + ": " + violation.rule());
        }
        if (!inEnvelope) {
            return Payload.of(bytes(frame, length));
        }
        final long nowMillis = TimeUnit.NANOSECONDS.toMillis(nowNs);
        envelope.begin(enveloped, 0, RsuEnvelope.Layout.ONE_FRAME, 1, unit.octets(), nowMillis)
                .add(frame, 0, length);
        return Payload.of(bytes(enveloped, envelope.length()));
    }

    private Payload json(final int kind, final byte[] canonical, final long nowNs)
            throws InvalidProtocolBufferException {
        return switch (kind) {
            case MessageKind.MESSAGE_KIND_RSI_VALUE -> Payload.of(json.rsi(Rsi.parseFrom(canonical), nowNs));
            case MessageKind.MESSAGE_KIND_RSM_VALUE -> Payload.of(json.rsm(Rsm.parseFrom(canonical)));
            default -> Payload.not("no JSON form of kind " + kind);
        };
    }

    /** The fields of Message follow the numbers of the kinds. */
    private static byte[] wrapped(final int kind, final byte[] canonical) throws InvalidProtocolBufferException {
        final UnknownFieldSet body = UnknownFieldSet.newBuilder()
                .addField(
                        kind + Message.NUMBER_FIELD_NUMBER,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(canonical))
                                .build())
                .build();
        return Message.parseFrom(body.toByteArray()).toByteArray();
    }

    private static byte[] bytes(final ExpandableArrayBuffer buffer, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
