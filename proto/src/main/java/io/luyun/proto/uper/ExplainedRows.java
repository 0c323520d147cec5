package io.luyun.proto.uper;

import io.luyun.proto.explain.ExplainedField;
import io.luyun.proto.explain.ExplainedField.Part;
import io.luyun.proto.explain.FieldVisitor;
import io.luyun.proto.explain.Scale;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an explanation stands: the path, and up to which bit the visitor has been told. Each row takes what was read since
 * the last one, so that rows lie without a gap. Owned by its explainer, like the reader it looks at.
 */
final class ExplainedRows {
    private static final HexFormat HEX = HexFormat.of();

    /** Most bits that are shown as bits. */
    private static final int MAX_DIGITS = 32;

    private final BitReader in;
    private final StringBuilder path = new StringBuilder(128);
    private FieldVisitor visitor = field -> {};
    private int told;

    ExplainedRows(BitReader in) {
        this.in = in;
    }

    void begin(FieldVisitor newVisitor) {
        visitor = newVisitor;
        path.setLength(0);
        told = 0;
    }

    String path() {
        return path.toString();
    }

    int told() {
        return told;
    }

    /** Goes into a component; the answer is for {@link #leave}. */
    int enter(String name) {
        final int length = path.length();
        if (length > 0) {
            path.append('.');
        }
        path.append(name);
        return length;
    }

    int enter(int element) {
        final int length = path.length();
        path.append('[').append(element).append(']');
        return length;
    }

    void leave(int entered) {
        path.setLength(entered);
    }

    /** What was read since the last row, as it is. */
    void bits(Part part, String type, String meaning) {
        final int bits = in.position() - told;
        row(part, type, bits <= MAX_DIGITS ? digits(bits) : hex(), null, Scale.NONE, false, meaning);
    }

    /** The same, when there is any. */
    void bitsIfAny(Part part, String meaning) {
        if (in.position() > told) {
            bits(part, "", meaning);
        }
    }

    void number(Part part, String type, long number, Scale scale, boolean absent, String meaning) {
        row(part, type, Long.toString(number), number, scale, absent, meaning);
    }

    void text(Part part, String type, String raw, String meaning) {
        row(part, type, raw, null, Scale.NONE, false, meaning);
    }

    /** A bit string whose value in the canonical form is this. */
    void flags(String type, String raw, long number, String meaning) {
        row(Part.VALUE, type, raw, number, Scale.NONE, false, meaning);
    }

    /** What is worked out from rows before. */
    void derived(String name, long number, Scale scale) {
        visitor.field(new ExplainedField(
                Part.DERIVED,
                path + "." + name,
                "",
                told,
                0,
                Long.toString(number),
                number,
                scale,
                false,
                "worked out"));
    }

    /** All octets that were passed over since the last row, or bits where there are no whole octets. */
    String hex() {
        final int end = in.position();
        in.back(told);
        final StringBuilder hex = new StringBuilder();
        while (end - in.position() >= Byte.SIZE) {
            HEX.toHexDigits(hex, (byte) in.bits(Byte.SIZE));
        }
        final int left = end - in.position();
        if (left > 0) {
            hex.append(hex.isEmpty() ? "" : " ").append(digits(in.bits(left), left));
        }
        return hex.toString();
    }

    private String digits(int bits) {
        in.back(told);
        return digits(in.bits(bits), bits);
    }

    /** Bits as they are sent, first one first. */
    static String digits(long value, int bits) {
        final StringBuilder digits = new StringBuilder(bits);
        for (int i = bits - 1; i >= 0; i--) {
            digits.append((value >>> i & 1) == 0 ? '0' : '1');
        }
        return digits.toString();
    }

    private void row(
            Part part, String type, String raw, @Nullable Long number, Scale scale, boolean absent, String meaning) {
        final int from = told;
        told = in.position();
        visitor.field(new ExplainedField(
                part, path.toString(), type, from, told - from, raw, number, scale, absent, meaning));
    }

    /** Names of the bits that are 1; those beyond the names by their place. */
    static String names(List<String> names, long reversed, int size) {
        final StringBuilder set = new StringBuilder();
        for (int i = 0; i < size; i++) {
            if ((reversed >>> i & 1) != 0) {
                set.append(set.isEmpty() ? "" : ", ").append(i < names.size() ? names.get(i) : "bit " + i);
            }
        }
        return set.isEmpty() ? "none" : set.toString();
    }
}
