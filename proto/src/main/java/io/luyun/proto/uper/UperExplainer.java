package io.luyun.proto.uper;

import io.luyun.proto.codec.Violation;
import io.luyun.proto.explain.ExplainedField.Part;
import io.luyun.proto.explain.FieldVisitor;
import io.luyun.proto.explain.Octets;
import io.luyun.proto.explain.Scale;
import io.luyun.proto.v1.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Tells every bit of a {@code MessageFrame} in unaligned PER: presence, values with unit and meaning, what a newer sender
 * added, padding. Reads by the same instructions as {@link UperDecoder} and refuses the same frames with the same words;
 * of a refused frame everything up to the place of the error is told, and the rest as unread. A VPM is told whole.
 *
 * <p>One thread; off the line, it makes objects.
 */
public final class UperExplainer {
    private static final String UNAVAILABLE = "unavailable";
    private static final Scale DEGREES = new Scale("1e-7", "deg");
    private static final Scale DECIMETRES = new Scale("0.1", "m");

    private final BitReader in = new BitReader();
    private final UperFrame frame = new UperFrame(in);
    private final CanonicalWriter octets = new CanonicalWriter();
    private final UperText text = new UperText(in, octets);
    private final Anchor anchor = new Anchor();
    private final ExplainedRows rows = new ExplainedRows(in);

    private Program program = Program.of(Dialect.PHASE_1_2019);
    private int[] code = program.code;
    private int kind;
    private @Nullable Violation violation;

    /**
     * Explains one frame.
     *
     * @return what is wrong with it; null when nothing is
     */
    public @Nullable Violation explain(
            Dialect dialect, DirectBuffer input, int offset, int length, FieldVisitor visitor) {
        program = Program.of(dialect);
        code = program.code;
        kind = 0;
        violation = null;
        anchor.forget();
        rows.begin(visitor);
        final Program.Entry entry = frame.open(program, input, offset, length);
        final int entered = rows.enter(UperFrame.NAME);
        header(entry);
        if (entry == null) {
            fail(frame.code(), frame.value(), frame.rule());
        } else {
            kind = entry.root().kind();
            rows.leave(entered);
            rows.enter(entry.root().name());
            if (sequence(entry.at())) {
                close();
            }
        }
        in.end(frame.end());
        in.back(frame.end());
        rows.bitsIfAny(Part.UNREAD, "not read");
        return violation;
    }

    /** Number of {@code MessageKind} of the last frame, also of a refused one; 0 when that is not known. */
    public int messageKind() {
        return kind;
    }

    private void header(Program.@Nullable Entry entry) {
        final int body = in.position();
        final int end = in.end();
        in.back(0);
        in.end(frame.end());
        if (body > 0) {
            final boolean extended = in.bits(1) == 1;
            rows.bits(Part.PRESENCE, UperFrame.NAME, extended ? "a message of the extension" : "a message of the root");
            if (extended) {
                extension(entry, body);
            } else if (body > in.position()) {
                index("", in.bits(UperFrame.INDEX_BITS), name(entry));
            }
        }
        in.back(body);
        in.end(end);
    }

    private void extension(Program.@Nullable Entry entry, int body) {
        final int index = in.small();
        if (in.position() <= body && index >= 0) {
            index("", index, "alternative of the extension");
        }
        if (in.position() < body) {
            length(in.length());
        }
        if (in.position() < body) {
            final boolean more = in.bits(1) == 1;
            rows.bits(Part.PRESENCE, "MessageFrameExt", more ? "additions follow the message" : "no additions");
            index("ExtMsgID", in.bits(UperFrame.ID_BITS), name(entry));
        }
        if (in.position() < body) {
            length(in.length());
        }
    }

    private static String name(Program.@Nullable Entry entry) {
        return entry == null ? "" : entry.root().type();
    }

    private void close() {
        final int end = in.end();
        if (!frame.close()) {
            fail(ErrorCode.ERROR_CODE_MALFORMED, frame.value(), frame.rule());
            return;
        }
        padding(end);
        if (frame.extended()) {
            in.end(frame.extensionEnd());
            if (frame.additionsFollow()) {
                additions(-1);
            }
            padding(frame.extensionEnd());
            in.end(frame.end());
            padding(frame.end());
        }
    }

    private void padding(int end) {
        in.back(end);
        rows.bitsIfAny(Part.PADDING, "");
    }

