package io.luyun.proto.codec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.MessageKind;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Checks a message against every rule the schema states, in one pass over its bytes. The rules come from the {@code
 * rule} options of the compiled descriptor, so schema and check cannot differ. Besides: the bytes must be protobuf of the
 * schema down to the innermost field, and text must be UTF-8. Numbers are judged with all the bits they have on the wire,
 * so that one too large for its type is out of range and not cut. A value inside a field given twice must hold each
 * time. Unknown fields pass.
 *
 * <p>One thread; the {@link Violation} is reused; no allocation while nothing is wrong.
 */
public final class MessageValidator {
    private static final String WELL_FORMED = "well-formed luyun.v1 protobuf";
    private static final String NUMBER_PATH = "message.number";
    private static final Root[] KINDS;
    private static final Root[] BODIES;
    private static final FieldRule NUMBER;
    private static final int COUNTERS;

    static {
        final Map<Descriptor, MessageRules> known = new HashMap<>();
        final Descriptor frame = DeviceFrame.getDescriptor();
        final Descriptor message = Message.getDescriptor();
        BODIES = new Root[DeviceFrame.BYE_FIELD_NUMBER + 1];
        int counters = 0;
        for (final FieldDescriptor field : frame.getFields()) {
            final MessageRules rules = MessageRules.of(field.getMessageType(), known);
            BODIES[field.getNumber()] = new Root(field.getName(), rules);
            counters = Math.max(counters, rules.allSlots);
        }
        KINDS = new Root[MessageKind.MESSAGE_KIND_VPM_VALUE + 1];
        for (int kind = 1; kind < KINDS.length; kind++) {
            // MessageKind numbers the kinds in the order of the fields
            kind(kind, message.findFieldByNumber(Message.NUMBER_FIELD_NUMBER + kind), known);
        }
        NUMBER = new FieldRule(message.findFieldByNumber(Message.NUMBER_FIELD_NUMBER), 0, null);
        COUNTERS = counters;
    }

    private final WireCursor cursor = new WireCursor();
    private final Violation violation = new Violation();
    private final int[] counters = new int[COUNTERS];

    private record Root(String path, MessageRules rules) {}

    private static void kind(int number, FieldDescriptor field, Map<Descriptor, MessageRules> known) {
        KINDS[number] = new Root("message." + field.getName(), MessageRules.of(field.getMessageType(), known));
    }

    /**
     * Checks the bytes of one C-V2X message.
     *
     * @param messageKind number of {@code MessageKind}
     * @return null when nothing is wrong
     */
    public @Nullable Violation check(int messageKind, DirectBuffer buffer, int offset, int length) {
        return check(KINDS, messageKind, "message", buffer, offset, length);
    }

    /**
     * Checks the bytes of one body of a {@code DeviceFrame}.
     *
     * @param deviceFrameBody its field number in {@code DeviceFrame}
     * @return null when nothing is wrong
     */
    public @Nullable Violation checkBody(int deviceFrameBody, DirectBuffer buffer, int offset, int length) {
        return check(BODIES, deviceFrameBody, "body", buffer, offset, length);
    }

    /**
     * Checks the number of a message as {@link DeviceFrameReader#number()} answers it.
     *
     * @return null when nothing is wrong
     */
    public @Nullable Violation checkNumber(long number) {
        if (number >= NUMBER.min && number <= NUMBER.max) {
            return null;
        }
        final boolean missing = number == 0;
        violation.set(
                missing ? ErrorCode.ERROR_CODE_MISSING : ErrorCode.ERROR_CODE_OUT_OF_RANGE,
                missing ? "absent" : Long.toUnsignedString(number),
                NUMBER.text);
        violation.within(NUMBER_PATH, -1);
        return violation;
    }

    private @Nullable Violation check(
            Root[] roots, int number, String path, DirectBuffer buffer, int offset, int length) {
        if (number <= 0 || number >= roots.length) {
            violation.set(ErrorCode.ERROR_CODE_UNKNOWN_KIND, Integer.toString(number), "a kind of luyun.v1");
            violation.within(path, -1);
            return violation;
        }
        final Root root = roots[number];
        cursor.wrap(buffer, offset, length);
        if (holds(root.rules, 0)) {
            return null;
        }
        violation.within(root.path, -1);
        return violation;
    }

