package io.luyun.proto.uper;

import java.util.List;
import java.util.Map;

/** All types and messages of one dialect. Immutable, any thread. */
record Schema(Map<String, SchemaType> types, List<Root> messages, List<Root> extensions) {
    /**
     * A message of the frame.
     *
     * @param id its index in the frame's choice, or its messageId in the extension
     * @param canonical the message of {@code luyun.v1}; empty when it has none
     * @param kind number of {@code MessageKind}; 0 when it has none
     * @param sent whether it is written, too
     */
    record Root(int id, String name, String type, String canonical, int kind, boolean sent) {}

    SchemaType type(SchemaType.Component component) {
        if (component.inline() != null) {
            return component.inline();
        }
        final SchemaType type = types.get(component.typeName());
        if (type == null) {
            throw new IllegalArgumentException(component.name() + ": no type " + component.typeName());
        }
        return component.absent() == null ? type : type.withAbsent(component.absent());
    }
}
