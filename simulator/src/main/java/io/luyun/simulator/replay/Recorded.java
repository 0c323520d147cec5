package io.luyun.simulator.replay;

import org.jspecify.annotations.Nullable;

/**
 * A record on its way to the player.
 *
 * @param seek number of the seek it was read after, from 0
 * @param pass how often the reading had begun anew before
 * @param sequence its sequence in the journal
 * @param timeNs receive time, ns since 1970
 * @param kind number of its RecordKind; {@link #END} behind the last record
 * @param device whose it is; null for a record that is no message of a device
 * @param payload the message; empty where device is null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Recorded(
        int seek,
        int pass,
        long sequence,
        long timeNs,
        int kind,
        @Nullable ReplayDevice device,
        byte[] payload) {
    /** There is nothing more. */
    static final int END = -1;

    private static final byte[] NOTHING = new byte[0];

    static Recorded end(final int seek, final int pass) {
        return new Recorded(seek, pass, 0, 0, END, null, NOTHING);
    }

    boolean end() {
        return kind == END;
    }
}
