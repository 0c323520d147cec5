package io.luyun.proto.uper;

import io.luyun.proto.codec.Violation;
import io.luyun.proto.codec.Wire;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Position;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a {@code luyun.v1} message into a {@code MessageFrame} in unaligned PER, in one pass and without
 * objects. A mandatory field that is absent is written as the value that means unknown. Refused, with the path of the
 * canonical field: one that is absent and has no such value, a value out of the dialect's range, a list too long or too
 * short, text the encoding does not have, a message the dialect does not have.
 *
 * <p>One thread; buffers are the caller's and free again at once; no allocation unless something is refused.
 */
public final class UperEncoder {
    private static final int LAT = Position.LAT_FIELD_NUMBER << 3 | 5;
    private static final int LON = Position.LON_FIELD_NUMBER << 3 | 5;
    private static final int ELEVATION = Position.ELEVATION_FIELD_NUMBER << 3;
    private static final int OFFSET_FORM = Position.OFFSET_FORM_FIELD_NUMBER << 3;
    private static final String WELL_FORMED = "well-formed luyun.v1 protobuf";

    private final CanonicalReader in = new CanonicalReader();
    private final BitWriter out = new BitWriter();
    private final GbkText text = new GbkText(in, out);
    private final Anchor anchor = new Anchor();
    private final Violation violation = new Violation();

    private Program program = Program.of(Dialect.PHASE_1_2019);
    private int[] code = program.code;
    private boolean refused;

    /** Element at which the list that just failed did; -1 when it was not a list. */
    private int failedElement = -1;

    /**
     * Encodes one message.
     *
     * @param messageKind number of {@code MessageKind}
     * @return bytes written to {@code output}; -1 when refused, see {@link #violation()}
     */
    public int encode(
            Dialect dialect,
            int messageKind,
            DirectBuffer canonical,
            int offset,
            int length,
            MutableDirectBuffer output,
            int outputOffset) {
        program = Program.of(dialect);
        code = program.code;
        refused = false;
        failedElement = -1;
        anchor.forget();
        out.clear();
        final Program.Entry entry = program.ofKind(messageKind);
        if (entry == null || !entry.root().sent()) {
            fail(
                    ErrorCode.ERROR_CODE_UNKNOWN_KIND,
                    Integer.toString(messageKind),
                    "a kind the dialect " + dialect.label() + (entry == null ? " has" : " is written in"));
            violation.within("kind", -1);
            return -1;
        }
        final int begin = message(entry, canonical, offset, length);
        final int size = (out.position() >> 3) - begin;
        if (begin >= 0 && outputOffset >= 0 && (output.isExpandable() || size <= output.capacity() - outputOffset)) {
            output.putBytes(outputOffset, out.bytes, begin, size);
            return size;
        }
        if (begin >= 0) {
            fail(ErrorCode.ERROR_CODE_OUT_OF_RANGE, size + " bytes", "room for the frame");
        }
        violation.within(program.canonicalName(entry.at()), -1);
        return -1;
    }

    /** What was wrong with the last message, null when nothing was. Holds until the next one. */
    public @Nullable Violation violation() {
        return refused ? violation : null;
    }

    /** Where the frame begins in the writer's array; -1 when refused. */
    private int message(Program.Entry entry, DirectBuffer canonical, int offset, int length) {
        if (!in.wrap(canonical, offset, length)) {
            malformed();
            return -1;
        }
        if (!entry.extension()) {
            out.bits(entry.root().id(), 1 + UperFrame.INDEX_BITS);
        }
        if (!sequence(entry.at(), 0)) {
            return -1;
        }
        if (out.pad() > (entry.extension() ? UperFrame.MAX_OPEN : BitReader.MAX_BYTES)) {
            tooLong();
            return -1;
        }
        return entry.extension() ? out.extension(entry.root().id()) : BitWriter.HEAD;
    }

