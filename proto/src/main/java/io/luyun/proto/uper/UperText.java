package io.luyun.proto.uper;

import java.nio.charset.Charset;

/**
 * Text and octets from the bits of a frame into a canonical message. Owned by its decoder; no allocation.
 *
 * <p>Two-byte text is GB 2312 by the standard; its superset GBK is read, and what is neither becomes U+FFFD.
 */
final class UperText {
    static final int CHARACTER_BITS = 7;

    private static final int LEADS = 0xFE - 0x81 + 1;
    private static final int TRAILS = 0xFE - 0x40 + 1;
    static final char REPLACEMENT = '\uFFFD';

    /** The character of each pair of bytes. */
    private static final char[] PAIRS = pairs();

    private final BitReader in;
    private final CanonicalWriter out;

    UperText(BitReader in, CanonicalWriter out) {
        this.in = in;
        this.out = out;
    }

    private static char[] pairs() {
        final Charset charset = Charset.forName("GBK");
        final char[] pairs = new char[LEADS * TRAILS];
        final byte[] pair = new byte[2];
        for (int i = 0; i < pairs.length; i++) {
            pair[0] = (byte) (0x81 + i / TRAILS);
            pair[1] = (byte) (0x40 + i % TRAILS);
            final String text = new String(pair, charset);
            pairs[i] = text.length() == 1 ? text.charAt(0) : REPLACEMENT;
        }
        return pairs;
    }

    /** The character of two bytes; U+FFFD when they are none. */
    static char pair(int lead, int trail) {
        return lead < 0x81 || lead > 0xFE || trail < 0x40 || trail > 0xFE
                ? REPLACEMENT
                : PAIRS[(lead - 0x81) * TRAILS + trail - 0x40];
    }

    /** Copies octets of so many bits each; false when the bits end. */
    boolean copy(int length, int bits) {
        if ((long) length * bits > in.left()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            out.octet((int) in.bits(bits));
        }
        return true;
    }

    /** Writes two-byte text as UTF-8; false when the bits end. At most three bytes for each. */
    boolean pairs(int length) {
        if (length * Byte.SIZE > in.left()) {
            return false;
        }
        int i = 0;
        while (i < length) {
            final int lead = (int) in.bits(Byte.SIZE);
            i++;
            if (lead < 0x80) {
                out.octet(lead);
            } else if (i == length) {
                character(REPLACEMENT);
            } else {
                character(pair(lead, (int) in.bits(Byte.SIZE)));
                i++;
            }
        }
        return true;
    }

    private void character(char c) {
        if (c < 0x80) {
            out.octet(c);
        } else if (c < 0x800) {
            out.octet(0xC0 | c >>> 6);
            out.octet(0x80 | (c & 0x3F));
        } else {
            out.octet(0xE0 | c >>> 12);
            out.octet(0x80 | (c >>> 6 & 0x3F));
            out.octet(0x80 | (c & 0x3F));
        }
    }
}
