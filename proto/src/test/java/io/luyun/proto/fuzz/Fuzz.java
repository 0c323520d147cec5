package io.luyun.proto.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Feeds a decoder with mutated inputs. Nothing may be thrown, and none may cost more than 64 KiB of memory or 1 ms. Short
 * by default; {@code -Dluyun.fuzz.inputs=10000000} is the long run and {@code -Dluyun.fuzz.seed=…} another one.
 */
public final class Fuzz {
    /** One decoder. */
    public interface Decoder {
        /** Decodes what begins at 0; whether it was taken. */
        boolean takes(UnsafeBuffer in, int length);
    }

    private static final int INPUTS = Integer.getInteger("luyun.fuzz.inputs", 100_000);
    private static final long SEED = Long.getLong("luyun.fuzz.seed", 20260804);
    private static final int WARM_UP = 20_000;
    private static final long MAX_ALLOCATED = 64 << 10;
    /** What an input may take, in nanoseconds. */
    public static final long MAX_NANOS = 1_000_000;

    /** What others do on the machine is not the input's cost: the best of so many times on the processor is. */
    private static final int TRIES = 25;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final String name;
    private final int inputs;
    private final long maxNanos;
    private final Decoder decoder;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Mutator mutator;
    private final UnsafeBuffer in;
    private long worstNanos;
    private long worstAllocated;
    private int worstNanosLength;
    private int worstAllocatedLength;
    private int taken;

    private Fuzz(
            String name,
            int inputs,
            long maxNanos,
            List<byte[]> seeds,
            List<String> tokens,
            int maxLength,
            Decoder decoder) {
        this.name = name;
        this.inputs = inputs;
        this.maxNanos = maxNanos;
        this.decoder = decoder;
        mutator = new Mutator(seeds, tokens, maxLength, random);
        in = mutator.buffer();
    }

    /**
     * Runs all inputs; an {@link AssertionError} names the one that breaks a rule.
     *
     * @param seeds good inputs
     * @param tokens pieces of text to put in; may be empty
     * @param maxLength of an input in bytes
     * @return how many of a thousand inputs were taken
     */
    public static int run(String name, List<byte[]> seeds, List<String> tokens, int maxLength, Decoder decoder) {
        return run(name, 1, seeds, tokens, maxLength, decoder);
    }

    /** The same with one of so many parts of the inputs. */
    public static int run(
            String name, int parts, List<byte[]> seeds, List<String> tokens, int maxLength, Decoder decoder) {
        return new Fuzz(name, INPUTS / parts, MAX_NANOS, seeds, tokens, maxLength, decoder).run();
    }

    /** The same with some of the inputs only, and another bound for machines that are busy. */
    public static int run(String name, int inputs, long maxNanos, List<byte[]> seeds, int maxLength, Decoder decoder) {
        return new Fuzz(name, inputs, maxNanos, seeds, List.of(), maxLength, decoder).run();
    }

    /** How many inputs are wanted. */
    public static int inputs() {
        return INPUTS;
    }

    private int run() {
        final long startNs = System.nanoTime();
        for (int i = 0; i < inputs; i++) {
            input(i);
        }
        System.out.printf(
                "Fuzz %s seed %d: %d inputs in %d s, %d taken; the worst cost %d us (%d bytes) and %d B (%d bytes)%n",
                name,
                SEED,
                inputs,
                (System.nanoTime() - startNs) / 1_000_000_000,
                taken,
                worstNanos / 1_000,
                worstNanosLength,
                worstAllocated,
                worstAllocatedLength);
        return (int) (1_000L * taken / inputs);
    }

    private void input(int index) {
        final int length = mutator.next();
        final long before = threads.getCurrentThreadAllocatedBytes();
        final long startNs = System.nanoTime();
        if (takes(index, length)) {
            taken++;
        }
        final long nanos = System.nanoTime() - startNs;
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        if (index < WARM_UP && index < inputs / 2) {
            return;
        }
        if (nanos > worstNanos) {
            slow(index, length);
        }
        if (allocated > worstAllocated) {
            large(index, length);
        }
    }

    private boolean takes(int index, int length) {
        try {
            return decoder.takes(in, length);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(input(index, length), e);
        }
    }

    private void slow(int index, int length) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && best > worstNanos; i++) {
            final long startNs = threads.getCurrentThreadCpuTime();
            takes(index, length);
            best = Math.min(best, threads.getCurrentThreadCpuTime() - startNs);
        }
        if (best > worstNanos) {
            worstNanos = best;
            worstNanosLength = length;
        }
        if (best > maxNanos) {
            throw new AssertionError(input(index, length) + " takes " + best + " ns");
        }
    }

    /** Exact, once all that is loaded only once is there. */
    private void large(int index, int length) {
        final long before = threads.getCurrentThreadAllocatedBytes();
        takes(index, length);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        if (allocated > worstAllocated) {
            worstAllocated = allocated;
            worstAllocatedLength = length;
        }
        if (allocated > MAX_ALLOCATED) {
            throw new AssertionError(input(index, length) + " allocates " + allocated + " B");
        }
    }

    private String input(int index, int length) {
        final byte[] bytes = new byte[length];
        in.getBytes(0, bytes);
        return name + " seed " + SEED + " input " + index + ", " + length + " bytes "
                + HexFormat.of().formatHex(bytes);
    }
}
