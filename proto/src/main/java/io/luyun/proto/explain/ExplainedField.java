package io.luyun.proto.explain;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One piece of what was explained. Pieces follow one another without a gap; a {@link Part#DERIVED} one takes no bits.
 *
 * @param part what the bits are
 * @param path the field: {@code bsmFrame.pos.lat}, {@code rsmFrame.participants[3].heading}
 * @param type its type, as ASN.1 or protobuf calls it
 * @param bit its first bit, counted from the first of what is explained
 * @param bits how many bits it takes
 * @param raw as carried: a number, text, bits, or octets in hexadecimal
 * @param number the same as a number, null when it is none
 * @param scale what one step of the number is
 * @param absent whether the value says that it is not known
 * @param meaning the name of the value, the bits or the alternative, or what else there is to say; may be empty
 */
public record ExplainedField(
        Part part,
        String path,
        String type,
        int bit,
        int bits,
        String raw,
        @Nullable Long number,
        Scale scale,
        boolean absent,
        String meaning) {
    /** What bits may be. */
    public enum Part {
        /** A value. */
        VALUE,
        /** Which optional parts are there. */
        PRESENCE,
        /** Which alternative, message or field follows. */
        INDEX,
        /** How many elements or octets follow. */
        LENGTH,
        /** What a newer sender added, passed over. */
        EXTENSION,
        /** Bits that fill up. */
        PADDING,
        /** What nobody has read, because something before it was refused. */
        UNREAD,
        /** No bits: worked out from values before it. */
        DERIVED
    }

    /** The same within something that begins earlier. */
    public ExplainedField within(String outer, int outerBit) {
        final String full = outer.isEmpty() ? path : path.isEmpty() ? outer : outer + '.' + path;
        return new ExplainedField(part, full, type, outerBit + bit, bits, raw, number, scale, absent, meaning);
    }

    /** The number as a quantity; null when it is none or not known. */
    public @Nullable BigDecimal physical() {
        return number == null || absent ? null : scale.of(number);
    }
}
