package io.luyun.proto.codec;

import static io.luyun.proto.codec.Samples.OFFSET;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.Rule;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The validator holds every message to every rule of the schema. */
class MessageValidatorTest {
    private static final long SEED = 20260803;
    private static final int BSM = 1;
    private static final int RSM = 2;
    private static final int RSI = 3;

    private final MessageValidator validator = new MessageValidator();

    @Test
    void passesEveryMessageThatKeepsTheRules() {
        System.out.println("MessageValidatorTest seed " + SEED);
        for (int i = 0; i < 150; i++) {
            final RandomMessages messages = new RandomMessages(SEED + i, i % 4 / 3.0);
            for (int kind = 1; kind <= Samples.KINDS.length; kind++) {
                assertThat(check(kind, messages.like(Samples.KINDS[kind - 1]))).isNull();
            }
            for (final FieldDescriptor body : DeviceFrame.getDescriptor().getFields()) {
                final Message.Builder frame = DeviceFrame.newBuilder();
                messages.set(frame, body);
                assertThat(checkBody(body.getNumber(), (Message) frame.getField(body)))
                        .isNull();
            }
        }
    }

    @Test
    void namesPathValueAndRuleForEachRuleBrokenOnce() {
        int broken = 0;
        for (int kind = 1; kind <= Samples.KINDS.length; kind++) {
            final FieldDescriptor root =
                    io.luyun.proto.v1.Message.getDescriptor().findFieldByNumber(kind + 1);
            for (final BrokenRule rule : BrokenRule.allIn(Samples.KINDS[kind - 1], SEED)) {
                rule.verify("message." + root.getName(), check(kind, rule.message()));
                broken++;
            }
        }
        for (final FieldDescriptor body : DeviceFrame.getDescriptor().getFields()) {
            if (body.getNumber() != DeviceFrame.MESSAGE_FIELD_NUMBER) {
                final Message prototype =
                        DeviceFrame.newBuilder().newBuilderForField(body).build();
                for (final BrokenRule rule : BrokenRule.allIn(prototype, SEED)) {
                    rule.verify(body.getName(), checkBody(body.getNumber(), rule.message()));
                    broken++;
                }
            }
        }
        assertThat(broken).isGreaterThan(500);
    }

    @Test
    void whatItPassesProtobufReadsAndTheRulesHold() {
        final byte[][][] wellFormed = new byte[Samples.KINDS.length][12][];
        for (int kind = 1; kind <= wellFormed.length; kind++) {
            for (int i = 0; i < wellFormed[0].length; i++) {
                wellFormed[kind - 1][i] = smallest(Samples.KINDS[kind - 1], SEED + i, i % 2 / 2.0);
            }
        }
        final Random random = new Random(SEED);
        int passed = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            final int kind = 1 + i % Samples.KINDS.length;
            final Message prototype = Samples.KINDS[kind - 1];
            byte[] bytes = wellFormed[kind - 1][i / Samples.KINDS.length % wellFormed[0].length];
            for (int damage = random.nextInt(3); damage >= 0; damage--) {
                bytes = Samples.damaged(bytes, random);
            }
            final Violation violation = validator.check(kind, Samples.buffer(bytes), OFFSET, bytes.length);
            final Message message = Samples.parse(prototype, bytes, bytes.length);
            if (violation == null) {
                assertThat(message).isNotNull();
                assertThat(BrokenRule.holds(message)).isTrue();
                passed++;
            } else {
                refused++;
            }
        }
        assertThat(passed).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void truncatedBytesAreMalformedOrAShorterMessage() {
        for (int kind = 1; kind <= Samples.KINDS.length; kind++) {
            final Message prototype = Samples.KINDS[kind - 1];
            final byte[] bytes = new RandomMessages(SEED, 1).like(prototype).toByteArray();
            final UnsafeBuffer buffer = Samples.buffer(bytes);
            for (int length = 0; length <= bytes.length; length += length < 1000 ? 1 : 37) {
                final Violation violation = validator.check(kind, buffer, OFFSET, length);
                final boolean malformed = violation != null && violation.code() == ErrorCode.ERROR_CODE_MALFORMED;
                assertThat(malformed).isEqualTo(Samples.parse(prototype, bytes, length) == null);
            }
        }
    }

