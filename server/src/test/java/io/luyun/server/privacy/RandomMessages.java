package io.luyun.server.privacy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import io.luyun.proto.v1.Options;
import io.luyun.proto.v1.Rule;
import java.util.List;
import java.util.Random;

/** Messages of the schema that keep its rules, with everything in them or with what a seeded chance puts there. */
public final class RandomMessages {
    private static final int MOST_ELEMENTS = 3;

    private final Random random;
    private final double chance;

    /**
     * Makes them.
     *
     * @param chance of each field that may be absent to be there
     */
    public RandomMessages(final Random random, final double chance) {
        this.random = random;
        this.chance = chance;
    }

    /** One of a type. */
    public DynamicMessage of(final Descriptor type) {
        final DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
        for (final FieldDescriptor field : type.getFields()) {
            final OneofDescriptor oneof = field.getRealContainingOneof();
            if (oneof != null && builder.hasOneof(oneof)) {
                continue;
            }
            final Rule rule = field.getOptions().getExtension(Options.rule);
            if (field.isRepeated()) {
                final int least = rule.getRequired() ? Math.max(1, rule.getMinSize()) : rule.getMinSize();
                final int count = least + (random.nextDouble() < chance ? random.nextInt(MOST_ELEMENTS + 1) : 0);
                final int most = rule.hasMaxSize() ? rule.getMaxSize() : Integer.MAX_VALUE;
                for (int i = 0; i < Math.min(count, most); i++) {
                    builder.addRepeatedField(field, value(field, rule));
                }
            } else if (rule.getRequired() || random.nextDouble() < chance) {
                builder.setField(field, value(field, rule));
            }
        }
        return builder.build();
    }

    private Object value(final FieldDescriptor field, final Rule rule) {
        return switch (field.getJavaType()) {
            case MESSAGE -> of(field.getMessageType());
            case INT -> (int) number(rule, -1_000, 1_000, field.getType() == FieldDescriptor.Type.SINT32);
            case LONG -> random.nextLong() >>> 1;
            case BOOLEAN -> random.nextBoolean();
            case ENUM -> {
                final List<EnumValueDescriptor> allowed = field.getEnumType().getValues().stream()
                        .filter(one -> !rule.hasMin() || one.getNumber() >= rule.getMin())
                        .toList();
                yield allowed.get(random.nextInt(allowed.size()));
            }
            case STRING -> "text-" + random.nextInt(1_000_000) + "-é路";
            case BYTE_STRING -> {
                final byte[] bytes = new byte[rule.hasMaxSize() ? Math.min(rule.getMaxSize(), 40) : 8];
                random.nextBytes(bytes);
                yield ByteString.copyFrom(bytes);
            }
            case FLOAT, DOUBLE -> throw new IllegalArgumentException(field.getFullName());
        };
    }

    private long number(final Rule rule, final long least, final long most, final boolean signed) {
        final long from = rule.hasMin() ? rule.getMin() : signed ? least : 1;
        final long to = rule.hasMax() ? rule.getMax() : most;
        return from + Math.floorMod(random.nextLong(), to - from + 1);
    }
}
