package io.luyun.server.alert.life;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.ClearReason;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.World;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the life of every case the rules find. Owned by {@link AlertEngine}; allocates when its pool grows and when it tells
 * a step. The order of steps depends on nothing but the order of calls.
 */
public final class AlertBook {
    private static final int ORDINAL_BITS = 12;

    private final AlertMessages messages;
    private final AlertListener listener;
    private final Finding finding = new Finding(this);
    private long[] holdNs = new long[64];
    private @Nullable ActiveAlert[] ofSubject = new ActiveAlert[64];
    private ActiveAlert[] all = new ActiveAlert[64];
    private int count;
    private @Nullable ActiveAlert free;

    private long sequence;
    private long atNs;
    private long epoch;
    private long idSequence;
    private int ordinal;

    AlertBook(final World world, final AlertListener listener) {
        messages = new AlertMessages(world);
        this.listener = listener;
    }

    /** How long a lower step of a kind must last before a step down; 0 unless it is said. */
    public void hold(final AlertKind kind, final int millis) {
        if (kind.getNumber() >= holdNs.length) {
            holdNs = Arrays.copyOf(holdNs, kind.getNumber() + 1);
        }
        holdNs[kind.getNumber()] = millis * 1_000_000L;
    }

    /** A record begins to be looked at. */
    void begin(final long newSequence, final long newAtNs) {
        sequence = newSequence;
        atNs = newAtNs;
        epoch++;
    }

    /** Cases that are not yet raised, and alerts. */
    int size() {
        return count;
    }

    private @Nullable ActiveAlert first(final Participant subject) {
        return subject.slot() < ofSubject.length ? ofSubject[subject.slot()] : null;
    }

    /** What was told last of a case; 0 when nothing was. */
    public int severity(
            final int kind,
            final Participant subject,
            final @Nullable Participant target,
            final @Nullable RoadEventState event) {
        final ActiveAlert alert = find(kind, subject, target, event);
        return alert == null ? 0 : alert.severity;
    }

