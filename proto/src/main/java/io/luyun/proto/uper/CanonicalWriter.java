package io.luyun.proto.uper;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes protobuf front to back into an array of its own. The length of a message within is known when it ends: one byte
 * is kept for it, and a message of more than 127 bytes is moved. Owned by its decoder; no allocation.
 */
final class CanonicalWriter {
    /** Most bytes of a message. */
    static final int MAX_BYTES = 65_536;

    /** What the numbers of one sequence may take before {@link #full} is asked again. */
    private static final int SLACK = 1024;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    final byte[] bytes = new byte[MAX_BYTES + SLACK];
    private int at;

    void clear() {
        at = 0;
    }

    int position() {
        return at;
    }

    /** Forgets what was written behind. */
    void back(int position) {
        at = position;
    }

    /** Whether {@code more} bytes are too many. */
    boolean full(int more) {
        return at + more > MAX_BYTES;
    }

    void tag(int tag) {
        if (tag < 0x80) {
            bytes[at++] = (byte) tag;
        } else {
            bytes[at++] = (byte) (tag | 0x80);
            bytes[at++] = (byte) (tag >>> 7);
        }
    }

    void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
    }

    void fixed32(int value) {
        INT.set(bytes, at, value);
        at += Integer.BYTES;
    }

    void octet(int value) {
        bytes[at++] = (byte) value;
    }

    /** Keeps room for a length; the answer is for {@link #close}. */
    int open() {
        return at++;
    }

    void close(int opened) {
        final int length = at - opened - 1;
        if (length < 0x80) {
            bytes[opened] = (byte) length;
            return;
        }
        final int room = length < 1 << 14 ? 2 : 3;
        System.arraycopy(bytes, opened + 1, bytes, opened + room, length);
        at = opened;
        varint(length);
        at += length;
    }
}
