package io.luyun.server.world;

import org.jspecify.annotations.Nullable;

/** What one roadside unit calls one thing it sees: unit and number, and the participant that it is. Pooled. */
final class Track {
    final Evidence evidence = new Evidence();
    final Motion motion = new Motion();
    long key;
    int device;
    int ptcId;
    long lastAtNs;
    /** When what it reported last was so, in receive time. */
    long measuredAtNs;

    @Nullable
    Participant participant;
    /** Reports in a row: without a participant those seen, with one those that speak against it. */
    int streak;

    @Nullable
    Track nextOfParticipant;

    @Nullable
    Track older;

    @Nullable
    Track younger;

    void reset() {
        evidence.reset();
        motion.reset();
        participant = null;
        streak = 0;
        measuredAtNs = Long.MIN_VALUE;
        nextOfParticipant = null;
    }
}
