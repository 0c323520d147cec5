package io.luyun.server.redecide;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.HexFormat;
import java.util.Map;

/** Names the fields in which two messages of a type differ. Allocates; used where bytes differ. */
final class Fields {
    private static final String ABSENT = "-";

    private Fields() {}

    /**
     * Adds them.
     *
     * @param found by name of the field, with a dot before that of a field within: what the recorded and the decided one have; what
     *     is there already stays
     */
    static void compare(
            final String path, final Message recorded, final Message decided, final Map<String, Change> found) {
        for (final FieldDescriptor field : recorded.getDescriptorForType().getFields()) {
            final String name = path.isEmpty() ? field.getName() : path + "." + field.getName();
            final Object a = recorded.getField(field);
            final Object b = decided.getField(field);
            if (!field.isRepeated() && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                if (recorded.hasField(field) && decided.hasField(field)) {
                    compare(name, (Message) a, (Message) b, found);
                } else if (recorded.hasField(field) != decided.hasField(field)) {
                    found.putIfAbsent(name, new Change(text(recorded, field), text(decided, field)));
                }
            } else if (!a.equals(b) || (!field.isRepeated() && recorded.hasField(field) != decided.hasField(field))) {
                found.putIfAbsent(name, new Change(text(recorded, field), text(decided, field)));
            }
        }
    }

    private static String text(final Message message, final FieldDescriptor field) {
        if (!field.isRepeated() && !message.hasField(field)) {
            return ABSENT;
        }
        final Object value = message.getField(field);
        if (value instanceof final ByteString bytes) {
            return HexFormat.of().formatHex(bytes.toByteArray());
        }
        if (value instanceof final Message inner) {
            return inner.toString().replace('\n', ' ').strip();
        }
        return value.toString();
    }
}