    private boolean sequence(int at, int level) {
        final int first = code[at + Op.BODY];
        final int end = first + (code[at + Op.COUNT] << Op.SHIFT);
        if (out.full(0)) {
            return tooLong();
        }
        int present = 0;
        for (int n = first; n < end; n += Op.STRIDE) {
            if (code[n + Op.OPTIONAL] != 0 && present(n, level)) {
                present |= code[n + Op.OPTIONAL];
            }
        }
        final int optionals = code[at + Op.EXTRA];
        final int extended = extended(at, level);
        out.bits((long) extended << optionals | present, (code[at + Op.FLAGS] & Op.EXTENSIBLE) + optionals);
        final int lat = anchor.lat;
        final int lon = anchor.lon;
        final int height = anchor.height;
        for (int n = first; n < end; n += Op.STRIDE) {
            final int optional = code[n + Op.OPTIONAL];
            if ((optional == 0 || (optional & present) != 0) && !value(n, level)) {
                named(n);
                return false;
            }
        }
        if (extended != 0 && !additions(at, level)) {
            return false;
        }
        if ((code[at + Op.FLAGS] & Op.SCOPE) != 0) {
            anchor.lat = lat;
            anchor.lon = lon;
            anchor.height = height;
        }
        return true;
    }

    /** 1 when a known addition is there. */
    private int extended(int at, int level) {
        for (int i = 0; i < code[at + Op.ADDITION_COUNT]; i++) {
            if (in.has(level, program.fields(code[at + Op.ADDITIONS] + (i << Op.SHIFT)))) {
                return 1;
            }
        }
        return 0;
    }

    private boolean additions(int at, int level) {
        final int count = code[at + Op.ADDITION_COUNT];
        out.small(count - 1);
        for (int i = 0; i < count; i++) {
            out.bits(in.has(level, program.fields(code[at + Op.ADDITIONS] + (i << Op.SHIFT))) ? 1 : 0, 1);
        }
        for (int i = 0; i < count; i++) {
            final int n = code[at + Op.ADDITIONS] + (i << Op.SHIFT);
            if (in.has(level, program.fields(n))) {
                final int opened = out.open();
                if (!value(n, level) || (!out.close(opened) && !tooLong())) {
                    named(n);
                    return false;
                }
            }
        }
        return true;
    }

    private boolean present(int n, int level) {
        if (isPart(n)) {
            return anchor.kept[code[n + Op.EXTRA]] != Anchor.UNKNOWN;
        }
        return in.has(level, program.fields(n));
    }

    /** Whether it is a part of a position, which the anchor holds, and no field. */
    private boolean isPart(int n) {
        return (code[n + Op.FLAGS] & Op.KEEP) != 0 && code[n + Op.TAG] == 0;
    }

    private boolean value(int n, int level) {
        if ((code[n + Op.FLAGS] & Op.REFERENCE) == 0) {
            return plainValue(n, level);
        }
        anchor.clearKept();
        if (!plainValue(n, level)) {
            return false;
        }
        anchor.moveToKept();
        return true;
    }

    private boolean plainValue(int n, int level) {
        return switch (code[n]) {
            case Op.NUMBER, Op.NUMBER_EXT, Op.BIT_STRING, Op.PRIORITY -> number(n, level);
            case Op.OCTETS, Op.IA5 -> octets(n, level);
            case Op.TEXT -> description(n, level);
            case Op.SEQ -> nested(n, level);
            case Op.INLINE -> sequence(n, level);
            case Op.POSITION -> position(n, level);
            case Op.CHOICE -> choice(n, level);
            case Op.LIST -> list(n, level);
            case Op.PACKED -> packed(n, level);
            default -> throw new IllegalStateException("no instruction " + code[n]);
        };
    }

    private boolean number(int n, int level) {
        if (isPart(n)) {
            final int part = anchor.kept[code[n + Op.EXTRA]];
            return part == Anchor.UNKNOWN ? absent(n) : write(n, part);
        }
        final int tag = code[n + Op.TAG];
        if (!in.has(level, program.fields(n))) {
            return absent(n);
        }
        final long value = switch (code[n + Op.FORM]) {
            case Op.VARINT -> in.varint(level, tag);
            case Op.ZIGZAG -> in.zigZag(level, tag);
            default -> in.fixed32(level, tag);
        };
        if (in.malformed()) {
            return malformed();
        }
        if (code[n] == Op.PRIORITY) {
            return priority(n, level, value);
        }
        if ((code[n + Op.FLAGS] & Op.KEEP) != 0) {
            anchor.kept[code[n + Op.EXTRA]] = (int) value;
        }
        return write(n, value);
    }

