package io.luyun.server.alert;

import static io.luyun.server.world.Participant.ABSENT;

/** Figures as alerts carry them. */
final class Units {
    private static final double LONGEST_SECONDS = 600;

    private Units() {}

    /** Milliseconds, or ABSENT when it will not be soon. */
    static int millis(final double seconds) {
        return seconds >= 0 && seconds <= LONGEST_SECONDS ? (int) Math.rint(seconds * 1_000) : ABSENT;
    }

    /** Centimetres, at least 0. */
    static int centimetres(final double metres) {
        return metres > 0 ? (int) Math.rint(metres * 100) : 0;
    }
}
