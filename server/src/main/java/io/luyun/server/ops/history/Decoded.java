package io.luyun.server.ops.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.luyun.proto.explain.Scale;
import io.luyun.proto.v1.Options;
import io.luyun.server.research.Payloads;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Payloads of records as JSON for people: a quantity is {@code {"value":13.5,"unit":"m/s"}}, a code is its name, octets are
 * hexadecimal, numbers of 64 bits are texts. What was not sent is absent.
 */
public final class Decoded {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Decoded() {}

    /** The payload of a kind of record (a number of RecordKind); one that cannot be read is its octets. */
    public static JsonNode of(final int kind, final byte[] payload) {
        final Message type = Payloads.of(kind);
        if (type == null) {
            return JSON.textNode(HexFormat.of().formatHex(payload));
        }
        try {
            return of(type.getParserForType().parseFrom(payload));
        } catch (final InvalidProtocolBufferException e) {
            return JSON.textNode("not readable: " + HexFormat.of().formatHex(payload));
        }
    }

    /** A message. */
    public static ObjectNode of(final Message message) {
        final ObjectNode object = JSON.objectNode();
        for (final Map.Entry<FieldDescriptor, Object> entry :
                message.getAllFields().entrySet()) {
            final FieldDescriptor field = entry.getKey();
            if (entry.getValue() instanceof final List<?> values && field.isRepeated()) {
                final ArrayNode array = object.putArray(field.getJsonName());
                values.forEach(value -> array.add(value(field, value)));
            } else {
                object.set(field.getJsonName(), value(field, entry.getValue()));
            }
        }
        return object;
    }

    private static JsonNode value(final FieldDescriptor field, final Object value) {
        return switch (value) {
            case Message message -> of(message);
            case EnumValueDescriptor code -> JSON.textNode(code.getName());
            case ByteString octets -> JSON.textNode(HexFormat.of().formatHex(octets.toByteArray()));
            case Boolean flag -> JSON.booleanNode(flag);
            case Integer number ->
                quantity(
                        field,
                        field.getType() == FieldDescriptor.Type.UINT32
                                ? Integer.toUnsignedLong(number)
                                : number.longValue());
            case Long number -> JSON.textNode(unsigned(field) ? Long.toUnsignedString(number) : number.toString());
            default -> JSON.textNode(value.toString());
        };
    }

    private static boolean unsigned(final FieldDescriptor field) {
        return field.getType() == FieldDescriptor.Type.FIXED64 || field.getType() == FieldDescriptor.Type.UINT64;
    }

    private static JsonNode quantity(final FieldDescriptor field, final long number) {
        final Scale scale =
                Scale.parse(field.getOptions().getExtension(Options.rule).getUnit());
        final BigDecimal value = scale.of(number);
        if (value == null) {
            return JSON.numberNode(number);
        }
        final ObjectNode quantity = JSON.objectNode();
        quantity.put("value", value);
        quantity.put("unit", scale.unit());
        return quantity;
    }
}