    @Test
    void tellsWhereItIsMalformed() {
        assertViolation(
                check(BSM, new byte[] {1 << 3 | 5, 1, 2, 3, 4}),
                ErrorCode.ERROR_CODE_MALFORMED,
                "message.bsm.msg_cnt",
                "byte 1",
                "well-formed luyun.v1 protobuf");
        assertViolation(
                check(BSM, new byte[] {1 << 3, 1, 5 << 3 | 2, 3, 3 << 3, -1, -1, 1}),
                ErrorCode.ERROR_CODE_MALFORMED,
                "message.bsm.pos.elevation",
                "byte 5",
                "well-formed luyun.v1 protobuf");
        assertViolation(
                check(BSM, new byte[] {(byte) 0xE0, 3, -1}),
                ErrorCode.ERROR_CODE_MALFORMED,
                "message.bsm",
                "byte 2",
                "well-formed luyun.v1 protobuf");
        assertThat(validator.check(BSM, new UnsafeBuffer(new byte[4]), 2, 3).code())
                .isEqualTo(ErrorCode.ERROR_CODE_MALFORMED);
    }

    @Test
    void writesRulesForPeople() {
        final RandomMessages messages = new RandomMessages(SEED, 1);
        final Bsm bsm = messages.like(Bsm.getDefaultInstance());
        assertViolation(
                check(BSM, bsm.toBuilder().setSpeed(8191).build()),
                ErrorCode.ERROR_CODE_OUT_OF_RANGE,
                "message.bsm.speed",
                "8191",
                "0..8190 in 0.02 m/s; leave it out when unknown");
        assertViolation(
                check(BSM, bsm.toBuilder().clearPos().build()),
                ErrorCode.ERROR_CODE_MISSING,
                "message.bsm.pos",
                "absent",
                "required");
        assertViolation(
                check(
                        BSM,
                        bsm.toBuilder().setId(ByteString.copyFromUtf8("short")).build()),
                ErrorCode.ERROR_CODE_OUT_OF_RANGE,
                "message.bsm.id",
                "5 bytes",
                "8 bytes, required");
        final Rsm.Builder rsm =
                messages.like(Rsm.getDefaultInstance()).toBuilder().clearParticipants();
        for (int i = 0; i < 4; i++) {
            rsm.addParticipants(messages.like(Rsm.getDefaultInstance()).getParticipants(0));
        }
        rsm.getParticipantsBuilder(3).setHeading(28801);
        assertViolation(
                check(RSM, rsm.build()),
                ErrorCode.ERROR_CODE_OUT_OF_RANGE,
                "message.rsm.participants[3].heading",
                "28801",
                "0..28800 in 0.0125 deg; leave it out when unknown");
        assertViolation(
                check(RSM, rsm.clearParticipants().build()),
                ErrorCode.ERROR_CODE_MISSING,
                "message.rsm.participants",
                "absent",
                "1..16 elements, required");
    }

    @Test
    void judgesNumbersWithAllTheirBits() {
        final byte[] bsm =
                new RandomMessages(SEED, 1).like(Bsm.getDefaultInstance()).toByteArray();
        // msg_cnt again, 2^32 + 5: protobuf-java would cut it to 5
        final byte[] cut = Samples.joined(bsm, new byte[] {1 << 3, -123, -128, -128, -128, 16});
        assertViolation(
                check(BSM, cut),
                ErrorCode.ERROR_CODE_OUT_OF_RANGE,
                "message.bsm.msg_cnt",
                "4294967301",
                "0..127 in count, required");
        // transmission, an enum, of -1
        final byte[] negative = Samples.joined(bsm, new byte[] {8 << 3, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1});
        assertThat(check(BSM, negative).value()).isEqualTo("-1");
    }

