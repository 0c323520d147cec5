package io.luyun.proto.uper;

import io.luyun.proto.codec.Violation;
import io.luyun.proto.v1.ErrorCode;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what deployed roadside units put around UPER frames. One thread; it stays on the caller's buffer until wrapped
 * anew, and allocates only to say what is wrong.
 *
 * <pre>
 *   0         8               16       17       19
 *   +---------+---------------+--------+--------+----------+--------+----------+--
 *   | unit id | milliseconds  | count  | length | frame 0  | length | frame 1  |      COUNTED: BSM as deployed
 *   +---------+---------------+--------+--------+----------+--------+----------+--
 *   +---------+---------------+--------+--------+--------+----------+----------+--
 *   | unit id | milliseconds  | count  | length | length | frame 0  | frame 1  |      LENGTHS_FIRST: BSM as T/ITS 0117 draws it
 *   +---------+---------------+--------+--------+--------+----------+----------+--
 *   +---------+---------------+--------+--------+
 *   | unit id | milliseconds  | length | frame  |                                    ONE_FRAME: all other kinds
 *   +---------+---------------+--------+--------+
 * </pre>
 *
 * Milliseconds since 1970 UTC (64 bits) and lengths (16 bits) are little-endian; the id is eight octets, often ASCII.
 * Nothing in the bytes names the layout: it is the one that consumes them exactly.
 */
public final class RsuEnvelope {
    /** What follows the head. */
    public enum Layout {
        /** One frame after its length. */
        ONE_FRAME,
        /** A count, then each frame after its length. */
        COUNTED,
        /** A count, then all lengths, then all frames. */
        LENGTHS_FIRST
    }

    /** Bytes before the first count or length. */
    public static final int HEAD_LENGTH = 16;

    /** Most frames in one envelope. */
    public static final int MAX_FRAMES = 255;

    static final int TIMESTAMP = 8;
    static final int LENGTH_BYTES = 2;
    static final int MAX_FRAME_LENGTH = 0xFFFF;

    private static final Layout[] LAYOUTS = Layout.values();

    private final Violation violation = new Violation();
    private DirectBuffer buffer = new UnsafeBuffer(new byte[0]);
    private Layout layout = Layout.ONE_FRAME;
    private boolean wrong;
    private int start;
    private int end;
    private int frames;
    private int index = -1;
    private int lengthAt;
    private int frameOffset;
    private int frameLength;

    /**
     * Goes to an envelope whose layout is not known. One that fits several is taken for the one whose frames begin as its
     * frames do (a BSM with four zero bits, others not), then for the first in the order of {@link Layout}.
     *
     * @return false when it is none; {@link #violation} then says why
     */
    public boolean wrap(DirectBuffer in, int offset, int length) {
        if (!begin(in, offset, length)) {
            return false;
        }
        Layout fits = null;
        for (final Layout candidate : LAYOUTS) {
            if (consumes(candidate)) {
                if (framesBeginAsIn(candidate)) {
                    return set(candidate);
                }
                fits = fits == null ? candidate : fits;
            }
        }
        if (fits != null) {
            return set(fits);
        }
        final boolean oneFrame = length > HEAD_LENGTH + LENGTH_BYTES && !isBsm(start + HEAD_LENGTH + LENGTH_BYTES);
        return oneFrame ? failOneFrame() : failCounted();
    }

    /**
     * Goes to an envelope of which the topic or the configuration tells whether it has a count.
     *
     * @param counted true for BSM: a count and one or more frames, in either layout
     * @return false when it is none; {@link #violation} then says why
     */
    public boolean wrap(DirectBuffer in, int offset, int length, boolean counted) {
        if (!begin(in, offset, length)) {
            return false;
        }
        if (!counted) {
            return consumes(Layout.ONE_FRAME) ? set(Layout.ONE_FRAME) : failOneFrame();
        }
        final boolean interleaved = consumes(Layout.COUNTED);
        if (interleaved && framesBeginAsIn(Layout.COUNTED)) {
            return set(Layout.COUNTED);
        }
        if (consumes(Layout.LENGTHS_FIRST) && (!interleaved || framesBeginAsIn(Layout.LENGTHS_FIRST))) {
            return set(Layout.LENGTHS_FIRST);
        }
        return interleaved ? set(Layout.COUNTED) : failCounted();
    }

    /**
     * Compares the envelope's time with that of its arrival. Clocks of units in the field lead by seconds, so a lead is not
     * wrong in itself.
     *
     * @param arrivalMillis milliseconds since 1970 UTC
     * @param maxLeadMillis how far it may be ahead
     * @param maxLagMillis how far it may be behind
     * @return null when it is within
     */
    public @Nullable Violation checkClock(long arrivalMillis, long maxLeadMillis, long maxLagMillis) {
        final long timestamp = timestampMillis();
        if (timestamp >= arrivalMillis - maxLagMillis && timestamp <= arrivalMillis + maxLeadMillis) {
            return null;
        }
        wrong = true;
        return violation.set(
                ErrorCode.ERROR_CODE_CLOCK,
                "envelope.timestamp",
                Long.toString(timestamp),
                "at most " + maxLeadMillis + " ms ahead of the server's clock and " + maxLagMillis
                        + " ms behind it, which is " + arrivalMillis);
    }

    /** What is wrong; null when nothing is. Holds until the next call. */
    public @Nullable Violation violation() {
        return wrong ? violation : null;
    }

    /** The layout found. */
    public Layout layout() {
        return layout;
    }

