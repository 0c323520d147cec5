package io.luyun.proto.codec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one message type, by number. Built once from the descriptor; immutable, any thread. */
final class MessageRules {
    /** At its field number; null where the schema has none. */
    final @Nullable FieldRule[] byNumber;

    /** Those that must be there. */
    final FieldRule[] required;

    /** Bit at each field number that must be there. */
    final long requiredBits;

    /** Those with a smallest number of elements above 0. */
    final FieldRule[] atLeast;

    /** Counters of repeated fields in this message. */
    final int slots;

    /** Counters in this message and the deepest within it. */
    final int allSlots;

    private MessageRules(Descriptor type, Map<Descriptor, MessageRules> known) {
        final List<FieldRule> mandatory = new ArrayList<>();
        final List<FieldRule> counted = new ArrayList<>();
        int last = 0;
        for (final FieldDescriptor field : type.getFields()) {
            last = Math.max(last, field.getNumber());
        }
        if (last >= Long.SIZE) {
            throw new IllegalArgumentException(type.getFullName() + " numbers a field " + last + "; 63 is the limit");
        }
        byNumber = new FieldRule[last + 1];
        long bits = 0;
        int own = 0;
        int deepest = 0;
        for (final FieldDescriptor field : type.getFields()) {
            MessageRules inner = null;
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                inner = of(field.getMessageType(), known);
                deepest = Math.max(deepest, inner.allSlots);
            }
            final FieldRule rule = new FieldRule(field, own, inner);
            byNumber[field.getNumber()] = rule;
            if (rule.repeated) {
                own++;
            }
            if (rule.required) {
                bits |= 1L << field.getNumber();
                mandatory.add(rule);
            }
            if (rule.repeated && rule.minSize > 0) {
                counted.add(rule);
            }
        }
        required = mandatory.toArray(FieldRule[]::new);
        requiredBits = bits;
        atLeast = counted.toArray(FieldRule[]::new);
        slots = own;
        allSlots = own + deepest;
    }

    /** The rules of a type, which must not contain itself. */
    static MessageRules of(Descriptor type, Map<Descriptor, MessageRules> known) {
        final MessageRules built = known.get(type);
        if (built != null) {
            return built;
        }
        final MessageRules rules = new MessageRules(type, known);
        known.put(type, rules);
        return rules;
    }
}
