package io.luyun.proto.uper;

import io.luyun.proto.codec.Violation;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Position;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@code MessageFrame} in unaligned PER into the bytes of the {@code luyun.v1} message it carries, in one pass and
 * without objects. What a newer sender added is passed over and counted. Refused, with the path of the field: bits that
 * end too early, more than seven bits left or padding that is not 0 (the mark of a wrong dialect), a value out of range, an
 * unknown message. A value that means unknown comes out absent, and so does a message with nothing in it.
 *
 * <p>One thread; buffers are the caller's and free again at once; no allocation unless something is refused.
 */
public final class UperDecoder {
    private static final int LAT = Position.LAT_FIELD_NUMBER << 3 | 5;
    private static final int LON = Position.LON_FIELD_NUMBER << 3 | 5;
    private static final int ELEVATION = Position.ELEVATION_FIELD_NUMBER << 3;
    private static final int OFFSET_FORM = Position.OFFSET_FORM_FIELD_NUMBER << 3;

    private final BitReader in = new BitReader();
    private final CanonicalWriter out = new CanonicalWriter();
    private final UperFrame frame = new UperFrame(in);
    private final UperText text = new UperText(in, out);
    private final Anchor anchor = new Anchor();
    private final Violation violation = new Violation();

    private Program program = Program.of(Dialect.PHASE_1_2019);
    private int[] code = program.code;
    private int kind;
    private int unread;
    private boolean refused;

    /** Element at which the list that just failed did; -1 when it was not a list. */
    private int failedElement = -1;

    /**
     * Decodes one frame.
     *
     * @return bytes written to {@code output}; -1 when refused, see {@link #violation()}
     */
    public int decode(
            Dialect dialect, DirectBuffer input, int offset, int length, MutableDirectBuffer output, int outputOffset) {
        program = Program.of(dialect);
        code = program.code;
        kind = 0;
        unread = 0;
        refused = false;
        failedElement = -1;
        out.clear();
        anchor.forget();
        if (!message(input, offset, length)) {
            kind = 0;
            return -1;
        }
        final int size = out.position();
        if (outputOffset < 0 || (!output.isExpandable() && size > output.capacity() - outputOffset)) {
            kind = 0;
            fail(ErrorCode.ERROR_CODE_OUT_OF_RANGE, size + " bytes", "room for the canonical message");
            violation.within(UperFrame.NAME, -1);
            return -1;
        }
        output.putBytes(outputOffset, out.bytes, 0, size);
        return size;
    }

    /** Number of {@code MessageKind} of what was decoded; 0 when nothing was. */
    public int messageKind() {
        return kind;
    }

    /** What was wrong with the last frame, null when nothing was. Holds until the next one. */
    public @Nullable Violation violation() {
        return refused ? violation : null;
    }

    /** How many additions of a newer sender the last frame had that were passed over. */
    public int unreadExtensions() {
        return unread;
    }

    private boolean message(DirectBuffer input, int offset, int length) {
        final Program.Entry entry = frame.open(program, input, offset, length);
        if (entry == null) {
            fail(frame.code(), frame.value(), frame.rule());
            violation.within(UperFrame.NAME, -1);
            return false;
        }
        kind = entry.root().kind();
        if (kind == 0) {
            fail(ErrorCode.ERROR_CODE_UNKNOWN_KIND, entry.root().name(), "a message that luyun.v1 has");
        } else if (sequence(entry.at()) && frame.close()) {
            unread += frame.additions();
            return true;
        } else if (!refused) {
            fail(ErrorCode.ERROR_CODE_MALFORMED, frame.value(), frame.rule());
        }
        violation.within(entry.root().name(), -1);
        return false;
    }

    /** A sequence: its extension bit, which components are there, and those. */
    private boolean sequence(int at) {
        final int flags = code[at + Op.FLAGS];
        final int optionals = code[at + Op.EXTRA];
        final int extensible = flags & Op.EXTENSIBLE;
        final long preamble = in.bits(extensible + optionals);
        if (preamble < 0) {
            return ended(at);
        }
        final int lat = anchor.lat;
        final int lon = anchor.lon;
        final int height = anchor.height;
        if (!components(at, (int) preamble) || (extensible != 0 && preamble >>> optionals != 0 && !additions(at))) {
            return false;
        }
        if ((flags & Op.SCOPE) != 0) {
            anchor.lat = lat;
            anchor.lon = lon;
            anchor.height = height;
        }
        return true;
    }

