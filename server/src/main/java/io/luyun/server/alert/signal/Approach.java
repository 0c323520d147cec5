package io.luyun.server.alert.signal;

import io.luyun.server.world.Link;
import io.luyun.server.world.Movement;
import io.luyun.server.world.Participant;
import io.luyun.server.world.SignalAhead;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/**
 * The stop line a subject comes to and the ways on from its lane there. Reused; allocates nothing. A lane counts only where
 * the subject is near its middle: who may as well be in the next one may take the ways of all.
 */
final class Approach {
    private final World world;
    private final double sureMetres;
    private final SignalAhead ahead = new SignalAhead();

    @Nullable
    private Link link;

    @Nullable
    private SignalState signal;

    private Movement[] movements = {};
    private int lane;
    private double metres;

    /** How far beside its lane's middle a subject is surely in it. */
    Approach(final World world, final double sureMetres) {
        this.world = world;
        this.sureMetres = sureMetres;
    }

    /** Looks for it; false when there is none, or it is not known what its signals show. */
    boolean find(final Participant subject, final long nowNs) {
        if (subject.link() == null || !ahead.find(world, subject, nowNs)) {
            return false;
        }
        link = ahead.approach();
        signal = ahead.signal();
        final Link found = link;
        if (found == null || signal == null) {
            return false;
        }
        movements = found.movements();
        lane = subject.link() == found && !isSure(subject, found) ? 0 : ahead.lane();
        metres = ahead.stopLineMetres() - 0.5 * subject.lengthMetres();
        return true;
    }

    private boolean isSure(final Participant subject, final Link link) {
        return subject.lane() > 0
                && Math.abs(subject.lateralMetres() - link.laneCentreMetres(subject.lane(), subject.alongMetres()))
                        <= sureMetres;
    }

    /** The signals found. */
    SignalState signal() {
        final SignalState found = signal;
        if (found == null) {
            throw new IllegalStateException("nothing found");
        }
        return found;
    }

    /** The link that ends at the stop line. */
    Link link() {
        final Link found = link;
        if (found == null) {
            throw new IllegalStateException("nothing found");
        }
        return found;
    }

    /** From the front bumper to the stop line, negative beyond it. */
    double metres() {
        return metres;
    }

    /** Number of ways on from the link; {@link #takes} tells which of them are meant. */
    int ways() {
        return movements.length;
    }

    /** One of them. */
    Movement way(final int i) {
        return movements[i];
    }

    /** Whether it may be taken. */
    boolean takes(final int i) {
        return movements[i].serves(lane);
    }
}