    @Test
    void takesRepeatedNumbersPackedAndNot() {
        final byte[] head = {1 << 3, 9};
        assertThat(checkBody(4, Samples.joined(head, new byte[] {3 << 3 | 2, 2, 1, 4})))
                .isNull();
        assertThat(checkBody(4, Samples.joined(head, new byte[] {3 << 3, 1, 3 << 3, 4})))
                .isNull();
        // one more than the last there is
        final int last = Topic.getDescriptor().getValues().getLast().getNumber();
        assertViolation(
                checkBody(4, Samples.joined(head, new byte[] {3 << 3, 1, 3 << 3 | 2, 2, 1, (byte) (last + 1)})),
                ErrorCode.ERROR_CODE_OUT_OF_RANGE,
                "subscribe.topics[2]",
                Integer.toString(last + 1),
                "1.." + last + " in code, at most 8 elements; leave it out when unknown");
        assertThat(checkBody(4, Samples.joined(head, new byte[] {3 << 3 | 2, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1}))
                        .value())
                .isEqualTo("more than 8 elements");
        assertThat(checkBody(4, Samples.joined(head, new byte[] {3 << 3 | 2, 2, 1, -1}))
                        .code())
                .isEqualTo(ErrorCode.ERROR_CODE_MALFORMED);
        assertThat(checkBody(4, Subscribe.newBuilder().setSubscriptionId(1).build()))
                .isNull();
    }

