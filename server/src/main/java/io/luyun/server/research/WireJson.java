package io.luyun.server.research;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Writes messages as JSON straight from their bytes, by the table of their fields. One thread; does not allocate but for codes that
 * the schema does not have.
 *
 * <p>It takes messages as they are sent: fields in the order of their numbers, each once. What is otherwise, or is no such message, it
 * leaves to {@link ParsedJson}, which reads all of it first. The payload is copied, with room behind it, so that a number may be read
 * before it is asked whether it ends within the message. Places in both arrays are local variables where they can be: with fields in
 * their place it takes twice the time.
 */
final class WireJson {
    /** Longest number on the wire, twice. */
    private static final int ROOM_BEHIND = 20;

    private static final int LOW_BITS = 0x7F;
    private static final int GROUP_BITS = 7;
    private static final int MOST_BITS = 64;
    /** In place of a position: there was something that it does not take. Behind every end. */
    private static final int NOT_TAKEN = Integer.MAX_VALUE;

    private static final Word TRUE = new Word("true");
    private static final Word FALSE = new Word("false");

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Quote quote;
    private byte[] in = new byte[1 << 10];
    /** Where the number ends that {@link #more} has read. */
    private int behind;

    WireJson(final Quote quote) {
        this.quote = quote;
    }

    /** Appends a message; false, and nothing is appended, when it cannot. */
    boolean write(
            final TextBytes out,
            final MessageTable table,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (in.length < length + ROOM_BEHIND) {
            in = new byte[2 * length + ROOM_BEHIND];
        }
        buffer.getBytes(offset, in, 0, length);
        final int before = out.length();
        if (object(out, table, 0, length) == length) {
            return true;
        }
        out.shorten(before);
        return false;
    }

    /** Appends an object and answers where it ends: at the end given, or nowhere. */
    private int object(final TextBytes out, final MessageTable table, final int from, final int end) {
        byte[] to = out.room(table.room());
        int at = out.length();
        int position = from;
        int last = 0;
        long oneofs = 0;
        boolean list = false;
        while (position < end) {
            int tag = in[position++];
            if (tag < 0) {
                tag = (int) more(tag, position);
                position = behind;
                if (position > end) {
                    return NOT_TAKEN;
                }
            }
            final MessageTable.Field field = table.field(WireFormat.getTagFieldNumber(tag));
            if (field == null || (tag != field.tag && !field.packed(tag))) {
                position = skip(tag, position, end);
                continue;
            }
            if (to.length - at < table.room()) {
                out.shorten(at);
                to = out.room(table.room());
            }
            if (field.number != last) {
                if (field.number < last || (oneofs & field.oneof) != 0) {
                    return NOT_TAKEN;
                }
                if (list) {
                    to[at++] = ']';
                }
                at = (last == 0 ? field.first : field.next).put(to, at);
                last = field.number;
                list = field.repeated;
                oneofs |= field.oneof;
            } else if (list) {
                to[at++] = ',';
            } else {
                return NOT_TAKEN;
            }
            if (tag == field.tag && field.form == MessageTable.FIXED_INT) {
                at = Digits.number(to, at, (int) INT.get(in, position));
                position += Integer.BYTES;
            } else if (tag == field.tag && field.form < MessageTable.FIXED_INT) {
                long raw = in[position++];
                if (raw < 0) {
                    raw = more(raw, position);
                    position = behind;
                }
                if (field.form < MessageTable.MESSAGE) {
                    at = plain(field, raw, to, at);
                } else {
                    out.shorten(at);
                    position = behind(out, field, raw, position, end);
                    to = out.room(table.room());
                    at = out.length();
                }
            } else {
                out.shorten(at);
                position = tag == field.tag ? wide(out, position) : packed(out, field, position, end);
                to = out.room(table.room());
                at = out.length();
            }
        }
        out.shorten(at);
        if (list) {
            out.put(']');
        }
        if (last == 0) {
            out.put('{');
        }
        out.put('}');
        return position == end ? end : NOT_TAKEN;
    }

