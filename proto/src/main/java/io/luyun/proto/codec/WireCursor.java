package io.luyun.proto.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A position in protobuf bytes with a limit. Never throws: what cannot be read makes it malformed, after which it stands
 * behind every limit and reads nothing more. Owned by its reader.
 *
 * <p>It copies the bytes it is given into an array of its own: reading an array is that much cheaper than reading a buffer
 * that the copy pays (a BSM of 187 bytes in two thirds of the time, copy included), and nothing of the caller's is kept.
 */
public final class WireCursor {
    private static final int BROKEN = Integer.MAX_VALUE;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[1024];
    private int position;
    private int limit;
    private int brokenAt;

    /** False when the range is not within the buffer. Positions then count from {@code offset}. */
    public boolean wrap(DirectBuffer buffer, int offset, int length) {
        if (offset < 0 || length < 0 || offset > buffer.capacity() - length) {
            limit = 0;
            position = BROKEN;
            brokenAt = 0;
            return false;
        }
        if (length > bytes.length) {
            bytes = new byte[Math.max(length, 2 * bytes.length)];
        }
        buffer.getBytes(offset, bytes, 0, length);
        position = 0;
        limit = length;
        return true;
    }

    public boolean malformed() {
        return position == BROKEN;
    }

    /** Where reading stopped, in bytes from the beginning, once malformed. */
    public int brokenAt() {
        return brokenAt;
    }

    public int position() {
        return position;
    }

    public int limit() {
        return limit;
    }

    /** Goes on reading at a place this cursor has been before. */
    public void resume(int newPosition, int newLimit) {
        position = newPosition;
        limit = newLimit;
    }

    public boolean hasMore() {
        return position < limit;
    }

    /** The next tag, or 0 at the limit or when malformed. */
    public int tag() {
        final int at = position;
        if (at >= limit) {
            return 0;
        }
        final byte first = bytes[at];
        if (first > 7) {
            position = at + 1;
            return first;
        }
        final long tag = varint();
        if (tag < 8 || tag > 0xFFFF_FFFFL) {
            fail(at);
            return 0;
        }
        return (int) tag;
    }

    /** A varint as raw 64 bits; 0 when malformed. */
    public long varint() {
        final int at = position;
        final int end = limit;
        if (at < end) {
            final byte first = bytes[at];
            if (first >= 0) {
                position = at + 1;
                return first;
            }
            if (at + 1 < end) {
                final byte second = bytes[at + 1];
                if (second >= 0) {
                    position = at + 2;
                    return (first & 0x7F) | second << 7;
                }
            }
        }
        return longVarint(at, end);
    }

    private long longVarint(int at, int end) {
        long value = 0;
        int next = at;
        for (int shift = 0; shift < 70 && next < end; shift += 7) {
            final byte b = bytes[next++];
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                position = next;
                return value;
            }
        }
        fail(at);
        return 0;
    }

    public int fixed32() {
        final int at = position;
        if (limit - at < Integer.BYTES) {
            fail(at);
            return 0;
        }
        position = at + Integer.BYTES;
        return (int) INT.get(bytes, at);
    }

    public long fixed64() {
        final int at = position;
        if (limit - at < Long.BYTES) {
            fail(at);
            return 0;
        }
        position = at + Long.BYTES;
        return (long) LONG.get(bytes, at);
    }

    /** The byte there, as read by {@link #wrap}. */
    public byte at(int index) {
        return bytes[index];
    }

    /** Eight octets in network order, so that they read as in hex. */
    long octets(int at) {
        return Long.reverseBytes((long) LONG.get(bytes, at));
    }

    /** A length and that many bytes, passed over; answers the length. The bytes end at {@link #position()}. */
    public int bytes() {
        final int start = position;
        final long length = varint();
        final int at = position;
        if (length < 0 || length > limit - at) {
            fail(start);
            return 0;
        }
        position = at + (int) length;
        return (int) length;
    }

    /** Reads a length and narrows the limit to it; the answer is the outer limit, for {@link #leave}. */
    public int enter() {
        final int outer = limit;
        final int start = position;
        final long length = varint();
        final int at = position;
        if (length < 0 || length > outer - at) {
            fail(start);
        } else {
            limit = at + (int) length;
        }
        return outer;
    }

    public void leave(int outer) {
        limit = outer;
    }

    /** Passes over the field of this tag. */
    public void skip(int tag) {
        switch (tag & 7) {
            case Wire.VARINT -> varint();
            case Wire.FIXED64 -> advance(Long.BYTES);
            case Wire.LENGTH_DELIMITED -> bytes();
            case Wire.FIXED32 -> advance(Integer.BYTES);
            default -> fail(position);
        }
    }

    /** Passes over a field that the reader does not read; one of {@code known} has a foreign wire type. */
    void skipUnless(int tag, long known) {
        final int number = tag >>> 3;
        if (number < Long.SIZE && (known >>> number & 1) != 0) {
            fail(position);
        } else {
            skip(tag);
        }
    }

    private void advance(int length) {
        if (limit - position < length) {
            fail(position);
        } else {
            position += length;
        }
    }

    public void fail(int at) {
        if (position != BROKEN) {
            brokenAt = at;
            position = BROKEN;
        }
    }

    /** Whether the bytes are UTF-8 as protobuf wants it: shortest form, no surrogates, up to U+10FFFF. */
    public boolean isUtf8(int from, int to) {
        int i = from;
        while (i + Long.BYTES <= to && (((long) LONG.get(bytes, i)) & HIGH_BITS) == 0) {
            i += Long.BYTES;
        }
        while (i < to) {
            final int lead = bytes[i++];
            if (lead < 0) {
                final int more = followers(lead & 0xFF, i < to ? bytes[i] & 0xFF : 0);
                if (more == 0 || to - i < more) {
                    return false;
                }
                for (int end = i + more; i < end; i++) {
                    if ((bytes[i] & 0xC0) != 0x80) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static int followers(int lead, int next) {
        if (lead < 0xC2) {
            return 0;
        }
        if (lead < 0xE0) {
            return 1;
        }
        if (lead < 0xF0) {
            return (lead == 0xE0 && next < 0xA0) || (lead == 0xED && next > 0x9F) ? 0 : 2;
        }
        return lead > 0xF4 || (lead == 0xF0 && next < 0x90) || (lead == 0xF4 && next > 0x8F) ? 0 : 3;
    }
}