    @Test
    void takesOnlyUtf8() {
        final Rsi rsi = new RandomMessages(SEED, 1)
                .like(Rsi.getDefaultInstance()).toBuilder()
                        .clearEvents()
                        .clearSigns()
                        .build();
        final Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            final byte[] text = new byte[1 + random.nextInt(12)];
            for (int j = 0; j < text.length; j++) {
                text[j] = (byte) (random.nextInt(3) == 0 ? random.nextInt(0x80) : 0x80 + random.nextInt(0x80));
            }
            final byte[] event =
                    Samples.joined(new byte[] {1 << 3, 1, 2 << 3, 7, 6 << 3 | 2, (byte) text.length}, text);
            final byte[] bytes = Samples.joined(
                    rsi.toByteArray(), Samples.joined(new byte[] {5 << 3 | 2, (byte) event.length}, event));
            final boolean utf8 = Samples.parse(rsi, bytes, bytes.length) != null;
            final Violation violation = check(RSI, bytes);
            if (utf8) {
                assertThat(violation).isNull();
            } else {
                assertViolation(
                        violation,
                        ErrorCode.ERROR_CODE_MALFORMED,
                        "message.rsi.events[0].description",
                        "not UTF-8",
                        "well-formed luyun.v1 protobuf");
            }
        }
    }

    @Test
    void checksNumbersAndKinds() {
        assertThat(validator.checkNumber(1)).isNull();
        assertThat(validator.checkNumber(Long.MAX_VALUE >> 1)).isNull();
        assertViolation(
                validator.checkNumber(0),
                ErrorCode.ERROR_CODE_MISSING,
                "message.number",
                "absent",
                "1..4611686018427387903 in number, required");
        assertThat(validator.checkNumber(-1).value()).isEqualTo("18446744073709551615");
        for (final int kind : new int[] {-1, 0, 15, 64}) {
            assertThat(check(kind, Position.getDefaultInstance()).code()).isEqualTo(ErrorCode.ERROR_CODE_UNKNOWN_KIND);
        }
        assertThat(checkBody(8, Hello.getDefaultInstance()).code()).isEqualTo(ErrorCode.ERROR_CODE_UNKNOWN_KIND);
    }

    /** Of a few random messages the smallest: damage to a large one is tested no better, but slower. */
    private static byte[] smallest(Message prototype, long seed, double presence) {
        final RandomMessages messages = new RandomMessages(seed, presence);
        byte[] smallest = messages.like(prototype).toByteArray();
        for (int i = 0; i < 8; i++) {
            final byte[] bytes = messages.like(prototype).toByteArray();
            smallest = bytes.length < smallest.length ? bytes : smallest;
        }
        return smallest;
    }

    private static void assertViolation(Violation violation, ErrorCode code, String field, String value, String rule) {
        assertThat(violation).isNotNull();
        assertThat(List.of(violation.code(), violation.field(), violation.value(), violation.rule()))
                .containsExactly(code, field, value, rule);
    }

    private Violation check(int kind, Message message) {
        return check(kind, message.toByteArray());
    }

    private Violation check(int kind, byte[] bytes) {
        return validator.check(kind, Samples.buffer(bytes), OFFSET, bytes.length);
    }

    private Violation checkBody(int body, Message message) {
        return checkBody(body, message.toByteArray());
    }

    private Violation checkBody(int body, byte[] bytes) {
        return validator.checkBody(body, Samples.buffer(bytes), OFFSET, bytes.length);
    }

    /** A message in which one field breaks one rule, and what must be said of it. */
    private record BrokenRule(Message message, String path, ErrorCode code, String value, Rule rule) {
        void verify(String root, Violation violation) {
            assertThat(violation).as("%s %s", path, value).isNotNull();
            assertThat(violation.field()).isEqualTo(root + path);
            assertThat(violation.code()).as(path).isEqualTo(code);
            assertThat(violation.value()).as(path).isEqualTo(value);
            if (value.endsWith("bytes") || value.endsWith("elements")) {
                assertThat(violation.rule()).contains(Integer.toString(rule.getMaxSize()));
            } else if (code == ErrorCode.ERROR_CODE_OUT_OF_RANGE) {
                assertThat(violation.rule())
                        .contains(Long.toString(rule.getMin()), Long.toString(rule.getMax()), rule.getUnit());
            } else {
                assertThat(violation.rule()).contains("required");
            }
        }

        static List<BrokenRule> allIn(Message prototype, long seed) {
            final List<BrokenRule> all = new ArrayList<>();
            new Breaker(prototype, new RandomMessages(seed, 1), all).walk(prototype.toBuilder(), new ArrayList<>());
            return all;
        }

        /** The rules again, the slow way, on what protobuf-java has read. */
        static boolean holds(Message message) {
            for (final FieldDescriptor field : message.getDescriptorForType().getFields()) {
                final Rule rule = RandomMessages.rule(field);
                if (field.isRepeated()) {
                    final int count = message.getRepeatedFieldCount(field);
                    if (count < Math.max(rule.getMinSize(), rule.getRequired() ? 1 : 0)
                            || (rule.hasMaxSize() && count > rule.getMaxSize())) {
                        return false;
                    }
                    for (int i = 0; i < count; i++) {
                        if (!holds(field, message.getRepeatedField(field, i))) {
                            return false;
                        }
                    }
                } else if (message.hasField(field)) {
                    if (!holds(field, message.getField(field))) {
                        return false;
                    }
                } else if (rule.getRequired()) {
                    return false;
                }
            }
            return true;
        }

        private static boolean holds(FieldDescriptor field, Object value) {
            final Rule rule = RandomMessages.rule(field);
            return switch (value) {
                case Message message -> holds(message);
                case ByteString bytes -> inSize(rule, bytes.size());
                case String text -> inSize(rule, ByteString.copyFromUtf8(text).size());
                case Integer number -> inRange(rule, number);
                case Long number -> inRange(rule, number);
                case com.google.protobuf.Descriptors.EnumValueDescriptor constant ->
                    inRange(rule, constant.getNumber());
                default -> true;
            };
        }

        private static boolean inSize(Rule rule, int size) {
            return size >= rule.getMinSize() && (!rule.hasMaxSize() || size <= rule.getMaxSize());
        }

        private static boolean inRange(Rule rule, long number) {
            return (!rule.hasMin() || number >= rule.getMin()) && (!rule.hasMax() || number <= rule.getMax());
        }
    }

    /** Walks a type and breaks one rule after another at the end of a way into a full message. */
    private static final class Breaker {
        private final Message prototype;
        private final RandomMessages messages;
        private final List<BrokenRule> all;

        Breaker(Message prototype, RandomMessages messages, List<BrokenRule> all) {
            this.prototype = prototype;
            this.messages = messages;
            this.all = all;
        }

        void walk(Message.Builder type, List<FieldDescriptor> way) {
            for (final FieldDescriptor field : type.getDescriptorForType().getFields()) {
                way.add(field);
                final Rule rule = RandomMessages.rule(field);
                if (rule.getRequired()) {
                    breakOne(way, ErrorCode.ERROR_CODE_MISSING, "absent", rule, (builder, it) -> {
                        builder.clearField(it);
                    });
                }
                if (rule.hasMin() && !(isUnsigned(field) && rule.getMin() == 0)) {
                    breakNumber(way, rule, rule.getMin() - 1);
                }
                if (rule.hasMax()) {
                    breakNumber(way, rule, rule.getMax() + 1);
                }
                breakSizes(way, rule);
                if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                    walk(type.newBuilderForField(field), way);
                }
                way.removeLast();
            }
        }

        private void breakNumber(List<FieldDescriptor> way, Rule rule, long number) {
            final FieldDescriptor last = way.getLast();
            final Object value = switch (last.getJavaType()) {
                case INT -> (Object) (int) number;
                case LONG -> (Object) number;
                default -> last.getEnumType().findValueByNumberCreatingIfUnknown((int) number);
            };
            breakOne(way, ErrorCode.ERROR_CODE_OUT_OF_RANGE, Long.toString(number), rule, (builder, field) -> {
                if (field.isRepeated()) {
                    builder.setRepeatedField(field, builder.getRepeatedFieldCount(field) - 1, value);
                } else {
                    builder.setField(field, value);
                }
            });
        }

        private void breakSizes(List<FieldDescriptor> way, Rule rule) {
            final FieldDescriptor last = way.getLast();
            if (rule.getMinSize() > (last.isRepeated() && rule.getRequired() ? 1 : 0)) {
                breakSize(way, rule, rule.getMinSize() - 1);
            }
            if (rule.hasMaxSize()) {
                breakSize(way, rule, rule.getMaxSize() + 1);
            }
        }

        private void breakSize(List<FieldDescriptor> way, Rule rule, int size) {
            if (!way.getLast().isRepeated()) {
                final ByteString bytes = ByteString.copyFromUtf8("x".repeat(size));
                breakOne(way, ErrorCode.ERROR_CODE_OUT_OF_RANGE, size + " bytes", rule, (builder, field) -> {
                    builder.setField(
                            field,
                            field.getJavaType() == FieldDescriptor.JavaType.STRING ? bytes.toStringUtf8() : bytes);
                });
                return;
            }
            final String value =
                    size > rule.getMaxSize() ? "more than " + rule.getMaxSize() + " elements" : size + " elements";
            breakOne(way, ErrorCode.ERROR_CODE_OUT_OF_RANGE, value, rule, (builder, field) -> {
                builder.clearField(field);
                for (int i = 0; i < size; i++) {
                    builder.addRepeatedField(field, messages.value(builder, field));
                }
            });
        }

        private void breakOne(List<FieldDescriptor> way, ErrorCode code, String value, Rule rule, Break how) {
            final Message.Builder root = prototype.toBuilder();
            messages.fill(root);
            final StringBuilder path = new StringBuilder();
            apply(root, way, 0, how, path);
            final boolean element =
                    way.getLast().isRepeated() && !value.endsWith("elements") && !"absent".equals(value);
            if (element) {
                path.append('[').append(lastCount - 1).append(']');
            }
            all.add(new BrokenRule(root.build(), path.toString(), code, value, rule));
        }

        private int lastCount;

        private void apply(
                Message.Builder builder, List<FieldDescriptor> way, int depth, Break how, StringBuilder path) {
            final FieldDescriptor field = way.get(depth);
            path.append('.').append(field.getName());
            if (field.isRepeated() ? builder.getRepeatedFieldCount(field) == 0 : !builder.hasField(field)) {
                messages.set(builder, field);
            }
            if (depth == way.size() - 1) {
                how.apply(builder, field);
                lastCount = field.isRepeated() ? builder.getRepeatedFieldCount(field) : 0;
                return;
            }
            if (field.isRepeated()) {
                final int index = builder.getRepeatedFieldCount(field) - 1;
                path.append('[').append(index).append(']');
                final Message.Builder inner = ((Message) builder.getRepeatedField(field, index)).toBuilder();
                apply(inner, way, depth + 1, how, path);
                builder.setRepeatedField(field, index, inner.build());
            } else {
                final Message.Builder inner = ((Message) builder.getField(field)).toBuilder();
                apply(inner, way, depth + 1, how, path);
                builder.setField(field, inner.build());
            }
        }

        private static boolean isUnsigned(FieldDescriptor field) {
            return switch (field.getType()) {
                case UINT32, UINT64, FIXED32, FIXED64 -> true;
                default -> false;
            };
        }

        private interface Break {
            void apply(Message.Builder builder, FieldDescriptor field);
        }
    }
}
