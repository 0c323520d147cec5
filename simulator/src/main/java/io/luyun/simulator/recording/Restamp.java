package io.luyun.simulator.recording;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.luyun.proto.v1.DateTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Moves a recorded message to another time as a whole: every field of its schema that names a time, whatever the kind and however
 * deep, by the same, so that what it says of before and after stays. Times that are counted from the message stay as they are, and
 * so does what the schema has no field for: the octets of TEST and RTCM. On request it gives other ids to devices and road users,
 * too. Everything else is copied bit for bit. One thread; only dates are read into objects.
 *
 * <p>What a field is told by its rule in the schema, see {@link ClockField}; what a minute means that names no year or no seconds, see
 * {@link YearClock}.
 */
public final class Restamp {
    private static final int ID_LENGTH = 8;
    private static final int ABSENT = -1;
    private static final int MARK_MS = 100;
    private static final int HOUR_MARKS = 36_000;
    private static final int LONGEST_VARINT = 10;
    private static final int FIRST_CAPACITY = 8_192;

    private final @Nullable ClockLayout[] layouts = ClockLayout.ofKinds();
    private final DateParts dates = new DateParts();
    private final @Nullable LongUnaryOperator ids;
    private byte[] out = new byte[FIRST_CAPACITY];
    private int size;
    private byte[] in = new byte[0];
    private long nearMs;
    private long moreMs;
    /** Own time of the message being copied, where it has minute and millisecond. */
    private int ownMinute;

    private int ownMillisecond;

    /** Ids stay as they are. */
    public Restamp() {
        this(null);
    }

    /**
     * Ids are replaced.
     *
     * @param ids from an id of eight octets, the first one highest, to another; null leaves them
     */
    public Restamp(final @Nullable LongUnaryOperator ids) {
        this.ids = ids;
    }

    /**
     * The message as if its own time, as far as it tells that, were another.
     *
     * @param kind number of its MessageKind
     * @param utcMs milliseconds since 1970 UTC
     */
    public byte[] at(final int kind, final byte[] message, final long utcMs) {
        final long ownMs = ownTime(layout(kind), message, utcMs);
        return move(kind, message, ownMs, utcMs - ownMs);
    }

    /**
     * The message moved.
     *
     * @param kind number of its MessageKind
     * @param atMs when it was said or received, within half a minute by its sender's clock, milliseconds since 1970 UTC
     * @param byMs how far it moves, also back
     * @throws IllegalArgumentException when it is no message of that kind
     */
    public byte[] move(final int kind, final byte[] message, final long atMs, final long byMs) {
        in = message;
        nearMs = atMs;
        moreMs = byMs;
        size = 0;
        try {
            copy(layout(kind), CodedInputStream.newInstance(message));
        } catch (final IOException e) {
            throw new IllegalArgumentException("not a message of kind " + kind, e);
        }
        return Arrays.copyOf(out, size);
    }

    private ClockLayout layout(final int kind) {
        final ClockLayout layout = kind > 0 && kind < layouts.length ? layouts[kind] : null;
        if (layout == null) {
            throw new IllegalArgumentException("kind " + kind + " is no message");
        }
        return layout;
    }