    /** The id of the unit, first octet highest, so that it reads as in hexadecimal. */
    public long idAsLong() {
        return buffer.getLong(start, ByteOrder.BIG_ENDIAN);
    }

    /** The unit's clock when it sent, milliseconds since 1970 UTC as given. */
    public long timestampMillis() {
        return buffer.getLong(start + TIMESTAMP, ByteOrder.LITTLE_ENDIAN);
    }

    /** Frames in it, 1..255. */
    public int frames() {
        return frames;
    }

    /** Goes to the next frame, at first to the first; false behind the last. */
    public boolean next() {
        if (index + 1 >= frames) {
            return false;
        }
        index++;
        if (layout == Layout.LENGTHS_FIRST) {
            frameOffset += frameLength;
            frameLength = lengthAt(lengthAt);
            lengthAt += LENGTH_BYTES;
        } else {
            lengthAt = index == 0 ? lengthAt : frameOffset + frameLength;
            frameLength = lengthAt(lengthAt);
            frameOffset = lengthAt + LENGTH_BYTES;
        }
        return true;
    }

    /** Which frame this is, from 0; -1 before the first. */
    public int index() {
        return index;
    }

    /** Where the frame begins in the caller's buffer. */
    public int frameOffset() {
        return frameOffset;
    }

    /** Its length in bytes, 1..65535. */
    public int frameLength() {
        return frameLength;
    }

    private boolean begin(DirectBuffer in, int offset, int length) {
        wrong = false;
        frames = 0;
        index = -1;
        if (offset < 0 || length < 0 || offset > in.capacity() - length) {
            return fail("envelope", length + " bytes at " + offset, "within the " + in.capacity() + " bytes there are");
        }
        buffer = in;
        start = offset;
        end = offset + length;
        if (length < HEAD_LENGTH + LENGTH_BYTES + 1) {
            return fail(
                    "envelope",
                    length + " bytes",
                    "8 octets id, 8 octets milliseconds, for BSM a count, and for each frame its length and at least one octet");
        }
        return true;
    }

    private boolean set(Layout found) {
        layout = found;
        frames = found == Layout.ONE_FRAME ? 1 : count();
        index = -1;
        lengthAt = start + HEAD_LENGTH + (found == Layout.ONE_FRAME ? 0 : 1);
        frameOffset = found == Layout.LENGTHS_FIRST ? lengthAt + frames * LENGTH_BYTES : 0;
        frameLength = 0;
        return true;
    }

    private int count() {
        return buffer.getByte(start + HEAD_LENGTH) & 0xFF;
    }

    private int lengthAt(int position) {
        return buffer.getShort(position, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private boolean isBsm(int position) {
        return (buffer.getByte(position) & 0xF0) == 0;
    }

    private boolean consumes(Layout candidate) {
        return switch (candidate) {
            case ONE_FRAME -> lengthAt(start + HEAD_LENGTH) == end - start - HEAD_LENGTH - LENGTH_BYTES;
            case COUNTED -> consumesInterleaved();
            case LENGTHS_FIRST -> consumesLengthsFirst();
        };
    }

    private boolean consumesInterleaved() {
        int position = start + HEAD_LENGTH + 1;
        for (int i = count(); i > 0; i--) {
            if (position > end - LENGTH_BYTES || lengthAt(position) == 0) {
                return false;
            }
            position += LENGTH_BYTES + lengthAt(position);
        }
        return position == end && count() > 0;
    }

    private boolean consumesLengthsFirst() {
        final int lengths = start + HEAD_LENGTH + 1;
        final int count = count();
        int position = lengths + count * LENGTH_BYTES;
        for (int i = 0; i < count && position <= end; i++) {
            if (lengthAt(lengths + i * LENGTH_BYTES) == 0) {
                return false;
            }
            position += lengthAt(lengths + i * LENGTH_BYTES);
        }
        return position == end && count > 0;
    }

    private boolean framesBeginAsIn(Layout candidate) {
        set(candidate);
        boolean plausible = true;
        while (next()) {
            plausible &= isBsm(frameOffset) == (candidate != Layout.ONE_FRAME);
        }
        return plausible;
    }

    private boolean failOneFrame() {
        return fail(
                "envelope.length",
                Integer.toString(lengthAt(start + HEAD_LENGTH)),
                "the " + (end - start - HEAD_LENGTH - LENGTH_BYTES) + " octets that follow it");
    }

    private boolean failCounted() {
        final int count = count();
        if (count == 0) {
            return fail("envelope.count", "0", "1..255 frames");
        }
        int position = start + HEAD_LENGTH + 1;
        for (int i = 0; i < count; i++) {
            final int left = end - position - LENGTH_BYTES;
            if (left < 1) {
                return fail(
                        "envelope.count",
                        Integer.toString(count),
                        "as many frames as there are; the octets end before frame " + i);
            }
            final int length = lengthAt(position);
            if (length == 0 || length > left) {
                return fail(
                        "envelope.frames[" + i + "].length",
                        Integer.toString(length),
                        "1.." + left + " octets, which are left, and the lengths do not fit before all frames either");
            }
            position += LENGTH_BYTES + length;
        }
        return fail(
                "envelope",
                (end - start) + " bytes",
                "end with the last of its " + count + " frames; " + (end - position) + " octets are left");
    }

    private boolean fail(String field, String value, String rule) {
        wrong = true;
        violation.set(ErrorCode.ERROR_CODE_MALFORMED, field, value, rule);
        return false;
    }
}
