package io.luyun.server.alert.life;

import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.ClearReason;
import java.util.Arrays;

/**
 * Decides on the next step of a case and tells it. Knows one case at a time; {@link AlertBook} keeps them. The order of steps
 * depends on nothing but the order of calls.
 */
final class LifeCycle {
    private static final int RULE_BITS = 8;
    /** A record takes a few turns for everybody it moves; one that takes more runs on into the turns of the next. */
    private static final int TURN_BITS = 12;

    private final AlertMessages messages;
    private final AlertListener listener;
    private long[] holdNs = new long[64];
    private long sequence;
    private long atNs;
    private long idSequence;
    private int ordinal;
    private long turn;
    private int rule = Order.NO_RULE;
    private long rank;

    LifeCycle(final AlertMessages messages, final AlertListener listener) {
        this.messages = messages;
        this.listener = listener;
    }

    void hold(final int kind, final int millis) {
        if (kind >= holdNs.length) {
            holdNs = Arrays.copyOf(holdNs, kind + 1);
        }
        holdNs[kind] = millis * 1_000_000L;
    }

    /** A record begins to be looked at. */
    void begin(final long newSequence, final long newAtNs) {
        sequence = newSequence;
        atNs = newAtNs;
    }

    /** Whatever was done at records before, the turns of this one begin at the same number. */
    void record(final long recordSequence) {
        turn = Math.max(turn + 1, recordSequence << TURN_BITS);
    }

    void turn() {
        turn++;
    }

    void by(final int newRule) {
        rule = newRule;
    }

    /** When a case is opened now: rises with time, and within a turn of the engine with the number of the rule. */
    long stamp() {
        return turn << RULE_BITS | rule;
    }

    Order order() {
        return new Order(turn, rank);
    }

    /** Time has passed without a record of its own. */
    void at(final long nowNs) {
        atNs = nowNs;
    }

    /**
     * A rule has said how severe a case is now.
     *
     * @param news whether anything is known that was not known when it was looked at last
     * @return false when the case is over
     */
    boolean take(final ActiveAlert alert, final int severity, final int confirmReports, final boolean news) {
        if (severity > alert.severity) {
            alert.lowerSinceNs = ActiveAlert.NEVER;
            raise(alert, severity, confirmReports, news);
            return true;
        }
        return severity < alert.severity ? lower(alert, severity) : settle(alert);
    }

    /** No rule spoke of it; false when the case is over. */
    boolean lapse(final ActiveAlert alert) {
        return alert.severity > 0 && lower(alert, 0);
    }

    /** A step down may only have waited for time to pass; false when the case is over. */
    boolean onTick(final ActiveAlert alert, final long nowNs) {
        return alert.severity == 0
                || alert.lowerSinceNs == ActiveAlert.NEVER
                || nowNs - alert.lowerSinceNs < holdNs[alert.kind]
                || stepDown(alert);
    }

    /** The case is over for this reason. */
    void end(final ActiveAlert alert, final ClearReason reason) {
        if (alert.severity > 0) {
            tell(alert, AlertState.ALERT_STATE_CLEARED, reason);
        }
    }

    private void raise(final ActiveAlert alert, final int severity, final int confirmReports, final boolean news) {
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
        tell(alert, first ? AlertState.ALERT_STATE_RAISED : AlertState.ALERT_STATE_UPDATED);
    }

    private boolean lower(final ActiveAlert alert, final int severity) {
        alert.streak = 0;
        if (alert.lowerSinceNs == ActiveAlert.NEVER) {
            alert.lowerSinceNs = atNs;
            alert.lowerSeverity = severity;
        }
        alert.lowerSeverity = severity == 0 ? 0 : Math.max(alert.lowerSeverity, severity);
        return atNs - alert.lowerSinceNs < holdNs[alert.kind] || stepDown(alert);
    }

    private boolean stepDown(final ActiveAlert alert) {
        if (alert.lowerSeverity == 0) {
            end(alert, ClearReason.CLEAR_REASON_OVER);
            return false;
        }
        alert.severity = alert.lowerSeverity;
        alert.lowerSinceNs = ActiveAlert.NEVER;
        tell(alert, AlertState.ALERT_STATE_UPDATED);
        return true;
    }

    /** Neither more nor less. Another limit is worth telling, and so are other signals. */
    private boolean settle(final ActiveAlert alert) {
        alert.streak = 0;
        alert.lowerSinceNs = ActiveAlert.NEVER;
        if (alert.severity > 0 && alert.hasNews(atNs)) {
            tell(alert, AlertState.ALERT_STATE_UPDATED);
        }
        return alert.severity > 0;
    }

    private void tell(final ActiveAlert alert, final AlertState state) {
        tell(alert, state, ClearReason.CLEAR_REASON_UNSPECIFIED);
    }

    private void tell(final ActiveAlert alert, final AlertState state, final ClearReason reason) {
        final Subject subject = alert.subject();
        alert.told(atNs);
        rank = rule == Order.NO_RULE ? -alert.opened : rule;
        listener.onAlert(messages.write(alert, subject, state, atNs, reason), subject.device(), atNs);
    }

    private long nextId() {
        if (sequence != idSequence) {
            idSequence = sequence;
            ordinal = 0;
        }
        return Alerts.id(sequence, ordinal++);
    }
}