    /** Copies up to the limit of the stream. */
    private void copy(final ClockLayout layout, final CodedInputStream from) throws IOException {
        int minute = ABSENT;
        int millisecond = ABSENT;
        if (layout.minuteField() != 0 && layout.millisecondField() != 0) {
            readOwn(layout, from);
            minute = ownMinute;
            millisecond = ownMillisecond;
        }
        int copied = from.getTotalBytesRead();
        int at = copied;
        for (int tag = from.readTag(); tag != 0; tag = from.readTag()) {
            final int field = WireFormat.getTagFieldNumber(tag);
            final int valueAt = from.getTotalBytesRead();
            if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT
                    && layout.clock(field).moves()) {
                final int value = from.readUInt32();
                append(copied, valueAt);
                appendVarint(moved(layout.clock(field), value, minute, millisecond));
                copied = from.getTotalBytesRead();
            } else if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
                    && (layout.nested(field) != null || layout.id(field))) {
                append(copied, valueAt);
                copyDelimited(layout, field, from);
                copied = from.getTotalBytesRead();
            } else {
                from.skipField(tag);
            }
            at = from.getTotalBytesRead();
        }
        append(copied, at);
    }

    private void copyDelimited(final ClockLayout layout, final int field, final CodedInputStream from)
            throws IOException {
        final int length = from.readRawVarint32();
        if (layout.clock(field) == ClockField.DATE) {
            final byte[] moved = dates.moved(DateTime.parseFrom(from.readRawBytes(length)), nearMs, moreMs)
                    .toByteArray();
            appendVarint(moved.length);
            append(moved, 0, moved.length);
            return;
        }
        final ClockLayout nested = layout.nested(field);
        if (nested == null) {
            appendVarint(length);
            appendId(from.readRawBytes(length));
            return;
        }
        final int lengthAt = size;
        appendVarint(length);
        final int begin = size;
        final int limit = from.pushLimit(length);
        copy(nested, from);
        from.popLimit(limit);
        setLength(lengthAt, begin);
    }

    /** Puts the length before what was written, which may have become longer or shorter by a few bytes. */
    private void setLength(final int lengthAt, final int begin) {
        final int length = size - begin;
        final int bytes = varintLength(length);
        if (bytes != begin - lengthAt) {
            reserve(LONGEST_VARINT);
            System.arraycopy(out, begin, out, lengthAt + bytes, length);
        }
        size = lengthAt;
        appendVarint(length);
        size = lengthAt + bytes + length;
    }

    private int moved(final ClockField clock, final int value, final int minute, final int millisecond) {
        final boolean whole = minute != ABSENT && millisecond != ABSENT;
        return switch (clock) {
            case MILLISECOND ->
                whole
                        ? (int) Math.floorMod(whole(minute, millisecond) + moreMs, (long) YearClock.MINUTE_MS)
                        : (int) Math.floorMod(value + moreMs, (long) YearClock.MINUTE_MS);
            case MINUTE ->
                YearClock.minute((whole ? whole(minute, millisecond) : YearClock.instant(value, nearMs)) + moreMs);
            case HOUR_MARK ->
                value >= HOUR_MARKS
                        ? value
                        : (int) Math.floorMod(value + Math.floorDiv(moreMs + MARK_MS / 2, MARK_MS), (long) HOUR_MARKS);
            default -> value;
        };
    }

    private long whole(final int minute, final int millisecond) {
        return YearClock.begin(minute, nearMs) + millisecond;
    }

    /** Reads ahead, up to the limit, the minute and the millisecond. */
    private void readOwn(final ClockLayout layout, final CodedInputStream from) throws IOException {
        final int begin = from.getTotalBytesRead();
        final int limit = from.getBytesUntilLimit();
        final CodedInputStream ahead = CodedInputStream.newInstance(in, begin, limit < 0 ? in.length - begin : limit);
        ownMinute = ABSENT;
        ownMillisecond = ABSENT;
        for (int tag = ahead.readTag(); tag != 0; tag = ahead.readTag()) {
            final int field = WireFormat.getTagFieldNumber(tag);
            if (field == layout.minuteField()) {
                ownMinute = ahead.readUInt32();
            } else if (field == layout.millisecondField()) {
                ownMillisecond = ahead.readUInt32();
            } else {
                ahead.skipField(tag);
            }
        }
    }

    /** When the message says it was said; of what it does not tell, that of a time near it. */
    private long ownTime(final ClockLayout layout, final byte[] message, final long utcMs) {
        in = message;
        try {
            findOwn(layout, CodedInputStream.newInstance(message), true);
        } catch (final IOException e) {
            throw new IllegalArgumentException("not a message", e);
        }
        if (ownMinute != ABSENT) {
            final int millisecond =
                    ownMillisecond != ABSENT ? ownMillisecond : Math.floorMod(utcMs, YearClock.MINUTE_MS);
            return YearClock.begin(ownMinute, utcMs) + millisecond;
        }
        return ownMillisecond == ABSENT ? utcMs : YearClock.withMillisecond(ownMillisecond, utcMs);
    }

    /** Looks in the message itself, or else in the first one in it that has a millisecond. */
    private void findOwn(final ClockLayout layout, final CodedInputStream from, final boolean deeper)
            throws IOException {
        readOwn(layout, from);
        if (!deeper || ownMinute != ABSENT || ownMillisecond != ABSENT) {
            return;
        }
        for (int tag = from.readTag(); tag != 0; tag = from.readTag()) {
            final ClockLayout nested = layout.nested(WireFormat.getTagFieldNumber(tag));
            if (nested != null && nested.millisecondField() != 0) {
                from.pushLimit(from.readRawVarint32());
                findOwn(nested, from, false);
                return;
            }
            from.skipField(tag);
        }
    }

    private void appendId(final byte[] id) {
        append(
                ids == null || id.length != ID_LENGTH
                        ? id
                        : ByteBuffer.allocate(ID_LENGTH)
                                .putLong(ids.applyAsLong(ByteBuffer.wrap(id).getLong()))
                                .array(),
                0,
                id.length);
    }

    /** What was read as it stands there. */
    private void append(final int begin, final int end) {
        append(in, begin, end - begin);
    }

    private void append(final byte[] bytes, final int offset, final int length) {
        reserve(length);
        System.arraycopy(bytes, offset, out, size, length);
        size += length;
    }

    private void appendVarint(final int value) {
        reserve(LONGEST_VARINT);
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            out[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out[size++] = (byte) rest;
    }

    private static int varintLength(final int value) {
        return value == 0 ? 1 : (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 6) / 7;
    }

    private void reserve(final int more) {
        if (out.length - size < more) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, size + more));
        }
    }
}
