package io.luyun.proto.uper;

import io.luyun.proto.codec.Wire;
import io.luyun.proto.codec.WireCursor;
import org.agrona.DirectBuffer;

/**
 * Finds the fields of a canonical message and of those within it, one level for each: which are there, where the first
 * and the last of each is, and how many. Owned by its encoder; no allocation.
 */
final class CanonicalReader {
    /** Levels of messages within messages. */
    static final int LEVELS = 16;

    private static final int FIELDS = Long.SIZE;
    private static final int LENGTH_DELIMITED = 2;

    private final WireCursor cursor = new WireCursor();
    private final long[] seen = new long[LEVELS];
    private final int[] ends = new int[LEVELS];
    private final int[] first = new int[LEVELS * FIELDS];
    private final int[] last = new int[LEVELS * FIELDS];
    private final int[] counts = new int[LEVELS * FIELDS];

    /** False when the range is not in the buffer or the bytes are not protobuf. */
    boolean wrap(DirectBuffer buffer, int offset, int length) {
        return cursor.wrap(buffer, offset, length) && index(0, 0, length);
    }

    boolean malformed() {
        return cursor.malformed();
    }

    int brokenAt() {
        return cursor.brokenAt();
    }

    /** The message of a level has no fields. */
    void nothing(int level) {
        seen[level] = 0;
    }

    /** Whether any of these fields is there, by their numbers as bits. */
    boolean has(int level, long fields) {
        return (seen[level] & fields) != 0;
    }

    int count(int level, int tag) {
        final int field = tag >>> 3;
        return (seen[level] >>> field & 1) == 0 ? 0 : counts[level * FIELDS + field];
    }

    /** Where the last of a field stands, to compare alternatives of which the last holds. */
    int lastOf(int level, int tag) {
        return last[level * FIELDS + (tag >>> 3)];
    }

    /** Finds the fields of the message in a field, one level further; false when it is not one. */
    boolean enter(int level, int tag) {
        if (!goTo(level, tag)) {
            return false;
        }
        final int length = cursor.bytes();
        final int end = cursor.position();
        return !cursor.malformed() && index(level + 1, end - length, end);
    }

    private boolean index(int level, int from, int to) {
        final int base = level * FIELDS;
        long found = 0;
        cursor.resume(from, to);
        ends[level] = to;
        int at = from;
        int tag;
        while ((tag = cursor.tag()) != 0) {
            final int field = tag >>> 3;
            if (field < FIELDS) {
                final long bit = 1L << field;
                if ((found & bit) == 0) {
                    found |= bit;
                    first[base + field] = at;
                    counts[base + field] = 0;
                }
                last[base + field] = at;
                counts[base + field]++;
            }
            cursor.skip(tag);
            at = cursor.position();
        }
        seen[level] = found;
        return !cursor.malformed();
    }

    /** Stands at the value of a field; false when it has another wire type. */
    private boolean goTo(int level, int tag) {
        final int at = last[level * FIELDS + (tag >>> 3)];
        cursor.resume(at, ends[level]);
        if (cursor.tag() != tag) {
            cursor.fail(at);
            return false;
        }
        return true;
    }

    /** The varint of a field. */
    long varint(int level, int tag) {
        return goTo(level, tag) ? cursor.varint() : 0;
    }

    long zigZag(int level, int tag) {
        return Wire.zigZag64(varint(level, tag));
    }

    long fixed32(int level, int tag) {
        return goTo(level, tag) ? cursor.fixed32() : 0;
    }

    /** Stands at the octets of a field and tells how many; they end at {@link #octetsEnd()}. */
    int octets(int level, int tag) {
        return goTo(level, tag) ? cursor.bytes() : 0;
    }

    int octetsEnd() {
        return cursor.position();
    }

    byte at(int position) {
        return cursor.at(position);
    }

    boolean isUtf8(int from, int to) {
        return cursor.isUtf8(from, to);
    }

    /** Where the first of a repeated field is. */
    int firstOf(int level, int tag) {
        return first[level * FIELDS + (tag >>> 3)];
    }

    /** From now on a repeated field is the one at this place, and no other. */
    void select(int level, int tag, int at) {
        last[level * FIELDS + (tag >>> 3)] = at;
        counts[level * FIELDS + (tag >>> 3)] = 1;
    }

    /** Where the next of a repeated field is behind one of them; there is one. */
    int nextOf(int level, int tag, int at) {
        cursor.resume(at, ends[level]);
        cursor.skip(cursor.tag());
        int next = cursor.position();
        int found;
        while ((found = cursor.tag()) != 0 && found >>> 3 != tag >>> 3) {
            cursor.skip(found);
            next = cursor.position();
        }
        return next;
    }

    /** How many numbers a repeated field holds, packed or one by one. */
    int numbers(int level, int tag) {
        int numbers = 0;
        int at = firstOf(level, tag);
        for (int i = count(level, tag); i > 0; i--) {
            cursor.resume(at, ends[level]);
            if ((cursor.tag() & 7) == LENGTH_DELIMITED) {
                final int length = cursor.bytes();
                for (int b = cursor.position() - length; b < cursor.position(); b++) {
                    numbers += cursor.at(b) >= 0 ? 1 : 0;
                }
            } else {
                numbers++;
            }
            at = i > 1 ? nextOf(level, tag, at) : at;
        }
        return numbers;
    }

    /** Stands before the numbers of one occurrence of a repeated field; the answer is where they end. */
    int numbersAt(int level, int at) {
        cursor.resume(at, ends[level]);
        if ((cursor.tag() & 7) != LENGTH_DELIMITED) {
            return cursor.position() + 1;
        }
        final int length = cursor.bytes();
        final int end = cursor.position();
        cursor.resume(end - length, end);
        return end;
    }

    boolean before(int end) {
        return cursor.position() < end && !cursor.malformed();
    }

    long nextVarint() {
        return cursor.varint();
    }
}
