package io.luyun.server.alert.life;

import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import org.jspecify.annotations.Nullable;

/** A case a rule has found: not yet raised while its severity is 0. Pooled by {@link AlertBook}. */
final class ActiveAlert {
    static final long NEVER = Long.MIN_VALUE;

    int kind;

    @Nullable
    Participant subject;

    @Nullable
    Participant target;

    /** The event it is about. */
    @Nullable
    RoadEventState keyEvent;
    /** The event it shows: that one, or one it only rests on. */
    @Nullable
    RoadEventState event;
    /** What was told last; 0 before it is raised. */
    int severity;
    /** Reports in a row that speak for more, and the least they speak for. */
    int streak;

    int streakSeverity;
    /** Since when less is found, and how much that was last. */
    long lowerSinceNs;

    int lowerSeverity;
    long id;
    long raisedAtNs;
    long epoch;
    long targetSequence;
    /** ABSENT when not known. */
    int timeToCollisionMs;

    int distanceCm;
    int limit;
    int toldLimit;

    @Nullable
    ActiveAlert nextOfSubject;
    /** Place in the book's list of all. */
    int index;
}
