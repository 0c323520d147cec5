package io.luyun.server.tools;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.luyun.proto.codec.Violation;
import io.luyun.proto.explain.ExplainedField;
import io.luyun.proto.explain.ExplainedField.Part;
import io.luyun.proto.explain.FieldVisitor;
import io.luyun.proto.explain.Octets;
import io.luyun.proto.explain.Scale;
import io.luyun.proto.uper.StandardNames;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Options;
import io.luyun.proto.v1.Rule;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells every octet of a protobuf message by its descriptor and the options of its fields. A row takes a field's tag with its
 * value; a message within or a packed list has a row of its own for tag and length. One thread; for one message.
 */
final class ProtobufExplainer {
    private static final Set<String> NO_UNITS = Set.of("bits", "code", "flag", "number", "ladder step", "version");
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final byte[] bytes;
    private final int start;
    private final int length;
    private final CodedInputStream in;
    private final FieldVisitor visitor;
    private final StringBuilder path;
    private int told;
    private boolean unknown;

    ProtobufExplainer(
            final String root, final byte[] bytes, final int offset, final int length, final FieldVisitor visitor) {
        this.bytes = bytes;
        start = offset;
        this.length = length;
        in = CodedInputStream.newInstance(bytes, offset, length);
        this.visitor = visitor;
        path = new StringBuilder(root);
    }

    /** Explains the message; what is wrong with it, or null. */
    @Nullable
    Violation explain(final Descriptor type) {
        try {
            message(type);
            return null;
        } catch (final IOException e) {
            final Violation violation = new Violation()
                    .set(
                            ErrorCode.ERROR_CODE_MALFORMED,
                            path.toString(),
                            "octet " + told,
                            String.valueOf(e.getMessage()).lines().findFirst().orElse("well-formed protobuf"));
            row(Part.UNREAD, "", length, HexFormat.of().formatHex(bytes, start + told, start + length), "not read");
            return violation;
        }
    }

    /** Whether there was a field that the schema does not have. */
    boolean sawUnknown() {
        return unknown;
    }

    private int bytesLeft() {
        return length - in.getTotalBytesRead();
    }

    private void message(final Descriptor type) throws IOException {
        final Map<FieldDescriptor, Integer> elements = new HashMap<>();
        while (!in.isAtEnd()) {
            final int tag = in.readTag();
            final FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            final int entered = path.length();
            if (field == null || !fits(field, WireFormat.getTagWireType(tag))) {
                enter("?");
                unknown = true;
                if (!in.skipField(tag)) {
                    throw new InvalidProtocolBufferException("a group ends that did not begin");
                }
                final int end = in.getTotalBytesRead();
                row(
                        Part.EXTENSION,
                        "",
                        end,
                        HexFormat.of().formatHex(bytes, start + told, start + end),
                        "field " + WireFormat.getTagFieldNumber(tag) + ", not in the schema");
            } else {
                enter(field.getName());
                field(field, WireFormat.getTagWireType(tag), elements);
            }
            path.setLength(entered);
        }
    }

    private void enter(final String name) {
        path.append(path.isEmpty() ? "" : ".").append(name);
    }

