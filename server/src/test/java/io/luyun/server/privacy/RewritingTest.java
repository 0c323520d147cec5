package io.luyun.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.luyun.proto.codec.MessageValidator;
import io.luyun.proto.codec.Violation;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.research.ListedRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads of all kinds, filled by chance: against a slow and simple way to do the same, and against the rules of the schema. */
final class RewritingTest {
    private static final long SEED = 20_261_130;
    private static final int ROUNDS = 30;
    private static final long TIME_NS = 1_767_225_600_123_456_789L;
    private static final Set<Integer> NOTHING_BUT_RAW = Set.of(
            RecordKind.RECORD_KIND_TEST_VALUE,
            RecordKind.RECORD_KIND_RTCM_VALUE,
            RecordKind.RECORD_KIND_RAW_VALUE,
            RecordKind.RECORD_KIND_DEVICE_WILL_VALUE);

    private final Random random = new Random(SEED);

    @TempDir
    private Path directory;

    private static List<Integer> kinds() {
        final List<Integer> kinds = new ArrayList<>();
        for (int kind = 1; kind <= RecordKind.RECORD_KIND_ALERT_VALUE; kind++) {
            if (RecordTypes.of(kind) != null) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private static Descriptor type(final int kind) {
        final Descriptor type = RecordTypes.of(kind);
        assertThat(type).isNotNull();
        return type;
    }

    private List<DynamicMessage> randoms(final int kind) {
        return Stream.generate(() -> random(kind)).limit(ROUNDS).toList();
    }

    private DynamicMessage random(final int kind) {
        return new RandomMessages(random, 0.1 + 0.9 * random.nextDouble()).of(type(kind));
    }

    private static PrivateRecords records(final int kind, final List<byte[]> payloads, final PrivacyPolicy policy) {
        final ListedRecords listed = new ListedRecords();
        payloads.forEach(payload -> listed.add(kind, "veh-1", TIME_NS, payload));
        return PrivateRecords.of(listed, policy);
    }

    @Test
    void withoutAnythingAskedForOnlyWhatIsOptInIsMissing() throws Exception {
        System.out.println("seed " + SEED);
        for (final int kind : kinds()) {
            final List<DynamicMessage> messages = randoms(kind);
            final PrivateRecords records = records(
                    kind,
                    messages.stream()
                            .map(message -> strange(message).toByteArray())
                            .toList(),
                    PrivacyPolicy.DEFAULT);
            int told = 0;
            while (records.next()) {
                final DynamicMessage message = messages.get((int) records.sequence() - 1);
                final byte[] payload = records.payload();
                assertThat(DynamicMessage.parseFrom(type(kind), payload).toByteArray())
                        .as("kind %d: %s", kind, message)
                        .isEqualTo(plain(message).toByteArray());
                assertThat(payload).hasSize(plain(message).getSerializedSize());
                told++;
            }
            final long empty = messages.stream()
                    .filter(one -> one.getAllFields().isEmpty())
                    .count();
            assertThat(told).as("kind %d", kind).isEqualTo(NOTHING_BUT_RAW.contains(kind) ? (int) empty : ROUNDS);
            assertThat(records.leftOut()).isEqualTo(ROUNDS - told);
        }
    }

    /** The same with fields in it, everywhere, that the schema does not know. */
    private Message strange(final Message message) {
        final Message.Builder builder = message.toBuilder();
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                if (field.isRepeated()) {
                    for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                        builder.setRepeatedField(field, i, strange((Message) message.getRepeatedField(field, i)));
                    }
                } else {
                    builder.setField(field, strange((Message) value));
                }
            }
        });
        if (random.nextInt(3) == 0) {
            builder.setUnknownFields(UnknownFieldSet.newBuilder()
                    .addField(
                            random.nextBoolean() ? 62 : 1_000,
                            UnknownFieldSet.Field.newBuilder()
                                    .addVarint(random.nextLong())
                                    .addLengthDelimited(ByteString.copyFromUtf8("secret"))
                                    .addFixed32(7)
                                    .addFixed64(8)
                                    .build())
                    .build());
        }
        return builder.build();
    }

    /** What the default policy says, field by field. */
    private static Message plain(final Message message) {
        final Message.Builder builder = message.toBuilder();
        for (final FieldDescriptor field : message.getAllFields().keySet()) {
            final Treatment treatment = FieldTable.of(field);
            if (treatment == Treatment.TEXT || field.getFullName().equals("luyun.v1.Position.elevation")) {
                builder.clearField(field);
            } else if (field.getFullName().equals("luyun.v1.Position.offset_form")) {
                final int form = (int) message.getField(field) & 7;
                if (form == 0) {
                    builder.clearField(field);
                } else {
                    builder.setField(field, form);
                }
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                if (field.isRepeated()) {
                    for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                        builder.setRepeatedField(field, i, plain((Message) message.getRepeatedField(field, i)));
                    }
                } else {
                    builder.setField(field, plain((Message) message.getField(field)));
                }
            }
        }
        return builder.build();
    }

    @Test
    void whatIsLeftIsAMessageOfTheSchemaWhateverThePolicy() throws Exception {
        final Path area = Files.writeString(
                directory.resolve("area.geojson"),
                "{\"type\":\"Polygon\",\"coordinates\":[[[-170,-60],[170,-60],[170,60],[-170,60],[-170,-60]]]}");
        final PseudonymKey key = PseudonymKey.of("0123456789abcdef0123456789ABCDEF".getBytes(StandardCharsets.UTF_8));
        final PrivacyPolicy pseudonyms = PrivacyPolicy.DEFAULT.withKey(key);
        final PrivacyPolicy coarse = pseudonyms.withCoarsening(new Coarsening(50, 20_000));
        final List<PrivacyPolicy> policies = List.of(
                PrivacyPolicy.DEFAULT.with(OptIn.ELEVATION),
                PrivacyPolicy.DEFAULT.with(OptIn.RAW).with(OptIn.TEXT),
                pseudonyms,
                coarse,
                PrivacyPolicy.DEFAULT.withRedacted(RedactedArea.read(area)),
                coarse.withRedacted(RedactedArea.read(area)));
        final MessageValidator validator = new MessageValidator();
        int kept = 0;
        int dropped = 0;
        for (final PrivacyPolicy policy : policies) {
            for (int kind = 1; kind < MessageKind.MESSAGE_KIND_VPM_VALUE; kind++) {
                final PrivateRecords records = records(
                        kind,
                        randoms(kind).stream().map(DynamicMessage::toByteArray).toList(),
                        policy);
                while (records.next()) {
                    final Violation violation =
                            validator.check(kind, records.buffer(), records.payloadOffset(), records.payloadLength());
                    assertThat(violation == null ? "" : violation.field() + " " + violation.value())
                            .isEmpty();
                    kept++;
                }
                dropped += (int) records.leftOut();
            }
        }
        System.out.printf("kept %d, dropped %d%n", kept, dropped);
        assertThat(kept).isGreaterThan(dropped);
        assertThat(dropped).isPositive();
    }

    @Test
    void bytesThatAreNoMessageAreNotTold() {
        int broken = 0;
        for (final int kind : kinds()) {
            final List<byte[]> payloads = randoms(kind).stream()
                    .map(DynamicMessage::toByteArray)
                    .filter(payload -> payload.length > 2)
                    .map(payload -> Arrays.copyOf(payload, payload.length - 1 - random.nextInt(2)))
                    .filter(payload -> !parses(kind, payload))
                    .toList();
            broken += payloads.size();
            assertThat(records(kind, payloads, PrivacyPolicy.DEFAULT).next())
                    .as("kind %d", kind)
                    .isFalse();
        }
        assertThat(broken).isGreaterThan(kinds().size());
    }

    private static boolean parses(final int kind, final byte[] payload) {
        try {
            return DynamicMessage.parseFrom(type(kind), payload).isInitialized();
        } catch (final InvalidProtocolBufferException e) {
            return false;
        }
    }
}
