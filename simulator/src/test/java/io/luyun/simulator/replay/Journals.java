package io.luyun.simulator.replay;

import java.nio.file.Path;

/** Small journals for tests outside of this package. */
public final class Journals {
    private static final int TENTHS = 20;

    /** Messages in one: two BSM each tenth of a second, a SPAT and an RSI every fifth. */
    public static final int MESSAGES = 2 * TENTHS + 2 * TENTHS / 5;

    private Journals() {}

    /** Writes one of veh-1, veh-2 and rsu-1. */
    public static void write(final Path directory) {
        SmallJournal.write(directory, TENTHS);
    }

    /** Changes an octet of it: one message is lost. */
    public static void damage(final Path directory) throws Exception {
        ReadAheadTest.damage(directory);
    }
}
