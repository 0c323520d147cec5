package io.luyun.server.exchange.mcap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Octets that are written one behind another, as MCAP wants them: little-endian. Grows; one thread. */
final class Octets {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] array;
    private int length;

    Octets(final int capacity) {
        array = new byte[capacity];
    }

    /** What they lie in; another one when more is written. */
    byte[] array() {
        return array;
    }

    /** How many have been written. */
    int length() {
        return length;
    }

    /** Forgets all behind this length. */
    void length(final int newLength) {
        length = newLength;
    }

    /** Makes room; answers where the next octet goes. */
    private int claim(final int more) {
        final int at = length;
        if (at + more > array.length) {
            array = Arrays.copyOf(array, Math.max(Math.addExact(at, more), array.length + (array.length >> 1)));
        }
        length = at + more;
        return at;
    }

    void u8(final int value) {
        final int at = claim(Byte.BYTES);
        array[at] = (byte) value;
    }

    void u16(final int value) {
        final int at = claim(Short.BYTES);
        SHORT.set(array, at, (short) value);
    }

    void u32(final int value) {
        final int at = claim(Integer.BYTES);
        INT.set(array, at, value);
    }

    void u64(final long value) {
        final int at = claim(Long.BYTES);
        LONG.set(array, at, value);
    }

    void u64At(final int at, final long value) {
        LONG.set(array, at, value);
    }

    void u32At(final int at, final int value) {
        INT.set(array, at, value);
    }

    void f64At(final int at, final double value) {
        LONG.set(array, at, Double.doubleToRawLongBits(value));
    }

    void varint(final long value) {
        if ((value & ~0x7FL) == 0) {
            u8((int) value);
            return;
        }
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            u8((int) rest | 0x80);
            rest >>>= 7;
        }
        u8((int) rest);
    }

    void bytes(final byte[] value) {
        bytes(value, 0, value.length);
    }

    void bytes(final byte[] value, final int offset, final int count) {
        final int at = claim(count);
        System.arraycopy(value, offset, array, at, count);
    }

    void bytes(final DirectBuffer buffer, final int offset, final int count) {
        final int at = claim(count);
        buffer.getBytes(offset, array, at, count);
    }

    /** UTF-8 alone, without its length. */
    void utf8(final String text) {
        final int count = text.length();
        final int at = claim(count);
        for (int i = 0; i < count; i++) {
            final char letter = text.charAt(i);
            if (letter >= 0x80) {
                length = at;
                bytes(text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            array[at + i] = (byte) letter;
        }
    }

    /** A number in decimal digits; not below 0. */
    void decimal(final long value) {
        long divisor = 1;
        while (value / divisor >= 10) {
            divisor *= 10;
        }
        for (; divisor > 0; divisor /= 10) {
            u8('0' + (int) (value / divisor % 10));
        }
    }

    /** MCAP's String: its length in 32 bits, then UTF-8. */
    void text(final String text) {
        final int at = claim(Integer.BYTES);
        utf8(text);
        u32At(at, length - at - Integer.BYTES);
    }

    /** MCAP's Map of strings, in the map's order. */
    void map(final Map<String, String> map) {
        final int at = claim(Integer.BYTES);
        map.forEach((key, value) -> {
            text(key);
            text(value);
        });
        u32At(at, length - at - Integer.BYTES);
    }

    /** Begins a record of MCAP; answers what ends it. */
    int begin(final int opcode) {
        u8(opcode);
        return claim(Long.BYTES);
    }

    /** Begins a message of MCAP. */
    int beginMessage(final int channel, final long sequence, final long logNs, final long publishNs) {
        final int at = claim(Opcode.HEAD + Short.BYTES + Integer.BYTES + 2 * Long.BYTES);
        array[at] = Opcode.MESSAGE;
        SHORT.set(array, at + 9, (short) channel);
        INT.set(array, at + 11, (int) sequence);
        LONG.set(array, at + 15, logNs);
        LONG.set(array, at + 23, publishNs);
        return at + 1;
    }

    /** Ends the record that began there. */
    void end(final int begun) {
        u64At(begun, length - begun - (long) Long.BYTES);
    }
}
