package io.luyun.server.research;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.luyun.proto.v1.RecordKind;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Messages of every kind of record, whatever the schema allows and its rules do not. */
final class RandomPayloads {
    private static final String[] LETTERS = {"a", "Z", "\"", "\\", "\n", "\u0001", "é", "路", "😀", "/", ",", "\u007f"};
    private static final int DEEP = 5;

    private final Random random;

    RandomPayloads(final long seed) {
        random = new Random(seed * 0x9E37_79B9_7F4A_7C15L);
    }

    static List<Integer> kinds() {
        return Stream.of(RecordKind.values())
                .filter(kind -> kind != RecordKind.UNRECOGNIZED)
                .map(RecordKind::getNumber)
                .filter(kind -> Payloads.of(kind) != null)
                .toList();
    }

    Message like(final Message type) {
        final Message.Builder builder = type.newBuilderForType();
        fill(builder, random.nextDouble(), 0);
        return builder.build();
    }

    private void fill(final Message.Builder builder, final double presence, final int depth) {
        for (final FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            if (random.nextDouble() < presence
                    && (depth < DEEP || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE)) {
                if (field.isRepeated()) {
                    for (int i = random.nextInt(4); i > 0; i--) {
                        builder.addRepeatedField(field, value(builder, field, presence, depth));
                    }
                } else {
                    builder.setField(field, value(builder, field, presence, depth));
                }
            }
        }
    }

    private Object value(
            final Message.Builder builder, final FieldDescriptor field, final double presence, final int depth) {
        return switch (field.getJavaType()) {
            case INT -> (int) number();
            case LONG -> number();
            case BOOLEAN -> random.nextBoolean();
            case ENUM ->
                field.getEnumType()
                        .findValueByNumberCreatingIfUnknown(
                                random.nextInt(12) == 0 ? (int) number() : random.nextInt(8));
            case BYTE_STRING -> bytes(random.nextInt(20));
            case STRING -> text(random.nextInt(12));
            case MESSAGE -> {
                final Message.Builder inner = builder.newBuilderForField(field);
                fill(inner, presence, depth + 1);
                yield inner.build();
            }
            case FLOAT, DOUBLE -> throw new IllegalStateException(field.getFullName());
        };
    }

    /** As many small ones as large ones, and the ends. */
    private long number() {
        return switch (random.nextInt(8)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Integer.MIN_VALUE;
            case 2 -> -random.nextLong(1L << random.nextInt(1, 63));
            default -> random.nextLong(1L << random.nextInt(1, 63));
        };
    }

    private ByteString bytes(final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    private String text(final int letters) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < letters; i++) {
            text.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }
}
