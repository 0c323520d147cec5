package io.luyun.proto.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import io.luyun.proto.v1.Options;
import io.luyun.proto.v1.Rule;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Makes messages that keep every rule of the schema, out of a seed. */
final class RandomMessages {
    private static final String[] LETTERS = {"a", "Z", "é", "路", "😀"};

    /** Lists within lists within lists are kept short. */
    private static final int SHALLOW = 1;

    private final Random random;
    private final double presence;
    private int depth;

    /** @param presence how likely an optional field is there; 1 for all of them */
    RandomMessages(long seed, double presence) {
        // seeds that follow each other would choose alike
        random = new Random(seed * 0x9E37_79B9_7F4A_7C15L);
        this.presence = presence;
    }

    @SuppressWarnings("unchecked")
    <M extends Message> M like(M prototype) {
        final Message.Builder builder = prototype.newBuilderForType();
        fill(builder);
        return (M) builder.build();
    }

    void fill(Message.Builder builder) {
        OneofDescriptor lastOneof = null;
        int chosen = 0;
        for (final FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            final OneofDescriptor oneof = field.getRealContainingOneof();
            if (oneof != null) {
                if (oneof != lastOneof) {
                    lastOneof = oneof;
                    chosen = random.nextInt(oneof.getFieldCount() + 1);
                }
                if (chosen < oneof.getFieldCount() && oneof.getField(chosen) == field) {
                    set(builder, field);
                }
            } else if (rule(field).getRequired() || field.isRepeated() || random.nextDouble() < presence) {
                set(builder, field);
            }
        }
    }

    void set(Message.Builder builder, FieldDescriptor field) {
        if (!field.isRepeated()) {
            builder.setField(field, value(builder, field));
            return;
        }
        final Rule rule = rule(field);
        final int most = rule.hasMaxSize() ? rule.getMaxSize() : 3;
        final int least = Math.max(rule.getMinSize(), presence == 1 ? 1 : 0);
        builder.clearField(field);
        for (int i = between(least, Math.min(most, least + (depth > SHALLOW ? 0 : 2))); i > 0; i--) {
            builder.addRepeatedField(field, value(builder, field));
        }
    }

    Object value(Message.Builder builder, FieldDescriptor field) {
        final Rule rule = rule(field);
        return switch (field.getJavaType()) {
            case INT -> (int) number(rule, 0, Integer.MAX_VALUE);
            case LONG -> number(rule, 0, Long.MAX_VALUE);
            case BOOLEAN -> random.nextBoolean();
            case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown((int) number(rule, 0, 3));
            case BYTE_STRING -> bytes(between(rule.getMinSize(), rule.hasMaxSize() ? rule.getMaxSize() : 32));
            case STRING -> text(between(rule.getMinSize(), Math.min(40, rule.hasMaxSize() ? rule.getMaxSize() : 40)));
            case MESSAGE -> {
                final Message.Builder inner = builder.newBuilderForField(field);
                depth++;
                fill(inner);
                depth--;
                yield inner.build();
            }
            case FLOAT, DOUBLE -> throw new IllegalStateException(field.getFullName());
        };
    }

    private long number(Rule rule, long min, long max) {
        final long low = rule.hasMin() ? rule.getMin() : min;
        final long high = rule.hasMax() ? rule.getMax() : max;
        return switch (random.nextInt(6)) {
            case 0 -> low;
            case 1 -> high;
            default -> high == Long.MAX_VALUE ? random.nextLong(low, high) : random.nextLong(low, high + 1);
        };
    }

    private int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    private ByteString bytes(int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    private String text(int length) {
        final StringBuilder text = new StringBuilder();
        int left = length;
        while (left > 0) {
            final String letter = LETTERS[random.nextInt(LETTERS.length)];
            final int size = letter.getBytes(StandardCharsets.UTF_8).length;
            if (size <= left) {
                text.append(letter);
                left -= size;
            }
        }
        return text.toString();
    }

    static Rule rule(FieldDescriptor field) {
        return field.getOptions().getExtension(Options.rule);
    }
}
