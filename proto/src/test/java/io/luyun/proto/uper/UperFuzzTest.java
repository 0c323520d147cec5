package io.luyun.proto.uper;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Frames of the road, mutated: nothing is thrown, and none costs more memory or time than it may. Longer runs: {@code
 * -Dluyun.fuzz.inputs=10000000 -Dluyun.fuzz.seed=…}.
 */
class UperFuzzTest {
    private static final int INPUTS = Integer.getInteger("luyun.fuzz.inputs", 100_000);
    private static final long SEED = Long.getLong("luyun.fuzz.seed", 20260804);
    private static final int WARM_UP = 20_000;
    private static final int MAX_LENGTH = 1_024;
    private static final long MAX_ALLOCATED = 64 << 10;
    private static final long MAX_NANOS = 1_000_000;

    /** A pause of the machine is not the input's cost: it counts only if it comes again. */
    private static final int TRIES = 3;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UperDecoder decoder = new UperDecoder();
    private final UnsafeBuffer in = new UnsafeBuffer(new byte[MAX_LENGTH]);
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[1 << 17]);
    private final List<Vectors> vectors = Vectors.all();

    @ParameterizedTest
    @EnumSource
    void everyInputIsAnsweredAndCheap(Dialect dialect) {
        final Random random = new Random(SEED);
        int good = 0;
        long allocatedMost = 0;
        for (int i = 0; i < INPUTS; i++) {
            final int length = next(random);
            final long before = threads.getCurrentThreadAllocatedBytes();
            final long startNs = System.nanoTime();
            final int decoded = decoder.decode(dialect, in, 0, length, out, 0);
            final long nanos = System.nanoTime() - startNs;
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            if (decoded >= 0) {
                good++;
            }
            if ((decoder.violation() == null) != (decoded >= 0)) {
                throw new AssertionError(name(dialect, i, length) + ": " + decoded + " and " + decoder.violation());
            }
            if (i > WARM_UP) {
                allocatedMost = Math.max(allocatedMost, allocated);
                if (nanos > MAX_NANOS && slowAgain(dialect, length)) {
                    throw new AssertionError(name(dialect, i, length) + " takes " + nanos + " ns");
                }
                if (allocated > MAX_ALLOCATED) {
                    throw new AssertionError(name(dialect, i, length) + " allocates " + allocated + " B");
                }
            }
        }
        System.out.printf(
                "UperFuzzTest %s seed %d: %d inputs, %d decoded, at most %d B allocated%n",
                dialect.label(), SEED, INPUTS, good, allocatedMost);
        assertThat(good).as("some mutants stay good, some do not").isBetween(INPUTS / 1_000, INPUTS - INPUTS / 10);
    }

    private boolean slowAgain(Dialect dialect, int length) {
        for (int i = 0; i < TRIES; i++) {
            final long startNs = System.nanoTime();
            decoder.decode(dialect, in, 0, length, out, 0);
            if (System.nanoTime() - startNs <= MAX_NANOS) {
                return false;
            }
        }
        return true;
    }

    /** Bits flipped, octets replaced, a piece of another frame, an end cut off or added; at times nothing but noise. */
    private int next(Random random) {
        final byte[] frame = vectors.get(random.nextInt(vectors.size())).frame();
        int length = Math.min(frame.length, MAX_LENGTH);
        in.putBytes(0, frame, 0, length);
        for (int i = random.nextInt(5); i >= 0; i--) {
            final int at = random.nextInt(length);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> in.putByte(at, (byte) (in.getByte(at) ^ 1 << random.nextInt(Byte.SIZE)));
                case 3, 4 -> in.putByte(at, (byte) random.nextInt());
                case 5 -> {
                    final byte[] other =
                            vectors.get(random.nextInt(vectors.size())).frame();
                    final int from = random.nextInt(other.length);
                    final int size = Math.min(other.length - from, MAX_LENGTH - at);
                    in.putBytes(at, other, from, size);
                    length = Math.max(length, at + size);
                }
                case 6 -> length = at + 1;
                default -> {
                    final byte[] noise = new byte[MAX_LENGTH - at];
                    random.nextBytes(noise);
                    in.putBytes(at, noise);
                    length = at + 1 + random.nextInt(noise.length);
                }
            }
        }
        return length;
    }

    private String name(Dialect dialect, int index, int length) {
        final byte[] bytes = new byte[length];
        in.getBytes(0, bytes);
        return "seed " + SEED + " input " + index + " in " + dialect + " "
                + HexFormat.of().formatHex(bytes);
    }
}
