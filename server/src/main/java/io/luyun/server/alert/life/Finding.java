package io.luyun.server.alert.life;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.server.world.Coordination;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.Platoon;
import io.luyun.server.world.PriorityRequest;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.SignalState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a rule found of one case, said piece by piece: {@code book.of(KIND, subject).target(t).inSeconds(2.1).is(severity)}.
 * Subject, kind, target and {@link #event} tell which case it is. One object for each book, nothing of it is kept.
 */
public final class Finding {
    private static final double LONGEST_SECONDS = 600;
    private static final double MILLIS = 1_000;
    private static final double CENTIMETRES = 100;
    private static final double HUNDREDTHS = 100;

    private final AlertBook book;
    private @Nullable Subject subject;
    int kind;

    @Nullable
    Participant target;

    @Nullable
    RoadEventState keyEvent;

    @Nullable
    RoadEventState event;

    boolean newsOfTargetOnly;
    int confirmReports;
    int timeToCollisionMs;
    int distanceCm;
    int limit;
    int detail;
    int reason;
    int messageKind;
    int phaseA;
    int phaseB;
    int measured;
    int threshold;

    final SignalNote signal = new SignalNote();

    @Nullable
    Coordination coordination;

    @Nullable
    PriorityRequest priority;

    @Nullable
    Platoon platoon;

    int priorityPhase;
    long arrivalNs;

    @Nullable
    Link place;

    double placeMetres;
    int placeType;

    Finding(final AlertBook book) {
        this.book = book;
    }

    Finding begin(final int newKind, final Subject newSubject) {
        kind = newKind;
        subject = newSubject;
        target = null;
        keyEvent = null;
        event = null;
        newsOfTargetOnly = false;
        confirmReports = 1;
        timeToCollisionMs = ABSENT;
        distanceCm = ABSENT;
        limit = ABSENT;
        place = null;
        coordination = null;
        priority = null;
        platoon = null;
        signal.clear();
        detail = ABSENT;
        reason = 0;
        messageKind = 0;
        phaseA = ABSENT;
        phaseB = ABSENT;
        measured = ABSENT;
        threshold = ABSENT;
        return this;
    }

    /** Which of several things the rule looks for it is, a number of AlertReason; another one is another case. */
    public Finding because(final int of) {
        reason = of;
        detail = of;
        return this;
    }

    /** What the rule says of the case now, a number of AlertReason; another one is the same case, and worth telling. */
    public Finding says(final int of) {
        reason = of;
        return this;
    }

    /**
     * The signals a vehicle asks for green; another node is another case.
     *
     * @param phaseId the phase it wants, 0 when it is not known
     * @param arrivesNs when it will be there, {@link Long#MIN_VALUE} when it is not known; another time is worth telling
     */
    public Finding priority(final PriorityRequest of, final int phaseId, final long arrivesNs) {
        priority = of;
        priorityPhase = phaseId;
        arrivalNs = arrivesNs;
        detail = of.region() << Short.SIZE | of.nodeId();
        return this;
    }

    /** The platoon it is about. */
    public Finding platoon(final Platoon of) {
        platoon = of;
        return this;
    }

    /** The messages it is about, a number of MessageKind; others are another case. */
    public Finding messages(final int ofKind) {
        messageKind = ofKind;
        detail = detail == ABSENT ? ofKind : detail << Byte.SIZE | ofKind;
        return this;
    }

    /** A phase of the node it is about now. */
    public Finding phase(final int id) {
        phaseA = id;
        return this;
    }

    /** Two phases of the node it is about now. */
    public Finding phases(final int a, final int b) {
        phaseA = a;
        phaseB = b;
        return this;
    }

    /** What was measured and the setting that it is held against, in the unit of its reason. */
    public Finding measured(final double value, final double setting) {
        measured = (int) Math.rint(value * HUNDREDTHS);
        threshold = (int) Math.rint(setting * HUNDREDTHS);
        return this;
    }

    /** The road user it is about. */
    public Finding target(final Participant of) {
        target = of;
        return this;
    }

    /** The event or sign it is about; the case ends with it. */
    public Finding event(final RoadEventState of) {
        keyEvent = of;
        event = of;
        return this;
    }

    /** An event or sign it rests on now; another one is the same case. */
    public Finding restsOn(final @Nullable RoadEventState on) {
        event = on;
        return this;
    }

    /** The place it is about now, which no event tells of: on a link so far from its begin; told as an event of that type. */
    public Finding at(final Link link, final double alongMetres, final int eventType) {
        place = link;
        placeMetres = alongMetres;
        placeType = eventType;
        return this;
    }

    /**
     * The signals it rests on.
     *
     * @param light what the phase shows, a number of LightState
     * @param endsNs when that is likely to end, {@link Long#MIN_VALUE} when it is not known
     */
    public Finding signal(final SignalState of, final int phaseId, final int light, final long endsNs) {
        signal.known = true;
        signal.region = of.region();
        signal.nodeId = of.nodeId();
        signal.phaseId = phaseId;
        signal.light = light;
        signal.endsNs = endsNs;
        signal.sequence = of.lastSequence();
        return this;
    }

    /**
     * The speeds at which these signals are green on arrival, 0.02 m/s or ABSENT, and when they are green next. Another
     * light is worth telling, and so is a speed that is another by so much, but not sooner than so long after the last step.
     */
    public Finding speeds(final int min, final int max, final long greenNs, final int worth, final long everyNs) {
        signal.minSpeed = min;
        signal.maxSpeed = max;
        signal.greenNs = greenNs;
        signal.worth = worth;
        signal.everyNs = everyNs;
        return this;
    }

    /** What a roadside unit asks for, that the case rests on now; another is worth telling. */
    public Finding asks(final Coordination of) {
        coordination = of;
        return this;
    }

    /** A report of the subject says nothing new; for cases that are looked at with the reports of either side. */
    public Finding newsOfTargetOnly() {
        newsOfTargetOnly = true;
        return this;
    }

    /** Reports in a row that must agree before a step up; 1 unless it is said. */
    public Finding confirmedBy(final int reports) {
        confirmReports = reports;
        return this;
    }

    /** Time to the collision or arrival; not told when it will not be soon. */
    public Finding inSeconds(final double seconds) {
        timeToCollisionMs = seconds >= 0 && seconds <= LONGEST_SECONDS ? (int) Math.rint(seconds * MILLIS) : ABSENT;
        return this;
    }

    /** Way to the target or event; less than 0 is told as 0, NaN not at all. */
    public Finding inMetres(final double metres) {
        distanceCm = Double.isNaN(metres) ? ABSENT : (int) Math.rint(Math.max(0, metres) * CENTIMETRES);
        return this;
    }

    /** Limit that holds, 0.02 m/s; a change of it is worth telling. */
    public Finding limit(final int speed) {
        limit = speed;
        return this;
    }

    /** Ends it: how severe it is now, 0 for not at all. */
    public void is(final int severity) {
        book.take(this, Objects.requireNonNull(subject), severity);
        letGo();
    }

    /** Ends it: what the case is about will not be heard of again. */
    public void gone() {
        book.end(this, Objects.requireNonNull(subject));
        letGo();
    }

    private void letGo() {
        subject = null;
        target = null;
        keyEvent = null;
        event = null;
        place = null;
        coordination = null;
        priority = null;
        platoon = null;
    }
}
