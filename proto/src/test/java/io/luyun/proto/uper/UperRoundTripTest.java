package io.luyun.proto.uper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.luyun.proto.codec.MessageValidator;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is encoded comes back as it was. {@code -Dluyun.uper.messages=10000000} is the long run, {@code -Dluyun.uper.seed}
 * another seed, {@code -Dluyun.uper.kind=5} one kind only.
 */
class UperRoundTripTest {
    private static final int MESSAGES = Integer.getInteger("luyun.uper.messages", 2_000);
    private static final long SEED = Long.getLong("luyun.uper.seed", 20260803);
    private static final int KIND = Integer.getInteger("luyun.uper.kind", 0);
    private static final double[] PRESENCES = {0, 0.3, 0.7, 1};

    /** How often protobuf looks at what was made. */
    private static final int EVERY = Math.max(16, MESSAGES / 10_000);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final UperEncoder encoder = new UperEncoder();
    private final UperDecoder decoder = new UperDecoder();
    private final MessageValidator validator = new MessageValidator();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[70_000]);
    private final UnsafeBuffer back = new UnsafeBuffer(new byte[70_000]);

    @ParameterizedTest
    @MethodSource("kinds")
    void everyMessageSurvives(Dialect dialect, int kind) throws InvalidProtocolBufferException {
        final Message prototype = Canonical.prototype(kind);
        final RandomCanonical random = new RandomCanonical(dialect, kind);
        final UnsafeBuffer canonical = random.buffer();
        final long startNs = threads.getCurrentThreadCpuTime();
        long bytes = 0;
        for (int i = 0; i < MESSAGES; i++) {
            final int size = random.write(SEED + i, PRESENCES[i % PRESENCES.length]);
            if (i % EVERY == 0) {
                isCanonical(prototype, canonical, size);
            }
            final int frameLength = encoder.encode(dialect, kind, canonical, 0, size, frame, 0);
            if (frameLength <= 0) {
                throw new AssertionError("seed " + (SEED + i) + ": " + encoder.violation());
            }
            final int length = decoder.decode(dialect, frame, 0, frameLength, back, 0);
            if (length < 0 || decoder.messageKind() != kind || decoder.unreadExtensions() != 0) {
                throw new AssertionError("seed " + (SEED + i) + ": " + decoder.violation());
            }
            if (!Arrays.equals(back.byteArray(), 0, length, canonical.byteArray(), 0, size)) {
                // in another order at least, which the decoder has no reason for
                assertThat(parsed(prototype, back, length).toString())
                        .as("seed %d", SEED + i)
                        .isEqualTo(parsed(prototype, canonical, size).toString());
                throw new AssertionError("seed " + (SEED + i) + ": fields in another order");
            }
            if (validator.check(kind, back, 0, length) != null) {
                throw new AssertionError("seed " + (SEED + i) + ": " + validator.check(kind, back, 0, length));
            }
            bytes += frameLength;
        }
        System.out.printf(
                "UperRoundTripTest %s kind %d seed %d: %d messages of %d B on average, %.1f s of the processor%n",
                dialect.label(),
                kind,
                SEED,
                MESSAGES,
                bytes / MESSAGES,
                (threads.getCurrentThreadCpuTime() - startNs) / 1e9);
    }

    /** What was made is what protobuf would write, but for the order of fields. */
    private static void isCanonical(Message prototype, UnsafeBuffer buffer, int size)
            throws InvalidProtocolBufferException {
        final byte[] again = parsed(prototype, buffer, size).toByteArray();
        final byte[] made = Arrays.copyOf(buffer.byteArray(), size);
        Arrays.sort(again);
        Arrays.sort(made);
        assertThat(again).isEqualTo(made);
    }

    private static Message parsed(Message prototype, UnsafeBuffer buffer, int size)
            throws InvalidProtocolBufferException {
        return prototype.getParserForType().parseFrom(buffer.byteArray(), 0, size);
    }

    static Stream<Arguments> kinds() {
        return Arrays.stream(Dialect.values())
                .flatMap(dialect -> Canonical.kinds(dialect)
                        .filter(kind -> KIND == 0 || kind == KIND)
                        .map(kind -> Arguments.of(dialect, kind)));
    }
}
