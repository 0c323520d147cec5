package io.luyun.proto.uper;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Writes frames bit by bit out of a program: good ones, or with a twist at one place. All optional components are there,
 * or none; lists are as short as they may be; positions are absolute. One thread.
 */
final class FrameMaker {
    /** What is done at the place. */
    enum Twist {
        NONE,
        /** The last of the values that mean unknown. */
        UNKNOWN_LAST,
        /** The first of them. */
        UNKNOWN_FIRST,
        /** The smallest raw number that is too large. */
        TOO_LARGE,
        /** What a newer sender adds: to a sequence behind all that is known, else a value the root does not have. */
        EXTENDED
    }

    /** Elements, where a list has no largest count. */
    private static final int MANY = 512;

    /** Octets that what follows a long list may take. */
    private static final int ROOM = 2_048;

    /** For all places at once. */
    static final int EVERYWHERE = -1;

    private final Program program;
    private final int[] code;
    private final Program.Entry entry;
    private final BitWriter out = new BitWriter();
    private final Deque<String> names = new ArrayDeque<>();
    private boolean full;

    /** Up to how many octets lists are long. */
    private int filling;

    private int alternative;
    private Twist twist = Twist.NONE;
    private int wanted;
    private int places;
    private int alternatives = 2;
    private String path = "";
    private int twisted = -1;

    FrameMaker(Dialect dialect, Program.Entry entry) {
        program = Program.of(dialect);
        code = program.code;
        this.entry = entry;
    }

    /**
     * @param all whether optional components are there
     * @param choose which alternative of each choice
     * @param place of the places where the twist is possible, counted from 0
     */
    byte[] frame(boolean all, int choose, Twist change, int place) {
        full = all;
        alternative = choose;
        twist = change;
        wanted = place;
        places = 0;
        path = "";
        twisted = -1;
        names.clear();
        out.clear();
        if (!entry.extension()) {
            out.bits(entry.root().id(), 1 + UperFrame.INDEX_BITS);
        }
        names.addLast(entry.root().name());
        sequence(entry.at());
        out.pad();
        final int begin = entry.extension() ? out.extension(entry.root().id()) : BitWriter.HEAD;
        return Arrays.copyOfRange(out.bytes, begin, out.position() >> 3);
    }

    byte[] frame(boolean all, int choose) {
        return frame(all, choose, Twist.NONE, 0);
    }

    /** A frame without optional components but lists, all as long as they may be as far as the frame takes them. */
    byte[] dense(int maxBytes) {
        filling = (entry.extension() ? UperFrame.MAX_OPEN : maxBytes) - ROOM;
        try {
            return frame(false, 0);
        } finally {
            filling = 0;
        }
    }

    /** How many places there are for a twist. */
    int places(boolean all, int choose, Twist change) {
        frame(all, choose, change, Integer.MAX_VALUE);
        return places;
    }

    /** How many alternatives the largest choice has that was met in a frame so far; a text has two. */
    int alternatives() {
        return alternatives;
    }

    /** The names that lead to the place of the last twist. */
    String path() {
        return path;
    }

    /** The instruction at the place of the last twist; -1 when there was none. */
    int twisted() {
        return twisted;
    }

    private boolean here(int n, Twist change) {
        if (twist != change) {
            return false;
        }
        final boolean here = wanted == EVERYWHERE || places == wanted;
        places++;
        if (here) {
            path = String.join(".", names).replace(".[", "[");
            twisted = n;
        }
        return here;
    }

    private void named(int n) {
        names.addLast(program.name(n));
        value(n);
        names.removeLast();
    }

    private void value(int n) {
        switch (code[n]) {
            case Op.NUMBER, Op.NUMBER_EXT -> number(n);
            case Op.BIT_STRING -> bitString(n);
            case Op.PRIORITY -> out.bits(0xE3, Byte.SIZE);
            case Op.OCTETS, Op.IA5 -> octets(n, code[n] == Op.IA5 ? 'A' : 0x5A, 0);
            case Op.TEXT -> text(n);
            case Op.SEQ, Op.INLINE, Op.POSITION -> sequence(n);
            case Op.CHOICE -> choice(n);
            case Op.LIST, Op.PACKED -> list(n);
            default -> throw new IllegalStateException("no instruction " + code[n]);
        }
    }

    private void sequence(int n) {
        final boolean extensible = (code[n + Op.FLAGS] & Op.EXTENSIBLE) != 0;
        final int known = full ? code[n + Op.ADDITION_COUNT] : 0;
        // placed before the components, so that its path and its place are counted from outside to inside
        final boolean unknown = extensible && here(n, Twist.EXTENDED);
        if (extensible) {
            out.bits(known > 0 || unknown ? 1 : 0, 1);
        }
        final int optionals = code[n + Op.EXTRA];
        int present = 0;
        for (int i = 0; i < code[n + Op.COUNT]; i++) {
            final int inner = code[n + Op.BODY] + (i << Op.SHIFT);
            present |= full || (hasRoom() && holdsList(inner)) ? code[inner + Op.OPTIONAL] : 0;
        }
        out.bits(present, optionals);
        for (int i = 0; i < code[n + Op.COUNT]; i++) {
            final int inner = code[n + Op.BODY] + (i << Op.SHIFT);
            if (code[inner + Op.OPTIONAL] == 0 || (present & code[inner + Op.OPTIONAL]) != 0) {
                named(inner);
            }
        }
        if (known > 0 || unknown) {
            additions(n, known, unknown);
        }
    }