    private @Nullable ActiveAlert find(
            final int kind,
            final Participant subject,
            final @Nullable Participant target,
            final @Nullable RoadEventState event) {
        for (ActiveAlert alert = first(subject); alert != null; alert = alert.nextOfSubject) {
            if (alert.kind == kind && alert.target == target && alert.keyEvent == event) {
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
        return finding.begin(kind, subject);
    }

    /** A rule has said how severe a case is now; 0 for none. */
    void take(final Finding found, final Participant subject, final int severity) {
        ActiveAlert alert = find(found.kind, subject, found.target, found.keyEvent);
        if (alert == null) {
            if (severity == 0) {
                return;
            }
            alert = open(found, subject);
        }
        alert.epoch = epoch;
        alert.event = found.event;
        alert.timeToCollisionMs = found.timeToCollisionMs;
        alert.distanceCm = found.distanceCm;
        alert.limit = found.limit;
        final Participant target = found.target;
        final boolean news = !found.newsOfTargetOnly || target == null || target.lastSequence() != alert.targetSequence;
        if (target != null) {
            alert.targetSequence = target.lastSequence();
        }
        if (severity > alert.severity) {
            alert.lowerSinceNs = ActiveAlert.NEVER;
            raise(alert, subject, severity, found.confirmReports, news);
        } else if (severity < alert.severity) {
            lower(alert, subject, severity);
        } else {
            settle(alert, subject);
        }
    }

    private void raise(
            final ActiveAlert alert,
            final Participant subject,
            final int severity,
            final int confirmReports,
            final boolean news) {
        alert.streakSeverity = alert.streak == 0 ? severity : Math.min(alert.streakSeverity, severity);
        if (news) {
            alert.streak++;
        }
        if (alert.streak < confirmReports) {
            return;
        }
        final boolean first = alert.severity == 0;
        alert.severity = alert.streakSeverity;
        alert.streak = 0;
        if (first) {
            alert.id = nextId();
            alert.raisedAtNs = atNs;
        }
        tell(alert, subject, first ? AlertState.ALERT_STATE_RAISED : AlertState.ALERT_STATE_UPDATED);
    }

    private void lower(final ActiveAlert alert, final Participant subject, final int severity) {
        alert.streak = 0;
        if (alert.lowerSinceNs == ActiveAlert.NEVER) {
            alert.lowerSinceNs = atNs;
            alert.lowerSeverity = severity;
        }
        alert.lowerSeverity = severity == 0 ? 0 : Math.max(alert.lowerSeverity, severity);
        if (atNs - alert.lowerSinceNs >= holdNs[alert.kind]) {
            stepDown(alert, subject);
        }
    }

    private void stepDown(final ActiveAlert alert, final Participant subject) {
        if (alert.lowerSeverity == 0) {
            close(alert, subject, ClearReason.CLEAR_REASON_OVER);
        } else {
            alert.severity = alert.lowerSeverity;
            alert.lowerSinceNs = ActiveAlert.NEVER;
            tell(alert, subject, AlertState.ALERT_STATE_UPDATED);
        }
    }

    /** Neither more nor less. Another limit is worth telling. */
    private void settle(final ActiveAlert alert, final Participant subject) {
        alert.streak = 0;
        alert.lowerSinceNs = ActiveAlert.NEVER;
        if (alert.severity == 0) {
            remove(alert, subject);
        } else if (alert.limit != alert.toldLimit) {
            tell(alert, subject, AlertState.ALERT_STATE_UPDATED);
        }
    }

    /** All cases of a subject that no rule spoke of since {@link #begin}: they hold no longer. */
    void sweep(final Participant subject) {
        for (ActiveAlert alert = first(subject); alert != null; ) {
            final ActiveAlert next = alert.nextOfSubject;
            if (alert.epoch != epoch) {
                if (alert.severity == 0) {
                    remove(alert, subject);
                } else {
                    lower(alert, subject, 0);
                }
            }
            alert = next;
        }
    }

    /** Steps down that only waited for time to pass. */
    void onTick(final long nowNs) {
        atNs = nowNs;
        for (int i = count - 1; i >= 0; i--) {
            final ActiveAlert alert = all[i];
            final Participant subject = alert.subject;
            if (subject != null
                    && alert.severity > 0
                    && alert.lowerSinceNs != ActiveAlert.NEVER
                    && nowNs - alert.lowerSinceNs >= holdNs[alert.kind]) {
                stepDown(alert, subject);
            }
        }
    }

    /** A road user is gone: so is every case it is part of. */
    void onGone(final Participant p, final long nowNs) {
        atNs = nowNs;
        for (ActiveAlert alert = first(p); alert != null; alert = first(p)) {
            close(alert, p, ClearReason.CLEAR_REASON_GONE);
        }
        for (int i = count - 1; i >= 0; i--) {
            final ActiveAlert alert = all[i];
            if (alert.target == p && alert.subject != null) {
                close(alert, alert.subject, ClearReason.CLEAR_REASON_GONE);
            }
        }
    }

    /** An event is gone: so are the cases about it; what only rested on it is looked at anew with the next report. */
    void onEventGone(final RoadEventState event, final long nowNs) {
        atNs = nowNs;
        for (int i = count - 1; i >= 0; i--) {
            final ActiveAlert alert = all[i];
            if (alert.keyEvent == event && alert.subject != null) {
                close(
                        alert,
                        alert.subject,
                        event.ended() ? ClearReason.CLEAR_REASON_OVER : ClearReason.CLEAR_REASON_GONE);
            } else if (alert.event == event) {
                alert.event = null;
            }
        }
    }

    void clear() {
        Arrays.fill(ofSubject, null);
        for (int i = count - 1; i >= 0; i--) {
            recycle(all[i]);
        }
        count = 0;
    }

    private ActiveAlert open(final Finding found, final Participant subject) {
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
        alert.severity = 0;
        alert.streak = 0;
        alert.lowerSinceNs = ActiveAlert.NEVER;
        alert.targetSequence = 0;
        alert.toldLimit = ABSENT;
        if (subject.slot() >= ofSubject.length) {
            ofSubject = Arrays.copyOf(ofSubject, Math.max(subject.slot() + 1, ofSubject.length * 2));
        }
        alert.nextOfSubject = ofSubject[subject.slot()];
        ofSubject[subject.slot()] = alert;
        if (count == all.length) {
            all = Arrays.copyOf(all, count * 2);
        }
        alert.index = count;
        all[count++] = alert;
        return alert;
    }

    private void close(final ActiveAlert alert, final Participant subject, final ClearReason reason) {
        if (alert.severity > 0) {
            tell(alert, subject, AlertState.ALERT_STATE_CLEARED, reason);
        }
        remove(alert, subject);
    }

    private void remove(final ActiveAlert alert, final Participant subject) {
        ActiveAlert before = null;
        for (ActiveAlert other = first(subject); other != alert && other != null; other = other.nextOfSubject) {
            before = other;
        }
        if (before == null) {
            ofSubject[subject.slot()] = alert.nextOfSubject;
        } else {
            before.nextOfSubject = alert.nextOfSubject;
        }
        final ActiveAlert last = all[--count];
        all[alert.index] = last;
        last.index = alert.index;
        recycle(alert);
    }

    private void recycle(final ActiveAlert alert) {
        alert.subject = null;
        alert.target = null;
        alert.event = null;
        alert.keyEvent = null;
        alert.nextOfSubject = free;
        free = alert;
    }

    private void tell(final ActiveAlert alert, final Participant subject, final AlertState state) {
        tell(alert, subject, state, ClearReason.CLEAR_REASON_UNSPECIFIED);
    }

    private void tell(
            final ActiveAlert alert, final Participant subject, final AlertState state, final ClearReason reason) {
        alert.toldLimit = alert.limit;
        final Alert message = messages.write(alert, subject, state, atNs, reason);
        listener.onAlert(message, subject.device(), atNs);
    }

    private long nextId() {
        if (sequence != idSequence) {
            idSequence = sequence;
            ordinal = 0;
        }
        return sequence << ORDINAL_BITS | ordinal++;
    }
}
