package io.luyun.server.session;

import io.luyun.proto.v1.AckLevel;

/** What of one session's messages is owed an acknowledgement. Numbers only; owned by the session. */
final class Acknowledgements {
    private final AckRing unsynced = new AckRing();
    private final AckLevel level;
    private long used;
    private long offered;
    private long safe;
    private long acknowledged;

    Acknowledgements(final AckLevel level) {
        this.level = level;
    }

    /** Highest number the device has used. */
    long used() {
        return used;
    }

    /** Everything up to this number is known to both sides. */
    void startAt(final long number) {
        used = number;
        offered = number;
        safe = number;
        acknowledged = number;
    }

    void onOffered(final long number) {
        used = number;
        offered = number;
        if (level == AckLevel.ACK_LEVEL_RECEIVED) {
            safe = number;
        }
    }

    void onRefused(final long number) {
        used = Math.max(used, number);
    }

    void onAppended(final long number, final long sequence, final long synced) {
        if (level == AckLevel.ACK_LEVEL_APPENDED) {
            safe = number;
        } else if (level == AckLevel.ACK_LEVEL_SYNCED) {
            if (unsynced.isFull()) {
                onSynced(synced);
            }
            unsynced.add(sequence, number);
        }
    }

    void onSynced(final long sequence) {
        final long number = unsynced.takeUpTo(sequence);
        if (number > 0) {
            safe = number;
        }
    }

    /** The number to acknowledge up to; 0 when the device knows already. Refused numbers at the end count as safe. */
    long due() {
        final long upTo = settled() ? used : safe;
        return upTo > acknowledged ? upTo : 0;
    }

    void onSent(final long upTo) {
        acknowledged = upTo;
    }

    /** Whether everything offered is safe. */
    boolean settled() {
        return safe >= offered;
    }
}
