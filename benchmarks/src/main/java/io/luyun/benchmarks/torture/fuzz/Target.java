package io.luyun.benchmarks.torture.fuzz;

import java.util.List;

/** A decoder that bytes of others reach. One thread. */
public interface Target extends AutoCloseable {
    /** What it is called in reports and on the command line: {@code uper-2019}. */
    String name();

    /** Good inputs. */
    List<byte[]> seeds();

    /** Pieces that mean something in its inputs. */
    default List<byte[]> tokens() {
        return List.of();
    }

    /** Longest input. */
    default int maxLength() {
        return 4_096;
    }

    /** What an input may cost. */
    default Limits limits() {
        return Limits.WIRE;
    }

    /** Before each input: what the decoder has to be given first. It is not measured. */
    default void ready() {}

    /**
     * Decodes. What the decoder may refuse is caught in here; whatever else is thrown is a fault.
     *
     * @param input may be kept
     */
    void accept(byte[] input);

    /** Whether it works on Netty's buffers, which may get lost. */
    default boolean buffers() {
        return false;
    }

    @Override
    default void close() {}
}