    private static boolean fits(final FieldDescriptor field, final int wireType) {
        return wireType == field.getLiteType().getWireType()
                || (field.isPackable() && wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    private void field(final FieldDescriptor field, final int wireType, final Map<FieldDescriptor, Integer> elements)
            throws IOException {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            element(field, elements);
            final int limit = in.pushLimit(length(field));
            message(field.getMessageType());
            in.popLimit(limit);
        } else if (wireType == field.getLiteType().getWireType()) {
            element(field, elements);
            value(field);
        } else {
            final int named = path.length();
            final int limit = in.pushLimit(length(field));
            while (!in.isAtEnd()) {
                path.setLength(named);
                element(field, elements);
                value(field);
            }
            in.popLimit(limit);
        }
    }

    private void element(final FieldDescriptor field, final Map<FieldDescriptor, Integer> elements) {
        if (field.isRepeated()) {
            path.append('[').append(elements.merge(field, 1, Integer::sum) - 1).append(']');
        }
    }

    private int length(final FieldDescriptor field) throws IOException {
        final int octets = in.readRawVarint32();
        if (octets < 0 || octets > bytesLeft()) {
            throw new InvalidProtocolBufferException("a length of " + octets + " octets, of which fewer follow");
        }
        row(
                Part.LENGTH,
                typeName(field),
                in.getTotalBytesRead(),
                Integer.toString(octets),
                (long) octets,
                Scale.NONE,
                "octets");
        return octets;
    }

    private void value(final FieldDescriptor field) throws IOException {
        switch (field.getType()) {
            case STRING -> text(field, in.readStringRequireUtf8(), "");
            case BYTES -> {
                final byte[] octets = in.readByteArray();
                text(field, HexFormat.of().formatHex(octets), Octets.readable(octets, octets.length));
            }
            case DOUBLE -> text(field, Double.toString(in.readDouble()), "");
            case FLOAT -> text(field, Float.toString(in.readFloat()), "");
            default -> number(field, integer(field));
        }
    }

    private long integer(final FieldDescriptor field) throws IOException {
        return switch (field.getType()) {
            case UINT32 -> Integer.toUnsignedLong(in.readUInt32());
            case FIXED32 -> Integer.toUnsignedLong(in.readFixed32());
            case INT32 -> in.readInt32();
            case SINT32 -> in.readSInt32();
            case SFIXED32 -> in.readSFixed32();
            case ENUM -> in.readEnum();
            case BOOL -> in.readBool() ? 1 : 0;
            case UINT64, INT64 -> in.readInt64();
            case SINT64 -> in.readSInt64();
            case FIXED64, SFIXED64 -> in.readFixed64();
            default -> throw new IllegalStateException(field.getFullName() + " is no number");
        };
    }

    private void number(final FieldDescriptor field, final long number) {
        final Rule rule = rule(field);
        final Scale scale = NO_UNITS.contains(rule.getUnit()) ? Scale.NONE : Scale.parse(rule.getUnit());
        final boolean outside = (rule.hasMin() && number < rule.getMin()) || (rule.hasMax() && number > rule.getMax());
        final String meaning = meaning(field, rule, number);
        final String range = "outside " + rule.getMin() + ".." + rule.getMax();
        final boolean unsigned =
                field.getType() == FieldDescriptor.Type.UINT64 || field.getType() == FieldDescriptor.Type.FIXED64;
        row(
                Part.VALUE,
                typeName(field),
                in.getTotalBytesRead(),
                unsigned ? Long.toUnsignedString(number) : Long.toString(number),
                unsigned && number < 0 ? null : number,
                scale,
                !outside ? meaning : meaning.isEmpty() ? range : meaning + "; " + range);
    }

    private static String meaning(final FieldDescriptor field, final Rule rule, final long number) {
        final String standard = StandardNames.of(rule.getStandard(), number);
        if (!standard.isEmpty()) {
            return standard;
        }
        return switch (field.getType()) {
            case ENUM ->
                field.getEnumType()
                        .findValueByNumberCreatingIfUnknown((int) number)
                        .getName();
            case BOOL -> Boolean.toString(number != 0);
            default -> time(rule.getUnit(), number);
        };
    }

    private static String time(final String unit, final long number) {
        if (number < 0) {
            return "";
        }
        return switch (unit) {
            case "ns since 1970 UTC" ->
                Instant.ofEpochSecond(number / NANOS_PER_SECOND, number % NANOS_PER_SECOND)
                        .toString();
            case "ms since 1970 UTC" ->
                Instant.ofEpochSecond(number / 1_000, number % 1_000 * 1_000_000)
                        .toString();
            default -> "";
        };
    }

    private static Rule rule(final FieldDescriptor field) {
        return field.getOptions().getExtension(Options.rule);
    }

    /** The standard's name where it has one, else protobuf's. */
    private static String typeName(final FieldDescriptor field) {
        final String standard = rule(field).getStandard();
        if (!standard.isEmpty()) {
            return standard;
        }
        return switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getName();
            case ENUM -> field.getEnumType().getName();
            default -> field.getType().name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    private void text(final FieldDescriptor field, final String raw, final String meaning) {
        row(Part.VALUE, typeName(field), in.getTotalBytesRead(), raw, meaning);
    }

    private void row(final Part part, final String type, final int end, final String raw, final String meaning) {
        if (end > told) {
            row(part, type, end, raw, null, Scale.NONE, meaning);
        }
    }

    private void row(
            final Part part,
            final String type,
            final int end,
            final String raw,
            final @Nullable Long number,
            final Scale scale,
            final String meaning) {
        visitor.field(new ExplainedField(
                part,
                path.toString(),
                type,
                told * Byte.SIZE,
                (end - told) * Byte.SIZE,
                raw,
                number,
                scale,
                false,
                meaning));
        told = end;
    }
}
