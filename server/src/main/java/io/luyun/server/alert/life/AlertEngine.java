package io.luyun.server.alert.life;

import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;
import java.util.List;
import java.util.function.Function;

/**
 * Runs the rules over whoever moves and keeps the alerts they raise. Driven by the thread that drives the world, from its
 * listener; a pure function of the records. Allocates nothing while nothing is raised.
 */
public final class AlertEngine {
    private final AlertBook book;
    private final Application[] all;
    private final Rule[] rules;
    private final Rule.OfTargets[] ofTargets;
    private final Rule.OfEvents[] ofEvents;
    private final Rule.OfSignals[] ofSignals;
    private final Rule.OfMaps[] ofMaps;
    private final Rule.OfUnits[] ofUnits;
    private final Rule.OfTicks[] ofTicks;

    /**
     * Starts without alerts.
     *
     * @param applications makes what runs, in its order, for the book it tells
     */
    public AlertEngine(
            final World world,
            final AlertListener listener,
            final Function<AlertBook, List<? extends Application>> applications) {
        book = new AlertBook(world, listener);
        all = applications.apply(book).toArray(Application[]::new);
        rules = those(Rule.class).toArray(Rule[]::new);
        ofTargets = those(Rule.OfTargets.class).toArray(Rule.OfTargets[]::new);
        ofEvents = those(Rule.OfEvents.class).toArray(Rule.OfEvents[]::new);
        ofSignals = those(Rule.OfSignals.class).toArray(Rule.OfSignals[]::new);
        ofMaps = those(Rule.OfMaps.class).toArray(Rule.OfMaps[]::new);
        ofUnits = those(Rule.OfUnits.class).toArray(Rule.OfUnits[]::new);
        ofTicks = those(Rule.OfTicks.class).toArray(Rule.OfTicks[]::new);
    }

    private <T> List<T> those(final Class<T> type) {
        return List.of(all).stream().filter(type::isInstance).map(type::cast).toList();
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

    /** A SPAT has told what a node's signals show. */
    public void onSignal(final SignalState signal, final long sequence, final long atNs) {
        book.begin(sequence, atNs);
        for (final Rule.OfSignals rule : ofSignals) {
            rule.onSignal(signal, atNs);
        }
    }

    /** A MAP has been taken. */
    public void onMap(final MapData map, final long sequence, final long atNs) {
        book.begin(sequence, atNs);
        for (final Rule.OfMaps rule : ofMaps) {
            rule.onMap(map, atNs);
        }
    }

    /** A roadside unit has sent a message that could be read; see {@link Rule.OfUnits#onMessage}. */
    public void onUnitMessage(
            final int unit, final int kind, final int latE7, final int lonE7, final long sequence, final long atNs) {
        book.begin(sequence, atNs);
        for (final Rule.OfUnits rule : ofUnits) {
            rule.onMessage(unit, kind, latE7, lonE7, sequence, atNs);
        }
    }

    /** Time has passed. */
    public void onTick(final long nowNs) {
        book.at(nowNs);
        for (final Rule.OfTicks rule : ofTicks) {
            rule.onTick(nowNs);
        }
        book.onTick(nowNs);
    }

    /** The road is empty; alerts that stood are forgotten without a word. */
    public void clear() {
        book.clear();
        for (final Application application : all) {
            application.clear();
        }
    }

    /** Number of alerts that stand, and of cases that are not yet confirmed. */
    public int open() {
        return book.size();
    }
}
