package io.luyun.server.alert.life;

import io.luyun.server.world.Coordination;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.Platoon;
import io.luyun.server.world.PriorityRequest;
import io.luyun.server.world.RoadEventState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A case a rule has found: not yet raised while its severity is 0. Pooled by {@link AlertBook}. */
final class ActiveAlert {
    static final long NEVER = Long.MIN_VALUE;
    /** Arrivals at signals that differ by less are the same news. */
    private static final long ARRIVAL_NEWS_NS = 1_000_000_000L;

    int kind;

    @Nullable
    Subject subject;

    @Nullable
    Participant target;

    /** The event it is about. */
    @Nullable
    RoadEventState keyEvent;
    /** The event it shows: that one, or one it only rests on. */
    @Nullable
    RoadEventState event;
    /** Which of several things it is; see {@link Finding#because}. */
    int detail;

    int reason;
    int messageKind;
    int phaseA;
    int phaseB;
    int measured;
    int threshold;
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

    /** Where it is, when no event tells: link, way along it, and the event type it is told with. */
    @Nullable
    Link place;

    double placeMetres;
    int placeType;
    /** What a roadside unit asks for, and what was told of that last. */
    @Nullable
    Coordination coordination;

    @Nullable
    Coordination toldCoordination;
    /** What a vehicle asks of signals. */
    @Nullable
    PriorityRequest priority;

    @Nullable
    Platoon platoon;

    int priorityPhase;
    long arrivalNs;
    long toldArrivalNs;
    int toldReason;
    /** The signals it rests on, and what was told of them last. */
    final SignalNote signal = new SignalNote();

    final SignalNote toldSignal = new SignalNote();
    long toldAtNs;

    @Nullable
    ActiveAlert nextOfSubject;
    /** Neighbours in the book's list of all. */
    @Nullable
    ActiveAlert newer;

    @Nullable
    ActiveAlert older;
    /** When it was opened, see {@link LifeCycle#stamp}. */
    long opened;

    /** Whether what a rule found differs enough from what was told last. */
    boolean hasNews(final long atNs) {
        return limit != toldLimit
                || reason != toldReason
                || coordination != toldCoordination
                || (priority != null && isLater(atNs))
                || signal.isNews(toldSignal, atNs - toldAtNs);
    }

    /** Another time of arrival, not told too soon after the last. */
    private boolean isLater(final long atNs) {
        return atNs - toldAtNs >= ARRIVAL_NEWS_NS && Math.abs(arrivalNs - toldArrivalNs) >= ARRIVAL_NEWS_NS;
    }

    void told(final long atNs) {
        toldLimit = limit;
        toldCoordination = coordination;
        toldArrivalNs = arrivalNs;
        toldReason = reason;
        toldSignal.take(signal);
        toldAtNs = atNs;
    }

    Subject subject() {
        return Objects.requireNonNull(subject);
    }

    /** What a rule found is what is told next. */
    void take(final Finding found) {
        event = found.event;
        timeToCollisionMs = found.timeToCollisionMs;
        distanceCm = found.distanceCm;
        limit = found.limit;
        place = found.place;
        coordination = found.coordination;
        priority = found.priority;
        platoon = found.platoon;
        priorityPhase = found.priorityPhase;
        arrivalNs = found.arrivalNs;
        placeMetres = found.placeMetres;
        placeType = found.placeType;
        signal.take(found.signal);
        reason = found.reason;
        messageKind = found.messageKind;
        phaseA = found.phaseA;
        phaseB = found.phaseB;
        measured = found.measured;
        threshold = found.threshold;
    }
}
