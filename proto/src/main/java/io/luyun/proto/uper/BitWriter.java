package io.luyun.proto.uper;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes bits, most significant first, into an array of its own. Owned by its encoder; no allocation. */
final class BitWriter {
    /** Octets before the first bit, room for the layers around a message of the extension. */
    static final int HEAD = 8;

    /** What the numbers of one sequence may take before {@link #full} is asked again. */
    private static final int SLACK = 1024;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    final byte[] bytes = new byte[HEAD + BitReader.MAX_BYTES + SLACK];
    private int at;

    void clear() {
        at = HEAD << 3;
    }

    /** In bits from the beginning of the array. */
    int position() {
        return at;
    }

    /** Whether {@code more} octets are too many. */
    boolean full(int more) {
        return (at >> 3) + more > HEAD + BitReader.MAX_BYTES;
    }

    /** A number that fits 0 to 32 bits. Clears what lies behind. */
    void bits(long value, int count) {
        final int from = at;
        final int used = from & 7;
        final long before = (long) LONG.get(bytes, from >> 3) & ~(-1L >>> used);
        LONG.set(bytes, from >> 3, before | (value << 1) << (Long.SIZE - 1 - used - count));
        at = from + count;
    }

    /** A length determinant up to 16383. */
    void length(int length) {
        if (length < 0x80) {
            bits(length, Byte.SIZE);
        } else {
            bits(0x8000 | length, Short.SIZE);
        }
    }

    /** A normally small number. */
    void small(int number) {
        if (number < 64) {
            bits(number, 7);
        } else {
            bits(1, 1);
            bits(1, Byte.SIZE);
            bits(number, Byte.SIZE);
        }
    }

    /** Fills the last octet with 0 and answers how many octets there are. */
    int pad() {
        at = (at + 7) & ~7;
        return (at >> 3) - HEAD;
    }

    /** Keeps room for the length of an open type; the answer is for {@link #close}. */
    int open() {
        final int opened = at;
        bits(0, Short.SIZE);
        return opened;
    }

    /** Fills an open type up to whole octets and writes its length; false when that takes more than two octets. */
    boolean close(int opened) {
        final int length = Math.max(1, (at - opened - Short.SIZE + 7) >> 3);
        if (length >= 1 << 14) {
            return false;
        }
        bits(0, opened + Short.SIZE + (length << 3) - at);
        if (length >= 0x80) {
            patch(opened, 0x8000 | length, Short.SIZE);
        } else {
            final int from = (opened + Short.SIZE) >> 3;
            System.arraycopy(bytes, from, bytes, from - 1, length + 1);
            at -= Byte.SIZE;
            patch(opened, length, Byte.SIZE);
        }
        return true;
    }

    /** Overwrites bits and leaves those behind as they are. */
    private void patch(int from, int value, int count) {
        for (int i = 0; i < count; i++) {
            final int bit = from + i;
            final int mask = 0x80 >> (bit & 7);
            final boolean set = (value >>> (count - 1 - i) & 1) != 0;
            bytes[bit >> 3] = (byte) (set ? bytes[bit >> 3] | mask : bytes[bit >> 3] & ~mask);
        }
    }

    /** Puts the layers of the extension before a message of whole octets; the answer is where they begin. */
    int extension(int messageId) {
        int begin = putLength(HEAD, (at >> 3) - HEAD);
        bytes[--begin] = (byte) messageId;
        bytes[--begin] = (byte) (messageId >>> Byte.SIZE);
        begin = putLength(begin, (at >> 3) - begin);
        bytes[--begin] = (byte) 0x80;
        return begin;
    }

    private int putLength(int before, int length) {
        bytes[before - 1] = (byte) length;
        if (length < 0x80) {
            return before - 1;
        }
        bytes[before - 2] = (byte) (0x80 | length >>> Byte.SIZE);
        return before - 2;
    }
}
