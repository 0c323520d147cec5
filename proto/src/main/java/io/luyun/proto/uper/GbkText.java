package io.luyun.proto.uper;

/**
 * Text and octets from a canonical message into the bits of a frame. Owned by its encoder; no allocation once the table
 * is there.
 */
final class GbkText {
    private static final int NONE = -1;
    private static final int MAX_BYTES = 512;

    private final CanonicalReader in;
    private final BitWriter out;
    private final byte[] pairs = new byte[MAX_BYTES];

    GbkText(CanonicalReader in, BitWriter out) {
        this.in = in;
        this.out = out;
    }

    /** The two bytes of each character, 0 where there are none. */
    private static final class Table {
        static final char[] PAIRS = new char[Character.MAX_VALUE + 1];

        static {
            // backwards, so that of two pairs for one character the lower one stays
            for (int lead = 0xFE; lead >= 0x81; lead--) {
                for (int trail = 0xFE; trail >= 0x40; trail--) {
                    PAIRS[UperText.pair(lead, trail)] = (char) (lead << 8 | trail);
                }
            }
            PAIRS[UperText.REPLACEMENT] = 0;
        }
    }

    void octets(int from, int to) {
        for (int i = from; i < to; i++) {
            out.bits(in.at(i) & 0xFF, Byte.SIZE);
        }
    }

    boolean isAscii(int from, int to) {
        for (int i = from; i < to; i++) {
            if (in.at(i) < 0) {
                return false;
            }
        }
        return true;
    }

    void characters(int from, int to) {
        for (int i = from; i < to; i++) {
            out.bits(in.at(i), UperText.CHARACTER_BITS);
        }
    }

    /** Turns valid UTF-8 into two-byte text kept here; the answer is its length, or -1 when it has characters GBK lacks. */
    int pairs(int from, int to) {
        int length = 0;
        int i = from;
        while (i < to) {
            final int lead = in.at(i) & 0xFF;
            int c = lead;
            if (lead >= 0xF0) {
                return NONE;
            } else if (lead >= 0xE0) {
                c = (lead & 0xF) << 12 | (in.at(i + 1) & 0x3F) << 6 | (in.at(i + 2) & 0x3F);
                i += 3;
            } else if (lead >= 0xC0) {
                c = (lead & 0x1F) << 6 | (in.at(i + 1) & 0x3F);
                i += 2;
            } else {
                i++;
            }
            final int pair = c < 0x80 ? c : Table.PAIRS[c];
            final int size = c < 0x80 ? 1 : 2;
            if (length + size > MAX_BYTES || (pair == 0 && c != 0)) {
                return NONE;
            }
            if (size == 2) {
                pairs[length++] = (byte) (pair >>> 8);
            }
            pairs[length++] = (byte) pair;
        }
        return length;
    }

    void writePairs(int length) {
        for (int i = 0; i < length; i++) {
            out.bits(pairs[i] & 0xFF, Byte.SIZE);
        }
    }
}
