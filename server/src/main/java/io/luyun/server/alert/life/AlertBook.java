package io.luyun.server.alert.life;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ClearReason;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.World;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every case the rules find, by its subject; {@link LifeCycle} decides on its steps. Goes through them from the newest to the
 * oldest. Owned by {@link AlertEngine}; allocates when its pool grows and when it tells a step.
 */
public final class AlertBook {
    private final LifeCycle life;
    private final Finding finding = new Finding(this);
    private @Nullable RoadUser[] roadUsers = new RoadUser[64];
    private @Nullable ActiveAlert newest;
    private int count;
    private @Nullable ActiveAlert free;
    private long epoch;

    AlertBook(final World world, final AlertListener listener) {
        life = new LifeCycle(new AlertMessages(world), listener);
    }

    /** How long a lower step of a kind must last before a step down; 0 unless it is said. */
    public void hold(final AlertKind kind, final int millis) {
        life.hold(kind.getNumber(), millis);
    }

    /** A record begins to be looked at. */
    void begin(final long sequence, final long atNs) {
        life.begin(sequence, atNs);
        epoch++;
        turn();
    }

    /** A record begins, of whatever kind: engines that fell out of step at an earlier one are in step again. */
    void record(final long sequence) {
        life.record(sequence);
    }

    /** The engine turns to something else: what is told from here on stands behind what was told before. */
    void turn() {
        life.turn();
    }

    /** The rule of this number is asked; {@link Order#NO_RULE} when the book itself goes through its cases. */
    void by(final int rule) {
        life.by(rule);
    }

    /** Where the step stands that is being told. */
    Order order() {
        return life.order();
    }

    /** Cases that are not yet raised, and alerts. */
    int size() {
        return count;
    }

    /** The participant as a subject; null while it has had no case. */
    private @Nullable RoadUser roadUser(final Participant participant) {
        final int slot = participant.slot();
        return slot < roadUsers.length ? roadUsers[slot] : null;
    }

    private @Nullable ActiveAlert first(final Participant participant) {
        final RoadUser user = roadUser(participant);
        return user == null ? null : user.first;
    }

    /** What was told last of a case; 0 when nothing was. */
    public int severity(
            final int kind,
            final Participant subject,
            final @Nullable Participant target,
            final @Nullable RoadEventState event) {
        return severity(find(first(subject), kind, target, event, ABSENT));
    }

    /** What was told last of a case that was found {@linkplain Finding#because because} of something; 0 for nothing. */
    public int severity(final int kind, final Participant subject, final int reason) {
        return severity(find(first(subject), kind, null, null, reason));
    }

    /** The same of a case with a target. */
    public int severity(final int kind, final Participant subject, final Participant target, final int reason) {
        return severity(find(first(subject), kind, target, null, reason));
    }

    private static int severity(final @Nullable ActiveAlert alert) {
        return alert == null ? 0 : alert.severity;
    }

    private static @Nullable ActiveAlert find(
            final @Nullable ActiveAlert first,
            final int kind,
            final @Nullable Participant target,
            final @Nullable RoadEventState event,
            final int detail) {
        for (ActiveAlert alert = first; alert != null; alert = alert.nextOfSubject) {
            if (alert.kind == kind && alert.target == target && alert.keyEvent == event && alert.detail == detail) {
                return alert;
            }
        }
        return null;
    }

    /** Shows the targets of a subject's cases of a kind to the visitor, which may change these cases. */
    public void forEachTarget(final int kind, final Participant subject, final ParticipantVisitor visitor) {
        for (ActiveAlert alert = first(subject); alert != null; ) {
            final ActiveAlert next = alert.nextOfSubject;
            final Participant target = alert.target;
            if (alert.kind == kind && target != null) {
                visitor.visit(target);
            }
            alert = next;
        }
    }

    /** Begins to say how a case of a subject is now; {@link Finding#is} ends it. The same object each time. */
    public Finding of(final int kind, final Participant subject) {
        RoadUser user = roadUser(subject);
        if (user == null || user.participant != subject) {
            user = new RoadUser(subject);
            if (subject.slot() >= roadUsers.length) {
                roadUsers = Arrays.copyOf(roadUsers, Math.max(subject.slot() + 1, roadUsers.length * 2));
            }
            roadUsers[subject.slot()] = user;
        }
        return finding.begin(kind, user);
    }

    /** The same of a node or unit. */
    public Finding of(final int kind, final Site subject) {
        return finding.begin(kind, subject);
    }

    /** A rule has said how severe a case is now; 0 for none. */
    void take(final Finding found, final Subject subject, final int severity) {
        ActiveAlert alert = find(subject.first, found.kind, found.target, found.keyEvent, found.detail);
        if (alert == null) {
            if (severity == 0) {
                return;
            }
            alert = open(found, subject);
        }
        alert.epoch = epoch;
        alert.take(found);
        final Participant target = found.target;
        final boolean news = !found.newsOfTargetOnly || target == null || target.lastSequence() != alert.targetSequence;
        if (target != null) {
            alert.targetSequence = target.lastSequence();
        }
        if (!life.take(alert, severity, found.confirmReports, news)) {
            remove(alert);
        }
    }

