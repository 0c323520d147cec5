package io.luyun.server.exchange.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the rows of a message should say, as protobuf-java reads it: elements by elements, fields by their paths. */
final class ExpectedRows {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ExpectedRows() {}

    /** The elements that each row is made of, by the names of their lists. */
    static List<List<Message>> of(final Message message, final List<String> lists) {
        List<List<Message>> rows = List.of(List.of(message));
        for (final String list : lists) {
            final List<List<Message>> inner = new ArrayList<>();
            for (final List<Message> row : rows) {
                for (final Object element : elements(row.getLast(), list)) {
                    final List<Message> longer = new ArrayList<>(row);
                    longer.add((Message) element);
                    inner.add(longer);
                }
            }
            rows = inner;
        }
        return rows;
    }

    /** Elements of a list, which may stand in single messages within a message. */
    private static List<?> elements(final Message message, final String list) {
        final FieldDescriptor field = message.getDescriptorForType().findFieldByName(list);
        if (field != null) {
            return (List<?>) message.getField(field);
        }
        for (final FieldDescriptor inner : message.getDescriptorForType().getFields()) {
            if (inner.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && !inner.isRepeated()
                    && inner.getMessageType().findFieldByName(list) != null) {
                return message.hasField(inner) ? elements((Message) message.getField(inner), list) : List.of();
            }
        }
        return List.of();
    }

    /** The lists whose elements make the rows of a table. */
    static List<String> lists(final TableSchema schema, final Message prototype) {
        final List<String> longest = new ArrayList<>();
        for (final Column column : schema.columns()) {
            final List<String> lists = new ArrayList<>();
            var type = prototype.getDescriptorForType();
            final String[] parts = column.field().split("\\.", -1);
            for (int i = 0; i < parts.length - 1 && type != null; i++) {
                final FieldDescriptor field = find(type, parts[i]);
                if (field != null && field.isRepeated()) {
                    lists.add(parts[i]);
                }
                type = field == null ? null : field.getMessageType();
            }
            if (lists.size() > longest.size()) {
                longest.clear();
                longest.addAll(lists);
            }
        }
        return longest;
    }

    private static @Nullable FieldDescriptor find(
            final com.google.protobuf.Descriptors.Descriptor type, final String name) {
        final FieldDescriptor own = type.findFieldByName(name);
        if (own != null) {
            return own;
        }
        return type.getFields().stream()
                .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated())
                .map(field -> field.getMessageType().findFieldByName(name))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What a column should hold; null where the message does not tell. */
    static @Nullable Object value(final Column column, final List<Message> row, final List<String> lists) {
        final List<String> parts = new ArrayList<>(List.of(column.field().split("\\.", -1)));
        Message at = row.getFirst();
        int level = 0;
        while (level < lists.size() && parts.getFirst().equals(lists.get(level)) && parts.size() > 1) {
            parts.removeFirst();
            at = row.get(++level);
        }
        while (parts.size() > 1) {
            final FieldDescriptor field = at.getDescriptorForType().findFieldByName(parts.removeFirst());
            if (!at.hasField(field)) {
                return null;
            }
            at = (Message) at.getField(field);
        }
        final FieldDescriptor field = at.getDescriptorForType().findFieldByName(parts.getFirst());
        if (field.isRepeated()) {
            final List<?> list = (List<?>) at.getField(field);
            return list.isEmpty() ? null : array(field, list);
        }
        return at.hasField(field) ? scalar(column, field, at.getField(field)) : null;
    }

    private static Object scalar(final Column column, final FieldDescriptor field, final Object value) {
        return switch (value) {
            case ByteString octets -> HexFormat.of().formatHex(octets.toByteArray());
            case EnumValueDescriptor constant -> name(constant);
            case Integer number ->
                field.getType() == FieldDescriptor.Type.UINT32
                        ? number(column, field, Integer.toUnsignedLong(number))
                        : number(column, field, number);
            case Long number -> number(column, field, number);
            default -> value;
        };
    }

    private static String name(final EnumValueDescriptor constant) {
        final String name = constant.getName();
        if (name.startsWith("UNKNOWN_ENUM_VALUE")) {
            return Integer.toString(constant.getNumber());
        }
        return Names.of(constant.getType()).of(constant.getNumber());
    }

    private static Object number(final Column column, final FieldDescriptor field, final long value) {
        return switch (column.form()) {
            case DOUBLE -> si(FieldNames.unit(field), value).doubleValue();
            case INTEGER -> Math.toIntExact(value);
            default -> value;
        };
    }

    /** By hand, unit by unit. */
    private static BigDecimal si(final String unit, final long steps) {
        final Map<String, String> factors = Map.ofEntries(
                Map.entry("1e-7 deg", "1e-7"),
                Map.entry("0.1 m", "0.1"),
                Map.entry("0.05 m", "0.05"),
                Map.entry("0.01 m", "0.01"),
                Map.entry("cm", "0.01"),
                Map.entry("0.02 m/s", "0.02"),
                Map.entry("0.0125 deg", "0.0125"),
                Map.entry("1.5 deg", "1.5"),
                Map.entry("0.01 m/s2", "0.01"),
                Map.entry("0.02 g", "0.196133"),
                Map.entry("0.01 deg/s", "0.01"),
                Map.entry("1 ms", "0.001"),
                Map.entry("ms", "0.001"),
                Map.entry("10 ms", "0.01"),
                Map.entry("0.1 s", "0.1"),
                Map.entry("1 s", "1"),
                Map.entry("1 min", "60"),
                Map.entry("0.5 %", "0.005"),
                Map.entry("0.01 of the unit of the reason", "0.01"));
        return unit.equals("360/65535 deg")
                ? BigDecimal.valueOf(steps * 360.0 / 65_535)
                : BigDecimal.valueOf(steps).multiply(new BigDecimal(factors.get(unit)));
    }

    private static ArrayNode array(final FieldDescriptor field, final List<?> list) {
        final ArrayNode array = JSON.arrayNode();
        for (final Object element : list) {
            if (element instanceof Message message) {
                final ObjectNode object = array.addObject();
                members(object, message, "");
            } else {
                array.add(json(field, element));
            }
        }
        return array;
    }

    private static void members(final ObjectNode object, final Message message, final String prefix) {
        for (final Map.Entry<FieldDescriptor, Object> entry :
                message.getAllFields().entrySet()) {
            final FieldDescriptor field = entry.getKey();
            final String name = FieldNames.join(prefix, FieldNames.part(field));
            if (entry.getValue() instanceof List<?> list) {
                object.set(name, array(field, list));
            } else if (entry.getValue() instanceof Message inner) {
                members(object, inner, name);
            } else {
                final SiScale scale = SiScale.of(FieldNames.unit(field));
                object.set(scale == null ? name : FieldNames.si(name, scale), json(field, entry.getValue()));
            }
        }
    }

    private static JsonNode json(final FieldDescriptor field, final Object value) {
        return switch (value) {
            case ByteString octets -> JSON.textNode(HexFormat.of().formatHex(octets.toByteArray()));
            case EnumValueDescriptor constant -> JSON.textNode(name(constant));
            case Boolean flag -> JSON.booleanNode(flag);
            case String text -> JSON.textNode(text);
            case Number number ->
                SiScale.of(FieldNames.unit(field)) == null
                        ? JSON.numberNode(number.longValue())
                        : JSON.numberNode(
                                si(FieldNames.unit(field), number.longValue()).doubleValue());
            default -> throw new IllegalArgumentException(field.getFullName());
        };
    }
}
