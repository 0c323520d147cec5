package io.luyun.proto.uper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.luyun.proto.codec.MessageValidator;
import java.util.Arrays;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is encoded comes back as it was. {@code -Dluyun.uper.messages=10000000} is the long run, {@code -Dluyun.uper.seed}
 * another seed.
 */
class UperRoundTripTest {
    private static final int MESSAGES = Integer.getInteger("luyun.uper.messages", 2_000);
    private static final long SEED = Long.getLong("luyun.uper.seed", 20260803);

    private final UperEncoder encoder = new UperEncoder();
    private final UperDecoder decoder = new UperDecoder();
    private final MessageValidator validator = new MessageValidator();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[70_000]);
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[70_000]);

    @ParameterizedTest
    @MethodSource("kinds")
    void everyMessageSurvives(Dialect dialect, int kind) throws InvalidProtocolBufferException {
        System.out.println("UperRoundTripTest " + dialect + " kind " + kind + " seed " + SEED);
        final Message prototype = Canonical.prototype(kind);
        final double[] presences = {0, 0.3, 0.7, 1};
        for (int i = 0; i < MESSAGES; i++) {
            final Message message =
                    new RandomCanonical(SEED + i, dialect, presences[i % presences.length]).like(prototype);
            final byte[] canonical = message.toByteArray();
            final UnsafeBuffer in = new UnsafeBuffer(canonical);
            final int frameLength = encoder.encode(dialect, kind, in, 0, canonical.length, frame, 0);
            assertThat(frameLength).as("message %d: %s", i, encoder.violation()).isPositive();
            final int length = decoder.decode(dialect, frame, 0, frameLength, out, 0);
            assertThat(length).as("message %d: %s", i, decoder.violation()).isNotNegative();
            assertThat(decoder.messageKind()).isEqualTo(kind);
            final byte[] back = new byte[length];
            out.getBytes(0, back);
            if (!Arrays.equals(back, canonical)) {
                assertThat(prototype.getParserForType().parseFrom(back).toString())
                        .as("message %d", i)
                        .isEqualTo(message.toString());
            }
            assertThat(validator.check(kind, out, 0, length))
                    .as("message %d", i)
                    .isNull();
        }
    }

    static Stream<Arguments> kinds() {
        return Arrays.stream(Dialect.values())
                .flatMap(dialect -> Canonical.kinds(dialect).map(kind -> Arguments.of(dialect, kind)));
    }
}
