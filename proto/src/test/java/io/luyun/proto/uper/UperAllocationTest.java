package io.luyun.proto.uper;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Once warm, neither way allocates a byte for a good message. */
class UperAllocationTest {
    private static final int ROUNDS = 2_000;
    private static final int WARM_UP = 2_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UperEncoder encoder = new UperEncoder();
    private final UperDecoder decoder = new UperDecoder();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[70_000]);
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[70_000]);

    @ParameterizedTest
    @MethodSource("kinds")
    void bothWaysAllocateNothing(Dialect dialect, int kind) {
        final RandomCanonical random = new RandomCanonical(dialect, kind);
        final int size = random.write(1, 0.7);
        final UnsafeBuffer canonical = random.buffer();
        final int length = encoder.encode(dialect, kind, canonical, 0, size, frame, 0);
        assertThat(length).as("%s", encoder.violation()).isPositive();
        assertThat(encoded(dialect, kind, canonical, size)).isZero();
        assertThat(decoded(dialect, length)).isZero();
    }

    /** Bytes. */
    private long encoded(Dialect dialect, int kind, UnsafeBuffer canonical, int size) {
        long before = 0;
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            if (i == 0) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            encoder.encode(dialect, kind, canonical, 0, size, frame, 0);
        }
        return allocatedSince(before);
    }

    private long decoded(Dialect dialect, int length) {
        long before = 0;
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            if (i == 0) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            decoder.decode(dialect, frame, 0, length, out, 0);
        }
        return allocatedSince(before);
    }

    /** Per message, rounded down: the measurement itself allocates once in a while. */
    private long allocatedSince(long before) {
        return (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
    }

    static Stream<Arguments> kinds() {
        return Arrays.stream(Dialect.values())
                .flatMap(dialect -> Canonical.kinds(dialect).map(kind -> Arguments.of(dialect, kind)));
    }
}
