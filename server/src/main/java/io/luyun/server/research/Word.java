package io.luyun.server.research;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text that is written again and again. Its beginning is written whole, whatever its length: to ask how long it is costs more.
 * Immutable.
 */
final class Word {
    /** Bytes written at least; there must be room for so many. */
    static final int LEAST = 32;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;
    private final int length;
    /** What is beyond the beginning. */
    private final byte[] rest;

    Word(final String text) {
        final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        length = utf8.length;
        rest = Arrays.copyOfRange(utf8, Math.min(LEAST, length), length);
        final byte[] beginning = Arrays.copyOf(utf8, LEAST);
        first = (long) LONG.get(beginning, 0);
        second = (long) LONG.get(beginning, 8);
        third = (long) LONG.get(beginning, 16);
        fourth = (long) LONG.get(beginning, 24);
    }

    /** Room it needs. */
    int room() {
        return Math.max(LEAST, length);
    }

    /** Writes it and answers where it ends. */
    int put(final byte[] to, final int at) {
        LONG.set(to, at, first);
        LONG.set(to, at + 8, second);
        LONG.set(to, at + 16, third);
        LONG.set(to, at + 24, fourth);
        if (length > LEAST) {
            System.arraycopy(rest, 0, to, at + LEAST, rest.length);
        }
        return at + length;
    }
}