    private boolean components(int at, int present) {
        final int[] program = code;
        final int first = program[at + Op.BODY];
        final int end = first + (program[at + Op.COUNT] << Op.SHIFT);
        for (int n = first; n < end; n += Op.STRIDE) {
            final int optional = program[n + Op.OPTIONAL];
            if (optional != 0 && (optional & present) == 0) {
                continue;
            }
            if (!(program[n] == Op.NUMBER ? number(n) : value(n))) {
                violation.within(this.program.name(n), failedElement);
                failedElement = -1;
                return false;
            }
        }
        return true;
    }

    private boolean value(int n) {
        if ((code[n + Op.FLAGS] & Op.REFERENCE) == 0) {
            return plainValue(n);
        }
        anchor.clearKept();
        if (!plainValue(n)) {
            return false;
        }
        anchor.moveToKept();
        return true;
    }

    private boolean plainValue(int n) {
        return switch (code[n]) {
            case Op.NUMBER -> number(n);
            case Op.NUMBER_EXT -> extensibleNumber(n);
            case Op.BIT_STRING -> bitString(n);
            case Op.PRIORITY -> priority(n);
            case Op.OCTETS, Op.IA5 -> octets(n);
            case Op.TEXT -> description(n);
            case Op.SEQ -> nested(n);
            case Op.INLINE -> sequence(n);
            case Op.POSITION -> position(n);
            case Op.CHOICE -> choice(n);
            case Op.LIST -> list(n);
            case Op.PACKED -> packed(n);
            default -> throw new IllegalStateException("no instruction " + code[n]);
        };
    }

    private boolean number(int n) {
        final int[] program = code;
        final long raw = in.bits(program[n + Op.BITS]);
        if (raw < 0 || raw > (program[n + Op.SPAN] & 0xFFFF_FFFFL)) {
            return outOfRange(n, raw);
        }
        write(n, raw, Integer.compareUnsigned((int) raw - program[n + Op.ABSENT], program[n + Op.ABSENT_COUNT]) < 0);
        return true;
    }

    private void write(int n, long raw, boolean absent) {
        final long value = raw + code[n + Op.MIN];
        if ((code[n + Op.FLAGS] & Op.KEEP) != 0) {
            anchor.kept[code[n + Op.EXTRA]] = absent ? Anchor.UNKNOWN : (int) value;
        }
        if (absent) {
            return;
        }
        switch (code[n + Op.FORM]) {
            case Op.VARINT -> {
                final int tag = code[n + Op.TAG];
                if (tag != 0) {
                    out.tag(tag);
                }
                out.varint(value);
            }
            case Op.ZIGZAG -> {
                out.tag(code[n + Op.TAG]);
                out.varint(value << 1 ^ value >> 63);
            }
            case Op.FIXED32 -> {
                out.tag(code[n + Op.TAG]);
                out.fixed32((int) value);
            }
            default -> {}
        }
    }

    private boolean extensibleNumber(int n) {
        final long extended = in.bits(1);
        if (extended <= 0) {
            return extended == 0 ? root(n) : ended(n);
        }
        final SchemaType type = program.type(n);
        if (type.kind() == SchemaType.Kind.INT) {
            unread++;
            return in.skipOpen() || ended(n);
        }
        final int beyond = in.small();
        if (beyond < 0) {
            return ended(n);
        }
        final long raw = type.max() + 1 + beyond;
        if ((code[n + Op.FLAGS] & Op.TABLE) != 0 || raw > code[n + Op.EXTRA]) {
            unread++;
        } else {
            write(n, raw, false);
        }
        return true;
    }

    /** A value of the root of an extensible number or enumeration. */
    private boolean root(int n) {
        if ((code[n + Op.FLAGS] & Op.TABLE) == 0) {
            return number(n);
        }
        final long index = in.bits(code[n + Op.BITS]);
        if (index < 0 || index > code[n + Op.SPAN]) {
            return outOfRange(n, index);
        }
        final boolean absent =
                Integer.compareUnsigned((int) index - code[n + Op.ABSENT], code[n + Op.ABSENT_COUNT]) < 0;
        write(n, program.type(n).numbers().get((int) index), absent);
        return true;
    }

    private boolean bitString(int n) {
        final int size = code[n + Op.BITS];
        final boolean extensible = (code[n + Op.FLAGS] & Op.EXTENSIBLE) != 0;
        final long extended = extensible ? in.bits(1) : 0;
        final int there = extended == 0 ? size : extended < 0 ? -1 : in.length();
        if (there < 0) {
            return ended(n);
        }
        final int known = Math.min(there, size);
        final long bits = in.bits(known);
        if (bits < 0 || !in.skip(there - known)) {
            return ended(n);
        }
        if (extended == 1) {
            unread++;
        }
        // bit 0 is sent first
        final long reversed = Integer.toUnsignedLong(Integer.reverse((int) bits << (size - known)));
        write(n, reversed >>> (Integer.SIZE - size), false);
        return true;
    }

