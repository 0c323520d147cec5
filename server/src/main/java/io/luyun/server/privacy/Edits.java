package io.luyun.server.privacy;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Changes to a payload, in the order of their places: each a range of it and the bytes that come in its stead.
 *
 * <pre>
 *   payload  ─────[from──to)──────────[from──to)───
 *   new      ─────bytes──────────────────bytes─────
 * </pre>
 *
 * The length in front of a message is a change too: {@link #open} keeps a place for it before those within, {@link #close} fills it in.
 * One thread; reused; no allocation once it has grown.
 */
final class Edits {
    private static final int LONGEST_VARINT = 10;

    private int[] from = new int[64];
    private int[] to = new int[64];
    private int[] at = new int[64];
    private int[] length = new int[64];
    private byte[] bytes = new byte[1_024];
    private int count;
    private int used;
    /** By how much the payload has grown so far. */
    private int growth;

    void clear() {
        count = 0;
        used = 0;
        growth = 0;
    }

    boolean none() {
        return count == 0;
    }

    /** How many there are, for {@link #back}. */
    int mark() {
        return count;
    }

    /** Forgets those since a mark. */
    void back(final int mark) {
        while (count > mark) {
            count--;
            growth -= length[count] - (to[count] - from[count]);
        }
    }

    /** Leaves a range out. */
    void remove(final int start, final int end) {
        add(start, end, used);
    }

    /** Puts a varint in place of a range. */
    void varint(final int start, final int end, final long value) {
        final int place = used;
        put(value);
        add(start, end, place);
    }

    /** Puts so many bytes, the lowest first, in place of as many. */
    void fixed(final int start, final int size, final long value) {
        final int place = used;
        room(size);
        for (int i = 0; i < size; i++) {
            bytes[used++] = (byte) (value >>> (8 * i));
        }
        add(start, start + size, place);
    }

    /** Puts bytes in place of a range. */
    void bytes(final int start, final int end, final byte[] replacement) {
        final int place = used;
        room(replacement.length);
        System.arraycopy(replacement, 0, bytes, used, replacement.length);
        used += replacement.length;
        add(start, end, place);
    }

    /** Puts a length and bytes in place of a range. */
    void delimited(final int start, final int end, final byte[] replacement) {
        final int place = used;
        put(replacement.length);
        room(replacement.length);
        System.arraycopy(replacement, 0, bytes, used, replacement.length);
        used += replacement.length;
        add(start, end, place);
    }

    /** Keeps a place for the length of a message, which begins here; answers the place. */
    int open(final int start) {
        final int slot = count;
        add(start, start, used);
        at[slot] = growth;
        return slot;
    }

    /** Fills it in. */
    void close(final int slot, final int contentStart, final int contentLength) {
        if (count == slot + 1) {
            count--;
            return;
        }
        final int grown = growth - at[slot];
        at[slot] = used;
        if (grown != 0) {
            put((long) contentLength + grown);
            to[slot] = contentStart;
            length[slot] = used - at[slot];
            growth += length[slot] - (contentStart - from[slot]);
        }
    }

    /**
     * Writes the payload as it is with all of them.
     *
     * @return its length
     */
    int apply(final DirectBuffer source, final int offset, final int size, final byte[] target) {
        int read = 0;
        int written = 0;
        for (int i = 0; i < count; i++) {
            final int gap = from[i] - read;
            source.getBytes(offset + read, target, written, gap);
            written += gap;
            System.arraycopy(bytes, at[i], target, written, length[i]);
            written += length[i];
            read = to[i];
        }
        source.getBytes(offset + read, target, written, size - read);
        return written + size - read;
    }

    /** How long a payload of this length is with all of them. */
    int lengthOf(final int size) {
        return size + growth;
    }

    /** Into its place: almost always the last. */
    private void add(final int start, final int end, final int place) {
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
            at = Arrays.copyOf(at, 2 * count);
            length = Arrays.copyOf(length, 2 * count);
        }
        int i = count++;
        while (i > 0 && from[i - 1] > start) {
            from[i] = from[i - 1];
            to[i] = to[i - 1];
            at[i] = at[i - 1];
            length[i] = length[i - 1];
            i--;
        }
        from[i] = start;
        to[i] = end;
        at[i] = place;
        length[i] = used - place;
        growth += length[i] - (end - start);
    }

    private void put(final long value) {
        room(LONGEST_VARINT);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[used++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[used++] = (byte) rest;
    }

    private void room(final int wanted) {
        if (bytes.length - used < wanted) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + wanted));
        }
    }
}
