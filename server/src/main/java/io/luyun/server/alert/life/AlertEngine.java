package io.luyun.server.alert.life;

import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Runs the rules over whoever moves and keeps the alerts they raise. Driven by the thread that drives the world, from its
 * listener; a pure function of the records. Allocates nothing while nothing is raised.
 */
public final class AlertEngine {
    private final AlertBook book;
    private final Application[] all;
    private final Asked<Rule> rules;
    private final Asked<Rule.OfTargets> ofTargets;
    private final Asked<Rule.OfEvents> ofEvents;
    private final Asked<Rule.OfSignals> ofSignals;
    private final Asked<Rule.OfMaps> ofMaps;
    private final Asked<Rule.OfUnits> ofUnits;
    private final Asked<Rule.OfTicks> ofTicks;

    /** Applications that are asked the same, each with its number. */
    private static final class Asked<T> {
        final T[] those;
        final int[] numbers;

        Asked(final T[] those, final int[] numbers) {
            this.those = those;
            this.numbers = numbers;
        }
    }

    /**
     * Starts without alerts.
     *
     * @param applications makes what runs, in its order, for the book it tells; at most 255
     */
    public AlertEngine(
            final World world,
            final AlertListener listener,
            final Function<AlertBook, List<? extends Application>> applications) {
        book = new AlertBook(world, listener);
        all = applications.apply(book).toArray(Application[]::new);
        rules = those(Rule[]::new, Rule.class);
        ofTargets = those(Rule.OfTargets[]::new, Rule.OfTargets.class);
        ofEvents = those(Rule.OfEvents[]::new, Rule.OfEvents.class);
        ofSignals = those(Rule.OfSignals[]::new, Rule.OfSignals.class);
        ofMaps = those(Rule.OfMaps[]::new, Rule.OfMaps.class);
        ofUnits = those(Rule.OfUnits[]::new, Rule.OfUnits.class);
        ofTicks = those(Rule.OfTicks[]::new, Rule.OfTicks.class);
    }

    private <T> Asked<T> those(final IntFunction<T[]> array, final Class<T> type) {
        final int[] numbers = IntStream.range(0, all.length)
                .filter(i -> type.isInstance(all[i]))
                .toArray();
        return new Asked<>(IntStream.of(numbers).mapToObj(i -> all[i]).toArray(array), numbers);
    }

    /**
     * A record begins to be taken, of whatever kind. Engines that share the rules out among them are in step from here on though a
     * rule of one failed at an earlier record; one engine alone need not be told.
     */
    public void onRecord(final long sequence) {
        book.record(sequence);
    }

    /** A road user moved by a record. */
    public void onMoved(final Participant participant, final long sequence, final long atNs) {
        if (participant.ptcType() != ParticipantType.PARTICIPANT_MOTOR_VALUE) {
            return;
        }
        book.begin(sequence, atNs);
        final boolean headed = participant.dirX() != 0 || participant.dirY() != 0;
        if (headed && participant.speedMps() >= 0) {
            for (int i = 0; i < rules.those.length; i++) {
                book.by(rules.numbers[i]);
                rules.those[i].assess(participant, atNs);
            }
        }
        book.turn();
        book.sweep(participant);
        book.turn();
        if (headed) {
            for (int i = 0; i < ofTargets.those.length; i++) {
                book.by(ofTargets.numbers[i]);
                ofTargets.those[i].onMovedTarget(participant, atNs);
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
        book.turn();
        for (int i = 0; i < ofEvents.those.length; i++) {
            book.by(ofEvents.numbers[i]);
            ofEvents.those[i].onEventGone(event);
        }
    }

    /** A SPAT has told what a node's signals show. */
    public void onSignal(final SignalState signal, final long sequence, final long atNs) {
        book.begin(sequence, atNs);
        for (int i = 0; i < ofSignals.those.length; i++) {
            book.by(ofSignals.numbers[i]);
            ofSignals.those[i].onSignal(signal, atNs);
        }
    }

    /** A MAP has been taken. */
    public void onMap(final MapData map, final long sequence, final long atNs) {
        book.begin(sequence, atNs);
        for (int i = 0; i < ofMaps.those.length; i++) {
            book.by(ofMaps.numbers[i]);
            ofMaps.those[i].onMap(map, atNs);
        }
    }

    /** A roadside unit has sent a message that could be read; see {@link Rule.OfUnits#onMessage}. */
    public void onUnitMessage(
            final int unit, final int kind, final int latE7, final int lonE7, final long sequence, final long atNs) {
        book.begin(sequence, atNs);
        for (int i = 0; i < ofUnits.those.length; i++) {
            book.by(ofUnits.numbers[i]);
            ofUnits.those[i].onMessage(unit, kind, latE7, lonE7, sequence, atNs);
        }
    }

    /** Time has passed. */
    public void onTick(final long nowNs) {
        book.at(nowNs);
        book.turn();
        for (int i = 0; i < ofTicks.those.length; i++) {
            book.by(ofTicks.numbers[i]);
            ofTicks.those[i].onTick(nowNs);
        }
        book.turn();
        book.onTick(nowNs);
    }

    /** The road is empty; alerts that stood are forgotten without a word. */
    public void clear() {
        book.clear();
        for (final Application application : all) {
            application.clear();
        }
    }

    /** Where the step stands that is being told, see {@link Order}; of use to the listener while it is. */
    public Order order() {
        return book.order();
    }

    /** Number of alerts that stand, and of cases that are not yet confirmed. */
    public int open() {
        return book.size();
    }
}