    private boolean hasRoom() {
        return (out.position() >> 3) < filling;
    }

    private boolean holdsList(int n) {
        if (code[n] == Op.LIST || code[n] == Op.PACKED) {
            return true;
        }
        if (code[n] == Op.SEQ || code[n] == Op.INLINE) {
            for (int i = 0; i < code[n + Op.COUNT]; i++) {
                if (holdsList(code[n + Op.BODY] + (i << Op.SHIFT))) {
                    return true;
                }
            }
        }
        return false;
    }

    private void additions(int n, int known, boolean unknown) {
        final int before = unknown ? code[n + Op.ADDITION_COUNT] : known;
        out.small(before + (unknown ? 0 : -1));
        for (int i = 0; i < before; i++) {
            out.bits(i < known ? 1 : 0, 1);
        }
        if (unknown) {
            out.bits(1, 1);
        }
        for (int i = 0; i < known; i++) {
            final int opened = out.open();
            named(code[n + Op.ADDITIONS] + (i << Op.SHIFT));
            out.close(opened);
        }
        if (unknown) {
            open();
        }
    }

    /** Three octets nobody knows, with their length. */
    private void open() {
        out.length(3);
        out.bits(0xA5C3E1, 3 * Byte.SIZE);
    }

    private void number(int n) {
        if (code[n] == Op.NUMBER_EXT) {
            final boolean extended = here(n, Twist.EXTENDED);
            out.bits(extended ? 1 : 0, 1);
            if (extended) {
                if (program.type(n).kind() == SchemaType.Kind.INT) {
                    open();
                } else {
                    out.small(0);
                }
                return;
            }
        }
        final int absent = code[n + Op.ABSENT];
        final int count = code[n + Op.ABSENT_COUNT];
        long raw = code[n + Op.SPAN] == 0 ? 0 : 1;
        while (count > 0 && raw >= absent && raw < absent + (long) count) {
            raw = raw == 1 ? 0 : absent + (long) count;
        }
        final boolean carried = code[n + Op.FORM] != Op.NOWHERE || (code[n + Op.FLAGS] & Op.KEEP) != 0;
        if (count > 0 && carried && here(n, Twist.UNKNOWN_LAST)) {
            raw = Integer.toUnsignedLong(absent) + count - 1;
        } else if (count > 0 && carried && here(n, Twist.UNKNOWN_FIRST)) {
            raw = Integer.toUnsignedLong(absent);
        }
        out.bits(tooLarge(n, raw), code[n + Op.BITS]);
    }

    private long tooLarge(int n, long good) {
        final long next = Integer.toUnsignedLong(code[n + Op.SPAN]) + 1;
        return next < 1L << code[n + Op.BITS] && here(n, Twist.TOO_LARGE) ? next : good;
    }

    private void bitString(int n) {
        final int size = code[n + Op.BITS];
        if ((code[n + Op.FLAGS] & Op.EXTENSIBLE) != 0) {
            final boolean extended = here(n, Twist.EXTENDED);
            out.bits(extended ? 1 : 0, 1);
            if (extended) {
                out.length(size + 3);
                out.bits(1, size);
                out.bits(7, 3);
                return;
            }
        }
        out.bits(1, size);
    }

    private int size(int n) {
        final boolean list = code[n] == Op.LIST || code[n] == Op.PACKED;
        final int length = list && hasRoom()
                ? Math.min(MANY, code[n + Op.MIN] + code[n + Op.SPAN])
                : Math.max(1, code[n + Op.MIN]);
        if ((code[n + Op.FLAGS] & Op.UNBOUNDED) != 0) {
            out.length(length);
        } else {
            out.bits(0, code[n + Op.FLAGS] & Op.EXTENSIBLE);
            out.bits(tooLarge(n, length - code[n + Op.MIN]), code[n + Op.BITS]);
        }
        return length;
    }

    private void octets(int n, int first, int second) {
        final int bits = code[n] == Op.IA5 ? UperText.CHARACTER_BITS : Byte.SIZE;
        for (int i = size(n); i > 0; i--) {
            out.bits(second == 0 || i % 2 == 0 ? first : second, bits);
        }
    }

    private void text(int n) {
        final int index = alternative % 2;
        final int inner = code[n + Op.BODY] + (index << Op.SHIFT);
        out.bits(index, 1);
        names.addLast(program.name(inner));
        if (index == 0) {
            octets(inner, 'A', 0);
        } else {
            // one character of GB 2312 that ASCII does not have
            octets(inner, 0xC2, 0xB7);
        }
        names.removeLast();
    }

    private void choice(int n) {
        if ((code[n + Op.FLAGS] & Op.EXTENSIBLE) != 0) {
            final boolean extended = here(n, Twist.EXTENDED);
            out.bits(extended ? 1 : 0, 1);
            if (extended) {
                out.small(0);
                open();
                return;
            }
        }
        final boolean part = (code[n + Op.FLAGS] & Op.KEEP) != 0;
        alternatives = part ? alternatives : Math.max(alternatives, code[n + Op.COUNT]);
        final int index = part ? code[n + Op.COUNT] - 1 : alternative % code[n + Op.COUNT];
        out.bits(tooLarge(n, index), code[n + Op.BITS]);
        named(code[n + Op.BODY] + (index << Op.SHIFT));
    }

    private void list(int n) {
        final int count = size(n);
        for (int i = 0; i < count; i++) {
            names.addLast("[" + i + "]");
            value(code[n + Op.BODY]);
            names.removeLast();
        }
    }
}