    private boolean write(int n, long value) {
        final int flags = code[n + Op.FLAGS];
        if (code[n] == Op.BIT_STRING) {
            return bitString(n, value);
        }
        long raw = (flags & Op.TABLE) == 0
                ? value - code[n + Op.MIN]
                : program.type(n).numbers().indexOf((int) value);
        final long span = Integer.toUnsignedLong(code[n + Op.SPAN]);
        if (raw == span && (flags & Op.FULL) != 0) {
            raw = code[n + Op.COUNT];
        }
        if (code[n] == Op.NUMBER_EXT) {
            if (raw > span && raw <= code[n + Op.EXTRA] && (flags & Op.TABLE) == 0) {
                out.bits(1, 1);
                out.small((int) (raw - span - 1));
                return true;
            }
            out.bits(0, 1);
        }
        if (raw < 0
                || raw > span
                || Integer.compareUnsigned((int) raw - code[n + Op.ABSENT], code[n + Op.ABSENT_COUNT]) < 0) {
            return outOfRange(n, value);
        }
        out.bits(raw, code[n + Op.BITS]);
        return true;
    }

    private boolean bitString(int n, long value) {
        final int size = code[n + Op.BITS];
        if (value < 0 || value >>> size != 0) {
            return outOfRange(n, value);
        }
        // bit 0 is sent first
        out.bits(
                Integer.toUnsignedLong(Integer.reverse((int) value)) >>> (Integer.SIZE - size),
                (code[n + Op.FLAGS] & Op.EXTENSIBLE) + size);
        return true;
    }

    private boolean absent(int n) {
        if ((code[n + Op.FLAGS] & Op.HAS_OTHERWISE) == 0) {
            return missing(n);
        }
        // an extensible one has its extension bit before
        final int extension = code[n] == Op.NUMBER ? 0 : code[n + Op.FLAGS] & Op.EXTENSIBLE;
        out.bits(Integer.toUnsignedLong(code[n + Op.OTHERWISE]), extension + code[n + Op.BITS]);
        return true;
    }

    private boolean priority(int n, int level, long value) {
        if (value < 0 || value > 7) {
            return outOfRange(n, value);
        }
        final int restTag = code[n + Op.COUNT];
        final long rest = restTag == 0 || in.count(level, restTag) == 0 ? 0 : in.varint(level, restTag);
        if (in.malformed()) {
            return malformed();
        }
        if (rest < 0 || rest > 0x1F) {
            return outOfRange(n, rest);
        }
        out.bits(value << 5 | rest, Byte.SIZE);
        return true;
    }

    private boolean octets(int n, int level) {
        if (!in.has(level, program.fields(n))) {
            return missing(n);
        }
        final int length = in.octets(level, code[n + Op.TAG]);
        if (in.malformed()) {
            return malformed();
        }
        if (!size(n, length)) {
            return false;
        }
        final int end = in.octetsEnd();
        if (code[n] == Op.OCTETS) {
            text.octets(end - length, end);
        } else if (text.isAscii(end - length, end)) {
            text.characters(end - length, end);
        } else {
            return fail(ErrorCode.ERROR_CODE_OUT_OF_RANGE, "other characters", program.rule(n));
        }
        return true;
    }

    /** Length of octets or text, or the count of a list. */
    private boolean size(int n, int size) {
        final int flags = code[n + Op.FLAGS];
        if ((flags & Op.UNBOUNDED) != 0) {
            if (size > UperFrame.MAX_OPEN) {
                return outOfRange(n, size);
            }
            out.length(size);
            return true;
        }
        final int beyond = size - code[n + Op.MIN];
        if (beyond < 0 || Integer.compareUnsigned(beyond, code[n + Op.SPAN]) > 0) {
            return outOfRange(n, size);
        }
        if (out.full(size)) {
            return tooLong();
        }
        out.bits(beyond, (flags & Op.EXTENSIBLE) + code[n + Op.BITS]);
        return true;
    }