    private boolean holds(MessageRules rules, int base) {
        for (int i = base, end = base + rules.slots; i < end; i++) {
            counters[i] = 0;
        }
        final FieldRule[] byNumber = rules.byNumber;
        long seen = 0;
        int tag;
        while ((tag = cursor.tag()) != 0) {
            final int number = tag >>> 3;
            final FieldRule rule = number < byNumber.length ? byNumber[number] : null;
            if (rule == null) {
                cursor.skip(tag);
            } else if (tag == rule.plainTag) {
                // most fields by far: one varint
                seen |= 1L << number;
                final long raw = cursor.varint();
                final long value = rule.zigZag ? Wire.zigZag64(raw) : raw;
                if ((value < rule.min || value > rule.max || cursor.malformed()) && !numberHolds(rule, -1, value)) {
                    return false;
                }
            } else {
                seen |= 1L << number;
                if (!(rule.repeated ? elementsHold(rule, tag, base, rules) : valueHolds(rule, tag, base, rules))) {
                    return false;
                }
            }
        }
        if (cursor.malformed()) {
            return malformed();
        }
        final boolean nothingToCount = rules.atLeast.length == 0;
        return (nothingToCount && (seen & rules.requiredBits) == rules.requiredBits) || complete(rules, seen, base);
    }

    /** What can be told only when the message has been read to its end. */
    private boolean complete(MessageRules rules, long seen, int base) {
        for (final FieldRule rule : rules.required) {
            final int number = rule.tag >>> 3;
            if ((seen >>> number & 1) == 0 || (rule.repeated && counters[base + rule.slot] == 0)) {
                violation.set(ErrorCode.ERROR_CODE_MISSING, "absent", rule.text);
                violation.within(rule.name, -1);
                return false;
            }
        }
        for (final FieldRule rule : rules.atLeast) {
            final int count = counters[base + rule.slot];
            if (count < rule.minSize) {
                return outOfRange(rule, -1, count + " elements");
            }
        }
        return true;
    }

    private boolean elementsHold(FieldRule rule, int tag, int base, MessageRules rules) {
        if (tag != rule.packedTag) {
            return valueHolds(rule, tag, base, rules);
        }
        final int outer = cursor.enter();
        while (cursor.hasMore()) {
            if (!valueHolds(rule, rule.tag, base, rules)) {
                return false;
            }
        }
        cursor.leave(outer);
        return !cursor.malformed() || malformed(rule, -1);
    }

    private boolean valueHolds(FieldRule rule, int tag, int base, MessageRules rules) {
        int index = -1;
        if (rule.repeated) {
            index = counters[base + rule.slot]++;
            if (index >= rule.maxSize) {
                return outOfRange(rule, -1, "more than " + rule.maxSize + " elements");
            }
        }
        if (tag != rule.tag) {
            cursor.fail(cursor.position());
            return malformed(rule, index);
        }
        return switch (rule.form) {
            case PLAIN -> numberHolds(rule, index, cursor.varint());
            case ZIGZAG -> numberHolds(rule, index, Wire.zigZag64(cursor.varint()));
            case SFIXED32 -> numberHolds(rule, index, cursor.fixed32());
            case FIXED32 -> numberHolds(rule, index, cursor.fixed32() & 0xFFFF_FFFFL);
            case FIXED64 -> numberHolds(rule, index, cursor.fixed64());
            case BYTES, STRING -> bytesHold(rule, index);
            case MESSAGE -> messageHolds(rule, index, base + rules.slots);
        };
    }

    private boolean numberHolds(FieldRule rule, int index, long value) {
        if (value >= rule.min && value <= rule.max && !cursor.malformed()) {
            return true;
        }
        if (cursor.malformed()) {
            return malformed(rule, index);
        }
        return outOfRange(rule, index, rule.unsigned ? Long.toUnsignedString(value) : Long.toString(value));
    }

    private boolean bytesHold(FieldRule rule, int index) {
        final int length = cursor.bytes();
        if (cursor.malformed()) {
            return malformed(rule, index);
        }
        if (!rule.repeated && (length < rule.minSize || length > rule.maxSize)) {
            return outOfRange(rule, index, length + " bytes");
        }
        final int end = cursor.position();
        if (rule.form == FieldRule.Form.STRING && !cursor.isUtf8(end - length, end)) {
            violation.set(ErrorCode.ERROR_CODE_MALFORMED, "not UTF-8", WELL_FORMED);
            violation.within(rule.name, index);
            return false;
        }
        return true;
    }

    private boolean messageHolds(FieldRule rule, int index, int base) {
        final MessageRules inner = rule.message;
        final int outer = cursor.enter();
        if (cursor.malformed() || inner == null) {
            return malformed(rule, index);
        }
        if (!holds(inner, base)) {
            violation.within(rule.name, index);
            return false;
        }
        cursor.leave(outer);
        return true;
    }

    private boolean outOfRange(FieldRule rule, int index, String value) {
        violation.set(ErrorCode.ERROR_CODE_OUT_OF_RANGE, value, rule.text);
        violation.within(rule.name, index);
        return false;
    }

    private boolean malformed(FieldRule rule, int index) {
        malformed();
        violation.within(rule.name, index);
        return false;
    }

    private boolean malformed() {
        violation.set(ErrorCode.ERROR_CODE_MALFORMED, "byte " + cursor.brokenAt(), WELL_FORMED);
        return false;
    }
}
