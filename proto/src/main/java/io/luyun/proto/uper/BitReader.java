package io.luyun.proto.uper;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A position among bits, most significant first, with an end. Never throws: behind the end it answers -1. Owned by its
 * reader; copies the bytes it is given, so that eight of them can be read at once wherever it stands.
 */
final class BitReader {
    /** Longest frame in bytes. */
    static final int MAX_BYTES = 65_535;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes = new byte[MAX_BYTES + 2 * Long.BYTES];
    private int at;
    private int end;

    /** False when the range is not within the buffer or too long. */
    boolean wrap(DirectBuffer buffer, int offset, int length) {
        at = 0;
        end = 0;
        if (offset < 0 || length < 0 || length > MAX_BYTES || offset > buffer.capacity() - length) {
            return false;
        }
        buffer.getBytes(offset, bytes, 0, length);
        end = length << 3;
        return true;
    }

    /** The next 0 to 57 bits as a number; -1 when there are not that many. */
    long bits(int count) {
        final int from = at;
        if (count > end - from) {
            return -1;
        }
        at = from + count;
        // shifted twice, because a shift by 64 shifts nothing
        return ((long) LONG.get(bytes, from >>> 3) << (from & 7)) >>> 1 >>> (Long.SIZE - 1 - count);
    }

    /** Passes over bits; false when there are not that many. */
    boolean skip(long count) {
        if (count > end - at) {
            return false;
        }
        at += (int) count;
        return true;
    }

    int position() {
        return at;
    }

    /** Goes back to a place this reader has been. */
    void back(int position) {
        at = position;
    }

    int left() {
        return end - at;
    }

    int end() {
        return end;
    }

    /** Narrows the end, or widens it again to one that {@link #end()} told. */
    void end(int newEnd) {
        end = newEnd;
    }

    /** Whether fewer than eight bits are left and all of them are 0. */
    boolean onlyPaddingLeft() {
        final int left = end - at;
        return left < Byte.SIZE
                && (((long) LONG.get(bytes, at >>> 3) << (at & 7)) >>> 1 >>> (Long.SIZE - 1 - left)) == 0;
    }

    /**
     * A length determinant: one byte up to 127, two up to 16383.
     *
     * @return -1 when the bits end, -2 when the content is in fragments
     */
    int length() {
        final long first = bits(Byte.SIZE);
        if (first < 0x80) {
            return (int) first;
        }
        if (first >= 0xC0) {
            return -2;
        }
        final long second = bits(Byte.SIZE);
        return second < 0 ? -1 : (int) ((first & 0x3F) << Byte.SIZE | second);
    }

    /** A normally small number: seven bits up to 63, else a length and as many octets. -1 or -2 as {@link #length}. */
    int small() {
        final long large = bits(1);
        if (large <= 0) {
            return large < 0 ? -1 : (int) bits(6);
        }
        final int octets = length();
        if (octets < 0 || octets > 3) {
            return octets < 0 ? octets : -2;
        }
        return (int) bits(octets * Byte.SIZE);
    }

    /**
     * Passes over the additions of a newer sender behind an extensible sequence: how many there may be, which of them are
     * there, and each with its length.
     *
     * @return how many there were; -1 when the bits end or something is in fragments
     */
    int additions() {
        final int most = small();
        if (most < 0 || most >= left()) {
            return -1;
        }
        final int from = at;
        final int bitmap = most + 1;
        at += bitmap;
        int there = 0;
        for (int i = 0; i < bitmap; i++) {
            if (isSet(from + i)) {
                there++;
                if (!skipOpen()) {
                    return -1;
                }
            }
        }
        return there;
    }

    /** Passes over a length and as many octets. */
    boolean skipOpen() {
        final int length = length();
        return length >= 0 && skip(8L * length);
    }

    boolean isSet(int bit) {
        return (bytes[bit >>> 3] >>> (7 - (bit & 7)) & 1) != 0;
    }
}
