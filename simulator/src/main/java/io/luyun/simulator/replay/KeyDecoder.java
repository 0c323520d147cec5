package io.luyun.simulator.replay;

import org.jspecify.annotations.Nullable;

/** Keys out of the octets a terminal sends: letters and signs, and the sequences of arrows, with and without shift. One thread. */
final class KeyDecoder {
    private static final int ESCAPE = 0x1B;
    private static final int LONGEST = 8;

    private final StringBuilder sequence = new StringBuilder();

    /** The key that is complete with this octet; null when none is, or it means nothing. */
    @Nullable
    Key next(final int octet) {
        if (octet == ESCAPE) {
            sequence.setLength(0);
            sequence.append((char) octet);
            return null;
        }
        if (sequence.isEmpty()) {
            return sign(octet);
        }
        sequence.append((char) octet);
        final boolean opens = sequence.length() == 2 && (octet == '[' || octet == 'O');
        if (opens || (octet >= '0' && octet <= ';' && sequence.length() < LONGEST)) {
            return null;
        }
        final boolean shifted = sequence.indexOf(";2") > 0;
        sequence.setLength(0);
        return arrow(octet, shifted);
    }

    private static @Nullable Key sign(final int octet) {
        return switch (octet) {
            case ' ' -> Key.PAUSE;
            case '.' -> Key.STEP;
            case '+', '=' -> Key.FASTER;
            case '-', '_' -> Key.SLOWER;
            case ']' -> Key.FORWARD;
            case '[' -> Key.BACK;
            case 'q', 'Q' -> Key.QUIT;
            default -> null;
        };
    }

    private static @Nullable Key arrow(final int octet, final boolean shifted) {
        return switch (octet) {
            case 'A' -> Key.FASTER;
            case 'B' -> Key.SLOWER;
            case 'C' -> shifted ? Key.FORWARD : Key.STEP;
            case 'D' -> shifted ? Key.BACK : null;
            default -> null;
        };
    }
}