    private boolean sequence(int at) {
        final int optionals = code[at + Op.EXTRA];
        final int extensible = code[at + Op.FLAGS] & Op.EXTENSIBLE;
        final long preamble = in.bits(extensible + optionals);
        if (preamble < 0) {
            return ended(at);
        }
        final boolean more = extensible != 0 && preamble >>> optionals != 0;
        if (extensible + optionals > 0) {
            rows.bits(Part.PRESENCE, program.typeName(at), present(at, (int) preamble, more));
        }
        final int lat = anchor.lat;
        final int lon = anchor.lon;
        final int height = anchor.height;
        if (!components(at, (int) preamble) || (more && !additions(at))) {
            return false;
        }
        if ((code[at + Op.FLAGS] & Op.SCOPE) != 0) {
            anchor.lat = lat;
            anchor.lon = lon;
            anchor.height = height;
        }
        return true;
    }

    private String present(int at, int preamble, boolean more) {
        final List<String> there = new ArrayList<>();
        for (int i = 0; i < code[at + Op.COUNT]; i++) {
            final int n = code[at + Op.BODY] + (i << Op.SHIFT);
            if ((code[n + Op.OPTIONAL] & preamble) != 0) {
                there.add(program.name(n));
            }
        }
        if (more) {
            there.add("additions");
        }
        return there.isEmpty() ? "nothing optional" : "with " + String.join(", ", there);
    }

    private boolean components(int at, int preamble) {
        for (int i = 0; i < code[at + Op.COUNT]; i++) {
            final int n = code[at + Op.BODY] + (i << Op.SHIFT);
            final int optional = code[n + Op.OPTIONAL];
            if ((optional == 0 || (optional & preamble) != 0) && !named(n)) {
                return false;
            }
        }
        return true;
    }