    private boolean priority(int n) {
        final long octet = in.bits(Byte.SIZE);
        if (octet < 0) {
            return ended(n);
        }
        write(n, octet >>> 5, false);
        final int rest = (int) octet & 0x1F;
        if (rest != 0 && code[n + Op.COUNT] != 0) {
            out.tag(code[n + Op.COUNT]);
            out.varint(rest);
        }
        return true;
    }

    /** Length of octets, text or a list; below 0 when that is refused. */
    private int size(int n) {
        final int flags = code[n + Op.FLAGS];
        if ((flags & (Op.EXTENSIBLE | Op.UNBOUNDED)) != 0) {
            final long extended = (flags & Op.UNBOUNDED) != 0 ? 1 : in.bits(1);
            if (extended != 0) {
                final int length = extended < 0 ? -1 : in.length();
                if (length < 0) {
                    ended(n);
                }
                return length;
            }
        }
        final long beyond = in.bits(code[n + Op.BITS]);
        if (beyond < 0 || beyond > code[n + Op.SPAN]) {
            outOfRange(n, beyond);
            return -1;
        }
        return code[n + Op.MIN] + (int) beyond;
    }

    private boolean octets(int n) {
        final int length = size(n);
        if (length < 0) {
            return false;
        }
        final int bits = code[n] == Op.IA5 ? UperText.CHARACTER_BITS : Byte.SIZE;
        if (code[n + Op.TAG] == 0) {
            return in.skip((long) length * bits) || ended(n);
        }
        if (out.full(length)) {
            return tooLong();
        }
        out.tag(code[n + Op.TAG]);
        out.varint(length);
        return text.copy(length, bits) || ended(n);
    }

    private boolean description(int n) {
        final long alternative = in.bits(1);
        if (alternative < 0) {
            return ended(n);
        }
        final int inner = code[n + Op.BODY] + ((int) alternative << Op.SHIFT);
        final int length = size(inner);
        if (length < 0) {
            violation.within(program.name(inner), -1);
            return false;
        }
        if (out.full(3 * length)) {
            return tooLong();
        }
        final int start = out.position();
        out.tag(code[n + Op.TAG]);
        final int opened = out.open();
        if (!(code[inner] == Op.IA5 ? text.copy(length, UperText.CHARACTER_BITS) : text.pairs(length))) {
            return ended(n);
        }
        out.close(opened);
        if (code[n + Op.TAG] == 0) {
            out.back(start);
        }
        return true;
    }

    private boolean nested(int n) {
        if (out.full(0)) {
            return tooLong();
        }
        final int start = out.position();
        out.tag(code[n + Op.TAG]);
        final int opened = out.open();
        if (!sequence(n)) {
            return false;
        }
        if (out.position() == opened + 1 && (code[n + Op.FLAGS] & Op.ELEMENT) == 0) {
            out.back(start);
        } else {
            out.close(opened);
        }
        return true;
    }

    private boolean position(int n) {
        anchor.clearKept();
        if (out.full(0)) {
            return tooLong();
        }
        if (!sequence(n)) {
            return false;
        }
        if (!anchor.resolve()) {
            return fail(ErrorCode.ERROR_CODE_OUT_OF_RANGE, anchor.toString(), "an offset that stays on the earth");
        }
        if (code[n + Op.TAG] != 0) {
            writePosition(n);
        }
        return true;
    }

    private void writePosition(int n) {
        final int start = out.position();
        out.tag(code[n + Op.TAG]);
        final int opened = out.open();
        final int[] kept = anchor.kept;
        if (kept[Anchor.LAT] != Anchor.UNKNOWN) {
            out.octet(LAT);
            out.fixed32(kept[Anchor.LAT]);
        }
        if (kept[Anchor.LON] != Anchor.UNKNOWN) {
            out.octet(LON);
            out.fixed32(kept[Anchor.LON]);
        }
        if (kept[Anchor.HEIGHT] != Anchor.UNKNOWN) {
            out.octet(ELEVATION);
            out.varint(Integer.toUnsignedLong(kept[Anchor.HEIGHT] << 1 ^ kept[Anchor.HEIGHT] >> 31));
        }
        final int form = anchor.form();
        if (form != 0) {
            out.octet(OFFSET_FORM);
            out.varint(form);
        }
        if (out.position() == opened + 1 && (code[n + Op.FLAGS] & Op.ELEMENT) == 0) {
            out.back(start);
        } else {
            out.close(opened);
        }
    }

