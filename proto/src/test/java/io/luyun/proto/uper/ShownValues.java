package io.luyun.proto.uper;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.luyun.proto.explain.ExplainedField;
import io.luyun.proto.explain.ExplainedField.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values a message holds and those an explanation shows, as texts in order of the alphabet. */
final class ShownValues {
    /** Not values of the wire: which alternative it was, and what the low bits of an octet were. */
    private static final Set<String> NOT_VALUES = Set.of("offset_form", "priority_rest", "req_priority_rest");

    private ShownValues() {}

    static List<String> of(Message message) {
        final List<String> values = new ArrayList<>();
        collect(message, values);
        values.sort(null);
        return values;
    }

    static List<String> of(List<ExplainedField> fields) {
        final List<String> values = new ArrayList<>();
        for (final ExplainedField field : fields) {
            final boolean value = field.part() == Part.VALUE || field.part() == Part.DERIVED;
            if (value && !field.absent() && !isOffset(field.path())) {
                values.add(field.number() == null ? field.raw() : field.number().toString());
            }
        }
        values.sort(null);
        return values;
    }

    /** What is shown once more as the position that is worked out. */
    private static boolean isOffset(String path) {
        return path.matches(".*\\.offsetLL\\.position-LL[1-6]\\..*|.*\\.offsetV\\.offset[1-6]");
    }

    private static void collect(Message message, List<String> values) {
        for (final Map.Entry<FieldDescriptor, Object> field :
                message.getAllFields().entrySet()) {
            if (NOT_VALUES.contains(field.getKey().getName())) {
                continue;
            }
            if (field.getValue() instanceof Collection<?> elements) {
                elements.forEach(element -> values.addAll(of(element)));
            } else {
                values.addAll(of(field.getValue()));
            }
        }
    }

    private static List<String> of(Object value) {
        return switch (value) {
            case Message message -> of(message);
            case ByteString bytes -> List.of(HexFormat.of().formatHex(bytes.toByteArray()));
            case EnumValueDescriptor constant -> List.of(Integer.toString(constant.getNumber()));
            case Boolean flag -> List.of(flag ? "1" : "0");
            case Integer number -> List.of(Integer.toString(number));
            default -> List.of(value.toString());
        };
    }
}