    private boolean description(int n, int level) {
        if (!in.has(level, program.fields(n))) {
            return missing(n);
        }
        final int length = in.octets(level, code[n + Op.TAG]);
        final int end = in.octetsEnd();
        if (in.malformed() || !in.isUtf8(end - length, end)) {
            return malformed();
        }
        final int ascii = code[n + Op.BODY];
        if (text.isAscii(end - length, end) && length <= code[ascii + Op.MIN] + code[ascii + Op.SPAN]) {
            out.bits(0, 1);
            if (!size(ascii, length)) {
                return false;
            }
            text.characters(end - length, end);
            return true;
        }
        final int pairs = text.pairs(end - length, end);
        if (pairs < 0) {
            return fail(ErrorCode.ERROR_CODE_OUT_OF_RANGE, length + " bytes", "text that GB 2312 has, up to 512 bytes");
        }
        out.bits(1, 1);
        if (!size(ascii + Op.STRIDE, pairs)) {
            return false;
        }
        text.writePairs(pairs);
        return true;
    }

    private boolean nested(int n, int level) {
        final int tag = code[n + Op.TAG];
        final int count = in.count(level, tag);
        if (count == 0) {
            in.nothing(level + 1);
        } else if (count > 1 || !in.enter(level, tag)) {
            return malformed();
        }
        return sequence(n, level + 1);
    }

    private boolean position(int n, int level) {
        final int tag = code[n + Op.TAG];
        final int[] kept = anchor.kept;
        anchor.clearKept();
        final int count = tag == 0 ? 0 : in.count(level, tag);
        if (count > 0) {
            if (count > 1 || !in.enter(level, tag)) {
                return malformed();
            }
            final int inner = level + 1;
            kept[Anchor.LAT] = in.count(inner, LAT) == 0 ? Anchor.UNKNOWN : (int) in.fixed32(inner, LAT);
            kept[Anchor.LON] = in.count(inner, LON) == 0 ? Anchor.UNKNOWN : (int) in.fixed32(inner, LON);
            kept[Anchor.HEIGHT] = in.count(inner, ELEVATION) == 0 ? Anchor.UNKNOWN : (int) in.zigZag(inner, ELEVATION);
            final long form = in.count(inner, OFFSET_FORM) == 0 ? 0 : in.varint(inner, OFFSET_FORM);
            if (in.malformed()) {
                return malformed();
            }
            offsets(n, form);
        } else {
            offsets(n, 0);
        }
        return sequence(n, level);
    }

    /** Chooses how the parts are carried: as offsets when the message says so and they fit, else as they are. */
    private void offsets(int n, long form) {
        final int[] kept = anchor.kept;
        final int way = code[n + Op.BODY];
        final int lift = way + Op.STRIDE;
        kept[Anchor.WAY] = code[way + Op.COUNT] - 1;
        final int wantedWay = (int) (form & 7) - 1;
        if (wantedWay >= 0 && wantedWay < kept[Anchor.WAY] && anchor.hasOffset()) {
            final int offset = code[code[way + Op.BODY] + (wantedWay << Op.SHIFT) + Op.BODY];
            if (fits(offset, anchor.east()) && fits(offset + Op.STRIDE, anchor.north())) {
                kept[Anchor.WAY] = wantedWay;
                kept[Anchor.EAST] = (int) anchor.east();
                kept[Anchor.NORTH] = (int) anchor.north();
            }
        }
        if (kept[Anchor.HEIGHT] == Anchor.UNKNOWN) {
            return;
        }
        kept[Anchor.LIFT] = code[lift + Op.COUNT] - 1;
        final int wantedLift = (int) (form >>> 3 & 7) - 1;
        if (wantedLift >= 0 && wantedLift < kept[Anchor.LIFT] && anchor.height != Anchor.UNKNOWN) {
            final long rise = (long) kept[Anchor.HEIGHT] - anchor.height;
            if (fits(code[lift + Op.BODY] + (wantedLift << Op.SHIFT), rise)) {
                kept[Anchor.LIFT] = wantedLift;
                kept[Anchor.RISE] = (int) rise;
            }
        }
    }

