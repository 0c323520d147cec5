package io.luyun.server.exchange.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;

/**
 * Texts, each kept once, with numbers from 0 on. Octets that are no text are kept just so. One thread.
 *
 * <pre>
 *   bytes    a b c d e f g …        ends   3 5 7 …        text n lies from ends[n - 1] to ends[n]
 *   numbers  hash table of n + 1, 0 for none
 * </pre>
 */
final class Texts {
    private static final int FIRST_SLOTS = 64;
    private static final long NONE = -1;
    private static final int MOST_FEW = 1 << 16;

    private final Long2LongHashMap known = new Long2LongHashMap(NONE);
    /** Numbers of those under small keys, and 1. */
    private int[] few = {};

    private byte[] bytes = new byte[256];
    private int[] ends = new int[32];
    private int[] numbers = new int[FIRST_SLOTS];
    private int size;

    /** Number of the text that was kept under a key from 0 on; -1 where none was. */
    int known(final long key) {
        return key < few.length ? few[(int) key] - 1 : (int) known.get(key);
    }

    /** Number of a text, which is kept under a key if that is new. */
    int number(final long key, final String text) {
        final int before = known(key);
        if (before >= 0) {
            return before;
        }
        final byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        final int number = number(encoded, encoded.length);
        if (key < MOST_FEW) {
            if (key >= few.length) {
                few = Arrays.copyOf(few, Math.max((int) key + 1, 2 * few.length));
            }
            few[(int) key] = number + 1;
        } else {
            known.put(key, number);
        }
        return number;
    }

    int number(final byte[] from, final int length) {
        System.arraycopy(from, 0, room(length), end(), length);
        return last(length);
    }

    int number(final DirectBuffer from, final int offset, final int length) {
        from.getBytes(offset, room(length), end(), length);
        return last(length);
    }

    private byte[] room(final int length) {
        if (bytes.length - end() < length) {
            bytes = Arrays.copyOf(bytes, Math.max(end() + length, 2 * bytes.length));
        }
        return bytes;
    }

    /** Number of what lies behind the last text. */
    private int last(final int length) {
        final int begin = end();
        int slot = hash(begin, length) & (numbers.length - 1);
        while (numbers[slot] != 0) {
            final int number = numbers[slot] - 1;
            if (Arrays.equals(bytes, begin(number), ends[number], bytes, begin, begin + length)) {
                return number;
            }
            slot = (slot + 1) & (numbers.length - 1);
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
        }
        ends[size] = begin + length;
        numbers[slot] = ++size;
        if (2 * size > numbers.length) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        numbers = new int[2 * numbers.length];
        for (int number = 0; number < size; number++) {
            final int begin = begin(number);
            int slot = hash(begin, ends[number] - begin) & (numbers.length - 1);
            while (numbers[slot] != 0) {
                slot = (slot + 1) & (numbers.length - 1);
            }
            numbers[slot] = number + 1;
        }
    }

    private int hash(final int begin, final int length) {
        int hash = length;
        for (int i = begin; i < begin + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        hash *= 0x9E3779B9;
        return hash ^ hash >>> 15;
    }

    private int end() {
        return size == 0 ? 0 : ends[size - 1];
    }

    /** How many. */
    int size() {
        return size;
    }

    /** Where all of them lie. */
    byte[] bytes() {
        return bytes;
    }

    /** Where one begins. */
    int begin(final int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    /** Where it ends. */
    int end(final int number) {
        return ends[number];
    }

    /** Bytes that are held, more or less. */
    long held() {
        return bytes.length + Integer.BYTES * (long) (ends.length + numbers.length);
    }

    /** Forgets all. Arrays that have become large are given up. */
    void clear() {
        known.clear();
        Arrays.fill(few, 0);
        if (numbers.length > 16 * FIRST_SLOTS || bytes.length > 1 << 16) {
            bytes = new byte[256];
            ends = new int[32];
            numbers = new int[FIRST_SLOTS];
        } else {
            Arrays.fill(numbers, 0);
        }
        size = 0;
    }
}