    /** What a case is about is gone. */
    void end(final Finding found, final Subject subject) {
        final ActiveAlert alert = find(subject.first, found.kind, found.target, found.keyEvent, found.detail);
        if (alert != null) {
            end(alert, ClearReason.CLEAR_REASON_GONE);
        }
    }

    /** All cases of a subject that no rule spoke of since {@link #begin}: they hold no longer. */
    void sweep(final Participant subject) {
        life.by(Order.NO_RULE);
        for (ActiveAlert alert = first(subject); alert != null; ) {
            final ActiveAlert next = alert.nextOfSubject;
            if (alert.epoch != epoch && !life.lapse(alert)) {
                remove(alert);
            }
            alert = next;
        }
    }

    /** Time passes without a record; what rules say next is of then. */
    void at(final long nowNs) {
        life.at(nowNs);
    }

    /** Steps down that only waited for time to pass. */
    void onTick(final long nowNs) {
        life.by(Order.NO_RULE);
        for (ActiveAlert alert = newest; alert != null; ) {
            final ActiveAlert older = alert.older;
            if (!life.onTick(alert, nowNs)) {
                remove(alert);
            }
            alert = older;
        }
    }

    /** A road user is gone: so is every case it is part of. */
    void onGone(final Participant p, final long nowNs) {
        life.at(nowNs);
        turn();
        life.by(Order.NO_RULE);
        final RoadUser user = roadUser(p);
        if (user != null) {
            endAll(user);
        }
        turn();
        for (ActiveAlert alert = newest; alert != null; ) {
            final ActiveAlert older = alert.older;
            if (alert.target == p) {
                end(alert, ClearReason.CLEAR_REASON_GONE);
            }
            alert = older;
        }
    }

    /** An event is gone: so are the cases about it; what only rested on it is looked at anew with the next report. */
    void onEventGone(final RoadEventState event, final long nowNs) {
        life.at(nowNs);
        turn();
        life.by(Order.NO_RULE);
        for (ActiveAlert alert = newest; alert != null; ) {
            final ActiveAlert older = alert.older;
            if (alert.keyEvent == event) {
                end(alert, event.ended() ? ClearReason.CLEAR_REASON_OVER : ClearReason.CLEAR_REASON_GONE);
            } else if (alert.event == event) {
                alert.event = null;
            }
            alert = older;
        }
    }

    /** All cases are forgotten without a word. */
    void clear() {
        Arrays.fill(roadUsers, null);
        for (ActiveAlert alert = newest; alert != null; ) {
            final ActiveAlert older = alert.older;
            alert.subject().first = null;
            recycle(alert);
            alert = older;
        }
        newest = null;
        count = 0;
    }

    private ActiveAlert open(final Finding found, final Subject subject) {
        ActiveAlert alert = free;
        if (alert == null) {
            alert = new ActiveAlert();
        } else {
            free = alert.nextOfSubject;
        }
        alert.kind = found.kind;
        alert.subject = subject;
        alert.target = found.target;
        alert.keyEvent = found.keyEvent;
        alert.detail = found.detail;
        alert.severity = 0;
        alert.streak = 0;
        alert.lowerSinceNs = ActiveAlert.NEVER;
        alert.targetSequence = 0;
        alert.toldLimit = ABSENT;
        alert.nextOfSubject = subject.first;
        subject.first = alert;
        alert.opened = life.stamp();
        alert.newer = null;
        alert.older = newest;
        if (newest != null) {
            newest.newer = alert;
        }
        newest = alert;
        count++;
        return alert;
    }

    private void endAll(final Subject subject) {
        for (ActiveAlert alert = subject.first; alert != null; alert = subject.first) {
            end(alert, ClearReason.CLEAR_REASON_GONE);
        }
    }

    private void end(final ActiveAlert alert, final ClearReason reason) {
        life.end(alert, reason);
        remove(alert);
    }

    private void remove(final ActiveAlert alert) {
        final Subject subject = alert.subject();
        ActiveAlert before = null;
        for (ActiveAlert other = subject.first; other != alert && other != null; other = other.nextOfSubject) {
            before = other;
        }
        if (before == null) {
            subject.first = alert.nextOfSubject;
        } else {
            before.nextOfSubject = alert.nextOfSubject;
        }
        if (alert.newer == null) {
            newest = alert.older;
        } else {
            alert.newer.older = alert.older;
        }
        if (alert.older != null) {
            alert.older.newer = alert.newer;
        }
        count--;
        recycle(alert);
    }

    private void recycle(final ActiveAlert alert) {
        alert.subject = null;
        alert.target = null;
        alert.event = null;
        alert.keyEvent = null;
        alert.place = null;
        alert.coordination = null;
        alert.toldCoordination = null;
        alert.priority = null;
        alert.platoon = null;
        alert.newer = null;
        alert.older = null;
        alert.nextOfSubject = free;
        free = alert;
    }
}
