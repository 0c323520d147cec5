package io.luyun.server.research;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decimal and hexadecimal digits, by three decimal ones and two hexadecimal ones at a time. What is written by fours goes beyond the
 * digits: there must be {@link #ROOM}. Stateless, any thread.
 */
final class Digits {
    /** Bytes a number may take with what is written beyond it. */
    static final int ROOM = 24;

    private static final int THOUSAND = 1_000;
    private static final int MILLION = 1_000_000;
    private static final int BILLION = 1_000_000_000;
    private static final int COUNT_SHIFT = 24;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Three digits of each number below 1,000. */
    private static final int[] THREE = three();
    /** The same without zeros before it; the fourth byte is how many they are. */
    private static final int[] FIRST = first();

    private static final short[] HEX = hex();

    private Digits() {}

    private static int[] three() {
        final int[] digits = new int[THOUSAND];
        for (int i = 0; i < THOUSAND; i++) {
            digits[i] = ('0' + i / 100) | (('0' + i / 10 % 10) << 8) | (('0' + i % 10) << 16);
        }
        return digits;
    }

    private static int[] first() {
        final int[] digits = new int[THOUSAND];
        for (int i = 0; i < THOUSAND; i++) {
            final int count = i < 10 ? 1 : i < 100 ? 2 : 3;
            digits[i] = (THREE[i] >>> (8 * (3 - count))) | (count << COUNT_SHIFT);
        }
        return digits;
    }

    private static short[] hex() {
        final short[] digits = new short[256];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (short) (Character.forDigit(i >> 4, 16) | (Character.forDigit(i & 0xF, 16) << 8));
        }
        return digits;
    }

    /** Writes a number and answers where it ends. */
    static int number(final byte[] to, final int at, final int value) {
        if (value >= 0) {
            return positive(to, at, value);
        }
        to[at] = '-';
        return value == Integer.MIN_VALUE
                ? nine(to, positive(to, at + 1, 2), 147_483_648)
                : positive(to, at + 1, -value);
    }

    private static int positive(final byte[] to, final int at, final int value) {
        if (value < THOUSAND) {
            return leading(to, at, value);
        }
        final int thousands = value / THOUSAND;
        int behind = at;
        if (thousands < THOUSAND) {
            behind = leading(to, behind, thousands);
        } else {
            final int millions = thousands / THOUSAND;
            if (millions < THOUSAND) {
                behind = leading(to, behind, millions);
            } else {
                final int billions = millions / THOUSAND;
                behind = leading(to, behind, billions);
                behind = three(to, behind, millions - billions * THOUSAND);
            }
            behind = three(to, behind, thousands - millions * THOUSAND);
        }
        return three(to, behind, value - thousands * THOUSAND);
    }

    private static int leading(final byte[] to, final int at, final int value) {
        final int digits = FIRST[value];
        INT.set(to, at, digits);
        return at + (digits >>> COUNT_SHIFT);
    }

    private static int three(final byte[] to, final int at, final int value) {
        INT.set(to, at, THREE[value]);
        return at + 3;
    }

    /** Writes nine digits and answers where they end. */
    static int nine(final byte[] to, final int at, final int value) {
        final int thousands = value / THOUSAND;
        final int millions = value / MILLION;
        return three(
                to, three(to, three(to, at, millions), thousands - millions * THOUSAND), value - thousands * THOUSAND);
    }

    /** Writes a number and answers where it ends. */
    static int number(final byte[] to, final int at, final long value) {
        if (value == (int) value) {
            return number(to, at, (int) value);
        }
        int behind = at;
        if (value < 0) {
            to[behind++] = '-';
        }
        // Read without its sign, -value is right for the least number too.
        final long rest = value < 0 ? -value : value;
        final long billions = Long.divideUnsigned(rest, BILLION);
        if (billions < BILLION) {
            behind = positive(to, behind, (int) billions);
        } else {
            behind = nine(to, positive(to, behind, (int) (billions / BILLION)), (int) (billions % BILLION));
        }
        return nine(to, behind, (int) Long.remainderUnsigned(rest, BILLION));
    }

    /** Writes a byte as two hexadecimal digits. */
    static void hex(final byte[] to, final int at, final byte value) {
        SHORT.set(to, at, HEX[value & 0xFF]);
    }
}
