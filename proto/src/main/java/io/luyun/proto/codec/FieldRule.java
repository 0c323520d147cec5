package io.luyun.proto.codec;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.luyun.proto.v1.Options;
import io.luyun.proto.v1.Rule;
import org.jspecify.annotations.Nullable;

/** What the validator knows of one field, out of the descriptor and its {@code rule} option. Immutable, any thread. */
final class FieldRule {
    /** How the bytes of a value are read. */
    enum Form {
        /** Varint as it is: unsigned numbers, flags, and enums, whose negative values have 64 bits on the wire. */
        PLAIN,
        /** Varint of a signed number. */
        ZIGZAG,
        SFIXED32,
        FIXED32,
        FIXED64,
        BYTES,
        STRING,
        MESSAGE
    }

    final String name;
    final int tag;

    /** Tag of the packed form of a repeated number; 0 when there is none. */
    final int packedTag;

    /** The tag of a number that is one varint and not repeated; 0 for all others. */
    final int plainTag;

    final boolean zigZag;
    final Form form;
    final boolean required;
    final boolean repeated;
    final boolean unsigned;
    final long min;
    final long max;
    final int minSize;
    final int maxSize;

    /** The rules of the message in the field, for {@link Form#MESSAGE}. */
    final @Nullable MessageRules message;

    /** The rule on a value or size, for people. */
    final String text;

    /** Which counter of its message counts the elements. */
    final int slot;

    FieldRule(FieldDescriptor field, int slot, @Nullable MessageRules message) {
        final Rule rule = field.getOptions().getExtension(Options.rule);
        name = field.getName();
        form = form(field);
        repeated = field.isRepeated();
        packedTag = repeated && field.isPackable() ? field.getNumber() << 3 | Wire.LENGTH_DELIMITED : 0;
        tag = field.getNumber() << 3 | wireType(form);
        zigZag = form == Form.ZIGZAG;
        plainTag = !repeated && wireType(form) == Wire.VARINT ? tag : 0;
        required = rule.getRequired();
        unsigned = (form == Form.PLAIN && field.getType() != FieldDescriptor.Type.ENUM)
                || form == Form.FIXED32
                || form == Form.FIXED64;
        min = rule.hasMin() ? rule.getMin() : unsigned && rule.hasMax() ? 0 : Long.MIN_VALUE;
        max = rule.hasMax() ? rule.getMax() : Long.MAX_VALUE;
        minSize = rule.getMinSize();
        maxSize = rule.hasMaxSize() ? rule.getMaxSize() : Integer.MAX_VALUE;
        this.message = message;
        this.slot = slot;
        text = text(rule);
    }

    private String text(Rule rule) {
        final StringBuilder text = new StringBuilder();
        if (rule.hasMin() || rule.hasMax()) {
            append(text, rule.hasMin(), rule.getMin(), rule.hasMax(), rule.getMax());
            if (rule.hasUnit()) {
                text.append(" in ").append(rule.getUnit());
            }
        }
        if (rule.hasMinSize() || rule.hasMaxSize()) {
            text.append(text.isEmpty() ? "" : ", ");
            append(text, rule.hasMinSize(), rule.getMinSize(), rule.hasMaxSize(), rule.getMaxSize());
            text.append(repeated ? " elements" : " bytes");
        }
        if (required) {
            text.append(text.isEmpty() ? "required" : ", required");
        } else if (!text.isEmpty()) {
            text.append("; leave it out when unknown");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, boolean hasMin, long min, boolean hasMax, long max) {
        if (hasMin && hasMax) {
            text.append(min);
            if (min != max) {
                text.append("..").append(max);
            }
        } else {
            text.append(hasMin ? "at least " : "at most ").append(hasMin ? min : max);
        }
    }

    private static Form form(FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT32, UINT64, BOOL, ENUM, INT32, INT64 -> Form.PLAIN;
            case SINT32, SINT64 -> Form.ZIGZAG;
            case SFIXED32 -> Form.SFIXED32;
            case FIXED32, FLOAT -> Form.FIXED32;
            case FIXED64, SFIXED64, DOUBLE -> Form.FIXED64;
            case BYTES -> Form.BYTES;
            case STRING -> Form.STRING;
            case MESSAGE -> Form.MESSAGE;
            case GROUP -> throw new IllegalArgumentException(field.getFullName() + " is a group");
        };
    }

    private static int wireType(Form form) {
        return switch (form) {
            case PLAIN, ZIGZAG -> Wire.VARINT;
            case SFIXED32, FIXED32 -> Wire.FIXED32;
            case FIXED64 -> Wire.FIXED64;
            case BYTES, STRING, MESSAGE -> Wire.LENGTH_DELIMITED;
        };
    }
}