    private boolean fits(int n, long value) {
        return value >= code[n + Op.MIN] && value - code[n + Op.MIN] <= Integer.toUnsignedLong(code[n + Op.SPAN]);
    }

    private boolean choice(int n, int level) {
        int index = -1;
        if (isPart(n)) {
            index = anchor.kept[code[n + Op.EXTRA]];
        } else {
            int latest = -1;
            for (int i = 0; i < code[n + Op.COUNT]; i++) {
                final int inner = code[n + Op.BODY] + (i << Op.SHIFT);
                if (in.has(level, program.fields(inner))) {
                    final int at = code[inner + Op.TAG] == 0 ? 0 : in.lastOf(level, code[inner + Op.TAG]);
                    if (at > latest) {
                        latest = at;
                        index = i;
                    }
                }
            }
        }
        if (index < 0) {
            return missing(n);
        }
        out.bits(index, (code[n + Op.FLAGS] & Op.EXTENSIBLE) + code[n + Op.BITS]);
        final int inner = code[n + Op.BODY] + (index << Op.SHIFT);
        if (!value(inner, level)) {
            named(inner);
            return false;
        }
        return true;
    }

    private boolean list(int n, int level) {
        final int tag = code[n + Op.TAG];
        final int count = tag == 0 ? 0 : in.count(level, tag);
        if (!size(n, count)) {
            return false;
        }
        final int inner = code[n + Op.BODY];
        int at = in.firstOf(level, tag);
        for (int i = 0; i < count; i++) {
            in.select(level, tag, at);
            if (!value(inner, level)) {
                if (failedElement >= 0) {
                    violation.within(program.canonicalName(inner), failedElement);
                }
                failedElement = i;
                return false;
            }
            at = i + 1 < count ? in.nextOf(level, tag, at) : at;
        }
        return true;
    }

    private boolean packed(int n, int level) {
        final int tag = code[n + Op.TAG];
        final int count = in.numbers(level, tag);
        if (in.malformed()) {
            return malformed();
        }
        if (!size(n, count)) {
            return false;
        }
        final int inner = code[n + Op.BODY];
        int at = in.firstOf(level, tag);
        int index = 0;
        for (int i = in.count(level, tag); i > 0; i--) {
            final int end = in.numbersAt(level, at);
            while (index < count && in.before(end)) {
                final long raw = in.nextVarint();
                if (in.malformed()) {
                    return malformed();
                }
                if (!write(inner, code[inner + Op.FORM] == Op.ZIGZAG ? Wire.zigZag64(raw) : raw)) {
                    failedElement = index;
                    return false;
                }
                index++;
            }
            at = i > 1 ? in.nextOf(level, tag, at) : at;
        }
        return true;
    }

    private void named(int n) {
        final String name = program.canonicalName(n);
        if (!name.isEmpty()) {
            violation.within(name, failedElement);
            failedElement = -1;
        }
    }

    private boolean outOfRange(int n, long value) {
        return fail(ErrorCode.ERROR_CODE_OUT_OF_RANGE, Long.toString(value), program.rule(n));
    }

    private boolean missing(int n) {
        return fail(ErrorCode.ERROR_CODE_MISSING, "absent", program.rule(n) + ", required: no value means unknown");
    }

    private boolean tooLong() {
        return fail(
                ErrorCode.ERROR_CODE_OUT_OF_RANGE,
                (out.position() >> 3) - BitWriter.HEAD + " bytes",
                "a frame of at most " + BitReader.MAX_BYTES + " bytes, what is in an extension at most "
                        + UperFrame.MAX_OPEN);
    }

    private boolean malformed() {
        return fail(ErrorCode.ERROR_CODE_MALFORMED, "byte " + in.brokenAt(), WELL_FORMED);
    }

    private boolean fail(ErrorCode error, String value, String rule) {
        refused = true;
        violation.set(error, value, rule);
        return false;
    }
}