    /** Writes a number, flag or code. */
    private int plain(final MessageTable.Field field, final long raw, final byte[] to, final int at) {
        return switch (field.form) {
            case MessageTable.INT -> Digits.number(to, at, (int) raw);
            case MessageTable.LONG -> Digits.number(to, at, raw);
            case MessageTable.SIGNED_INT -> Digits.number(to, at, CodedInputStream.decodeZigZag32((int) raw));
            case MessageTable.SIGNED_LONG -> Digits.number(to, at, CodedInputStream.decodeZigZag64(raw));
            case MessageTable.FLAG -> (raw != 0 ? TRUE : FALSE).put(to, at);
            case MessageTable.CODE -> field.name((int) raw, quote).put(to, at);
            default -> throw new IllegalStateException("field " + field.number + " is no plain number");
        };
    }

    /** Appends what stands behind a length, and answers where it ends. */
    private int behind(
            final TextBytes out, final MessageTable.Field field, final long length, final int from, final int end) {
        if (length < 0 || length > end - from) {
            return NOT_TAKEN;
        }
        final int last = from + (int) length;
        if (field.form == MessageTable.MESSAGE) {
            return object(out, field.within(), from, last);
        }
        boolean taken = true;
        quote.put(out);
        if (field.form == MessageTable.BYTES) {
            out.hex(in, from, (int) length);
        } else {
            taken = text(out, from, (int) length);
        }
        quote.put(out);
        return taken ? last : NOT_TAKEN;
    }

    private int wide(final TextBytes out, final int position) {
        out.number((long) LONG.get(in, position));
        return position + Long.BYTES;
    }

    private boolean text(final TextBytes out, final int from, final int length) {
        return out.escaped(in, from, length, quote)
                || ByteString.copyFrom(in, from, length).isValidUtf8();
    }

    private int packed(final TextBytes out, final MessageTable.Field field, final int from, final int end) {
        final long length = varint(from);
        int position = behind;
        if (length <= 0 || length > end - position) {
            return NOT_TAKEN;
        }
        final int last = position + (int) length;
        while (position < last) {
            if (field.form == MessageTable.FIXED_INT) {
                out.number((int) INT.get(in, position));
                position += Integer.BYTES;
            } else if (field.form == MessageTable.FIXED_LONG) {
                position = wide(out, position);
            } else {
                final long raw = varint(position);
                position = behind;
                out.shorten(plain(field, raw, out.room(field.room()), out.length()));
            }
            if (position < last) {
                out.put(',');
            }
        }
        return position == last ? last : NOT_TAKEN;
    }

    private int skip(final int tag, final int position, final int end) {
        if (WireFormat.getTagFieldNumber(tag) == 0) {
            return NOT_TAKEN;
        }
        return switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> {
                varint(position);
                yield behind;
            }
            case WireFormat.WIRETYPE_FIXED64 -> position + Long.BYTES;
            case WireFormat.WIRETYPE_FIXED32 -> position + Integer.BYTES;
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
                final long length = varint(position);
                yield length < 0 || length > end - behind ? NOT_TAKEN : behind + (int) length;
            }
            default -> NOT_TAKEN;
        };
    }

    /** The number there; it ends {@link #behind}. */
    private long varint(final int position) {
        final long first = in[position];
        if (first < 0) {
            return more(first, position + 1);
        }
        behind = position + 1;
        return first;
    }

    /** The number of which one byte is read. */
    private long more(final long first, final int from) {
        long value = first & LOW_BITS;
        int position = from;
        for (int shift = GROUP_BITS; shift < MOST_BITS; shift += GROUP_BITS) {
            final long group = in[position++];
            value |= (group & LOW_BITS) << shift;
            if (group >= 0) {
                behind = position;
                return value;
            }
        }
        behind = NOT_TAKEN;
        return value;
    }
}