    private boolean choice(int n) {
        if ((code[n + Op.FLAGS] & Op.EXTENSIBLE) != 0) {
            final long extended = in.bits(1);
            if (extended != 0) {
                unread++;
                return (extended > 0 && in.small() >= 0 && in.skipOpen()) || ended(n);
            }
        }
        final long index = in.bits(code[n + Op.BITS]);
        if (index < 0 || index > code[n + Op.SPAN]) {
            return outOfRange(n, index);
        }
        if ((code[n + Op.FLAGS] & Op.KEEP) != 0) {
            anchor.kept[code[n + Op.EXTRA]] = (int) index;
        }
        if (code[n + Op.TAG] != 0) {
            out.tag(code[n + Op.TAG]);
            out.varint(index);
        }
        final int inner = code[n + Op.BODY] + ((int) index << Op.SHIFT);
        if (!value(inner)) {
            violation.within(program.name(inner), failedElement);
            failedElement = -1;
            return false;
        }
        return true;
    }

    private boolean list(int n) {
        final int count = size(n);
        final int inner = code[n + Op.BODY];
        for (int i = 0; i < count; i++) {
            if (!value(inner)) {
                if (failedElement >= 0) {
                    violation.within(program.name(inner), failedElement);
                }
                failedElement = i;
                return false;
            }
        }
        return count >= 0;
    }

    private boolean packed(int n) {
        final int count = size(n);
        final int inner = code[n + Op.BODY];
        final int start = out.position();
        out.tag(code[n + Op.TAG]);
        final int opened = out.open();
        for (int i = 0; i < count; i++) {
            if (out.full(0)) {
                return tooLong();
            }
            if (!number(inner)) {
                failedElement = i;
                return false;
            }
        }
        if (out.position() == opened + 1) {
            out.back(start);
        } else {
            out.close(opened);
        }
        return count >= 0;
    }

    /** What follows an extensible sequence: how many additions there may be, which are there, and each with its length. */
    private boolean additions(int at) {
        final int most = in.small();
        if (most < 0 || most >= in.left()) {
            return added(-1);
        }
        final int bitmap = in.position();
        in.skip(most + 1L);
        for (int i = 0; i <= most; i++) {
            if (in.isSet(bitmap + i)) {
                final int n = i < code[at + Op.ADDITION_COUNT] ? code[at + Op.ADDITIONS] + (i << Op.SHIFT) : -1;
                final boolean known = n >= 0 && program.fields(n) != 0;
                if (!(known ? open(n) : in.skipOpen())) {
                    return added(n);
                }
                unread += known ? 0 : 1;
            }
        }
        return true;
    }

    /** An addition that is known: its length, the value, and padding. */
    private boolean open(int n) {
        final int length = in.length();
        if (length < 0 || length > in.left() >> 3) {
            return false;
        }
        final int outer = in.end();
        final int end = in.position() + (length << 3);
        in.end(end);
        if (!value(n)) {
            return false;
        }
        final boolean padding = in.onlyPaddingLeft();
        in.back(end);
        in.end(outer);
        return padding;
    }

    private boolean added(int n) {
        if (!refused) {
            fail(ErrorCode.ERROR_CODE_MALFORMED, "bit " + in.position(), "additions with their length and padding");
        }
        violation.within(n < 0 ? "..." : program.name(n), failedElement);
        failedElement = -1;
        return false;
    }

    private boolean outOfRange(int n, long raw) {
        if (raw < 0) {
            return ended(n);
        }
        final long least = code[n] == Op.CHOICE ? 0 : code[n + Op.MIN];
        return fail(ErrorCode.ERROR_CODE_OUT_OF_RANGE, Long.toString(raw + least), program.rule(n));
    }

    private boolean ended(int n) {
        return fail(
                ErrorCode.ERROR_CODE_MALFORMED,
                "end at bit " + in.end(),
                "more bits for " + program.type(n).name() + "; is it the right dialect?");
    }

    private boolean tooLong() {
        return fail(
                ErrorCode.ERROR_CODE_OUT_OF_RANGE,
                "more than " + CanonicalWriter.MAX_BYTES + " bytes",
                "a canonical message of at most " + CanonicalWriter.MAX_BYTES + " bytes");
    }

    private boolean fail(ErrorCode error, String value, String rule) {
        refused = true;
        violation.set(error, value, rule);
        return false;
    }
}
