package io.luyun.simulator.link;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The messages the server has not answered for, by number: numbers are contiguous, so a ring indexed by the number's low
 * bits. Owns one reference of each frame it holds. Confined to the client's event loop.
 */
final class Outstanding {
    private static final int FIRST_CAPACITY = 16;

    private final int limit;
    private @Nullable ByteBuf[] frames = new ByteBuf[FIRST_CAPACITY];
    private long[] intendedNs = new long[FIRST_CAPACITY];
    private short[] kinds = new short[FIRST_CAPACITY];
    private long first = 1;
    private long next = 1;
    private int waiting;

    Outstanding(final int limit) {
        this.limit = limit;
    }

    /** Number of the oldest message that is not acknowledged. */
    long first() {
        return first;
    }

    /** Number the next message gets. */
    long next() {
        return next;
    }

    /** Messages neither acknowledged nor refused. */
    int waiting() {
        return waiting;
    }

    boolean full() {
        return next - first >= limit;
    }

    /** Takes over a reference of the frame, whose number is {@link #next()}. */
    void add(final ByteBuf frame, final int kind, final long intended) {
        if (next - first == frames.length) {
            grow();
        }
        final int slot = slot(next);
        frames[slot] = frame;
        intendedNs[slot] = intended;
        kinds[slot] = (short) kind;
        next++;
        waiting++;
    }

    /** The frame, or null when the message was refused or acknowledged. */
    @Nullable
    ByteBuf frame(final long number) {
        return number < first || number >= next ? null : frames[slot(number)];
    }

    long intendedNs(final long number) {
        return intendedNs[slot(number)];
    }

    int kind(final long number) {
        return kinds[slot(number)];
    }

    /** Forgets one message and releases its frame; false when it was not waiting. Does not move {@link #first()}. */
    boolean forget(final long number) {
        if (number < first || number >= next) {
            return false;
        }
        final int slot = slot(number);
        final ByteBuf frame = frames[slot];
        if (frame == null) {
            return false;
        }
        frames[slot] = null;
        frame.release();
        waiting--;
        return true;
    }

    /** All up to the number are answered and were forgotten. */
    void advance(final long upTo) {
        first = Math.max(first, Math.min(upTo + 1, next));
    }

    void releaseAll() {
        for (long number = first; number < next; number++) {
            forget(number);
        }
    }

    private int slot(final long number) {
        return (int) number & (frames.length - 1);
    }

    private void grow() {
        final @Nullable ByteBuf[] oldFrames = frames;
        final long[] oldIntended = intendedNs;
        final short[] oldKinds = kinds;
        final int mask = oldFrames.length - 1;
        frames = Arrays.copyOf(oldFrames, oldFrames.length * 2);
        Arrays.fill(frames, null);
        intendedNs = new long[frames.length];
        kinds = new short[frames.length];
        for (long number = first; number < next; number++) {
            frames[slot(number)] = oldFrames[(int) number & mask];
            intendedNs[slot(number)] = oldIntended[(int) number & mask];
            kinds[slot(number)] = oldKinds[(int) number & mask];
        }
    }
}