    private boolean named(int n) {
        final int entered = rows.enter(program.name(n));
        if (!value(n)) {
            // the path stays where the error is
            return false;
        }
        rows.leave(entered);
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
            case Op.SEQ, Op.INLINE -> sequence(n);
            case Op.POSITION -> position(n);
            case Op.CHOICE -> choice(n);
            case Op.LIST, Op.PACKED -> list(n);
            default -> throw new IllegalStateException("no instruction " + code[n]);
        };
    }

    private boolean number(int n) {
        final long raw = in.bits(code[n + Op.BITS]);
        return raw < 0 ? ended(n) : root(n, raw);
    }

    private boolean extensibleNumber(int n) {
        final long extended = in.bits(1);
        if (extended <= 0) {
            return extended == 0 ? number(n) : ended(n);
        }
        if (program.type(n).kind() == SchemaType.Kind.INT) {
            return passedOver() || ended(n);
        }
        final int beyond = in.small();
        if (beyond < 0) {
            return ended(n);
        }
        final long raw = program.type(n).max() + 1 + beyond;
        final boolean read = (code[n + Op.FLAGS] & Op.TABLE) == 0 && raw <= code[n + Op.EXTRA];
        rows.number(
                read ? Part.VALUE : Part.EXTENSION, program.typeName(n), raw, Scale.NONE, false, "of a newer sender");
        return true;
    }

    /** A value of the root, counted from the smallest. */
    private boolean root(int n, long raw) {
        final SchemaType type = program.type(n);
        final boolean good = raw <= (code[n + Op.SPAN] & 0xFFFF_FFFFL);
        final boolean absent = Integer.compareUnsigned((int) raw - code[n + Op.ABSENT], code[n + Op.ABSENT_COUNT]) < 0;
        final boolean table = good && (code[n + Op.FLAGS] & Op.TABLE) != 0;
        final long value = table ? type.numbers().get((int) raw) : raw + code[n + Op.MIN];
        if ((code[n + Op.FLAGS] & Op.KEEP) != 0) {
            anchor.kept[code[n + Op.EXTRA]] = absent ? Anchor.UNKNOWN : (int) value;
        }
        rows.number(
                Part.VALUE,
                program.typeName(n),
                value,
                Scale.parse(program.unit(n)),
                absent,
                good ? meaning(type, value, absent) : "out of range");
        return good || outOfRange(n, raw);
    }

    private static String meaning(SchemaType type, long value, boolean absent) {
        final int named = type.numbers().indexOf((int) value);
        final String name = type.kind() == SchemaType.Kind.BOOL
                ? Boolean.toString(value != 0)
                : named < 0 ? "" : type.names().get(named);
        return !absent || name.equals(UNAVAILABLE) ? name : name.isEmpty() ? UNAVAILABLE : name + ": " + UNAVAILABLE;
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
        final long flags =
                Integer.toUnsignedLong(Integer.reverse((int) bits << (size - known))) >>> (Integer.SIZE - size);
        final String names = ExplainedRows.names(program.type(n).names(), flags, size);
        rows.flags(
                program.typeName(n),
                ExplainedRows.digits(bits, known),
                flags,
                there == size ? names : names + "; sent with " + there + " bits");
        return true;
    }

    private boolean priority(int n) {
        final long octet = in.bits(Byte.SIZE);
        if (octet < 0) {
            return ended(n);
        }
        rows.number(
                Part.VALUE,
                program.typeName(n),
                octet >>> 5,
                Scale.NONE,
                false,
                "of 0..7; the other bits are " + (octet & 0x1F));
        return true;
    }

    private int size(int n) {
        final int flags = code[n + Op.FLAGS];
        if ((flags & (Op.EXTENSIBLE | Op.UNBOUNDED)) != 0) {
            final long extended = (flags & Op.UNBOUNDED) != 0 ? 1 : in.bits(1);
            if (extended != 0) {
                final int length = extended < 0 ? -1 : length(in.length());
                if (length < 0) {
                    ended(n);
                }
                return length;
            }
        }
        final long beyond = in.bits(code[n + Op.BITS]);
        if (beyond < 0) {
            ended(n);
            return -1;
        }
        final int length = code[n + Op.MIN] + (int) beyond;
        if (in.position() > rows.told()) {
            length(length);
        }
        if (beyond > code[n + Op.SPAN]) {
            outOfRange(n, beyond);
            return -1;
        }
        return length;
    }

    private int length(int length) {
        if (length >= 0) {
            rows.number(Part.LENGTH, "", length, Scale.NONE, false, "");
        }
        return length;
    }

    private void index(String type, long index, String meaning) {
        rows.number(Part.INDEX, type, index, Scale.NONE, false, meaning);
    }

    private boolean octets(int n) {
        final int length = size(n);
        return length >= 0 && (code[n] == Op.IA5 ? characters(n, length) : hexadecimal(n, length));
    }

    private boolean characters(int n, int length) {
        octets.clear();
        if (!text.copy(length, UperText.CHARACTER_BITS)) {
            return ended(n);
        }
        rows.text(Part.VALUE, program.typeName(n), written(), "");
        return true;
    }

    private boolean hexadecimal(int n, int length) {
        octets.clear();
        if (!text.copy(length, Byte.SIZE)) {
            return ended(n);
        }
        rows.text(
                Part.VALUE,
                program.typeName(n),
                HexFormat.of().formatHex(octets.bytes, 0, length),
                Octets.readable(octets.bytes, length));
        return true;
    }

    private String written() {
        return new String(octets.bytes, 0, octets.position(), StandardCharsets.UTF_8);
    }

    private boolean description(int n) {
        final long alternative = in.bits(1);
        if (alternative < 0) {
            return ended(n);
        }
        final int inner = code[n + Op.BODY] + ((int) alternative << Op.SHIFT);
        index(program.typeName(n), alternative, program.name(inner));
        final int entered = rows.enter(program.name(inner));
        final int length = size(inner);
        if (length < 0) {
            return false;
        }
        rows.leave(entered);
        octets.clear();
        if (!(code[inner] == Op.IA5 ? text.copy(length, UperText.CHARACTER_BITS) : text.pairs(length))) {
            return ended(n);
        }
        rows.text(Part.VALUE, program.typeName(inner), written(), "");
        return true;
    }

    private boolean position(int n) {
        anchor.clearKept();
        if (!sequence(n)) {
            return false;
        }
        if (!anchor.resolve()) {
            return fail(ErrorCode.ERROR_CODE_OUT_OF_RANGE, anchor.toString(), "an offset that stays on the earth");
        }
        final int[] kept = anchor.kept;
        if (kept[Anchor.WAY] != Anchor.UNKNOWN) {
            rows.derived("lat", kept[Anchor.LAT], DEGREES);
            rows.derived("lon", kept[Anchor.LON], DEGREES);
        }
        if (kept[Anchor.LIFT] != Anchor.UNKNOWN) {
            rows.derived("elevation", kept[Anchor.HEIGHT], DECIMETRES);
        }
        return true;
    }

    private boolean choice(int n) {
        if ((code[n + Op.FLAGS] & Op.EXTENSIBLE) != 0) {
            final long extended = in.bits(1);
            if (extended != 0) {
                final int index = extended < 0 ? -1 : in.small();
                if (index < 0) {
                    return ended(n);
                }
                index(program.typeName(n), index, "an alternative of a newer sender");
                return passedOver() || ended(n);
            }
        }
        final long index = in.bits(code[n + Op.BITS]);
        if (index < 0) {
            return ended(n);
        }
        final boolean good = index <= code[n + Op.SPAN];
        final int inner = code[n + Op.BODY] + ((int) index << Op.SHIFT);
        index(program.typeName(n), index, good ? program.name(inner) : "out of range");
        if (!good) {
            return outOfRange(n, index);
        }
        if ((code[n + Op.FLAGS] & Op.KEEP) != 0) {
            anchor.kept[code[n + Op.EXTRA]] = (int) index;
        }
        return named(inner);
    }

    private boolean list(int n) {
        final int count = size(n);
        final int inner = code[n + Op.BODY];
        final boolean nested = code[inner] == Op.LIST || code[inner] == Op.PACKED;
        for (int i = 0; i < count; i++) {
            final int entered = rows.enter(i);
            if (!(nested ? named(inner) : value(inner))) {
                return false;
            }
            rows.leave(entered);
        }
        return count >= 0;
    }

    /**
     * What follows an extensible sequence.
     *
     * @param at the sequence; -1 for one of which no addition is known
     */
    private boolean additions(int at) {
        final int most = in.small();
        if (most < 0 || most >= in.left()) {
            rows.enter("...");
            return added();
        }
        rows.number(Part.LENGTH, "", most + 1L, Scale.NONE, false, "possible additions");
        final int bitmap = in.position();
        in.skip(most + 1L);
        rows.bits(Part.PRESENCE, "", "which additions are there");
        for (int i = 0; i <= most; i++) {
            if (in.isSet(bitmap + i)) {
                final int n =
                        at >= 0 && i < code[at + Op.ADDITION_COUNT] ? code[at + Op.ADDITIONS] + (i << Op.SHIFT) : -1;
                final int entered = rows.enter(n < 0 ? "..." : program.name(n));
                final boolean known = n >= 0 && program.fields(n) != 0;
                if (!(known ? open(n) : passedOver())) {
                    return added();
                }
                rows.leave(entered);
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
        length(length);
        final int outer = in.end();
        final int end = in.position() + (length << 3);
        in.end(end);
        if (!value(n)) {
            return false;
        }
        final boolean good = in.onlyPaddingLeft();
        if (good) {
            padding(end);
        }
        in.back(end);
        in.end(outer);
        return good;
    }

    /** A length and as many octets nobody understands. */
    private boolean passedOver() {
        final int length = in.length();
        if (length < 0 || !in.skip(8L * length)) {
            return false;
        }
        in.back(in.position() - (length << 3));
        length(length);
        in.skip(8L * length);
        if (length > 0) {
            rows.text(Part.EXTENSION, "", rows.hex(), "of a newer sender, passed over");
        }
        return true;
    }

    private boolean added() {
        return violation != null
                ? false
                : fail(
                        ErrorCode.ERROR_CODE_MALFORMED,
                        "bit " + in.position(),
                        "additions with their length and padding");
    }

    private boolean outOfRange(int n, long raw) {
        final long least = code[n] == Op.CHOICE ? 0 : code[n + Op.MIN];
        return fail(ErrorCode.ERROR_CODE_OUT_OF_RANGE, Long.toString(raw + least), program.rule(n));
    }

    private boolean ended(int n) {
        return fail(
                ErrorCode.ERROR_CODE_MALFORMED,
                "end at bit " + in.end(),
                "more bits for " + program.type(n).name() + "; is it the right dialect?");
    }

    private boolean fail(ErrorCode error, String value, String rule) {
        violation = new Violation().set(error, rows.path(), value, rule);
        return false;
    }
}
