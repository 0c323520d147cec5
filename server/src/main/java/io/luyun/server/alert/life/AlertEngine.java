package io.luyun.server.alert.life;

import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.World;
import java.util.List;
import java.util.function.Function;

/**
 * Runs the rules over whoever moves and keeps the alerts they raise. Driven by the thread that drives the world, from its
 * listener; a pure function of the records. Allocates nothing while nothing is raised.
 */
public final class AlertEngine {
    private final AlertBook book;
    private final Rule[] rules;
    private final Rule.OfTargets[] ofTargets;
    private final Rule.OfEvents[] ofEvents;

    /**
     * Starts without alerts.
     *
     * @param rules makes the rules that run, in their order, for the book they tell
     */
    public AlertEngine(
            final World world, final AlertListener listener, final Function<AlertBook, List<? extends Rule>> rules) {
        book = new AlertBook(world, listener);
        this.rules = rules.apply(book).toArray(Rule[]::new);
        ofTargets = those(Rule.OfTargets.class).toArray(Rule.OfTargets[]::new);
        ofEvents = those(Rule.OfEvents.class).toArray(Rule.OfEvents[]::new);
    }

    private <T> List<T> those(final Class<T> type) {
        return List.of(rules).stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** A road user moved by a record. */
    public void onMoved(final Participant participant, final long sequence, final long atNs) {
        if (participant.ptcType() != ParticipantType.PARTICIPANT_MOTOR_VALUE) {
            return;
        }
        book.begin(sequence, atNs);
        final boolean headed = participant.dirX() != 0 || participant.dirY() != 0;
        if (headed && participant.speedMps() >= 0) {
            for (final Rule rule : rules) {
                rule.assess(participant, atNs);
            }
        }
        book.sweep(participant);
        if (headed) {
            for (final Rule.OfTargets rule : ofTargets) {
                rule.onMovedTarget(participant, atNs);
            }
        }
    }

    /** A road user is gone; called before it is reused. */
    public void onGone(final Participant participant, final long atNs) {
        book.onGone(participant, atNs);
    }

    /** An event or sign is gone. */
    public void onEventGone(final RoadEventState event, final long atNs) {
        book.onEventGone(event, atNs);
        for (final Rule.OfEvents rule : ofEvents) {
            rule.onEventGone(event);
        }
    }

    /** Time has passed. */
    public void onTick(final long nowNs) {
        book.onTick(nowNs);
    }

    /** The road is empty; alerts that stood are forgotten without a word. */
    public void clear() {
        book.clear();
        for (final Rule.OfEvents rule : ofEvents) {
            rule.clear();
        }
    }

    /** Number of alerts that stand, and of cases that are not yet confirmed. */
    public int open() {
        return book.size();
    }
}
