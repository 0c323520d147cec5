package io.luyun.server.research;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;

/** Payloads as JSON, made as a tree of what protobuf has read: slow, and by nobody who wrote the other. */
final class TreeJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TreeJson() {}

    static String of(final int kind, final byte[] payload) {
        final Message type = Payloads.of(kind);
        if (type == null) {
            return JSON.textNode(HexFormat.of().formatHex(payload)).toString();
        }
        try {
            return object(type.getParserForType().parseFrom(payload)).toString();
        } catch (final InvalidProtocolBufferException e) {
            return JSON.textNode("not readable: " + HexFormat.of().formatHex(payload))
                    .toString();
        }
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
            case Boolean flag -> JSON.booleanNode(flag);
            default -> JSON.textNode(value.toString());
        };
    }
}
