package io.luyun.server.exchange.table;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import io.luyun.proto.v1.Options;
import io.luyun.proto.v1.Rule;
import java.util.List;
import java.util.Random;

/** Messages of any kind with values within the rules of their fields; what is not required is there or not. */
final class RandomMessages {
    private static final String[] TEXTS = {"", "a", "ring road", "路 \"cloud\", 云", "line\r\nbreak", "\\ \t \u0001"};

    private final Random random;
    private final boolean alternatives;

    /** @param alternatives whether fields of which there may be one alone are there */
    RandomMessages(final Random random, final boolean alternatives) {
        this.random = random;
        this.alternatives = alternatives;
    }

    DynamicMessage of(final Descriptor type) {
        return of(type, 0);
    }

    private DynamicMessage of(final Descriptor type, final int depth) {
        final DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (final FieldDescriptor field : type.getFields()) {
            final Rule rule = field.getOptions().getExtension(Options.rule);
            if (!rule.getRequired() && random.nextInt(4) == 0) {
                continue;
            }
            final boolean alternative = field.getRealContainingOneof() != null;
            if (alternative && (!alternatives || random.nextBoolean())) {
                continue;
            }
            if (field.isRepeated()) {
                final int most = depth > 2 ? 1 : 3;
                final int count = Math.max(Math.min(rule.getMinSize(), 2), random.nextInt(most + 1));
                for (int i = 0; i < count; i++) {
                    message.addRepeatedField(field, value(field, rule, depth));
                }
            } else {
                message.setField(field, value(field, rule, depth));
            }
        }
        return message.build();
    }

    private Object value(final FieldDescriptor field, final Rule rule, final int depth) {
        final long min = rule.hasMin() ? rule.getMin() : 0;
        final long max = rule.hasMax() ? rule.getMax() : Integer.MAX_VALUE;
        return switch (field.getType()) {
            case MESSAGE -> of(field.getMessageType(), depth + 1);
            case BOOL -> random.nextBoolean();
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case BYTES -> {
                final byte[] octets = new byte[rule.hasMaxSize() ? Math.min(rule.getMaxSize(), 20) : 5];
                random.nextBytes(octets);
                yield ByteString.copyFrom(octets);
            }
            case ENUM -> {
                final List<EnumValueDescriptor> all = field.getEnumType().getValues();
                // now and then one that a newer sender has
                yield random.nextInt(10) == 0
                        ? field.getEnumType().findValueByNumberCreatingIfUnknown(250)
                        : all.get(random.nextInt(all.size()));
            }
            case UINT64, FIXED64 -> random.nextInt(3) == 0 ? random.nextLong() : 1_796_007_220_974_373_530L;
            default -> Math.toIntExact(random.nextInt(5) == 0 ? max : min + (long) (random.nextDouble() * (max - min)));
        };
    }
}
