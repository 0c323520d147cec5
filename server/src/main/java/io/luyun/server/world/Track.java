package io.luyun.server.world;

import org.jspecify.annotations.Nullable;

/** What one roadside unit calls one thing it sees: unit and number, and the participant that it is. Pooled. */
final class Track {
    long key;
    int device;
    int ptcId;
    long lastAtNs;
    long deviceTimeNs;

    @Nullable
    Participant participant;
    /** Reports in a row: without a participant those seen, with one those that speak against it or for another. */
    int streak;

    long candidateId;

    @Nullable
    Track nextOfParticipant;

    @Nullable
    Track older;

    @Nullable
    Track younger;

    void reset() {
        participant = null;
        streak = 0;
        candidateId = 0;
        deviceTimeNs = Long.MIN_VALUE;
        nextOfParticipant = null;
    }
}
